/**
 * A strict reader of the Cloudflare rules language, to check expressions with. Written from the documented language
 * alone and sharing nothing with the code that builds expressions: it knows fewer forms than Cloudflare, and takes
 * nothing that Cloudflare is not documented to take.
 */
import { isIPv4, isIPv6 } from 'node:net';
import * as ipaddr from 'ipaddr.js';

type FieldType = 'ip' | 'string' | 'integer' | 'boolean' | 'map';

export type Value =
	| { kind: 'string'; value: string; raw: boolean }
	| { kind: 'integer'; value: number }
	| { kind: 'integerRange'; first: number; last: number }
	| { kind: 'ip'; value: string }
	| { kind: 'cidr'; value: string }
	| { kind: 'ipRange'; first: string; last: string };

/** The left side of a comparison: a field, perhaps one key of a map, perhaps lower-cased, perhaps each of an array. */
export interface Subject {
	field: string;
	type: FieldType;
	key?: string;
	lower: boolean;
	each: boolean;
}

export type Node =
	| { kind: 'and' | 'or' | 'xor'; items: Node[] }
	| { kind: 'not'; item: Node }
	| { kind: 'any' | 'all'; item: Node }
	| { kind: 'flag'; subject: Subject }
	| { kind: 'call'; name: string; subject: Subject; value: Value }
	| { kind: 'comparison'; subject: Subject; operator: string; value: Value }
	| { kind: 'in'; subject: Subject; values: Value[] }
	| { kind: 'inList'; subject: Subject; list: string };

const FIELDS: ReadonlyMap<string, FieldType> = new Map<string, FieldType>([
	['ip.src', 'ip'],
	['ip.src.country', 'string'],
	['ip.src.asnum', 'integer'],
	['ip.src.continent', 'string'],
	['http.host', 'string'],
	['http.request.method', 'string'],
	['http.request.uri', 'string'],
	['http.request.uri.path', 'string'],
	['http.request.uri.query', 'string'],
	['http.request.full_uri', 'string'],
	['http.user_agent', 'string'],
	['http.referer', 'string'],
	['http.cookie', 'string'],
	['http.x_forwarded_for', 'string'],
	['http.request.version', 'string'],
	['http.request.headers', 'map'],
	['http.request.uri.args', 'map'],
	['ssl', 'boolean'],
	['cf.edge.server_port', 'integer'],
	['cf.client.bot', 'boolean'],
	['cf.bot_management.score', 'integer'],
	['cf.bot_management.verified_bot', 'boolean'],
	['cf.bot_management.ja3_hash', 'string'],
	['cf.bot_management.ja4', 'string'],
	['cf.waf.score', 'integer'],
	['cf.threat_score', 'integer'],
	['cf.zone.name', 'string'],
	['cf.zone.plan', 'string'],
]);

const OPERATORS: ReadonlyMap<string, readonly FieldType[]> = new Map<string, readonly FieldType[]>([
	['eq', ['ip', 'string', 'integer']],
	['ne', ['ip', 'string', 'integer']],
	['lt', ['string', 'integer']],
	['le', ['string', 'integer']],
	['gt', ['string', 'integer']],
	['ge', ['string', 'integer']],
	['contains', ['string']],
	['matches', ['string']],
	['wildcard', ['string']],
	['strict wildcard', ['string']],
]);

/** From the loosest to the tightest. */
const LOGICAL = ['or', 'xor', 'and'] as const;
const LISTABLE = new Set(['ip.src', 'http.host', 'ip.src.asnum']);
const MAX_LENGTH = 4096;

/**
 * Reads a whole expression.
 * @throws Error that says what is wrong and where
 */
export function readExpression(text: string): Node {
	if ([...text].length > MAX_LENGTH) throw new Error(`longer than ${MAX_LENGTH} characters`);
	return new Reader(text).whole();
}

class Reader {
	private at = 0;

	constructor(private readonly text: string) {}

	whole(): Node {
		const node = this.logical(0);
		this.blanks();
		if (this.at < this.text.length) this.fail('text after the expression');
		if (this.hasEach(node)) this.fail('[*] outside of a function');
		return node;
	}

	private logical(level: number): Node {
		if (level === LOGICAL.length) return this.simple();
		const items = [this.logical(level + 1)];
		while (this.word(LOGICAL[level])) items.push(this.logical(level + 1));
		return items.length === 1 ? items[0] : { kind: LOGICAL[level], items };
	}

