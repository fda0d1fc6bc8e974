import { InputError } from '../../input/inputError';
import type { Zone } from '../../targets/zone';
import { apiPath, type PathSegment } from '../../transport/path';
import type { Item } from '../item';

/**
 * The zone of a filter, looked up once for all items: with a zone of another account the audit log would just be empty.
 * @throws InputError when there is no such zone, or it is in another account
 */
export async function zoneOfAccount(
	item: Item,
	field: unknown,
	account: PathSegment,
): Promise<Zone> {
	const { id } = await item.zoneTarget(field);
	const zone = await item.lookUp(['zone record', id], async () => {
		const path = apiPath`/zones/${id}`;
		return (await item.client.send<Zone>({ method: 'GET', path, expect: 'object' })).result;
	});
	const owner = zone.account?.id;
	if (owner === undefined || owner === account) return zone;
	throw new InputError(
		'Zone',
		`${zone.name} is in the account ${zone.account?.name ?? ''} (${owner}), not in ${account}`,
		'A zone of the chosen account',
	);
}
