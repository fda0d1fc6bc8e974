import { lowered, quoted, unwritable } from '../../../firewall/literal';
import { InputError, shown } from '../../../input/inputError';
import { textList } from '../../../input/textList';
import { oneOf } from '../../../input/values';

/** Requests are counted in each data centre by itself, and the API wants that said (20155). */
export const COLO = 'cf.colo.id';

const ADDRESS = 'ip.src';
const VISITOR = 'cf.unique_visitor_id';

/** What needs no name. Source: Cloudflare docs, "Rate limiting parameters". */
export const plainCharacteristics = [
	{ name: 'AS Number', value: 'ip.src.asnum' },
	{ name: 'Country', value: 'ip.src.country' },
	{ name: 'Host', value: 'http.host' },
	{ name: 'IP Address', value: ADDRESS },
	{
		name: 'IP with NAT Support',
		value: VISITOR,
		description: 'Tells visitors behind one address apart. Not together with IP Address.',
	},
	{ name: 'JA3 Fingerprint', value: 'cf.bot_management.ja3_hash' },
	{ name: 'JA4 Fingerprint', value: 'cf.bot_management.ja4' },
	{ name: 'Path', value: 'http.request.uri.path' },
] as const;

const plainValues = plainCharacteristics.map(({ value }) => value);

/** RFC 9110, section 5.6.2; RFC 6265, section 4.1.1. */
const HTTP_TOKEN = /^[-!#$%&'*+.^_`|~0-9a-z]+$/i;
const isToken = (name: string) => HTTP_TOKEN.test(name);

const NAMED = {
	headerNames: {
		label: 'Header Names',
		field: 'http.request.headers',
		fits: isToken,
		// Cloudflare docs: header names in small letters. Cookies and arguments are told apart by case.
		write: lowered,
		expected: 'Names of request headers such as x-api-key',
	},
	cookieNames: {
		label: 'Cookie Names',
		field: 'http.request.cookies',
		fits: isToken,
		write: (name: string) => name,
		expected: 'Names of cookies such as session_id',
	},
	argumentNames: {
		label: 'Query Argument Names',
		field: 'http.request.uri.args',
		// No source says how a quotation mark inside the quotes is written here.
		fits: (name: string) => unwritable(name) === undefined && !/["\\]/.test(name),
		write: (name: string) => name,
		expected: 'Names of query arguments such as user',
	},
} as const;

type NamedPart = keyof typeof NAMED;
export const namedParts = Object.keys(NAMED) as NamedPart[];

const PLAIN_LABEL = 'Count Requests By';

/** Parts of the list that were given; what is left out stays as it is. */
export type Parts = Readonly<Partial<Record<'characteristics' | NamedPart, unknown>>>;

function writtenNames(part: NamedPart, value: unknown): string[] {
	const { label, field, fits, write, expected } = NAMED[part];
	return textList(value, { field: label }).map((name) => {
		if (!fits(name)) throw new InputError(label, `got ${shown(name)}`, expected);
		return `${field}[${quoted(write(name))}]`;
	});
}

function writtenPlain(value: unknown): string[] {
	const values = Array.isArray(value)
		? (value as unknown[])
		: textList(value, { field: PLAIN_LABEL });
	return values
		.filter((each) => each !== COLO)
		.map((each) => oneOf(each, plainValues, PLAIN_LABEL));
}

/** To which part a characteristic belongs; undefined for one that no field speaks for. */
function partOf(characteristic: string): keyof Parts | undefined {
	if (plainValues.some((value) => value === characteristic)) return 'characteristics';
	return namedParts.find((part) => characteristic.startsWith(`${NAMED[part].field}[`));
}

/** @throws InputError when the API would not take the list */
export function checkCharacteristics(list: readonly unknown[], label: string = PLAIN_LABEL): void {
	if (list.includes(ADDRESS) && list.includes(VISITOR)) {
		throw new InputError(
			label,
			'got both IP Address and IP with NAT Support',
			`One of the two: ${ADDRESS} or ${VISITOR}`,
		);
	}
	if (list.every((each) => each === COLO)) {
		throw new InputError(
			label,
			'nothing was given to tell clients apart by',
			'At least one, such as IP Address; or names of headers, cookies or query arguments',
		);
	}
}

/**
 * The list as the API wants it, `cf.colo.id` first.
 * @param before the list of the rule as it is
 * @throws InputError when a part is of no use, or the parts do not go together
 */
export function mergeCharacteristics(parts: Parts, before: readonly string[] = []): string[] {
	const given = (part: keyof Parts) => Object.hasOwn(parts, part);
	const kept = before.filter((each) => {
		const part = partOf(each);
		return each !== COLO && (part === undefined || !given(part));
	});
	const list = [
		...new Set([
			COLO,
			...(given('characteristics') ? writtenPlain(parts.characteristics) : []),
			...kept,
			...namedParts.filter(given).flatMap((part) => writtenNames(part, parts[part])),
		]),
	];
	checkCharacteristics(list);
	return list;
}
