import { shown, InputError } from '../inputError';

/** What a resource locator field holds, or what an expression or an AI agent put in its place. */
export interface Locator {
	/** How the value is meant; undefined when it came without saying so. */
	mode?: string;
	value: string;
}

/**
 * Reads a resource locator field. A field left empty gives undefined.
 * @throws InputError when it holds something else than text
 */
export function readLocator(raw: unknown, field: string): Locator | undefined {
	const isLocator = typeof raw === 'object' && raw !== null && 'value' in raw;
	const value: unknown = isLocator ? raw.value : raw;
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'string') {
		throw new InputError(field, `got ${shown(value)}`, 'A text');
	}
	const text = value.trim();
	if (text === '') return undefined;
	const mode = isLocator && 'mode' in raw ? raw.mode : undefined;
	return { value: text, ...(typeof mode === 'string' ? { mode } : {}) };
}
