import { ApiError } from '../errors.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { Plan } from '../language/vocabulary.cjs';
import type { Zone } from '../types.cjs';

const KINDS = ['purge_everything', 'files', 'tags', 'hosts', 'prefixes'] as const;
type Kind = (typeof KINDS)[number];
/** Source: Cloudflare docs, purge cache availability and limits. */
const URLS_PER_REQUEST: Record<Plan, number> = {
	free: 100,
	pro: 100,
	business: 100,
	enterprise: 500,
};
const ITEMS_PER_REQUEST = 100;

// The texts are stand-ins, as are the codes.
const refusal = (code: number, message: string) => new ApiError(400, { code, message });
const wrongKind = () =>
	refusal(1012, `Request must contain one of ${KINDS.map((kind) => `"${kind}"`).join(', ')}`);
const tooMany = (kind: Kind, most: number) =>
	refusal(1094, `Unable to purge, exceeded maximum amount of ${kind} per request: ${most}`);
const badItem = (kind: Kind, item: unknown) =>
	refusal(1016, `Unable to purge ${JSON.stringify(item)}: not valid for "${kind}" in this zone`);

const isInZone = (host: string, zone: Zone): boolean =>
	host === zone.name || host.endsWith(`.${zone.name}`);

function isFile(item: unknown, zone: Zone): boolean {
	const url = isObject(item) ? item.url : item;
	if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return false;
	return isInZone(new URL(url).hostname, zone);
}

const VALID: Record<Exclude<Kind, 'purge_everything'>, (item: unknown, zone: Zone) => boolean> = {
	files: isFile,
	tags: (item) => typeof item === 'string' && item !== '' && item.length <= 1024,
	hosts: (item, zone) => typeof item === 'string' && isInZone(item.toLowerCase(), zone),
	// A prefix comes without a scheme.
	prefixes: (item, zone) =>
		typeof item === 'string' &&
		!item.includes('://') &&
		isInZone(item.split('/')[0].toLowerCase(), zone),
};

/** What a purge asks for: its kind and how many items. Throws 400. */
export function purgeOf(body: unknown, zone: Zone): { kind: Kind; items: number } {
	if (!isObject(body)) throw wrongKind();
	const given = KINDS.filter((kind) => body[kind] !== undefined);
	if (given.length !== 1) throw wrongKind();
	const [kind] = given;
	if (kind === 'purge_everything') {
		if (body[kind] !== true) throw wrongKind();
		return { kind, items: 1 };
	}
	const items = body[kind];
	if (!Array.isArray(items) || items.length === 0) throw wrongKind();
	const most = kind === 'files' ? URLS_PER_REQUEST[zone.plan.legacy_id] : ITEMS_PER_REQUEST;
	if (items.length > most) throw tooMany(kind, most);
	const bad = items.findIndex((item) => !VALID[kind](item, zone));
	if (bad >= 0) throw badItem(kind, items[bad]);
	return { kind, items: items.length };
}
