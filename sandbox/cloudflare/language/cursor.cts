import { ParseError } from './parseError.cjs';
import { tokenize, type Token } from './tokens.cjs';
import type { Plan } from './vocabulary.cjs';

export interface LanguageOptions {
	/** What the zone's plan allows; Enterprise when absent. */
	plan?: Plan;
	/** The kind of a named list, or undefined when there is none of that name. Every list exists when absent. */
	listKind?: (name: string) => 'ip' | 'hostname' | 'asn' | undefined;
}

/** A position in the tokens of one expression. */
export class Cursor {
	private readonly tokens: Token[];
	private position = 0;

	constructor(
		readonly source: string,
		readonly options: LanguageOptions,
	) {
		this.tokens = tokenize(source);
	}

	get first(): Token {
		return this.tokens[0];
	}

	get peek(): Token {
		return this.tokens[this.position];
	}

	get plan(): Plan {
		return this.options.plan ?? 'enterprise';
	}

	/** Takes the next token, whatever it is. */
	take(): Token {
		const token = this.peek;
		if (token.kind !== 'end') this.position += 1;
		return token;
	}

	/** Takes the next token if it is one of these words or symbols. */
	accept(...texts: string[]): boolean {
		const { kind, text } = this.peek;
		const found = (kind === 'word' || kind === 'symbol') && texts.includes(text);
		if (found) this.take();
		return found;
	}

	expect(text: string): void {
		if (!this.accept(text)) throw this.refuse(`expected "${text}"`);
	}

	refuse(reason: string, token: Token = this.peek): ParseError {
		return new ParseError(this.source, reason, token.start, Math.max(token.end, token.start + 1));
	}
}
