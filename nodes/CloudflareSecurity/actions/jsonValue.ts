import { InputError, shown } from '../input/inputError';

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * What a JSON field holds: typed text, or the value itself from an expression.
 * @throws InputError when it is text that is no JSON, or nothing
 */
export function jsonValue(value: unknown, field: string): unknown {
	const result = typeof value === 'string' ? parsed(value) : value;
	if (result !== undefined && result !== null) return result;
	throw new InputError(
		field,
		`got ${shown(value)}`,
		'JSON, such as "on", 14400 or {"name": "value"}',
	);
}

/** @throws InputError when it is no JSON object */
export function jsonObject(value: unknown, field: string): Readonly<Record<string, unknown>> {
	const parsed = jsonValue(value, field);
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
		return parsed as Record<string, unknown>;
	}
	throw new InputError(field, `got ${shown(parsed)}`, 'A JSON object, such as {"name": "value"}');
}
