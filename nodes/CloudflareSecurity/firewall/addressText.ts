/** What is around an address in a text that holds nothing else: quotes, brackets, a scheme, a port, a path. */

/** An address as it was written, with what stood next to it. */
export interface AddressParts {
	readonly host: string;
	/** The digits after the slash, where they are a prefix length and no path. */
	readonly prefix?: string;
	readonly port?: string;
	/** A scheme or a path stood next to it. */
	readonly isUrl: boolean;
}

const PAIRS: Readonly<Record<string, string>> = {
	'"': '"',
	"'": "'",
	'`': '`',
	'(': ')',
	'[': ']',
	'{': '}',
	'<': '>',
	'“': '”',
	'„': '“',
	'‘': '’',
	'«': '»',
};
const OPENING = new Map(Object.entries(PAIRS));
const CLOSING = new Map(Object.entries(PAIRS).map(([open, close]) => [close, open]));
const INVISIBLE = /^[\s\p{Cf}]$/u;
/** RFC 3986, section 3.1 and 3.2. */
const WITH_SCHEME = /^[a-z][a-z0-9+.-]{0,30}:\/\/([^/?#]*)/i;
const BRACKETED_HOST = /^\[([^[\]]*)\](?::(.*))?$/;

/**
 * Takes off blanks and invisible characters, quotes, brackets and punctuation around a text. What belongs to an address
 * stays: `::` at the end, and `[2001:db8::1]:443`. Two dots at the end stay too, because something was left out there.
 */
export function unwrapped(text: string): string {
	let inner = text;
	for (;;) {
		const next = withoutOneLayer(inner);
		if (next === inner) return inner;
		inner = next;
	}
}

function withoutOneLayer(text: string): string {
	const first = text.charAt(0);
	const last = text.charAt(text.length - 1);
	if (INVISIBLE.test(first)) return text.slice(1);
	if (INVISIBLE.test(last)) return text.slice(0, -1);
	if (text.length > 1 && OPENING.get(first) === last) return text.slice(1, -1);
	const isPunctuation =
		',;!?'.includes(last) ||
		(last === '.' && !text.endsWith('..')) ||
		(last === ':' && !text.endsWith('::'));
	if (text !== '' && isPunctuation) return text.slice(0, -1);
	if (first === ',' || first === ';') return text.slice(1);
	if (isAlone(first, OPENING.get(first), text)) return text.slice(1);
	if (isAlone(last, CLOSING.get(last), text)) return text.slice(0, -1);
	return text;
}

/** A quotation mark or bracket whose other half is missing. */
function isAlone(mark: string, other: string | undefined, text: string): boolean {
	if (other === undefined) return false;
	return other === mark ? text.indexOf(mark) === text.lastIndexOf(mark) : !text.includes(other);
}

/**
 * Takes an unwrapped text apart. After a scheme a slash starts the path; without one, digits after a slash are a prefix
 * length. The host is not checked.
 *
 * @returns undefined where programs disagree about the host, or where parts are mixed that do not go together
 */
export function splitAddressText(text: string): AddressParts | undefined {
	const authority = WITH_SCHEME.exec(text)?.[1];
	if (authority !== undefined) {
		// Browsers take a backslash for a slash, RFC 3986 does not; of several @ they take the last.
		const [userOrHost, hostAfterUser, ...more] = authority.split('@');
		if (authority.includes('\\') || more.length > 0) return undefined;
		const parts = splitPort(hostAfterUser ?? userOrHost);
		return parts && { ...parts, isUrl: true };
	}
	const slash = text.indexOf('/');
	if (slash < 0) return splitPort(text);
	const parts = splitPort(text.slice(0, slash));
	const rest = text.slice(slash + 1);
	if (rest === '' || /^[a-z?#]/i.test(rest)) return parts && { ...parts, isUrl: true };
	return parts?.port === undefined ? parts && { ...parts, prefix: rest } : undefined;
}

function splitPort(text: string): AddressParts | undefined {
	if (text.startsWith('[')) {
		const [, host, port] = BRACKETED_HOST.exec(text) ?? [];
		return host === undefined ? undefined : { host, port, isUrl: false };
	}
	const [host, port, ...more] = text.split(':');
	// More than one colon outside of brackets is IPv6 without a port.
	if (port === undefined || more.length > 0) return { host: text, isUrl: false };
	return { host, port, isUrl: false };
}
