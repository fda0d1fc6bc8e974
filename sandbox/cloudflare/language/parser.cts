import { isOverMany, type Expression } from './ast.cjs';
import { Cursor, type LanguageOptions } from './cursor.cjs';
import { comparison } from './comparison.cjs';

export type { LanguageOptions } from './cursor.cjs';

/** Loosest first. Source: Cloudflare docs, operator precedence: not, and, xor, or. */
const LEVELS = [
	{ kind: 'or', words: ['or', '||'] },
	{ kind: 'xor', words: ['xor', '^^'] },
	{ kind: 'and', words: ['and', '&&'] },
] as const;
const DEEPEST = 100;

function binary(cursor: Cursor, level: number, depth: number): Expression {
	if (level === LEVELS.length) return unary(cursor, depth);
	const { kind, words } = LEVELS[level];
	let left = binary(cursor, level + 1, depth);
	for (let token = cursor.peek; cursor.accept(...words); token = cursor.peek) {
		const right = binary(cursor, level + 1, depth);
		if (isOverMany(left) !== isOverMany(right))
			throw cursor.refuse('both sides must be over the same array', token);
		left = { kind, left, right };
	}
	return left;
}

function unary(cursor: Cursor, depth: number): Expression {
	const token = cursor.peek;
	if (depth > DEEPEST) throw cursor.refuse('expression is nested too deeply', token);
	if (cursor.accept('not', '!')) return { kind: 'not', operand: unary(cursor, depth + 1) };
	if (cursor.accept('(')) {
		const inner = binary(cursor, 0, depth + 1);
		cursor.expect(')');
		return inner;
	}
	if (cursor.accept('true')) return { kind: 'constant', value: true };
	if (cursor.accept('false')) return { kind: 'constant', value: false };
	return comparison(cursor, (inner) => binary(inner, 0, depth + 1));
}

/**
 * Parses one expression into a tree, checking names and types.
 * Throws ParseError when it is not one complete, true-or-false expression of the language.
 */
export function parse(source: string, options: LanguageOptions = {}): Expression {
	const cursor = new Cursor(source, options);
	const expression = binary(cursor, 0, 0);
	if (cursor.peek.kind !== 'end') throw cursor.refuse('unrecognised input');
	if (isOverMany(expression))
		throw cursor.refuse('expected value of type Boolean, but got Array<Boolean>', cursor.first);
	return expression;
}
