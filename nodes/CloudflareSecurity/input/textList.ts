import { InputError, shown } from './inputError';

/**
 * Several texts in one field: a list from an expression, or text with one to a line or, where allowed, with commas.
 * Blanks around each and repetitions are left out.
 * @throws InputError when it holds something else than texts
 */
export function textList(
	value: unknown,
	{ field, separator = /[\n,]/ }: { field: string; separator?: RegExp },
): string[] {
	if (value === undefined || value === null) return [];
	const parts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(separator)
			: [value];
	const texts = parts.map((part, index) => {
		if (typeof part === 'string') return part.trim();
		const which = Array.isArray(value) ? ` as number ${index + 1}` : '';
		throw new InputError(field, `got ${shown(part)}${which}`, 'Texts');
	});
	return [...new Set(texts.filter((text) => text !== ''))];
}
