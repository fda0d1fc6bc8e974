import { InputError, shown } from './inputError';
import { textList } from './textList';

/**
 * A whole number, also one that an expression gives as text.
 * @throws InputError when it is none, or out of range
 */
export function wholeNumber(
	value: unknown,
	{ field, min, max = Number.MAX_SAFE_INTEGER }: { field: string; min: number; max?: number },
): number {
	const isText = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value);
	const number = isText ? Number(value) : value;
	if (
		typeof number === 'number' &&
		Number.isSafeInteger(number) &&
		number >= min &&
		number <= max
	) {
		return number;
	}
	const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
	throw new InputError(field, `got ${shown(value)}`, `A whole number ${range}`);
}

/**
 * A text that must not be empty; blanks around it are kept.
 * @throws InputError when it is none
 */
export function filledText(value: unknown, field: string, expected: string): string {
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new InputError(field, `got ${shown(value)}`, expected);
}

/**
 * A text among filters that a user adds one by one.
 * @returns undefined when the filter was not added
 * @throws InputError when it was added and is empty: an expression without a value must not widen the result
 */
export function filterText(
	filters: Readonly<Record<string, unknown>>,
	key: string,
	field: string,
): string | undefined {
	if (!Object.hasOwn(filters, key)) return undefined;
	return filledText(filters[key], field, 'A text; or remove this filter').trim();
}

/**
 * One of the words that are known.
 * @throws InputError when the value is none of them
 */
export function oneOf<W extends string>(value: unknown, words: readonly W[], field: string): W {
	const word = words.find((known) => known === value);
	if (word !== undefined) return word;
	throw new InputError(field, `got ${shown(value)}`, `One of: ${words.join(', ')}`);
}

/**
 * One of the words that are known, among filters that a user adds one by one.
 * @returns undefined when the filter was not added
 * @throws InputError when it was added and is none of them, as when an expression has no value
 */
export function filterWord<W extends string>(
	filters: Readonly<Record<string, unknown>>,
	key: string,
	field: string,
	words: readonly W[],
): W | undefined {
	return Object.hasOwn(filters, key) ? oneOf(filters[key], words, field) : undefined;
}

/**
 * Yes or no, also as the text that an expression or an AI agent gives.
 * @throws InputError when it is neither
 */
export function yesOrNo(value: unknown, field: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InputError(field, `got ${shown(value)}`, 'true or false');
}

/** A text that may be left out; empty counts as left out. @throws InputError when it is no text */
export function optionalText(value: unknown, field: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'string') return value;
	throw new InputError(field, `got ${shown(value)}`, 'A text');
}

/**
 * Texts that a user adds as a filter: a list, or one text with commas between them.
 * @param words the only ones that the API knows, in small letters; any capitals are taken
 * @returns undefined when the filter was not added
 * @throws InputError when it was added and names nothing, or something unknown
 */
export function filterList(
	filters: Readonly<Record<string, unknown>>,
	key: string,
	field: string,
	words?: readonly string[],
): string[] | undefined {
	if (!Object.hasOwn(filters, key)) return undefined;
	const texts = textList(filters[key], { field });
	// Empty would mean everything to the API.
	if (texts.length === 0) {
		const expected = words ? `One of: ${words.join(', ')}` : 'A text, or several with commas';
		throw new InputError(field, 'nothing was given', `${expected}; or remove this filter`);
	}
	return words ? texts.map((text) => oneOf(text.toLowerCase(), words, field)) : texts;
}
