import { InputError } from '../input/inputError';
import { permissions } from '../permissions';
import type { CloudflareClient } from '../transport/client';
import { apiPath, type PathSegment } from '../transport/path';
import type { Zone, ZoneTarget } from './zone';

const requestFor = (id: PathSegment) => ({
	method: 'GET' as const,
	path: apiPath`/zones/${id}`,
	expect: 'object' as const,
	permission: permissions.zoneRead,
});

/** @throws InputError when the zone is in another account */
function refuseOther(name: string, owner: Zone['account'], account: PathSegment): void {
	if (typeof owner?.id !== 'string' || owner.id === account) return;
	const which = [owner.name, `(${owner.id})`].filter(Boolean).join(' ');
	throw new InputError(
		'Zone',
		`${name} is in the account ${which}, not in ${account}`,
		'A zone of the chosen account',
	);
}

/**
 * Fetches the zone of a filter: with a zone of another account the audit log would just be empty.
 * @throws InputError when the zone is in another account, NodeApiError
 */
export async function zoneOfAccount(
	client: CloudflareClient,
	account: PathSegment,
	id: PathSegment,
): Promise<Zone> {
	const zone = (await client.send<Zone>(requestFor(id))).result;
	refuseOther(zone.name, zone.account, account);
	return zone;
}

/**
 * Asks only where it is not known whose the zone is. Without the right to look, the zone is believed.
 * @throws InputError when the zone is in another account, NodeApiError for what would fail for any request
 */
export async function checkZoneOfAccount(
	client: CloudflareClient,
	account: PathSegment,
	{ id, name, account: known }: ZoneTarget,
): Promise<void> {
	if (known !== undefined) {
		refuseOther(name ?? id, { id: known }, account);
		return;
	}
	const outcome = await client.attempt<Zone>(requestFor(id));
	if (outcome.ok) {
		const { result } = outcome.envelope;
		refuseOther(result.name ?? id, result.account, account);
	} else if (outcome.failure.kind === 'cancelled') {
		client.unwrap(outcome);
	}
}
