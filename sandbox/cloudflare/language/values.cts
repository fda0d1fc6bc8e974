import {
	describe,
	isMany,
	isOverMany,
	type Argument,
	type Expression,
	type Type,
	type Value,
} from './ast.cjs';
import type { Cursor } from './cursor.cjs';
import { literal, requireType } from './literals.cjs';
import { unescape, type Token } from './tokens.cjs';
import { FIELD_PLANS, FIELDS, FUNCTIONS, planHas, type Signature } from './vocabulary.cjs';

export type ParseInner = (cursor: Cursor) => Expression;

function elementOf(type: Type): Type | undefined {
	if (typeof type === 'string') return undefined;
	return 'array' in type ? type.array : type.map;
}

/** The `["key"]`, `[0]` and `[*]` that may follow a field or a call. */
function indexes(cursor: Cursor, value: Value): Value {
	let result = value;
	while (cursor.accept('[')) {
		const token = cursor.peek;
		const element = elementOf(result.type);
		if (element === undefined)
			throw cursor.refuse(`cannot index type ${describe(result.type)}`, token);
		const isMap = typeof result.type !== 'string' && 'map' in result.type;
		if (cursor.accept('*')) {
			result = { kind: 'each', of: result, type: element };
		} else if (isMap && (token.kind === 'string' || token.kind === 'raw')) {
			cursor.take();
			const key = unescape(cursor.source, token, false);
			result = { kind: 'index', of: result, key, type: element };
		} else if (!isMap && token.kind === 'int' && Number(token.text) >= 0) {
			cursor.take();
			result = { kind: 'index', of: result, key: Number(token.text), type: element };
		} else {
			throw cursor.refuse('invalid index', token);
		}
		cursor.expect(']');
	}
	return result;
}

function argument(
	cursor: Cursor,
	wanted: Signature['args'][number],
	isFirst: boolean,
	inner: ParseInner,
): Argument {
	const token = cursor.peek;
	if (wanted === 'many') {
		const truths = inner(cursor);
		if (isOverMany(truths)) return truths;
		throw cursor.refuse('expected value of type Array<Boolean>, but got Boolean', token);
	}
	const constant = literal(cursor.source, token);
	if (constant !== undefined) {
		// Source: Cloudflare docs, functions: the first argument of these must be a field.
		if (isFirst && wanted !== 'int') throw cursor.refuse('expected a field', token);
		cursor.take();
		requireType(cursor.source, constant, wanted === 'countable' ? 'string' : wanted, token);
		return constant;
	}
	const result = value(cursor, inner);
	const counts = wanted === 'countable' && result.type !== 'int' && result.type !== 'bool';
	if (result.type !== wanted && !counts) {
		const expected = wanted === 'countable' ? 'String' : describe(wanted);
		throw cursor.refuse(
			`expected value of type ${expected}, but got ${describe(result.type)}`,
			token,
		);
	}
	return result;
}

function call(cursor: Cursor, name: Token, inner: ParseInner): Value {
	const signature = FUNCTIONS.get(name.text);
	if (signature === undefined) throw cursor.refuse('unknown function', name);
	cursor.expect('(');
	const args: Argument[] = [];
	while (!cursor.accept(')')) {
		if (args.length > 0) cursor.expect(',');
		const wanted = signature.args[args.length] ?? signature.rest;
		if (wanted === undefined) throw cursor.refuse('invalid number of arguments');
		// concat() may begin with text: it has a rest.
		args.push(argument(cursor, wanted, args.length === 0 && signature.rest === undefined, inner));
	}
	if (args.length < signature.args.length - (signature.optional ?? 0))
		throw cursor.refuse('invalid number of arguments', name);
	const overMany = args.some((each) => 'type' in each && isMany(each as Value));
	// A function over [*] gives an array, which needs its own [*]: any(lower(x[*])[*] eq "v").
	const type: Type = overMany ? { array: signature.result } : signature.result;
	return { kind: 'call', name: name.text, args, type };
}

function field(cursor: Cursor, name: Token): Value {
	const type = FIELDS.get(name.text);
	if (type === undefined) throw cursor.refuse('unknown identifier', name);
	const plan = FIELD_PLANS.get(name.text);
	if (plan !== undefined && !planHas(cursor.plan, plan))
		throw cursor.refuse(
			`the use of field ${name.text} is not allowed, a higher plan is required`,
			name,
		);
	return { kind: 'field', name: name.text, type };
}

/** A field or a function call, with its indexes. */
export function value(cursor: Cursor, inner: ParseInner): Value {
	const name = cursor.take();
	if (name.kind !== 'word') throw cursor.refuse('expected identifier', name);
	const isCall = cursor.peek.kind === 'symbol' && cursor.peek.text === '(';
	return indexes(cursor, isCall ? call(cursor, name, inner) : field(cursor, name));
}
