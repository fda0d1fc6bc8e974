import type { Argument, Comparison, Expression, Literal, Value } from './ast.cjs';
import { isMany } from './ast.cjs';
import { contains, holds, type Scalar } from './compare.cjs';
import { FUNCTION_BODIES } from './functions.cjs';

/** What is known about one request. */
export interface Facts {
	/** The value of a field: scalar, array, or map of arrays; undefined when the request has none. */
	field(name: string): unknown;
	/** Whether a named list holds the value. */
	listHas(name: string, value: Scalar): boolean;
}

/** The value; for one over `[*]` an array of values. */
function valueOf(value: Value, facts: Facts): unknown {
	if (value.kind === 'field') return facts.field(value.name);
	if (value.kind === 'call') return callOf(value.name, value.args, facts);
	const of = valueOf(value.of, facts);
	const pick = (from: unknown): unknown =>
		value.kind === 'index' ? member(from, value.key) : Object.values((from ?? []) as object);
	if (!isMany(value.of)) return pick(of);
	const picked = (of as unknown[]).map(pick);
	return value.kind === 'each' ? picked.flat() : picked;
}

function member(from: unknown, key: string | number): unknown {
	if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) return undefined;
	return (from as Record<string, unknown>)[key];
}

const isExpression = (argument: Argument): argument is Expression =>
	['comparison', 'truth', 'constant', 'not', 'and', 'or', 'xor'].includes(argument.kind);
const isValue = (argument: Argument): argument is Value =>
	['field', 'index', 'each', 'call'].includes(argument.kind);

function callOf(name: string, args: Argument[], facts: Facts): unknown {
	if (name === 'any' || name === 'all') {
		const truths = truthsOf(args[0] as Expression, facts);
		return name === 'any' ? truths.some(Boolean) : truths.every(Boolean);
	}
	const body = FUNCTION_BODIES[name];
	const values = args.map((each) => {
		if (isValue(each)) return valueOf(each, facts);
		return isExpression(each) ? truth(each, facts) : (each as Literal & { value: Scalar }).value;
	});
	const many = args.findIndex((each) => isValue(each) && isMany(each));
	if (many < 0) return body(values);
	return (values[many] as unknown[]).map((one) =>
		body(values.map((each, index) => (index === many ? one : each))),
	);
}

function compare(comparison: Comparison, left: unknown, facts: Facts): boolean {
	const { operator, right } = comparison;
	// A value that the request does not have differs from everything.
	if (left === undefined || left === null) return operator === 'ne';
	if (right.kind === 'list') return facts.listHas(right.name, left as Scalar);
	if (right.kind === 'set') return right.items.some((item) => contains(item, left as Scalar));
	return holds(operator, left as Scalar, right);
}

function truthsOf(expression: Expression, facts: Facts): boolean[] {
	switch (expression.kind) {
		case 'comparison':
			return (valueOf(expression.left, facts) as unknown[]).map((each) =>
				compare(expression, each, facts),
			);
		case 'truth':
			return (valueOf(expression.value, facts) as unknown[]).map(Boolean);
		case 'not':
			return truthsOf(expression.operand, facts).map((each) => !each);
		case 'constant':
			return [expression.value];
		default: {
			const right = truthsOf(expression.right, facts);
			return truthsOf(expression.left, facts).map((each, index) =>
				combine(expression.kind, each, right[index] ?? false),
			);
		}
	}
}

function combine(kind: 'and' | 'or' | 'xor', left: boolean, right: boolean): boolean {
	if (kind === 'and') return left && right;
	return kind === 'or' ? left || right : left !== right;
}

function truth(expression: Expression, facts: Facts): boolean {
	switch (expression.kind) {
		case 'comparison':
			return compare(expression, valueOf(expression.left, facts), facts);
		case 'truth':
			return valueOf(expression.value, facts) === true;
		case 'constant':
			return expression.value;
		case 'not':
			return !truth(expression.operand, facts);
		default:
			return combine(
				expression.kind,
				truth(expression.left, facts),
				truth(expression.right, facts),
			);
	}
}

/** Whether the request with these facts matches the parsed expression. */
export function evaluate(expression: Expression, facts: Facts): boolean {
	return truth(expression, facts);
}
