import { ParseError } from './parseError.cjs';

export interface Token {
	kind: 'word' | 'string' | 'raw' | 'ip' | 'int' | 'list' | 'symbol' | 'end';
	/** As written; for quoted and raw strings what stands between the quotes. */
	text: string;
	start: number;
	end: number;
}

const WHITESPACE = /[ \t\r\n]+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const RAW_OPENING = /r(#{0,255})"/y;
// An address with its prefix. IPv6 is anything hexadecimal with a colon; what it means is checked by the parser.
const ADDRESS = /(?:[0-9A-Fa-f]*(?::[0-9A-Fa-f]*)+(?:(?:\.\d+){3})?|\d+\.\d+\.\d+\.\d+)(?:\/\d+)?/y;
const INTEGER = /-?\d+/y;
const LIST = /\$[A-Za-z0-9_.]+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/y;
const SYMBOL = /&&|\|\||\^\^|==|!=|<=|>=|\.\.|[<>!~(){}[\],*]/y;

function at(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
	pattern.lastIndex = position;
	return pattern.exec(source);
}

function rawString(source: string, start: number): Token | undefined {
	const opening = at(RAW_OPENING, source, start);
	if (opening === null) return undefined;
	const from = start + opening[0].length;
	const closing = `"${opening[1]}`;
	const to = source.indexOf(closing, from);
	if (to < 0) throw new ParseError(source, 'expected ending quote', start, source.length);
	return { kind: 'raw', text: source.slice(from, to), start, end: to + closing.length };
}

function next(source: string, start: number): Token {
	if (source[start] === '"') {
		const match = at(QUOTED, source, start);
		if (match === null) throw new ParseError(source, 'expected ending quote', start, source.length);
		return { kind: 'string', text: match[1], start, end: start + match[0].length };
	}
	const raw = rawString(source, start);
	if (raw !== undefined) return raw;
	const patterns = [
		['ip', ADDRESS],
		['int', INTEGER],
		['list', LIST],
		['word', WORD],
		['symbol', SYMBOL],
	] as const;
	for (const [kind, pattern] of patterns) {
		const match = at(pattern, source, start);
		if (match !== null) return { kind, text: match[0], start, end: start + match[0].length };
	}
	throw new ParseError(source, 'unrecognised input', start);
}

/** Cuts an expression into tokens, the last of kind `end`. Throws ParseError. */
export function tokenize(source: string): Token[] {
	const tokens: Token[] = [];
	let position = 0;
	for (;;) {
		position += at(WHITESPACE, source, position)?.[0].length ?? 0;
		if (position >= source.length) break;
		const token = next(source, position);
		tokens.push(token);
		position = token.end;
	}
	tokens.push({ kind: 'end', text: '', start: source.length, end: source.length });
	return tokens;
}

/** Resolves the escapes of a quoted string. In a regular expression (`matches`) only `\"` is one. */
export function unescape(source: string, token: Token, regex: boolean): string {
	if (token.kind === 'raw') return token.text;
	return token.text.replace(/\\([^])/g, (whole, character: string) => {
		if (character === '"') return '"';
		if (regex) return whole;
		if (character === '\\') return '\\';
		throw new ParseError(source, 'invalid escape sequence', token.start, token.end);
	});
}
