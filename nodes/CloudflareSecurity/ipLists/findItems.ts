import type { CloudflareClient } from '../transport/client';
import { collect, inOrder } from '../transport/inOrder';
import { rowsWhere } from '../transport/paginate';
import type { PathSegment } from '../transport/path';
import { itemPageSize, itemRows, type IpList, type ListItem } from './ipList';
import { listValue } from './listAddress';

const pagesOf = ({ num_items }: IpList): number =>
	Math.max(1, Math.ceil((num_items ?? 0) / itemPageSize.max));

/** How many requests it takes about to find so many values. */
export const requestsToFind = (list: IpList, count: number): number =>
	Math.min(count, pagesOf(list));

/**
 * Those of the wanted values that a list holds: each looked for by itself, or all read where that takes fewer requests.
 * @param values as `parseListAddress` gives them
 * @returns value → item
 * @throws NodeApiError
 */
export async function findItems(
	client: CloudflareClient,
	account: PathSegment,
	list: IpList,
	values: readonly string[],
): Promise<Map<string, ListItem>> {
	const wanted = new Set(values);
	const itemsWith = async (query?: { search: string }) =>
		await rowsWhere(itemRows(client, account, list.id, query), ({ ip }) =>
			wanted.has(listValue(ip)),
		);
	const search = async (value: string) => await itemsWith({ search: value });
	const found =
		values.length <= pagesOf(list)
			? (await collect(inOrder(values, search))).flat()
			: await itemsWith();
	return new Map(found.map((item) => [listValue(item.ip), item]));
}
