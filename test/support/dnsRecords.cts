import type { Cloudflare } from './nodeTest.cjs';
import { locator, seedIds } from './nodeTest.cjs';

export const zone_id = seedIds.zones['example.com'];
export const records = `/zones/${zone_id}/dns_records`;

/** Parameters of an operation on the records of example.com. */
export const dns = (operation: string) => ({
	authentication: 'token',
	resource: 'dnsRecord',
	operation,
	zone: locator('id', zone_id),
});

/** The records of a zone as the stand-in holds them now. */
export function stored({ state }: Cloudflare, zone = zone_id) {
	const found = state.zones.get(zone);
	if (!found) throw new Error(`There is no zone ${zone}`);
	return [...state.dns.recordsOf(found).values()];
}

/** The first record of a name, with a content if that matters. */
export function recordNamed(cloudflare: Cloudflare, name: string, content?: string) {
	const found = stored(cloudflare).find(
		(record) => record.name === name && (content === undefined || record.content === content),
	);
	if (!found) throw new Error(`There is no record ${name}`);
	return found;
}
