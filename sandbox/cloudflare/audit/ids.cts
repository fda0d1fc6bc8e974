import type { Entry } from './types.cjs';

/** Mixes a number into one that looks like chance. */
function mixed(value: number): number {
	let word = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
	word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
	return (word ^ (word >>> 15)) >>> 0;
}

function startOf(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1)
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	return value >>> 0;
}

const uuid = (hex: string): string =>
	`${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;

const words = Buffer.alloc(32);

/** The ids of an entry, the same in every run. No digest: thousands are made at once. */
export function idsOf(series: string, index: number): Entry['ids'] {
	const start = startOf(series) + index;
	for (let place = 0; place < 8; place += 1)
		words.writeUInt32BE(mixed(start + Math.imul(place, 0x9e3779b9)), place * 4);
	// The index itself is part of each id, so that no two in a series can be equal.
	words.writeUInt32BE(index, 12);
	words.writeUInt32BE(index, 28);
	const hex = words.toString('hex');
	return { v1: uuid(hex.slice(0, 32)), v2: uuid(hex.slice(32)) };
}
