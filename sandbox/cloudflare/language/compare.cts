import ipaddr from 'ipaddr.js';
import type { Literal, Operator } from './ast.cjs';

export type Scalar = string | number | boolean;

const bytes = (address: string): Buffer => Buffer.from(ipaddr.parse(address).toByteArray());

function inNetwork(address: string, network: string): boolean {
	const parsed = ipaddr.parse(address);
	const [base, prefix] = ipaddr.parseCIDR(network);
	return parsed.kind() === base.kind() && parsed.match(base, prefix);
}

/** Whether a member of a set (a value, a range or a network) holds the value. */
export function contains(item: Literal, value: Scalar): boolean {
	switch (item.kind) {
		case 'cidr':
			return inNetwork(String(value), item.value);
		case 'ip':
			return bytes(item.value).equals(bytes(String(value)));
		case 'ipRange': {
			const [from, to, at] = [item.from, item.to, String(value)].map(bytes);
			return (
				at.length === from.length && Buffer.compare(from, at) <= 0 && Buffer.compare(at, to) <= 0
			);
		}
		case 'intRange':
			return Number(value) >= item.from && Number(value) <= item.to;
		default:
			return item.value === value;
	}
}

function wildcard(value: string, pattern: string, caseSensitive: boolean): boolean {
	const body = pattern
		.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
		// A pattern escapes a real star and a real backslash with a backslash.
		.replace(/\\\\(\\\\|\*)|\*/g, (_whole, escaped: string | undefined) => {
			if (escaped === undefined) return '.*';
			return escaped === '*' ? '\\*' : '\\\\';
		});
	return new RegExp(`^${body}$`, caseSensitive ? 's' : 'is').test(value);
}

/** Whether `value operator literal` is true, for every operator but `in`. */
export function holds(operator: Operator, value: Scalar, literal: Literal): boolean {
	if (operator === 'eq') return contains(literal, value);
	if (operator === 'ne') return !contains(literal, value);
	if (!('value' in literal)) return false;
	const right = literal.value;
	switch (operator) {
		case 'lt':
			return value < right;
		case 'le':
			return value <= right;
		case 'gt':
			return value > right;
		case 'ge':
			return value >= right;
		case 'contains':
			return String(value).includes(String(right));
		case 'matches':
			return new RegExp(String(right)).test(String(value));
		case 'wildcard':
		case 'strict wildcard':
			return wildcard(String(value), String(right), operator === 'strict wildcard');
		default:
			return false;
	}
}
