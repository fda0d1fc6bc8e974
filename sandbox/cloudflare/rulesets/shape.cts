import { invalid, type ErrorEntry } from '../errors.cjs';

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const unknownKeys = (
	value: Record<string, unknown>,
	known: readonly string[],
	pointer: string,
	what: string,
): ErrorEntry[] =>
	Object.keys(value)
		.filter((key) => !known.includes(key))
		.map((key) => invalid(`${pointer}/${key}`, `unknown field "${key}" in ${what}`));
