import type { IDataObject } from 'n8n-workflow';
import { accessPageSize, type Application } from '../../targets/accessApplication';
import type { CloudflareClient } from '../../transport/client';
import { allRows, pageNumberRows } from '../../transport/paginate';
import { apiPath, uuid, type ApiPath } from '../../transport/path';

/** An Access policy as the API sends it. */
export interface Policy {
	[key: string]: unknown;
	id?: string;
}

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isRecord) : [];

/** What a destination stands for, as one text: an address, a host, a network. */
const place = ({ uri, hostname, cidr, mcp_server_id, type }: IDataObject) =>
	uri ?? hostname ?? cidr ?? mcp_server_id ?? type;

function simplifyPolicy({ id, name, decision, include, exclude, require }: IDataObject) {
	return { id, name, decision, include, exclude, require };
}

/** An application as an output item: simplified to what playbooks use, or as the API sends it. */
export function presentApplication(
	application: Application,
	{ simplify, policies }: { simplify: boolean; policies?: readonly Policy[] },
): IDataObject {
	const record = application as IDataObject;
	if (!simplify) return policies ? { ...record, policies: policies as IDataObject[] } : record;
	const { id, name, type, domain, aud, session_duration, tags, created_at, updated_at } = record;
	return {
		id,
		name,
		type,
		domain,
		destinations: records(record.destinations).map(place),
		aud,
		session_duration,
		tags,
		created_at,
		updated_at,
		...(policies ? { policies: records(policies).map(simplifyPolicy) } : {}),
	};
}

/** The policies of an application: those that it carries, else from their own list. @throws NodeApiError */
export async function policiesOf(
	client: CloudflareClient,
	applications: ApiPath,
	{ id, policies }: Application,
): Promise<Policy[]> {
	if (Array.isArray(policies)) return records(policies);
	const application = uuid(id, { field: 'Application' });
	return await allRows(
		pageNumberRows<Policy>(client, {
			path: apiPath`${applications}/${application}/policies`,
			pageSize: accessPageSize,
		}),
	);
}
