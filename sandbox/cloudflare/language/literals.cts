import ipaddr from 'ipaddr.js';
import { describe, type Literal, type Type } from './ast.cjs';
import { ParseError } from './parseError.cjs';
import { unescape, type Token } from './tokens.cjs';

function address(source: string, token: Token): Literal {
	const [host, prefix, ...rest] = token.text.split('/');
	const valid = ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
	if (!valid || rest.length > 0)
		throw new ParseError(source, 'invalid IP address', token.start, token.end);
	if (prefix === undefined) return { kind: 'ip', value: host };
	const widest = host.includes(':') ? 128 : 32;
	if (Number(prefix) > widest)
		throw new ParseError(source, 'invalid network prefix', token.start, token.end);
	return { kind: 'cidr', value: token.text };
}

/** One literal of the language from one token, or undefined when the token is none. */
export function literal(source: string, token: Token, regex = false): Literal | undefined {
	switch (token.kind) {
		case 'string':
			return { kind: 'string', value: unescape(source, token, regex) };
		case 'raw':
			return { kind: 'string', value: token.text, raw: true };
		case 'int':
			return { kind: 'int', value: Number(token.text) };
		case 'ip':
			return address(source, token);
		default:
			return undefined;
	}
}

/** A range `from..to`, of integers or of addresses of one family. */
export function range(
	source: string,
	from: Literal,
	to: Literal | undefined,
	token: Token,
): Literal {
	const refuse = (reason: string) => new ParseError(source, reason, token.start, token.end);
	if (from.kind === 'int' && to?.kind === 'int') {
		if (from.value > to.value) throw refuse('incompatible range bounds');
		return { kind: 'intRange', from: from.value, to: to.value };
	}
	if (from.kind === 'ip' && to?.kind === 'ip') {
		const [low, high] = [ipaddr.parse(from.value), ipaddr.parse(to.value)];
		const bytes = (each: typeof low) => Buffer.from(each.toByteArray());
		if (low.kind() !== high.kind() || Buffer.compare(bytes(low), bytes(high)) > 0)
			throw refuse('incompatible range bounds');
		return { kind: 'ipRange', from: from.value, to: to.value };
	}
	throw refuse('incompatible range bounds');
}

export function literalType(value: Literal): 'string' | 'int' | 'ip' {
	if (value.kind === 'string') return 'string';
	return value.kind === 'int' || value.kind === 'intRange' ? 'int' : 'ip';
}

/** Throws when the literal cannot be compared with a value of this type. */
export function requireType(source: string, value: Literal, type: Type, token: Token): void {
	if (literalType(value) === type) return;
	const reason = `expected value of type ${describe(type)}, but got ${describe(literalType(value))}`;
	throw new ParseError(source, reason, token.start, token.end);
}
