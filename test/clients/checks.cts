import assert from 'node:assert/strict';
import { seedIds, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';

/** Throws unless the object has these values, whatever else it has. */
export function assertHolds<T extends object>(object: T | undefined, values: Partial<T>): void {
	assert(object);
	assert.deepEqual({ ...object, ...values }, object);
}

type ZoneName = keyof typeof seedIds.zones;

/** The records of one name, as the stand-in holds them. */
export function records({ state }: Cloudflare, zoneName: ZoneName, name: string, type: string) {
	const zone = state.zones.get(seedIds.zones[zoneName]);
	assert(zone);
	return [...state.dns.recordsOf(zone).values()].filter(
		(record) => record.name === name && record.type === type,
	);
}

export const contents = (...where: Parameters<typeof records>): string[] =>
	records(...where).map(({ content }) => content);

/** Throws unless a program wrote what it should; the message leaves out what it wrote, which may name a secret. */
export function assertSays(output: string, wanted: RegExp): void {
	assert(wanted.test(output), `It did not say ${wanted.source}`);
}
