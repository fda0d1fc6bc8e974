import { pathText, type FieldPath } from './fieldPath';
import { listEdit } from './listDifference';

/**
 * One field that changed. Without `before` it was added, without `after` it was removed. The place in a list is the new
 * one, and for a removed element the old one.
 */
export interface Change {
	/** For example `settings.hosts[0]`; "(whole value)" for a value without fields. */
	field: string;
	before?: unknown;
	after?: unknown;
}

interface Difference {
	path: FieldPath;
	before?: unknown;
	after?: unknown;
}

/** A part with more changes than this is shown as one change of the whole part. */
const MAX_CHANGES = 100;
/** Texts beyond this length or nesting are compared as texts. */
const MAX_TEXT = 200_000;
const MAX_NESTING = 40;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that two values share exactly when they are equal; the order of members does not count. */
function fingerprint(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(fingerprint).join()}]`;
	if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
	const members = Object.keys(value).sort();
	return `{${members.map((key) => `${JSON.stringify(key)}:${fingerprint(value[key])}`).join()}}`;
}

function recordDifferences(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>,
	path: FieldPath,
): Difference[] {
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...keys].flatMap((key): Difference[] => {
		const inside = [...path, key];
		if (!Object.hasOwn(before, key)) return [{ path: inside, after: after[key] }];
		if (!Object.hasOwn(after, key)) return [{ path: inside, before: before[key] }];
		return differences(before[key], after[key], inside);
	});
}

/** Lists of one length are compared place by place; else elements went and came. */
function listDifferences(
	before: readonly unknown[],
	after: readonly unknown[],
	path: FieldPath,
): Difference[] {
	if (before.length === after.length) {
		return before.flatMap((value, place) => differences(value, after[place], [...path, place]));
	}
	const old = before.map(fingerprint);
	const now = after.map(fingerprint);
	let start = 0;
	while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
	let end = 0;
	while (
		end < Math.min(old.length, now.length) - start &&
		old[old.length - 1 - end] === now[now.length - 1 - end]
	) {
		end += 1;
	}
	const edit = listEdit(old.slice(start, old.length - end), now.slice(start, now.length - end));
	return [
		...edit.removed.map((place) => ({
			path: [...path, start + place],
			before: before[start + place],
		})),
		...edit.added.map((place) => ({ path: [...path, start + place], after: after[start + place] })),
	];
}

function differences(before: unknown, after: unknown, path: FieldPath): Difference[] {
	if (fingerprint(before) === fingerprint(after)) return [];
	const whole = [{ path, before, after }];
	const parts =
		isRecord(before) && isRecord(after)
			? recordDifferences(before, after, path)
			: Array.isArray(before) && Array.isArray(after)
				? listDifferences(before, after, path)
				: whole;
	return parts.length > MAX_CHANGES ? whole : parts;
}

/** How deep the brackets of a JSON text go at most; those inside strings count too, which does no harm. */
function nesting(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
		depth += bracket === '[' || bracket === '{' ? 1 : -1;
		deepest = Math.max(deepest, depth);
	}
	return deepest;
}

function isTooDeep(value: unknown): boolean {
	let level = [value];
	for (let depth = 0; depth <= MAX_NESTING && level.length > 0; depth += 1) {
		level = level.flatMap((each): unknown[] =>
			typeof each === 'object' && each !== null ? Object.values(each) : [],
		);
	}
	return level.length > 0;
}

/** Records and lists often come as JSON text; an empty text means that there was nothing. */
function readValue(given: unknown): unknown {
	const text = typeof given === 'string' ? given : undefined;
	if (text === undefined) return isTooDeep(given) ? '(nested too deeply)' : (given ?? undefined);
	if (text === '') return undefined;
	if (!/^\s*[[{]/.test(text) || text.length > MAX_TEXT || nesting(text) > MAX_NESTING) return text;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const isFilledRecord = (value: unknown) => isRecord(value) && Object.keys(value).length > 0;

/**
 * What changed between two values of an audit event, field by field. Takes anything and throws nothing. Each value
 * appears at most once, so the result is no larger than what is given; it has at most 100 entries.
 * @param oldValue text, JSON as text, or a value; empty when there was nothing before
 * @param newValue likewise; empty when there is nothing afterwards
 */
export function changesBetween(oldValue: unknown, newValue: unknown): Change[] {
	const before = readValue(oldValue);
	const after = readValue(newValue);
	if (before === undefined && after === undefined) return [];
	// A created record is listed with its fields too, as is a deleted one.
	const empty = {};
	const found =
		before === undefined
			? isFilledRecord(after)
				? differences(empty, after, [])
				: [{ path: [], after }]
			: after === undefined
				? isFilledRecord(before)
					? differences(before, empty, [])
					: [{ path: [], before }]
				: differences(before, after, []);
	return found.map(({ path, ...values }) => ({ field: pathText(path), ...values }));
}
