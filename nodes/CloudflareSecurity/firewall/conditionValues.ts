import { InputError, shown } from '../input/inputError';
import type { CodeFormat, ExpressionField } from './expressionFields';
import type { Operator } from './expressionOperators';
import { formatNetwork, formatRange, isSingleAddress, parseNetwork, parseRange } from './ipAddress';
import { lowered, quoted, raw, unwritable, wildcardProblem } from './literal';

/** A value as the rules language writes it. */
export interface Literal {
	readonly text: string;
	/** It stands for several values (a CIDR, a range), which the language only accepts inside a set. */
	readonly several: boolean;
}

interface ValueContext {
	readonly field: ExpressionField;
	readonly operator: Operator;
	readonly ignoreCase: boolean;
	/** Throws: says which value cannot be used, why, and what would do. */
	readonly refuse: (problem: string, expected: string) => never;
}

type Scalar = string | number | bigint | boolean;

const LIST_NAME = /^[a-z0-9_]{1,50}$/;
const MANAGED_LIST_NAME = /^cf\.[a-z0-9_]{1,50}$/;
const DIGITS = /^(?:0|[1-9]\d{0,15})$/;
const CODE_FORMATS: Readonly<Record<CodeFormat, { pattern: RegExp; expected: string }>> = {
	country: {
		pattern: /^(?:[a-z]{2}|T1)$/i,
		expected: 'A country code of two letters such as DE, or T1 for the Tor network',
	},
	continent: {
		pattern: /^(?:AF|AN|AS|EU|NA|OC|SA|T1)$/i,
		expected: 'One of AF, AN, AS, EU, NA, OC, SA, or T1 for the Tor network',
	},
	// RFC 9110, section 9.1: a method is a token.
	method: {
		pattern: /^[-!#$%&'*+.^_`|~0-9a-z]{1,50}$/i,
		expected: 'A request method such as POST',
	},
};

/** What a value looks like in a message: never its content where that is an object, whose text can be anything. */
export function described(value: unknown): string {
	if (value === null || value === undefined || typeof value === 'string') return shown(value);
	if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
	if (typeof value === 'object') return 'an object';
	return typeof value === 'function' || typeof value === 'symbol'
		? `a ${typeof value}`
		: String(value);
}

/**
 * Reads what the user gave as a condition's value.
 *
 * `values` is an array, a number, a boolean or a text. The elements of an array are never split. For sets, a text of
 * addresses, numbers or codes is split at commas, blanks and line breaks, any other text at line breaks only (a user
 * agent holds commas); lines without a character are left out. All other operators take the text whole. Blanks around
 * addresses, numbers, codes and list names are ignored; free text is never trimmed.
 *
 * @param label how messages name the field, for example "Conditions → Condition 2 → Value"
 * @returns literals without duplicates: none for a flag, at least one for a set, exactly one for the other operators;
 * for list operators the list's name without `$`
 * @throws InputError when the values do not fit the field and the operator
 */
export function parseValues(
	field: ExpressionField,
	operator: Operator,
	values: unknown,
	label: string,
	ignoreCase = false,
): readonly Literal[] {
	const scalars = scalarsOf(field, operator, values, label);
	if (operator.shape === 'flag') {
		if (scalars.length === 0) return [];
		throw new InputError(
			label,
			`got ${described(values)}, but ${operator.label} takes no value`,
			'An empty value',
		);
	}
	if (scalars.length === 0) {
		const problem = Array.isArray(values) ? 'got an empty list' : 'got nothing';
		throw new InputError(label, problem, expectedFor(field, operator));
	}
	if (operator.shape !== 'set' && scalars.length > 1) {
		throw new InputError(
			label,
			`got ${scalars.length} values, but ${operator.label} takes one`,
			operator.exact ? 'One value; for several, the operator Is In or Is Not In' : 'One value',
		);
	}
	const literals = new Map<string, Literal>();
	scalars.forEach((scalar, index) => {
		const place =
			scalars.length > 1 ? `value ${index + 1}, ${described(scalar)},` : described(scalar);
		const refuse = (problem: string, expected: string): never => {
			throw new InputError(label, `${place} ${problem}`, expected);
		};
		const literal = readLiteral(scalar, { field, operator, ignoreCase, refuse });
		literals.set(literal.text, literal);
	});
	return [...literals.values()];
}

function scalarsOf(
	field: ExpressionField,
	operator: Operator,
	values: unknown,
	label: string,
): readonly Scalar[] {
	if (values === undefined || values === null) return [];
	if (Array.isArray(values)) {
		// Array.from also visits the holes of a sparse array.
		return Array.from(values as readonly unknown[], (element, index) => {
			if (isScalar(element)) return element;
			throw new InputError(
				label,
				`value ${index + 1} of the list is ${described(element)}`,
				'A list of texts or numbers, without gaps and without lists inside',
			);
		});
	}
	if (!isScalar(values)) {
		throw new InputError(label, `got ${described(values)}`, expectedFor(field, operator));
	}
	if (typeof values !== 'string') return [values];
	if (operator.shape === 'set') {
		const separator = isFreeText(field) ? /\r\n|[\r\n]/ : /[\s,]+/;
		return values.split(separator).filter((part) => part !== '');
	}
	if (operator.shape === 'flag') return values.trim() === '' ? [] : [values];
	return [values];
}

function isScalar(value: unknown): value is Scalar {
	return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function isFreeText(field: ExpressionField): boolean {
	return field.type === 'string' && field.codes === undefined;
}

function readLiteral(scalar: Scalar, context: ValueContext): Literal {
	if (context.operator.shape === 'list') return readListName(scalar, context);
	if (context.field.type === 'ip') return readAddress(scalar, context);
	if (context.field.type === 'integer') return readInteger(scalar, context);
	if (context.field.codes) return readCode(scalar, context.field.codes, context);
	return readFreeText(scalar, context);
}

/** Cloudflare rules language: `$name`, 1 to 50 of a-z, 0-9 and `_`; managed lists of addresses as `$cf.name`. */
function readListName(scalar: Scalar, { field, operator, refuse }: ValueContext): Literal {
	const name = String(scalar).trim().replace(/^\$/, '');
	const managed = field.list === 'IP' && MANAGED_LIST_NAME.test(name);
	if (!managed && !LIST_NAME.test(name)) {
		return refuse('is no list name', expectedFor(field, operator));
	}
	return { text: name, several: false };
}

function readAddress(scalar: Scalar, { field, operator, refuse }: ValueContext): Literal {
	// A number is no text of an address, and which address it would mean is not guessed.
	const text = typeof scalar === 'string' ? scalar : '';
	const network = parseNetwork(text);
	if (network) return { text: formatNetwork(network), several: !isSingleAddress(network) };
	const range = parseRange(text);
	if (!range) return refuse('is no IP address, CIDR or range', expectedFor(field, operator));
	return { text: formatRange(range), several: range.first !== range.last };
}

function readInteger(scalar: Scalar, { field, operator, refuse }: ValueContext): Literal {
	const maximum = field.maximum ?? Number.MAX_SAFE_INTEGER;
	const number = (text: string): number => {
		const trimmed = text.trim();
		const digits = field.asNumber ? trimmed.replace(/^AS/i, '') : trimmed;
		if (!DIGITS.test(digits)) return refuse('is no whole number', expectedFor(field, operator));
		if (Number(digits) > maximum) {
			return refuse(`is more than ${maximum}, the largest possible`, expectedFor(field, operator));
		}
		return Number(digits);
	};
	if (typeof scalar === 'boolean') {
		return refuse('is no whole number', expectedFor(field, operator));
	}
	const [first, last, ...rest] = String(scalar).split('..');
	if (last === undefined) return { text: String(number(first)), several: false };
	if (!operator.exact || rest.length > 0) {
		return refuse('is no whole number', expectedFor(field, operator));
	}
	const [from, to] = [number(first), number(last)];
	if (from > to) return refuse('is a range that ends before it starts', 'The smaller number first');
	return from === to
		? { text: String(from), several: false }
		: { text: `${from}..${to}`, several: true };
}

function readCode(scalar: Scalar, format: CodeFormat, { refuse }: ValueContext): Literal {
	const { pattern, expected } = CODE_FORMATS[format];
	const code = typeof scalar === 'string' ? scalar.trim() : '';
	if (!pattern.test(code)) return refuse(`is no ${format}`, expected);
	return { text: quoted(code.toUpperCase()), several: false };
}

function readFreeText(
	scalar: Scalar,
	{ field, operator, ignoreCase, refuse }: ValueContext,
): Literal {
	if (typeof scalar === 'number' && !Number.isFinite(scalar)) {
		return refuse('is no text', expectedFor(field, operator));
	}
	const text = String(scalar);
	const unfit = unwritable(text);
	if (unfit) return refuse(unfit, 'A text of one line without control characters');
	if (text === '' && !(operator.exact && field.mayBeEmpty)) {
		return refuse(
			`cannot be compared with ${operator.label}`,
			'At least one character: this would fit every request or none',
		);
	}
	if (operator.pattern === 'regex') {
		const regex = raw(text);
		if (regex !== undefined) return { text: regex, several: false };
		return refuse('holds too many number signs after a quotation mark', 'At most 254 of them');
	}
	const problem = operator.pattern === 'wildcard' ? wildcardProblem(text) : undefined;
	if (problem) {
		return refuse(
			problem,
			'A pattern with single asterisks; \\* and \\\\ stand for * and \\ themselves',
		);
	}
	return { text: quoted(ignoreCase ? lowered(text) : text), several: false };
}

/** What would be accepted, as a sentence for the user. */
function expectedFor(field: ExpressionField, operator: Operator): string {
	if (operator.shape === 'list') {
		const managed = field.list === 'IP' ? ', or a managed list such as cf.open_proxies' : '';
		return `The name of a list of type ${field.list}: 1 to 50 small letters, digits and underscores${managed}`;
	}
	const several = severalAdvice(operator);
	if (field.type === 'ip') {
		return `An address such as 192.0.2.7 or 2001:db8::7, a CIDR such as 192.0.2.0/24, or a range such as 192.0.2.1..192.0.2.9${several}`;
	}
	if (field.type === 'integer') {
		const as = field.asNumber ? ', with or without AS in front' : '';
		return `A whole number from 0 to ${field.maximum ?? Number.MAX_SAFE_INTEGER}${as}${several}`;
	}
	if (field.codes) return `${CODE_FORMATS[field.codes].expected}${several}`;
	return operator.shape === 'set' ? 'A list, or a text with one value a line' : 'A text';
}

function severalAdvice(operator: Operator): string {
	if (operator.shape === 'set') return '; several separated by commas, blanks or line breaks';
	return operator.exact ? '; for several, the operator Is In or Is Not In' : '';
}
