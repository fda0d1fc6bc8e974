import { shown, InputError } from '../input/inputError';

/** What a resource locator field holds, or what an expression or an AI agent put in its place. */
export interface Locator {
	/** How the value is meant; undefined when it came without saying so. */
	mode?: string;
	value: string;
}

/** Modes that a person chose to type something in; an untouched field stands at From List. */
const typedModes: Readonly<Record<string, string>> = { id: 'By ID', name: 'By Name' };

/**
 * Reads a resource locator field. A field left empty gives undefined.
 * @throws InputError when it holds something else than text, or when By ID or By Name was chosen and nothing came: an
 * expression without a value must not become "the default of the credential"
 */
export function readLocator(raw: unknown, field: string): Locator | undefined {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
	const value: unknown = isLocator ? raw.value : raw;
	const mode = isLocator && 'mode' in raw ? raw.mode : undefined;
	if (value !== undefined && value !== null && typeof value !== 'string') {
		throw new InputError(field, `got ${shown(value)}`, 'A text');
	}
	const text = value?.trim() ?? '';
	if (text === '') {
		const typed = typeof mode === 'string' ? typedModes[mode] : undefined;
		if (typed === undefined) return undefined;
		throw new InputError(field, `${typed} was chosen, and the value is empty`, 'An ID or a name');
	}
	return { value: text, ...(typeof mode === 'string' ? { mode } : {}) };
}
