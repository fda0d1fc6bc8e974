import {
	describe,
	isTruths,
	type Comparison,
	type Expression,
	type Literal,
	type Operator,
	type Type,
	type Value,
} from './ast.cjs';
import type { Cursor } from './cursor.cjs';
import { literal, range, requireType } from './literals.cjs';
import { value, type ParseInner } from './values.cjs';
import { planHas } from './vocabulary.cjs';

const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
	['eq', 'eq'],
	['==', 'eq'],
	['ne', 'ne'],
	['!=', 'ne'],
	['lt', 'lt'],
	['<', 'lt'],
	['le', 'le'],
	['<=', 'le'],
	['gt', 'gt'],
	['>', 'gt'],
	['ge', 'ge'],
	['>=', 'ge'],
	['contains', 'contains'],
	['matches', 'matches'],
	['~', 'matches'],
	['wildcard', 'wildcard'],
	['strict', 'strict wildcard'],
	['in', 'in'],
]);
/** Source: Cloudflare docs, comparison operators. */
const OPERATORS_OF: Record<'ip' | 'string' | 'int', readonly Operator[]> = {
	ip: ['eq', 'ne', 'in'],
	int: ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'in'],
	string: [...new Set(OPERATORS.values())],
};
const LIST_TYPES = { ip: 'ip', hostname: 'string', asn: 'int' } as const;

function set(cursor: Cursor, type: Type): Literal[] {
	const items: Literal[] = [];
	while (!cursor.accept('}')) {
		const token = cursor.take();
		const first = literal(cursor.source, token);
		if (first === undefined) throw cursor.refuse(`expected ${describe(type)} literal`, token);
		requireType(cursor.source, first, type, token);
		if (cursor.accept('..')) {
			const end = cursor.take();
			items.push(range(cursor.source, first, literal(cursor.source, end), end));
		} else {
			items.push(first);
		}
	}
	if (items.length === 0) throw cursor.refuse('expected at least one value');
	return items;
}

function membership(cursor: Cursor, type: Type): Comparison['right'] {
	const token = cursor.peek;
	if (cursor.accept('{')) return { kind: 'set', items: set(cursor, type) };
	if (token.kind !== 'list') throw cursor.refuse('expected "{" or a list name');
	cursor.take();
	const name = token.text.slice(1);
	const { listKind } = cursor.options;
	if (listKind !== undefined) {
		const kind = listKind(name);
		if (kind === undefined) throw cursor.refuse(`list "${name}" does not exist`, token);
		if (LIST_TYPES[kind] !== type)
			throw cursor.refuse(`list "${name}" is not of type ${describe(type)}`, token);
	}
	return { kind: 'list', name };
}

function right(cursor: Cursor, operator: Operator, type: Type): Comparison['right'] {
	if (operator === 'in') return membership(cursor, type);
	const token = cursor.take();
	const constant = literal(cursor.source, token, operator === 'matches');
	if (constant === undefined) throw cursor.refuse(`expected ${describe(type)} literal`, token);
	requireType(cursor.source, constant, type, token);
	if (constant.kind === 'cidr')
		throw cursor.refuse('a network can only be used inside a set', token);
	if (operator === 'matches' && constant.kind === 'string') {
		try {
			new RegExp(constant.value);
		} catch {
			throw cursor.refuse('invalid regular expression', token);
		}
	}
	return constant;
}

/** A comparison, or a value that is true or false by itself. */
export function comparison(cursor: Cursor, inner: ParseInner): Expression {
	const start = cursor.peek;
	const left: Value = value(cursor, inner);
	const token = cursor.peek;
	if (left.type === 'bool' || isTruths(left.type)) return { kind: 'truth', value: left };
	const operator =
		token.kind === 'word' || token.kind === 'symbol' ? OPERATORS.get(token.text) : undefined;
	if (typeof left.type !== 'string')
		throw cursor.refuse(`cannot compare type ${describe(left.type)}`, start);
	if (operator === undefined)
		throw cursor.refuse(
			token.kind === 'end' ? 'expected operator, found end of input' : 'unknown operator',
			token,
		);
	cursor.take();
	if (operator === 'strict wildcard') cursor.expect('wildcard');
	if (!OPERATORS_OF[left.type].includes(operator))
		throw cursor.refuse(`operator is not allowed for type ${describe(left.type)}`, token);
	if (operator === 'matches' && !planHas(cursor.plan, 'business'))
		throw cursor.refuse(
			'the use of operator Matches is not allowed, a Business plan or a WAF Advanced plan is required',
			token,
		);
	return { kind: 'comparison', left, operator, right: right(cursor, operator, left.type) };
}
