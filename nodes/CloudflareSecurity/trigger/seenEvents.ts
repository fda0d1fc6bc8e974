import { createHash } from 'node:crypto';

/** 64 bits of an event's ID, in hexadecimal. Two of 50,000 events share one with a chance of 1 in 10^10. */
export type EventHash = string;

/** Events that were handed over, with the second in which they happened. */
export type SeenEvents = ReadonlyMap<EventHash, number>;

const HASH_BYTES = 8;
/** Seconds after a mark: enough for half a year. */
const OFFSET_BYTES = 3;
const ENTRY_BYTES = HASH_BYTES + OFFSET_BYTES;
const MAX_OFFSET = 2 ** (8 * OFFSET_BYTES) - 1;

/** @param id whatever tells the event from all others */
export function eventHash(id: string): EventHash {
	return createHash('sha256')
		.update(id)
		.digest('hex')
		.slice(0, HASH_BYTES * 2);
}

/**
 * One text of less than 15 characters per event: n8n keeps it in the workflow's row and writes it whole.
 * @param mark no event is older, in seconds since 1970
 */
export function packSeen(seen: SeenEvents, mark: number): string {
	const bytes = Buffer.alloc(seen.size * ENTRY_BYTES);
	let place = 0;
	for (const [hash, second] of seen) {
		bytes.write(hash, place, HASH_BYTES, 'hex');
		const offset = Math.min(Math.max(second - mark, 0), MAX_OFFSET);
		bytes.writeUIntBE(offset, place + HASH_BYTES, OFFSET_BYTES);
		place += ENTRY_BYTES;
	}
	return bytes.toString('base64');
}

/** @returns undefined when the text was not made by `packSeen` */
export function unpackSeen(text: string, mark: number): SeenEvents | undefined {
	const bytes = Buffer.from(text, 'base64');
	if (bytes.length % ENTRY_BYTES !== 0 || bytes.toString('base64') !== text) return undefined;
	const seen = new Map<EventHash, number>();
	for (let place = 0; place < bytes.length; place += ENTRY_BYTES) {
		const hash = bytes.toString('hex', place, place + HASH_BYTES);
		seen.set(hash, mark + bytes.readUIntBE(place + HASH_BYTES, OFFSET_BYTES));
	}
	return seen;
}
