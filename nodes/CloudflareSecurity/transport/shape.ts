/**
 * What the members of a record must be that callers rely on; others are free. One whose name ends with "?" may be
 * missing or null. A shape in a list stands for a list of such records.
 */
export interface Shape {
	readonly [member: string]: keyof typeof kinds | Shape | readonly [Shape];
}

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rulesets and rules count their versions, as text; in all examples from 1. */
const VERSION = /^\d{1,15}$/;

const kinds = {
	text: (value: unknown) => typeof value === 'string',
	'whole number': (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
	'version number': (value: unknown) =>
		(typeof value === 'string' || typeof value === 'number') && VERSION.test(String(value)),
} as const;

function misfitInMember(value: unknown, wanted: Shape[string], name: string): string | undefined {
	if (typeof wanted === 'string') {
		return kinds[wanted](value) ? undefined : `whose ${name} is no ${wanted}`;
	}
	if (!(wanted instanceof Array)) return misfitInRecord(value, wanted, name);
	return misfitInRows(value, wanted[0], name);
}

/** @param name of the record in the answer; empty for the answer itself */
export function misfitInRecord(value: unknown, shape: Shape, name = ''): string | undefined {
	if (!isObject(value)) return name ? `whose ${name} is no record` : 'that is no record';
	for (const [key, wanted] of Object.entries(shape)) {
		const member = key.replace(/\?$/, '');
		const given = value[member];
		if (member !== key && (given === undefined || given === null)) continue;
		const misfit = misfitInMember(given, wanted, name ? `${name}.${member}` : member);
		if (misfit !== undefined) return misfit;
	}
	return undefined;
}

/** @returns the first thing that is not as it must be, as the end of a sentence; undefined when all is */
export function misfitInRows(value: unknown, shape: Shape, name = ''): string | undefined {
	if (!Array.isArray(value) || !value.every(isObject)) {
		return name ? `whose ${name} is no list of records` : 'that is no list of records';
	}
	for (const row of value) {
		const misfit = misfitInRecord(row, shape, name);
		if (misfit !== undefined) return misfit;
	}
	return undefined;
}
