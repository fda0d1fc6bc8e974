import { InputError, shown } from '../input/inputError';

/** As it would be sent; undefined for what is no JSON, such as text of another kind or a circular record. */
function asJson(value: unknown): unknown {
	try {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * What a JSON field holds: typed text, or the value itself from an expression.
 * @throws InputError when it is no JSON, or nothing
 */
export function jsonValue(value: unknown, field: string): unknown {
	const result = asJson(value);
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
