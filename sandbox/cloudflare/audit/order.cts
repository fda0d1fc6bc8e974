import type { AuditTrail } from './trail.cjs';
import type { Entry } from './types.cjs';

export interface Position {
	time: number;
	tie: number;
}

/** A number that looks like chance and is the same for the same entry and salt. */
function mixed(sequence: number, salt: number): number {
	let value = Math.imul(sequence + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
	value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
	return (value ^ (value >>> 13)) >>> 0;
}

export const positionOf = (entry: Entry, trail: AuditTrail, salt: number): Position => ({
	time: entry.time,
	tie: trail.ties === 'stable' ? entry.sequence : mixed(entry.sequence, salt),
});

export const compare = (left: Position, right: Position): number =>
	left.time - right.time || left.tie - right.tie;

/** The entries in the order of a walk. */
export function ordered(
	entries: Entry[],
	direction: 'asc' | 'desc',
	trail: AuditTrail,
	salt: number,
): Entry[] {
	const sign = direction === 'asc' ? 1 : -1;
	return entries
		.map((entry) => ({ entry, position: positionOf(entry, trail, salt) }))
		.sort((left, right) => sign * compare(left.position, right.position))
		.map(({ entry }) => entry);
}

/** Whether an answer may show the entry in this version now. */
export const isVisible = (entry: Entry, version: 1 | 2, now: number): boolean =>
	entry.visibleAt <= now && entry.versions.includes(version);

/** Whether the entry lies in a range whose ends belong to it or not. */
export function isWithin(
	{ time }: Entry,
	since: number,
	before: number,
	includes: AuditTrail['includes'],
): boolean {
	const afterStart = includes.since ? time >= since : time > since;
	return afterStart && (includes.before ? time <= before : time < before);
}
