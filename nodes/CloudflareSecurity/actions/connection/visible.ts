import type { CloudflareClient } from '../../transport/client';
import type { ApiFailure } from '../../transport/failure';
import { count, type Row } from '../../transport/pages';
import { apiPath, hexId, type ApiPath, type PathSegment } from '../../transport/path';

/** The smallest page of both lists; its names are enough to recognise them by. */
const SHOWN = 5;

/** The accounts or zones that a credential sees: how many, and the first of them. */
export interface Visible {
	count: number;
	first: Thing[];
	/** Set when the list was refused. */
	failure?: ApiFailure;
}

export interface Thing {
	id: PathSegment;
	/** Absent where only the ID is known. */
	name?: string;
	/** The account of a zone. */
	account?: PathSegment;
}

interface VisibleRow extends Row {
	id: string;
	name?: string | null;
	account?: { id?: string | null } | null;
}

const rowShape = { id: 'text', 'name?': 'text', 'account?': { 'id?': 'text' } } as const;

export function thing({ id, name, account }: VisibleRow): Thing {
	const owner = account?.id ?? undefined;
	return {
		id: hexId(id, { field: 'ID' }),
		name: name ?? id,
		...(owner === undefined ? {} : { account: hexId(owner, { field: 'Account' }) }),
	};
}

async function readList(client: CloudflareClient, path: ApiPath): Promise<Visible> {
	const outcome = await client.attempt<VisibleRow[]>({
		method: 'GET',
		path,
		query: { per_page: SHOWN },
		expect: { rows: rowShape },
	});
	if (!outcome.ok) return { count: 0, first: [], failure: outcome.failure };
	const { result, resultInfo } = outcome.envelope;
	return {
		count: Math.max(count(resultInfo.total_count) ?? 0, result.length),
		first: result.slice(0, SHOWN).map(thing),
	};
}

export const readAccounts = async (client: CloudflareClient): Promise<Visible> =>
	await readList(client, apiPath`/accounts`);

export const readZones = async (client: CloudflareClient): Promise<Visible> =>
	await readList(client, apiPath`/zones`);
