import type { Call, Routes } from '../call.cjs';
import { ok, type Reply } from '../envelope.cjs';
import { badQuery } from '../errors.cjs';
import { itemsOf } from '../lists/definition.cjs';
import { invalidJson, invalidValue, noItem, tooLarge } from '../lists/errors.cjs';
import type { Write } from '../lists/operations.cjs';
import { listOf } from '../lists/request.cjs';
import type { ListItem, ListRecord } from '../lists/types.cjs';
import { whole } from '../query.cjs';
import { isObject } from '../rulesets/shape.cjs';

// Source: OpenAPI document for the largest; the default is not documented.
const SIZES = { default: 25, least: 1, most: 500 };

/** Source: SDK 7.3: beginning of an address, part of a name or of a URL, the exact number. */
function matches(key: string, item: ListItem, search: string): boolean {
	if ('asn' in item) return key === search;
	if ('ip' in item) return key.startsWith(search);
	return 'redirect' in item
		? [item.redirect.source_url, item.redirect.target_url].some((url) => url.includes(search))
		: key.includes(search);
}

const cursorOf = (key: string): string => Buffer.from(`after:${key}`).toString('base64url');

/** The key after which the page begins. */
function position(query: URLSearchParams): string | undefined {
	const given = query.get('cursor') ?? '';
	if (given === '') return undefined;
	const text = Buffer.from(given, 'base64url').toString();
	if (!text.startsWith('after:') || cursorOf(text.slice(6)) !== given)
		throw badQuery('cursor', given);
	return text.slice(6);
}

function page({ items }: ListRecord, query: URLSearchParams): Reply {
	const per_page = whole(query, 'per_page', SIZES.default, SIZES.least);
	// Whether too large pages are refused or cut down is not documented.
	if (per_page > SIZES.most) throw badQuery('per_page', String(per_page));
	const [from, search] = [position(query), query.get('search') ?? ''];
	const found = items
		.entries()
		.filter(([key, item]) => search === '' || matches(key, item, search));
	const start = from === undefined ? 0 : found.findIndex(([key]) => key > from);
	const shown = start < 0 ? [] : found.slice(start, start + per_page);
	const last = shown.at(-1)?.[0];
	const more = last !== undefined && found.at(-1)?.[0] !== last;
	return ok(
		shown.map(([, item]) => item),
		{ result_info: more ? { cursors: { after: cursorOf(last) } } : {} },
	);
}

function body(call: Call): unknown {
	if (call.size > call.state.lists.largestBody) throw tooLarge();
	return call.json();
}

function checkCount(call: Call, count: number): void {
	if (count > call.state.lists.itemsPerCall) throw tooLarge();
}

function begin(call: Call, list: ListRecord, write: Write): Reply {
	const { state, credential, fault } = call;
	const failure = fault?.kind === 'operationFails' ? fault : undefined;
	const request = state.audit.request?.();
	const actor = credential.name;
	const { id } = state.lists.operations.begin({ list, write, actor, request, failure });
	return ok({ operation_id: id });
}

const put =
	(kind: 'append' | 'replace') =>
	(call: Call): Reply => {
		const list = listOf(call);
		const items = itemsOf(body(call), list.kind, call.state.lists.prefixes);
		checkCount(call, items.length);
		// An empty list is a way to empty a list, but there is nothing in it to append.
		if (kind === 'append' && items.length === 0)
			throw invalidValue([], 'items', 'there must be at least one');
		return begin(call, list, { kind, items });
	};

function remove(call: Call): Reply {
	const list = listOf(call);
	const given = body(call);
	if (!isObject(given) || !Array.isArray(given.items)) throw invalidJson();
	const ids = new Set<string>();
	for (const each of given.items as unknown[]) {
		if (!isObject(each) || typeof each.id !== 'string') throw invalidJson();
		ids.add(each.id);
	}
	if (ids.size === 0) throw invalidValue([], 'items', 'there must be at least one');
	checkCount(call, ids.size);
	const known = [...ids].filter((id) => list.items.get(id) !== undefined);
	if (known.length < ids.size && call.state.lists.unknownItems === 'refused') throw noItem();
	return begin(call, list, { kind: 'delete', ids: known });
}

const ITEMS = '/accounts/:account_id/rules/lists/:list_id/items';

export const listItemRoutes: Routes = {
	[`GET ${ITEMS}`]: (call) => page(listOf(call), call.query),
	[`POST ${ITEMS}`]: put('append'),
	[`PUT ${ITEMS}`]: put('replace'),
	[`DELETE ${ITEMS}`]: remove,
	[`GET ${ITEMS}/:item_id`]: (call) => {
		const item = listOf(call).items.get(call.params.item_id);
		if (item === undefined) throw noItem();
		return ok(item);
	},
};
