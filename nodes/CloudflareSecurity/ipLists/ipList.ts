import type { CloudflareClient } from '../transport/client';
import { collect, cursorRows } from '../transport/paginate';
import { apiPath, hexId, type ApiPath, type PathSegment } from '../transport/path';

/** A list as the API sends it; only the fields that this package reads are named. */
export interface IpList {
	[key: string]: unknown;
	id: string;
	name: string;
	kind: string;
	description?: string;
	num_items?: number;
	num_referencing_filters?: number;
}

export interface ListItem {
	[key: string]: unknown;
	id: string;
	ip: string;
	comment?: string;
}

/** SDK 7.3: pages of items hold 1 to 500. */
export const itemPageSize = { min: 1, max: 500 } as const;

export const listsPath = (account: PathSegment): ApiPath =>
	apiPath`/accounts/${account}/rules/lists`;

export const listPath = (account: PathSegment, list: string): ApiPath =>
	apiPath`${listsPath(account)}/${hexId(list, { field: 'List' })}`;

/** Every list of an account, of any kind, with one request: the endpoint has no pages. @throws NodeApiError */
export async function readLists(client: CloudflareClient, account: PathSegment): Promise<IpList[]> {
	const request = { method: 'GET', path: listsPath(account), expect: 'array' } as const;
	return (await client.send<IpList[]>(request)).result;
}

/**
 * The items of a list.
 * @param search the beginning of an address as text, not a network that holds it; all items when left out
 * @throws NodeApiError
 */
export function itemRows(
	client: CloudflareClient,
	account: PathSegment,
	list: string,
	{ search, limit }: { search?: string; limit?: number } = {},
): AsyncGenerator<ListItem> {
	return cursorRows<ListItem>(client, {
		path: apiPath`${listPath(account, list)}/items`,
		pageSize: itemPageSize,
		query: { search },
		limit,
	});
}

/** All items of a list. @throws NodeApiError */
export const readItems = async (
	client: CloudflareClient,
	account: PathSegment,
	list: string,
): Promise<ListItem[]> => await collect(itemRows(client, account, list));
