import type { CloudflareClient } from '../transport/client';
import type { Outcome } from '../transport/failure';
import { allRows, cursorRows, type RowPages } from '../transport/paginate';
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

/** What an answer with a list must be. */
export const LIST = {
	record: {
		id: 'text',
		name: 'text',
		kind: 'text',
		'description?': 'text',
		'num_items?': 'whole number',
		'num_referencing_filters?': 'whole number',
	},
} as const;

export interface ListItem {
	[key: string]: unknown;
	id: string;
	ip: string;
	comment?: string;
}

const itemShape = { id: 'text', ip: 'text', 'comment?': 'text' } as const;

/** SDK 7.3: pages of items hold 1 to 500. */
export const itemPageSize = { min: 1, max: 500 } as const;

export const listsPath = (account: PathSegment): ApiPath =>
	apiPath`/accounts/${account}/rules/lists`;

export const listPath = (account: PathSegment, list: string): ApiPath =>
	apiPath`${listsPath(account)}/${hexId(list, { field: 'List' })}`;

/** Every list of an account, of any kind, with one request: the endpoint has no pages. */
export const attemptLists = async (
	client: CloudflareClient,
	account: PathSegment,
): Promise<Outcome<IpList[]>> =>
	await client.attempt({
		method: 'GET',
		path: listsPath(account),
		expect: { rows: LIST.record },
	});

/** As `attemptLists`. @throws NodeApiError */
export const readLists = async (
	client: CloudflareClient,
	account: PathSegment,
): Promise<IpList[]> => client.unwrap(await attemptLists(client, account)).result;

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
): RowPages<ListItem> {
	return cursorRows<ListItem>(client, {
		path: apiPath`${listPath(account, list)}/items`,
		pageSize: itemPageSize,
		row: itemShape,
		query: { search },
		limit,
	});
}

/** All items of a list. @throws NodeApiError */
export const readItems = async (
	client: CloudflareClient,
	account: PathSegment,
	list: string,
): Promise<ListItem[]> => await allRows(itemRows(client, account, list));
