/**
 * Text as a literal of the rules language. Values come from alerts and logs, that is, from attackers: a literal must
 * hold the text exactly and can never end early.
 */

/** Cloudflare rules language, "Raw string syntax": up to 255 number signs. */
const MAX_RAW_MARKS = 255;

/**
 * Why a text cannot be written as a literal at all, or undefined when it can.
 * Control characters are refused because what Cloudflare makes of them inside a literal is not documented; half a
 * surrogate pair because it does not survive UTF-8, so that another text would be compared.
 */
export function unwritable(text: string): string | undefined {
	if (/[\r\n]/.test(text)) return 'holds a line break';
	const control = /\p{Cc}/u.exec(text);
	if (control) return `holds the control character ${codePoint(control[0])}`;
	const surrogate = /\p{Cs}/u.exec(text);
	if (surrogate)
		return `holds half a character (${codePoint(surrogate[0])} without its other half)`;
	return undefined;
}

/**
 * The quoted form. Cloudflare rules language, "Quoted string syntax": `\` and `"` are escaped, nothing else is special.
 * Expects a text that is writable.
 */
export function quoted(text: string): string {
	return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * The raw form `r#"…"#`, for regular expressions: in quotes those follow other escaping rules. It gets more number
 * signs than follow any quotation mark in the text. Expects a text that is writable; undefined when 255 are too few.
 */
export function raw(text: string): string | undefined {
	const runs = Array.from(text.matchAll(/"(#*)/g), ([, marks]) => marks.length + 1);
	const count = runs.reduce((most, run) => Math.max(most, run), 1);
	if (count > MAX_RAW_MARKS) return undefined;
	const marks = '#'.repeat(count);
	return `r${marks}"${text}"${marks}`;
}

/**
 * Why a text is no wildcard pattern, or undefined when it is one. Cloudflare rules language, "Wildcard matching": `*`
 * stands for anything, `\*` and `\\` for themselves, and `**` is invalid.
 */
export function wildcardProblem(text: string): string | undefined {
	const plain = text.replace(/\\[*\\]/g, '_');
	if (plain.includes('\\')) return 'holds a single backslash';
	if (plain.includes('**')) return 'holds two asterisks in a row';
	return undefined;
}

/** As the language's `lower()` does it: only the letters A to Z change. */
export function lowered(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function codePoint(character: string): string {
	return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
