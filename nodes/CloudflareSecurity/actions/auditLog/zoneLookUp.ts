import { zoneOfAccount } from '../../targets/zoneOfAccount';
import type { Zone } from '../../targets/zone';
import type { PathSegment } from '../../transport/path';
import type { Item } from '../item';

/**
 * The zone of a filter, looked up once for all items.
 * @throws InputError when there is no such zone, or it is in another account
 */
export async function lookUpZone(item: Item, field: unknown, account: PathSegment): Promise<Zone> {
	const { id } = await item.zoneTarget(field);
	return await item.lookUp(
		['zone of account', account, id],
		async () => await zoneOfAccount(item.client, account, id),
	);
}
