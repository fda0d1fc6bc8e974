import { zoneField } from '../../descriptions/targets';
import { InputError } from '../../input/inputError';
import { FAILURE_CONTEXT, type NodeError } from '../../transport/errors';
import { apiPath, type PathSegment } from '../../transport/path';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { textList } from '../../input/textList';
import { filterText, oneOf } from '../../input/values';
import { purgeFields } from './purgeFields';
import { cacheKeyHeaders, purgeKinds, type PurgeKind } from './purgeItems';

/** Cloudflare docs: items in one request on every plan; Enterprise zones take 500 URLs. */
const ITEMS_PER_REQUEST = 100;

interface Purge {
	kind: PurgeKind;
	items: string[];
	headers: Readonly<Record<string, string>>;
}

function readHeaders(item: Item): Record<string, string> {
	const options = item.collection('options');
	const headers = Object.entries(cacheKeyHeaders).flatMap(([key, header]) => {
		const value = filterText(options, key, header);
		return value === undefined ? [] : [[header, value] as const];
	});
	return Object.fromEntries(headers);
}

/** @throws InputError when nothing is named, or something that is not of the chosen kind */
function readPurge(item: Item): Purge {
	const chosen = oneOf(
		item.value('purge', ''),
		purgeKinds.map(({ value }) => value),
		'Purge',
	);
	const kind = purgeKinds.find(({ value }) => value === chosen) as PurgeKind;
	if (!kind.items) return { kind, items: [], headers: {} };
	const { displayName: field, separator, read } = kind.items;
	const items = textList(item.value('items', ''), { field, separator });
	if (items.length === 0) throw new InputError(field, 'got nothing', 'At least one');
	return {
		kind,
		items: [...new Set(items.map((text) => read(text, field)))],
		headers: kind.member === 'files' ? readHeaders(item) : {},
	};
}

/** The bodies of the requests, with the items that each of them purges. */
function requestsFor({ kind, items, headers }: Purge): Array<{ body: object; items: string[] }> {
	if (!kind.items) return [{ body: { purge_everything: true }, items: [] }];
	const withHeaders = Object.keys(headers).length > 0;
	const count = Math.ceil(items.length / ITEMS_PER_REQUEST);
	return Array.from({ length: count }, (_, index) => {
		const chunk = items.slice(index * ITEMS_PER_REQUEST, (index + 1) * ITEMS_PER_REQUEST);
		const listed = withHeaders ? chunk.map((url) => ({ url, headers })) : chunk;
		return { body: { [kind.member]: listed }, items: chunk };
	});
}

/** Adds to an error what was purged before it, and what is left, so that a playbook can go on from there. */
function withAccount(error: unknown, { kind, items }: Purge, done: number): unknown {
	const { context } = error as Partial<NodeError>;
	if (!context || items.length <= ITEMS_PER_REQUEST) return error;
	const nodeError = error as NodeError;
	const left = items.slice(done);
	nodeError.description = [
		`${done} of ${items.length} ${kind.name} were purged before; the other ${left.length} stand in the details under notPurged.`,
		nodeError.description,
	]
		.filter(Boolean)
		.join(' ');
	context[FAILURE_CONTEXT] = {
		...(context[FAILURE_CONTEXT] as object | undefined),
		purged: items.slice(0, done),
		notPurged: left,
	};
	return error;
}

async function send(item: Item, zone: PathSegment, body: object): Promise<void> {
	let mayHaveEffect = false;
	const outcome = await item.client.attempt<unknown>({
		method: 'POST',
		path: apiPath`/zones/${zone}/purge_cache`,
		body,
		expect: 'nothing',
		// Nothing tells whether it took effect. Purging twice does no harm, so it may be repeated all the same.
		readBack: async () => {
			mayHaveEffect = true;
			return { ok: true, envelope: { result: undefined, resultInfo: {} } };
		},
	});
	if (outcome.ok) return;
	const effectUnknown = mayHaveEffect || outcome.failure.effectUnknown;
	throw item.client.toError({ ...outcome.failure, effectUnknown });
}

export const purgeCache: Operation = {
	value: 'purgeCache',
	name: 'Purge Cache',
	action: 'Purge zone cache',
	description:
		"Remove content from Cloudflare's cache: single URLs, hosts, path prefixes, cache tags, or everything of a zone",
	fields: [zoneField, ...purgeFields],
	permission: { zone: permissions.cachePurge },
	writes: true,
	async execute(item) {
		const purge = readPurge(item);
		const zone = await item.zoneTarget();
		const requests = requestsFor(purge);
		let done = 0;
		for (const { body, items } of requests) {
			try {
				await send(item, zone.id, body);
			} catch (error) {
				throw withAccount(error, purge, done);
			}
			done += items.length;
		}
		return [
			{
				success: true,
				zone_id: zone.id,
				...(zone.name ? { zone_name: zone.name } : {}),
				purged: purge.kind.value,
				items: purge.items,
				requests: requests.length,
			},
		];
	},
};
