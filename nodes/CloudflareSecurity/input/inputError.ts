/**
 * Something that the user gave cannot be used. Thrown before any request, by pure code too, so it knows nothing of
 * n8n; the runner turns it into n8n's own kind of error.
 */
export class InputError extends Error {
	override readonly name = 'InputError';
	readonly problem: string;
	readonly expected: string;
	/** What else there is to say, a sentence. */
	description?: string;

	/**
	 * @param field what the user sees above the field, for example "Rule Expression"
	 * @param problem what was given and why it cannot be used, as a sentence without the field's name
	 * @param expected what would be accepted instead, without "is expected" and a final period
	 */
	constructor(
		readonly field: string,
		problem: string,
		expected: string,
	) {
		const said = limited(problem);
		super(`${field}: ${said}`);
		this.problem = said;
		this.expected = limited(expected);
	}
}

/** Names that an answer holds may stand in a sentence, and they can be of any length. */
const MAX_SENTENCE = 2_000;
const limited = (sentence: string): string =>
	sentence.length > MAX_SENTENCE ? `${sentence.slice(0, MAX_SENTENCE)}…` : sentence;

const MAX_SHOWN = 80;

/** JSON knows no circular records and no very large integers; of those the kind is named. */
function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return typeof value;
	}
}

/** How a wrong value is quoted in a message: one line, at most 80 characters, its kind named when it is no text. */
export function shown(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	const text = textOf(value);
	if (text.trim() === '') return 'an empty text';
	// Control and format characters could forge lines in a log or hide in the editor.
	const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
	const cut = line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
	return typeof value === 'string' ? `"${cut}"` : cut;
}