	private simple(): Node {
		if (this.word('not')) return { kind: 'not', item: this.simple() };
		if (this.symbol('(')) {
			const node = this.logical(0);
			this.expect(')');
			return node;
		}
		for (const kind of ['any', 'all'] as const) {
			if (!this.word(kind)) continue;
			this.expect('(');
			const item = this.logical(0);
			this.expect(')');
			if (!this.hasEach(item)) this.fail(`${kind}() without an array`);
			return { kind, item };
		}
		for (const name of ['starts_with', 'ends_with']) {
			if (!this.word(name)) continue;
			this.expect('(');
			const subject = this.subject();
			if (subject.type !== 'string') this.fail(`${name}() of something that is no string`);
			this.expect(',');
			const value = this.literal();
			if (value.kind !== 'string') this.fail(`${name}() with something that is no string`);
			this.expect(')');
			return { kind: 'call', name, subject, value };
		}
		return this.comparison();
	}

	private comparison(): Node {
		const subject = this.subject();
		if (this.word('in')) return this.membership(subject);
		const operator = this.operator();
		if (operator === undefined) {
			if (subject.type !== 'boolean') this.fail(`${subject.field} is no boolean`);
			return { kind: 'flag', subject };
		}
		if (!OPERATORS.get(operator)!.includes(subject.type)) {
			this.fail(`${operator} does not fit ${subject.field}`);
		}
		const value = this.literal();
		if (value.kind !== subject.type) this.fail(`${subject.field} is compared with ${value.kind}`);
		if (value.kind === 'string') {
			if (operator === 'matches' && !value.raw) {
				this.fail('a quoted regular expression follows other rules: only raw ones are read here');
			}
			if (operator.endsWith('wildcard')) this.checkWildcard(value.value);
		}
		return { kind: 'comparison', subject, operator, value };
	}

	private membership(subject: Subject): Node {
		if (this.symbol('$')) {
			const list = this.take(/(?:cf\.)?[a-z0-9_]{1,50}/y) ?? this.fail('no list name');
			this.boundary();
			if (!LISTABLE.has(subject.field) || subject.lower) this.fail('a list for this field');
			return { kind: 'inList', subject, list };
		}
		this.expect('{');
		const values: Value[] = [];
		while (!this.symbol('}')) {
			const before = this.at;
			this.blanks();
			if (values.length > 0 && this.at === before) this.fail('no blank between values of a set');
			values.push(this.literal());
		}
		if (values.length === 0) this.fail('an empty set');
		const fitting: Partial<Record<FieldType, readonly Value['kind'][]>> = {
			ip: ['ip', 'cidr', 'ipRange'],
			integer: ['integer', 'integerRange'],
			string: ['string'],
		};
		if (!values.every(({ kind }) => fitting[subject.type]?.includes(kind))) {
			this.fail(`a set of the wrong or of mixed types for ${subject.field}`);
		}
		return { kind: 'in', subject, values };
	}

