/**
 * Reads what an expression of the rules language says about the visitor's address. Everything else in it is kept as a
 * condition that is not known, so that nothing is claimed that depends on more than the address.
 */
import { ADDRESS_BITS, parseNetwork, parseRange, type IpNetwork, type IpRange } from './ipAddress';
import { expressionTokens, type ExpressionToken } from './expressionTokens';
import { unmapped } from './network';

/** What an expression is made of, as far as the address is concerned. */
export type AddressTest =
	/** The address is in one of these ranges. */
	| { readonly kind: 'ranges'; readonly ranges: readonly IpRange[] }
	/** The address is in the list of this name; those that begin with `cf.` are Cloudflare's own. */
	| { readonly kind: 'list'; readonly name: string }
	/** Something about the address that is not understood, such as a function of it. */
	| { readonly kind: 'opaque' }
	/** A condition on something else; `origin` where that follows from the address: country, continent, AS number. */
	| { readonly kind: 'other'; readonly origin: boolean }
	| { readonly kind: 'constant'; readonly value: boolean }
	| { readonly kind: 'not'; readonly of: AddressTest }
	| { readonly kind: 'and' | 'or' | 'xor'; readonly parts: readonly [AddressTest, AddressTest] };

const ADDRESS_FIELD = 'ip.src';
/** Source: Cloudflare rules language, "Fields reference": of the address, and their names until 2023. */
const ORIGIN_FIELD = /^ip\.(?:src|geoip)\./;
/** Cloudflare rules language, "Operators": the loosest first. */
const LEVELS = [
	{ kind: 'or', words: ['or', '||'] },
	{ kind: 'xor', words: ['xor', '^^'] },
	{ kind: 'and', words: ['and', '&&'] },
] as const;
const COMPARISONS: ReadonlySet<string> = new Set(
	'eq == ne != lt < le <= gt > ge >= contains matches ~ wildcard strict in'.split(' '),
);
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Far more than people nest, and few enough to read with recursion. */
const DEEPEST = 100;

/** Reading fails with this; it never leaves the file. */
class Unreadable extends Error {}

export function rangeOf(network: IpNetwork): IpRange {
	const { version, address, prefix } = unmapped(network);
	const size = 1n << BigInt(ADDRESS_BITS[version] - prefix);
	return { version, first: address, last: address + size - 1n };
}

class Reader {
	private position = 0;

	constructor(private readonly tokens: readonly ExpressionToken[]) {}

	whole(): AddressTest {
		const test = this.binary(0, 0);
		if (this.position < this.tokens.length) throw new Unreadable();
		return test;
	}

	private get next(): ExpressionToken | undefined {
		return this.tokens[this.position];
	}

	private take(): ExpressionToken {
		const token = this.next;
		if (!token) throw new Unreadable();
		this.position += 1;
		return token;
	}

	/** Takes the next token if it is one of these words or symbols. */
	private accept(...texts: readonly string[]): boolean {
		const token = this.next;
		const isOne = token?.kind === 'bare' || token?.kind === 'symbol';
		if (!token || !isOne || !texts.includes(token.text)) return false;
		this.position += 1;
		return true;
	}

	private binary(level: number, depth: number): AddressTest {
		if (depth > DEEPEST) throw new Unreadable();
		if (level === LEVELS.length) return this.unary(depth);
		const { kind, words } = LEVELS[level];
		let test = this.binary(level + 1, depth);
		while (this.accept(...words)) {
			test = { kind, parts: [test, this.binary(level + 1, depth)] };
		}
		return test;
	}

	private unary(depth: number): AddressTest {
		if (depth > DEEPEST) throw new Unreadable();
		if (this.accept('not', '!')) return { kind: 'not', of: this.unary(depth + 1) };
		if (this.accept('(')) {
			const inner = this.binary(0, depth + 1);
			if (!this.accept(')')) throw new Unreadable();
			return inner;
		}
		if (this.accept('true')) return { kind: 'constant', value: true };
		if (this.accept('false')) return { kind: 'constant', value: false };
		return this.comparison();
	}

	private comparison(): AddressTest {
		const start = this.position;
		if (this.take().kind !== 'bare') throw new Unreadable();
		while (this.next?.text === '(' || this.next?.text === '[') this.skipBrackets();
		const left = this.tokens.slice(start, this.position);
		const isAddress = left.length === 1 && left[0].text === ADDRESS_FIELD;
		if (isAddress) return this.addressComparison();
		if (this.next && this.next.kind !== 'list' && COMPARISONS.has(this.next.text)) {
			if (this.take().text === 'strict' && !this.accept('wildcard')) throw new Unreadable();
			this.skipOperand();
		}
		const words = left.filter(({ kind }) => kind === 'bare').map(({ text }) => text);
		if (words.includes(ADDRESS_FIELD)) return { kind: 'opaque' };
		return { kind: 'other', origin: words.some((word) => ORIGIN_FIELD.test(word)) };
	}

	private addressComparison(): AddressTest {
		if (this.accept('in')) {
			if (this.next?.kind === 'list') return { kind: 'list', name: this.take().text };
			return { kind: 'ranges', ranges: this.set() };
		}
		const isNegated = this.accept('ne', '!=');
		if (!isNegated && !this.accept('eq', '==')) throw new Unreadable();
		const test: AddressTest = { kind: 'ranges', ranges: [readRange(this.take().text)] };
		return isNegated ? { kind: 'not', of: test } : test;
	}

	private set(): IpRange[] {
		const start = this.position;
		if (this.next?.text !== '{') throw new Unreadable();
		this.skipBrackets();
		const members = this.tokens.slice(start + 1, this.position - 1);
		if (members.some(({ kind }) => kind !== 'bare')) throw new Unreadable();
		const text = members.map((member) => member.text).join(' ');
		// Blanks may stand around the dots of a range.
		return text
			.replace(/ ?\.\. ?/g, '..')
			.split(' ')
			.map(readRange);
	}

	private skipOperand(): void {
		if (this.next?.text === '{') this.skipBrackets();
		else if (this.take().kind === 'symbol') throw new Unreadable();
	}

	/** A bracket with all that stands in it. */
	private skipBrackets(): void {
		const open: string[] = [];
		do {
			const { kind, text } = this.take();
			if (kind !== 'symbol') continue;
			if (CLOSING[text] !== undefined) open.push(CLOSING[text]);
			else if (Object.values(CLOSING).includes(text) && open.pop() !== text) {
				throw new Unreadable();
			}
		} while (open.length > 0);
	}
}

function readRange(text: string): IpRange {
	const network = parseNetwork(text);
	if (network) return rangeOf(network);
	const range = parseRange(text);
	if (range) return range;
	throw new Unreadable();
}

/** An expression that cannot be read is opaque when it may be about the address. */
export function readAddressTests(expression: string): AddressTest {
	const tokens = expressionTokens(expression);
	try {
		if (tokens) return new Reader(tokens).whole();
	} catch {
		// Said by the answer below.
	}
	return /\bip\.src(?![\w.])/.test(expression)
		? { kind: 'opaque' }
		: { kind: 'other', origin: false };
}
