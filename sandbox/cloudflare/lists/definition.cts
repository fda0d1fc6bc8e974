import { isObject } from '../rulesets/shape.cjs';
import { normalised, type Prefixes } from './addresses.cjs';
import { duplicateItem, invalidJson, invalidValue } from './errors.cjs';
import { redirectOf } from './redirect.cjs';
import type { ItemValue, ListKind, WantedItem } from './types.cjs';

// Not documented: a stand-in.
const LONGEST_COMMENT = 500;
const LARGEST_ASN = 2 ** 32 - 1;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOSTNAME = new RegExp(`^(?:\\*\\.)?(?:${LABEL}\\.)+${LABEL}$`);

type Keyed = { key: string; value: ItemValue };

function hostname(value: unknown): Keyed {
	if (!isObject(value)) throw invalidValue(value, 'hostname', 'it must be an object');
	const { url_hostname: name, exclude_exact_hostname: exclude, ...rest } = value;
	if (Object.keys(rest).length > 0) throw invalidJson();
	if (typeof name !== 'string' || !HOSTNAME.test(name.toLowerCase()))
		throw invalidValue(name, 'hostname', 'it is not a hostname');
	if (exclude !== undefined && typeof exclude !== 'boolean')
		throw invalidValue(exclude, 'exclude_exact_hostname', 'it must be a boolean');
	const key = name.toLowerCase();
	const more = exclude === undefined ? {} : { exclude_exact_hostname: exclude };
	return { key, value: { hostname: { url_hostname: key, ...more } } };
}

function valueOf(kind: ListKind, value: unknown, prefixes: Prefixes): Keyed {
	if (kind === 'ip') {
		const ip = typeof value === 'string' ? normalised(value, prefixes) : undefined;
		if (ip === undefined)
			throw invalidValue(value, 'ip', 'it is no address and no allowed network');
		return { key: ip, value: { ip } };
	}
	if (kind === 'asn') {
		const valid = typeof value === 'number' && Number.isInteger(value);
		if (!valid || value < 0 || value > LARGEST_ASN)
			throw invalidValue(value, 'asn', 'it must be a non-negative 32 bit integer');
		return { key: String(value), value: { asn: value } };
	}
	if (kind === 'hostname') return hostname(value);
	const redirect = redirectOf(value);
	return { key: redirect.source_url, value: { redirect } };
}

function itemOf(body: unknown, kind: ListKind, prefixes: Prefixes): WantedItem {
	if (!isObject(body)) throw invalidJson();
	const { comment, [kind]: given, ...rest } = body;
	if (given === undefined) throw invalidValue(body, 'item', `the list is of kind ${kind}`);
	if (Object.keys(rest).length > 0) throw invalidJson();
	if (comment !== undefined && typeof comment !== 'string')
		throw invalidValue(comment, 'comment', 'it must be a string');
	if (comment !== undefined && [...comment].length > LONGEST_COMMENT)
		throw invalidValue(`${comment.slice(0, 20)}…`, 'comment', 'it is longer than 500 characters');
	const { key, value } = valueOf(kind, given, prefixes);
	return { key, definition: { ...value, ...(comment !== undefined && { comment }) } };
}

/** The items of a body. One that is wrong refuses the whole call, as does the same value twice, however written. */
export function itemsOf(body: unknown, kind: ListKind, prefixes: Prefixes): WantedItem[] {
	if (!Array.isArray(body)) throw invalidJson();
	const items = body.map((each: unknown) => itemOf(each, kind, prefixes));
	const seen = new Set<string>();
	for (const { key } of items) {
		if (seen.has(key)) throw duplicateItem(key, kind);
		seen.add(key);
	}
	return items;
}
