import { parseIso } from '../time/parseTime';

export type Fields = Readonly<Record<string, unknown>>;

/** The members that a T should have, each of which may be missing or anything. */
export type Loose<T> = { readonly [K in keyof NonNullable<T>]?: unknown };

/** A record's members; of anything else none. */
export const fieldsOf = <T = Fields>(value: unknown): Loose<T> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose<T>) : {};

/** A member's text. Numbers are texts to a playbook that compares ids; an empty text says nothing. */
export function textOf<T extends object>(fields: T, key: keyof T): string | null {
	const value: unknown = Object.hasOwn(fields, key) ? fields[key] : undefined;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

/** An event's time in milliseconds since 1970; null when it is no time. */
export function millisecondsOf(time: string | null): number | null {
	return time === null ? null : (parseIso(time, 'UTC') ?? null);
}

/** v1 has a boolean here, v2 a text. */
export function resultOf(value: unknown): 'success' | 'failure' | null {
	if (typeof value === 'boolean') return value ? 'success' : 'failure';
	const word = typeof value === 'string' ? value.toLowerCase() : '';
	return word === 'success' || word === 'failure' ? word : null;
}
