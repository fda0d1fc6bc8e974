import { InputError } from '../input/inputError';
import type { Zone } from '../targets/zone';
import type { CloudflareClient } from '../transport/client';
import { apiPath, type PathSegment } from '../transport/path';

/**
 * Fetches the zone of a filter: with a zone of another account the audit log would just be empty.
 * @throws InputError when the zone is in another account
 */
export async function zoneOfAccount(
	client: CloudflareClient,
	account: PathSegment,
	zoneId: PathSegment,
): Promise<Zone> {
	const path = apiPath`/zones/${zoneId}`;
	const zone = (await client.send<Zone>({ method: 'GET', path, expect: 'object' })).result;
	const owner = zone.account?.id;
	if (owner === undefined || owner === account) return zone;
	throw new InputError(
		'Zone',
		`${zone.name} is in the account ${zone.account?.name ?? ''} (${owner}), not in ${account}`,
		'A zone of the chosen account',
	);
}
