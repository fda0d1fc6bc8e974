import { InputError, shown } from '../input/inputError';
import { oneOf } from '../input/values';

declare const checked: unique symbol;

/** A piece of a path that was checked by one of the functions below; nothing else fits into a path. */
export type PathSegment = string & { readonly [checked]: true };

/** Encoding leaves these as they are, and an HTTP client would then drop a segment of the path. */
const DROPPED: readonly string[] = ['', '.', '..'];

function encodeSegment(value: string): string {
	// Half of a surrogate pair cannot be encoded.
	if (DROPPED.includes(value) || /\p{Cs}/u.test(value)) {
		throw new InputError('Path', `got ${shown(value)} as a part`, 'A name or an ID');
	}
	return encodeURIComponent(value);
}

/** A path below the API's base URL. Only `apiPath` makes one. */
export class ApiPath {
	private constructor(readonly text: string) {}

	static of(strings: TemplateStringsArray, ...values: Array<PathSegment | ApiPath>): ApiPath {
		const parts = values.map((value) =>
			value instanceof ApiPath ? value.text : encodeSegment(value),
		);
		return new ApiPath(String.raw({ raw: strings.raw }, ...parts));
	}

	toString(): string {
		return this.text;
	}
}

/** Builds a path: apiPath`/zones/${hexId(id, { field: 'Zone' })}/rulesets`. Another path may be a part of it. */
export const apiPath = ApiPath.of;

/** What a field takes, for the message when it gets something else. */
export interface IdKind {
	/** What the user sees above the field. */
	field: string;
	/** Set where the field also takes a name: what to choose for that. */
	byName?: string;
	/** Ids of other things that are easily pasted here by mistake, with what they are. */
	mistakes?: ReadonlyMap<string, string>;
}

const HEX_ID = /^[0-9a-f]{32}$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.*\.)[a-z0-9_*.-]+$/i;

function whatItLooksLike(text: string, kind: IdKind): string {
	if (UUID.test(text)) return ', which looks like a UUID';
	if (/^https?:/i.test(text)) return ', which is a URL';
	if (DOMAIN.test(text)) {
		return `, which looks like a domain name${kind.byName ? `: ${kind.byName}` : ''}`;
	}
	if (HEX_ID.test(text)) return ', which looks like the ID of an account, zone or ruleset';
	if (/^[0-9a-f]+$/i.test(text)) return ` with ${text.length} characters`;
	return '';
}

function identifier(
	value: unknown,
	kind: IdKind,
	form: { pattern: RegExp; expected: string },
): PathSegment {
	const text = typeof value === 'string' ? value.trim() : value;
	if (typeof text !== 'string') {
		throw new InputError(kind.field, `got ${shown(value)}`, form.expected);
	}
	const id = text.toLowerCase();
	const mistake = kind.mistakes?.get(id);
	if (mistake) {
		throw new InputError(kind.field, `got ${shown(id)}, which is ${mistake}`, form.expected);
	}
	if (form.pattern.test(id)) return id as PathSegment;
	throw new InputError(
		kind.field,
		`got ${shown(value)}${whatItLooksLike(text, kind)}`,
		form.expected,
	);
}

/**
 * An identifier of an account, zone, ruleset, rule or list: 32 hexadecimal characters.
 * @throws InputError that says what was given instead.
 */
export function hexId(value: unknown, kind: IdKind): PathSegment {
	return identifier(value, kind, {
		pattern: HEX_ID,
		expected: 'An ID of 32 hexadecimal characters',
	});
}

/**
 * An identifier of an insight, Access application or alert: a UUID.
 * @throws InputError that says what was given instead.
 */
export function uuid(value: unknown, kind: IdKind): PathSegment {
	return identifier(value, kind, {
		pattern: UUID,
		expected: 'A UUID such as f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
	});
}

/**
 * A name in the API's own spelling, such as a zone setting's: small letters, digits and underscores.
 * @throws InputError when it is none
 */
export function apiName(
	value: unknown,
	{ field, example }: { field: string; example: string },
): PathSegment {
	const text = typeof value === 'string' ? value.trim() : value;
	if (typeof text === 'string' && /^[a-z0-9_]{1,64}$/.test(text)) return text as PathSegment;
	throw new InputError(
		field,
		`got ${shown(value)}`,
		`A name of small letters, digits and underscores, such as ${example}`,
	);
}

/**
 * One of the API's own words, such as a phase, as a part of a path.
 * @throws InputError when the value is none of the words.
 */
export const apiWord = (value: unknown, words: readonly string[], field: string): PathSegment =>
	oneOf(value, words, field) as PathSegment;
