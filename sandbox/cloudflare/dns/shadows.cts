import { badQuery } from '../errors.cjs';
import { choice } from '../query.cjs';
import type { DnsRecord } from './types.cjs';

// Source: SDK 7.3 and Cloudflare docs, shadowed records: a delegation below the zone hides what is at or below its name.

const isAtOrBelow = (name: string, above: string): boolean =>
	name === above || name.endsWith(`.${above}`);

const delegations = (records: DnsRecord[], apex: string): DnsRecord[] =>
	records.filter(({ type, name }) => type === 'NS' && name !== apex);

/** NS and DS at the delegation's name make it; they are not hidden by it. */
const forms = ({ type, name }: DnsRecord, delegation: DnsRecord): boolean =>
	name === delegation.name && (type === 'NS' || type === 'DS');

function withMeta(record: DnsRecord, records: DnsRecord[], apex: string): DnsRecord {
	const above = delegations(records, apex).filter(
		(each) => isAtOrBelow(record.name, each.name) && !forms(record, each),
	);
	const glueFor =
		record.type === 'A' || record.type === 'AAAA'
			? delegations(records, apex).filter(({ content }) => content === record.name)
			: [];
	const isGlue = glueFor.length > 0;
	// Served only while the delegation that needs it is itself not below another.
	const isDead = isGlue && above.some((each) => glueFor.every(({ name }) => name !== each.name));
	const hidden =
		record.type === 'NS' && record.name !== apex
			? records.filter((each) => isAtOrBelow(each.name, record.name) && !forms(each, record)).length
			: 0;
	return {
		...record,
		meta: {
			...record.meta,
			...(above.length > 0 && !isGlue && { shadowed_by: above.map(({ id }) => id) }),
			...(hidden > 0 && { shadowed_records_count: hidden }),
			...(isGlue && { is_glue: true }),
			...(isDead && { dead_glue: true }),
		},
	};
}

function subdomain(query: URLSearchParams, parameter: string, apex: string): string | undefined {
	const name = query.get(parameter)?.toLowerCase();
	if (name === undefined || name === '') return undefined;
	if (!name.endsWith(`.${apex}`)) throw badQuery(parameter, name);
	return name;
}

/** Narrows and marks the found records as the shadow parameters ask. Throws 400 for names that they refuse. */
export function shadowed(
	found: DnsRecord[],
	all: DnsRecord[],
	query: URLSearchParams,
	apex: string,
): DnsRecord[] {
	const marked = choice(query, 'include_shadow_metadata', ['true', 'false']) === 'true';
	const below = subdomain(query, 'shadowed_by_name', apex);
	const over = subdomain(query, 'shadowing_name', apex);
	if (below !== undefined && !marked) throw badQuery('shadowed_by_name', below);
	const narrowed = found.filter((record) => {
		const isBelow =
			below === undefined ||
			(isAtOrBelow(record.name, below) && !(record.name === below && record.type === 'NS'));
		const isOver =
			over === undefined ||
			(record.type === 'NS' && record.name !== apex && isAtOrBelow(over, record.name));
		return isBelow && isOver;
	});
	return marked ? narrowed.map((record) => withMeta(record, all, apex)) : narrowed;
}
