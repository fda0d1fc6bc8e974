import { invalid, invalidValue, refused } from '../errors.cjs';
import { isObject } from './shape.cjs';
import type { Rule } from './types.cjs';

/** Where among the others (the moved rule left out) the position puts a rule. Throws 400. */
function target(position: unknown, others: Rule[]): number {
	const keys = isObject(position) ? Object.keys(position) : [];
	const [key] = keys;
	if (!isObject(position) || keys.length !== 1 || !['before', 'after', 'index'].includes(key))
		throw refused(
			invalid('/position', 'position must have exactly one of before, after and index'),
		);
	const value = position[key];
	const wrong = (reason: string) => refused(invalidValue(`/position/${key}`, key, value, reason));
	if (key === 'index') {
		// 1-based, and the last place is the one after all others.
		if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong('it must be an integer');
		if (value < 1 || value > others.length + 1) throw wrong('it is out of range');
		return value - 1;
	}
	if (typeof value !== 'string') throw wrong('it must be a string');
	// The empty string has a meaning of its own: before everything, after everything.
	if (value === '') return key === 'before' ? 0 : others.length;
	const found = others.findIndex(({ id }) => id === value);
	if (found < 0) throw wrong('there is no such rule in the ruleset');
	return key === 'before' ? found : found + 1;
}

/** The rules with this one at the position, or where `fallback` says when there is none. */
export function place(rule: Rule, others: Rule[], position: unknown, fallback: number): Rule[] {
	const index = position === undefined ? fallback : target(position, others);
	return [...others.slice(0, index), rule, ...others.slice(index)];
}
