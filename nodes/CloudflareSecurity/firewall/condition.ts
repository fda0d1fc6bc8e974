import { InputError } from '../input/inputError';
import { described, parseValues, type Literal } from './conditionValues';
import { expressionFields, type ExpressionField } from './expressionFields';
import { operators, operatorsFor, type Operator, type OperatorName } from './expressionOperators';
import { lowered, quoted, unwritable } from './literal';

/** One comparison, as the node's fields give it. Everything but the keys may come from an n8n expression. */
export interface Condition {
	readonly field: string;
	/** The header or query argument, for the two fields that need one. */
	readonly name?: string;
	readonly operator: OperatorName;
	readonly values?: unknown;
	readonly ignoreCase?: boolean;
}

/** What the user sees above the node's fields. Messages and node descriptions both take the words from here. */
export const conditionLabels = {
	conditions: 'Conditions',
	condition: 'Condition',
	combine: 'Combine Conditions',
	field: 'Field',
	name: 'Name',
	operator: 'Operator',
	values: 'Value',
	ignoreCase: 'Ignore Case',
	expression: 'Rule Expression',
} as const;

const fieldsByName = new Map(expressionFields.map((field) => [field.name, field]));
const operatorsByName = new Map<string, Operator>(operators.map((one) => [one.name, one]));
/** RFC 9110, section 5.6.2. */
const HTTP_TOKEN = /^[-!#$%&'*+.^_`|~0-9a-z]+$/;

/**
 * Writes one condition as a boolean expression that binds tighter than `and` and `or`.
 *
 * @param place how messages name the condition, for example "Conditions → Condition 2"
 * @throws InputError when the field, the name, the operator, the value or Ignore Case cannot be used
 */
export function writeCondition(condition: unknown, place: string): string {
	if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
		throw new InputError(place, `got ${described(condition)}`, 'A field, an operator and a value');
	}
	const given: Partial<Record<keyof Condition, unknown>> = condition;
	const field = findField(given.field, `${place} → ${conditionLabels.field}`);
	const operator = findOperator(given.operator, field, `${place} → ${conditionLabels.operator}`);
	const key =
		field.named && readName(given.name, field.named, `${place} → ${conditionLabels.name}`);
	const ignoreCase = readIgnoreCase(
		given.ignoreCase,
		field,
		operator,
		`${place} → ${conditionLabels.ignoreCase}`,
	);
	const literals = parseValues(
		field,
		operator,
		given.values,
		`${place} → ${conditionLabels.values}`,
		ignoreCase,
	);
	return write({ field, key, operator, literals, ignoreCase });
}

function findField(name: unknown, label: string): ExpressionField {
	const field = typeof name === 'string' ? fieldsByName.get(name) : undefined;
	if (field) return field;
	throw new InputError(
		label,
		`${described(name)} is no field that conditions know`,
		'One of the fields offered; any other field in a typed expression',
	);
}

function findOperator(name: unknown, field: ExpressionField, label: string): Operator {
	const operator = typeof name === 'string' ? operatorsByName.get(name) : undefined;
	const fitting = operatorsFor(field);
	if (operator && fitting.includes(operator)) return operator;
	throw new InputError(
		label,
		operator
			? `${operator.label} does not fit the field ${field.label}`
			: `${described(name)} is no operator`,
		`One of: ${fitting.map((one) => `${one.label} (${one.name})`).join(', ')}`,
	);
}

function readName(name: unknown, kind: 'header' | 'argument', label: string): string {
	if (kind === 'header') {
		// Cloudflare rules language: the keys of http.request.headers are in lower case.
		const header = typeof name === 'string' ? lowered(name.trim()) : '';
		if (HTTP_TOKEN.test(header)) return header;
		throw new InputError(
			label,
			`${described(name)} is no name of a header`,
			'The name of a request header such as x-api-key',
		);
	}
	if (typeof name !== 'string' || name === '') {
		throw new InputError(label, `got ${described(name)}`, 'The name of a query argument such as q');
	}
	const unfit = unwritable(name);
	if (unfit === undefined) return name;
	throw new InputError(
		label,
		`${described(name)} ${unfit}`,
		'The name of a query argument such as q',
	);
}

function readIgnoreCase(
	value: unknown,
	field: ExpressionField,
	operator: Operator,
	label: string,
): boolean {
	if (value === undefined || value === null || value === false) return false;
	const refuse = (problem: string, expected: string): never => {
		throw new InputError(label, problem, expected);
	};
	if (value !== true) return refuse(`got ${described(value)}`, 'On or off (true or false)');
	if (field.type !== 'string') return refuse(`${field.label} is no text`, 'Ignore Case off');
	if (field.codes) {
		return refuse(`${field.label} is always compared in capitals`, 'Ignore Case off');
	}
	if (operator.caseAdvice) {
		return refuse(`it cannot be used with ${operator.label}`, operator.caseAdvice);
	}
	if (field.named && operator.shape === 'function') {
		return refuse(
			`it cannot be used with ${operator.label} on the field ${field.label}`,
			'The operator Matches Wildcard with a pattern such as text*, which ignores case',
		);
	}
	// The wildcard operator ignores case by itself.
	return operator.pattern !== 'wildcard';
}

interface WritableCondition {
	readonly field: ExpressionField;
	readonly key: string | undefined;
	readonly operator: Operator;
	readonly literals: readonly Literal[];
	readonly ignoreCase: boolean;
}

function write({ field, key, operator, literals, ignoreCase }: WritableCondition): string {
	if (key !== undefined) {
		// Cloudflare rules language, "Arrays": [*] compares each value and any() asks for one that fits. Negation goes
		// in front, so that it means "none of the values" rather than "some value does not".
		const each = `${field.name}[${quoted(key)}][*]`;
		const subject = ignoreCase ? `lower(${each})[*]` : each;
		return `${operator.negated ? 'not ' : ''}any(${comparison(subject, operator, literals)})`;
	}
	const subject = ignoreCase ? `lower(${field.name})` : field.name;
	if (operator.negatedSymbol && !isSet(operator, literals)) {
		return `${subject} ${operator.negatedSymbol} ${literals[0].text}`;
	}
	const positive = comparison(subject, operator, literals);
	if (!operator.negated) return positive;
	return operator.shape === 'flag' ? `not ${positive}` : `not (${positive})`;
}

function comparison(subject: string, operator: Operator, literals: readonly Literal[]): string {
	if (operator.shape === 'flag') return subject;
	if (isSet(operator, literals))
		return `${subject} in {${literals.map(({ text }) => text).join(' ')}}`;
	const [{ text }] = literals;
	if (operator.shape === 'list') return `${subject} in $${text}`;
	if (operator.shape === 'function') return `${operator.symbol}(${subject}, ${text})`;
	return `${subject} ${operator.symbol} ${text}`;
}

/** Cloudflare rules language: a CIDR or range is only valid inside a set, also where the user asked for equality. */
function isSet(operator: Operator, literals: readonly Literal[]): boolean {
	return operator.shape === 'set' || literals.some(({ several }) => several);
}
