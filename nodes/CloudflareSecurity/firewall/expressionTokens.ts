/** Cuts expressions of the rules language into tokens, so that text inside a string is never taken for anything else. */

export interface ExpressionToken {
	/** `bare`: words, numbers, addresses, networks and ranges. `string`: quoted or raw; its text does not matter here. */
	readonly kind: 'bare' | 'list' | 'string' | 'symbol';
	/** As written; of a list its name without the dollar sign; of a string nothing. */
	readonly text: string;
}

const BLANKS = /\s+/y;
/** Cloudflare rules language, "Quoted string syntax". */
const QUOTED = /"(?:[^"\\]|\\[^])*"/y;
/** Cloudflare rules language, "Raw string syntax": it ends with as many number signs as it began with. */
const RAW = /r(#{0,255})"[^]*?"\1/y;
const LIST = /\$([A-Za-z0-9_.]+)/y;
const SYMBOL = /&&|\|\||\^\^|[!=<>]=|[<>!~(){}[\],*]/y;
const BARE = /[A-Za-z0-9_.:/-]+/y;

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
	pattern.lastIndex = position;
	return pattern.exec(text);
}

const READERS: ReadonlyArray<readonly [ExpressionToken['kind'], RegExp]> = [
	['string', QUOTED],
	['string', RAW],
	['list', LIST],
	['symbol', SYMBOL],
	['bare', BARE],
];

/** @returns undefined when a part is nothing that the language is known to have, such as a string without an end */
export function expressionTokens(expression: string): ExpressionToken[] | undefined {
	const tokens: ExpressionToken[] = [];
	for (let position = 0; ; ) {
		position += matchAt(BLANKS, expression, position)?.[0].length ?? 0;
		if (position >= expression.length) return tokens;
		let length = 0;
		for (const [kind, pattern] of READERS) {
			const match = matchAt(pattern, expression, position);
			if (!match) continue;
			const text = kind === 'list' ? match[1] : match[0];
			tokens.push({ kind, text: kind === 'string' ? '' : text });
			length = match[0].length;
			break;
		}
		if (length === 0) return undefined;
		position += length;
	}
}
