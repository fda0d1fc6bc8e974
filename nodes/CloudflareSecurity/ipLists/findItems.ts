import type { CloudflareClient } from '../transport/client';
import { collect, inOrder } from '../transport/inOrder';
import { allRows } from '../transport/paginate';
import type { PathSegment } from '../transport/path';
import { itemPageSize, itemRows, readItems, type IpList, type ListItem } from './ipList';
import { listValue } from './listAddress';

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
	const pages = Math.max(1, Math.ceil((list.num_items ?? 0) / itemPageSize.max));
	const search = async (value: string) =>
		await allRows(itemRows(client, account, list.id, { search: value }));
	const found =
		values.length <= pages
			? (await collect(inOrder(values, search))).flat()
			: await readItems(client, account, list.id);
	const wanted = new Set(values);
	return new Map(
		found.map((item) => [listValue(item.ip), item] as const).filter(([value]) => wanted.has(value)),
	);
}
