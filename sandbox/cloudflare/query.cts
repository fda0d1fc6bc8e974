import { badQuery } from './errors.cjs';

/** One of the allowed values, or undefined when the parameter is absent or empty. Throws 400 for any other. */
export function choice<T extends string>(
	query: URLSearchParams,
	name: string,
	values: readonly T[],
): T | undefined {
	const given = query.get(name);
	if (given === null || given === '') return undefined;
	const found = values.find((value) => value === given);
	if (found === undefined) throw badQuery(name, given);
	return found;
}

/** A whole number, or the fallback when the parameter is absent. Throws 400 for anything else and for too small ones. */
export function whole(
	query: URLSearchParams,
	name: string,
	fallback: number,
	least: number,
): number {
	const given = query.get(name);
	if (given === null) return fallback;
	const value = Number(given);
	if (!/^\d+$/.test(given) || value < least) throw badQuery(name, given);
	return value;
}

/** One page of the items. Too large pages are cut down to the largest, which the answer echoes; too small ones are refused. */
export function paged<T>(
	items: T[],
	query: URLSearchParams,
	sizes: { default: number; least: number; most: number },
) {
	const page = whole(query, 'page', 1, 1);
	const per_page = Math.min(whole(query, 'per_page', sizes.default, sizes.least), sizes.most);
	const result = items.slice((page - 1) * per_page, page * per_page);
	const total_count = items.length;
	const total_pages = Math.ceil(total_count / per_page);
	return {
		result,
		result_info: { page, per_page, count: result.length, total_count, total_pages },
	};
}

/** The items after the cursor. The cursor is opaque to callers. */
export function afterCursor<T>(
	items: T[],
	query: URLSearchParams,
	place: 'cursor' | 'cursors.after',
	sizes: { default: number; least: number; most: number },
) {
	const per_page = Math.min(whole(query, 'per_page', sizes.default, sizes.least), sizes.most);
	const given = query.get('cursor') ?? '';
	const position = given === '' ? ['0'] : /^after:(\d+)$/.exec(decoded(given))?.slice(1);
	if (position === undefined) throw badQuery('cursor', given);
	const from = Number(position[0]);
	const result = items.slice(from, from + per_page);
	const more = from + per_page < items.length;
	const cursor = more ? Buffer.from(`after:${from + per_page}`).toString('base64url') : undefined;
	const where = place === 'cursor' ? { cursor } : { cursors: { after: cursor } };
	return { result, result_info: { count: result.length, per_page, ...(more && where) } };
}

const decoded = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

const OPERATORS: Record<string, (value: string, wanted: string) => boolean> = {
	equal: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
	not_equal: (value, wanted) => value.toLowerCase() !== wanted.toLowerCase(),
	starts_with: (value, wanted) => value.toLowerCase().startsWith(wanted.toLowerCase()),
	ends_with: (value, wanted) => value.toLowerCase().endsWith(wanted.toLowerCase()),
	contains: (value, wanted) => value.toLowerCase().includes(wanted.toLowerCase()),
	starts_with_case_sensitive: (value, wanted) => value.startsWith(wanted),
	ends_with_case_sensitive: (value, wanted) => value.endsWith(wanted),
	contains_case_sensitive: (value, wanted) => value.includes(wanted),
};

/** A text filter with an optional operator, as in `contains:shop`. Throws 400 for an unknown operator. */
export function textFilter(
	query: URLSearchParams,
	name: string,
): ((value: string) => boolean) | undefined {
	const given = query.get(name);
	if (given === null || given === '') return undefined;
	const [, operator = 'equal', wanted] = /^(?:([a-z_]+):)?([^]*)$/.exec(given) ?? [];
	if (!Object.hasOwn(OPERATORS, operator) || given.length > 253) throw badQuery(name, given);
	return (value) => OPERATORS[operator](value, wanted);
}
