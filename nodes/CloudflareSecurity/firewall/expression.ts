/**
 * Builds expressions of the Cloudflare rules language from typed parts, so that no value can become more than a value.
 */
import { InputError } from '../input/inputError';
import { conditionLabels, writeCondition, type Condition } from './condition';
import { described } from './conditionValues';

export { conditionLabels } from './condition';
export type { Condition } from './condition';
export { parseValues } from './conditionValues';
export { expressionFields } from './expressionFields';
export type { ExpressionField, ValueType } from './expressionFields';
export { operators, operatorsFor } from './expressionOperators';
export type { Operator, OperatorName } from './expressionOperators';

export type Combination = 'and' | 'or';

/** Cloudflare rules language, "Expressions": the maximum length. */
export const MAX_EXPRESSION_LENGTH = 4096;

/**
 * Writes conditions as one expression: a single condition as it is, several as `(…) and (…)` or `(…) or (…)`.
 *
 * @returns an expression of at most 4,096 characters
 * @throws InputError that names the field ("Conditions → Condition 2 → Value") when there is no condition, when a field
 * or operator is unknown or does not fit, when a value does not fit, or when the expression gets too long
 */
export function buildExpression(conditions: readonly Condition[], combine: Combination): string {
	const { conditions: group, combine: combineLabel } = conditionLabels;
	if (combine !== 'and' && combine !== 'or') {
		throw new InputError(combineLabel, `got ${described(combine)}`, 'One of: and, or');
	}
	if (!Array.isArray(conditions) || conditions.length === 0) {
		throw new InputError(
			group,
			'there is none, and a rule without one would fit every request',
			'At least one condition',
		);
	}
	const parts = Array.from(conditions as readonly unknown[], (condition, index) =>
		writeCondition(condition, `${group} → ${conditionLabels.condition} ${index + 1}`),
	);
	const expression =
		parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(` ${combine} `);
	refuseTooLong(
		expression,
		group,
		'Fewer or shorter values; many addresses belong in a list, with the operator Is In List',
	);
	return expression;
}

/**
 * Checks an expression that the user typed. It is sent as typed, without the blanks around it.
 *
 * @returns the trimmed text
 * @throws InputError when it is no text, blank, or longer than 4,096 characters
 */
export function checkExpression(text: unknown, label: string = conditionLabels.expression): string {
	const expected = 'An expression such as ip.src eq 192.0.2.7';
	if (typeof text !== 'string') throw new InputError(label, `got ${described(text)}`, expected);
	const expression = text.trim();
	if (expression === '') throw new InputError(label, 'got an empty text', expected);
	refuseTooLong(
		expression,
		label,
		'A shorter expression; many addresses belong in a list, as in ip.src in $list_name',
	);
	return expression;
}

/**
 * Counts Unicode code points, the most generous reading of "characters": what Cloudflare would take is never refused
 * here, and should it count bytes, its own message says so.
 */
function refuseTooLong(expression: string, label: string, expected: string): void {
	// A text has at least half as many code points as UTF-16 units; the first test spares counting short ones.
	if (expression.length <= MAX_EXPRESSION_LENGTH) return;
	const length = Array.from(expression).length;
	if (length <= MAX_EXPRESSION_LENGTH) return;
	const count = (value: number) => value.toLocaleString('en-US');
	throw new InputError(
		label,
		`the expression has ${count(length)} characters, and Cloudflare accepts ${count(MAX_EXPRESSION_LENGTH)}`,
		expected,
	);
}
