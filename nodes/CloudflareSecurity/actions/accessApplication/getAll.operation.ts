import { limitFields, simplifyField } from '../../descriptions/output';
import {
	accessPageSize,
	applicationsPath,
	type Application,
} from '../../targets/accessApplication';
import { collect, inOrder } from '../../transport/inOrder';
import { allRows, mapRows, pageNumberRows } from '../../transport/paginate';
import type { ApiPath } from '../../transport/path';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { applicationScopeFields, policiesField } from './applicationFields';
import {
	applicationFilterFields,
	readApplicationFilters,
	type ApplicationFilters,
} from './applicationFilters';
import { policiesOf, presentApplication } from './present';

/** The applications that pass all filters. The limit counts after the filter that is ours. */
async function findApplications(
	item: Item,
	path: ApiPath,
	{ query, types }: ApplicationFilters,
	limit?: number,
): Promise<Application[]> {
	const list = { path, query, pageSize: accessPageSize };
	if (!types) return await allRows(pageNumberRows<Application>(item.client, { ...list, limit }));
	return await mapRows(
		pageNumberRows<Application>(item.client, list),
		(application) => (types.includes(application.type as string) ? application : undefined),
		limit,
	);
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many Access applications',
	description:
		'Retrieve a list of Access applications: what stands behind a sign-in, for an account or a zone, with policies on choice. Filters choose by domain, name, audience tag or type.',
	fields: [
		...applicationScopeFields,
		...limitFields,
		simplifyField,
		policiesField,
		applicationFilterFields,
	],
	permission: {
		zone: permissions.accessZoneRead,
		account: permissions.accessAccountRead,
	},
	async execute(item) {
		const filters = readApplicationFilters(item.collection('filters'));
		const limit = item.limit();
		const simplify = item.flag('simplify', true);
		const path = applicationsPath(await item.scope());
		const applications = await findApplications(item, path, filters, limit);
		if (!item.flag('includePolicies')) {
			return applications.map((each) => presentApplication(each, { simplify }));
		}
		const complete = inOrder(applications, async (each) => {
			const policies = await policiesOf(item.client, path, each);
			return presentApplication(each, { simplify, policies });
		});
		return await collect(complete);
	},
};