	private subject(): Subject {
		if (this.word('lower')) {
			this.expect('(');
			const inner = this.subject();
			this.expect(')');
			if (inner.type !== 'string' || inner.lower)
				this.fail('lower() of something that is no string');
			// lower() of each element gives an array again, which has to be unpacked again.
			if (inner.each && !this.symbol('[*]')) this.fail('lower() gives an array here');
			return { ...inner, lower: true };
		}
		this.blanks();
		const field = this.take(/[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*/y) ?? this.fail('no field');
		const type = FIELDS.get(field) ?? this.fail(`unknown identifier ${field}`);
		if (type !== 'map') {
			this.boundary();
			return { field, type, lower: false, each: false };
		}
		this.expect('[');
		const key = this.literal();
		if (key.kind !== 'string' || key.raw) return this.fail('the key of a map is a quoted string');
		this.expect(']');
		this.expect('[*]');
		if (field === 'http.request.headers' && /[A-Z]/.test(key.value)) {
			this.fail('names of headers are in lower case');
		}
		return { field, type: 'string', key: key.value, lower: false, each: true };
	}

	private operator(): string | undefined {
		if (this.word('strict')) {
			if (!this.word('wildcard')) this.fail('strict without wildcard');
			return 'strict wildcard';
		}
		return [...OPERATORS.keys()].find((name) => !name.includes(' ') && this.word(name));
	}

	private literal(): Value {
		this.blanks();
		const value = this.string() ?? this.address() ?? this.integer() ?? this.fail('no literal');
		this.boundary();
		return value;
	}

	private string(): Value | undefined {
		const opening = this.take(/r(#*)"/y);
		if (opening !== undefined) {
			const marks = opening.slice(1, -1);
			if (marks.length > 255) this.fail('more than 255 number signs');
			const end = this.text.indexOf(`"${marks}`, this.at);
			if (end < 0) this.fail('a raw string without end');
			const value = this.text.slice(this.at, end);
			this.at = end + 1 + marks.length;
			return { kind: 'string', value: this.checkCharacters(value), raw: true };
		}
		if (this.take(/"/y) === undefined) return undefined;
		let value = '';
		for (;;) {
			const character = this.text[this.at++] ?? this.fail('a string without end');
			if (character === '"') break;
			if (character !== '\\') {
				value += character;
				continue;
			}
			const escaped = this.text[this.at++] ?? this.fail('a string without end');
			if (escaped !== '\\' && escaped !== '"') this.fail(`unknown escape \\${escaped}`);
			value += escaped;
		}
		return { kind: 'string', value: this.checkCharacters(value), raw: false };
	}

	private address(): Value | undefined {
		const start = this.at;
		const word = this.take(/[0-9a-fA-F:./]+/y);
		if (word === undefined || !/[:.]/.test(word) || /^\d+\.\.\d+$/.test(word)) {
			this.at = start;
			return undefined;
		}
		const isAddress = (text: string) => isIPv4(text) || isIPv6(text);
		if (isAddress(word)) return { kind: 'ip', value: word };
		const [first, last, ...more] = word.split('..');
		if (last !== undefined && more.length === 0 && isAddress(first) && isAddress(last)) {
			const [from, to] = [ipaddr.parse(first), ipaddr.parse(last)];
			if (from.kind() !== to.kind()) this.fail('a range of two families');
			if (Buffer.compare(Buffer.from(from.toByteArray()), Buffer.from(to.toByteArray())) > 0) {
				this.fail('a range that ends before it starts');
			}
			return { kind: 'ipRange', first, last };
		}
		const [address, prefix] = word.split('/');
		if (!isAddress(address) || !ipaddr.isValidCIDR(word)) this.fail(`${word} is no address`);
		if (!/^\d+$/.test(prefix)) this.fail(`${word} has no prefix length`);
		const [parsed, length] = ipaddr.parseCIDR(word);
		const network =
			parsed.kind() === 'ipv4'
				? ipaddr.IPv4.networkAddressFromCIDR(word)
				: ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${length}`);
		if (network.toString() !== parsed.toString()) this.fail(`${word} has host bits`);
		return { kind: 'cidr', value: word };
	}

	private integer(): Value | undefined {
		const word = this.take(/(?:0|[1-9]\d*)(?:\.\.(?:0|[1-9]\d*))?/y);
		if (word === undefined) return undefined;
		const [first, last] = word.split('..').map(Number);
		if (last === undefined) return { kind: 'integer', value: first };
		if (first > last) this.fail('a range that ends before it starts');
		return { kind: 'integerRange', first, last };
	}

	private checkCharacters(value: string): string {
		if (/\p{Cc}/u.test(value)) this.fail('a control character in a string');
		if (/\p{Cs}/u.test(value)) this.fail('half a character in a string');
		return value;
	}

	private checkWildcard(pattern: string): void {
		for (let index = 0; index < pattern.length; index++) {
			if (pattern[index] === '*' && pattern[index + 1] === '*') this.fail('** in a wildcard');
			if (pattern[index] !== '\\') continue;
			index++;
			if (pattern[index] !== '*' && pattern[index] !== '\\') this.fail('single \\ in a wildcard');
		}
	}

	/** True when the node compares each element of an array that no function has gathered yet. */
	private hasEach(node: Node): boolean {
		if (node.kind === 'any' || node.kind === 'all') return false;
		if ('item' in node) return this.hasEach(node.item);
		if ('items' in node) return node.items.some((item) => this.hasEach(item));
		return node.subject.each;
	}

	private blanks(): void {
		this.take(/[ \t\r\n]+/y);
	}

	private take(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		if (found !== undefined) this.at += found.length;
		return found;
	}

	private symbol(text: string): boolean {
		const start = this.at;
		this.blanks();
		if (this.text.startsWith(text, this.at)) {
			this.at += text.length;
			return true;
		}
		this.at = start;
		return false;
	}

	private word(text: string): boolean {
		const start = this.at;
		if (this.symbol(text) && !/[A-Za-z0-9_.]/.test(this.text[this.at] ?? ' ')) return true;
		this.at = start;
		return false;
	}

	private expect(text: string): void {
		if (!this.symbol(text)) this.fail(`no ${text}`);
	}

	/** After a literal or a name comes a blank, a bracket, a comma or the end: nothing can be glued to it. */
	private boundary(): void {
		if (!/[\s)}\],]/.test(this.text[this.at] ?? ' ')) this.fail('something glued to a value');
	}

	private fail(problem: string): never {
		throw new Error(`${problem} at ${this.at} of ${this.text}`);
	}
}
