import { badQuery } from '../errors.cjs';
import { choice } from '../query.cjs';
import { RECORD_TYPE_NAMES } from './recordTypes.cjs';
import type { DnsRecord } from './types.cjs';

export type Test = (record: DnsRecord) => boolean;

const COMPARISONS: Record<string, (value: string, wanted: string) => boolean> = {
	exact: (value, wanted) => value === wanted,
	contains: (value, wanted) => value.includes(wanted),
	startswith: (value, wanted) => value.startsWith(wanted),
	endswith: (value, wanted) => value.endsWith(wanted),
};

/** Every comparison of one property, `name=x` being the short form of `name.exact=x`. All are case-insensitive. */
function textTests(
	query: URLSearchParams,
	property: 'name' | 'content' | 'comment',
	value: (record: DnsRecord) => string | null,
): Test[] {
	return ['', ...Object.keys(COMPARISONS)].flatMap((operator) => {
		const wanted = query.get(operator === '' ? property : `${property}.${operator}`);
		if (wanted === null || wanted === '') return [];
		const compare = COMPARISONS[operator || 'exact'];
		return [
			(record: DnsRecord) => {
				const text = value(record);
				return text !== null && compare(text.toLowerCase(), wanted.toLowerCase());
			},
		];
	});
}

function split(tag: string): [name: string, value: string | undefined] {
	const colon = tag.indexOf(':');
	const lower = tag.toLowerCase();
	return colon < 0 ? [lower, undefined] : [lower.slice(0, colon), lower.slice(colon + 1)];
}

const hasTag = ({ tags }: DnsRecord, name: string, matches: (value: string) => boolean): boolean =>
	tags.some((tag) => {
		const [tagName, value = ''] = split(tag);
		return tagName === name && matches(value);
	});

const any = (): boolean => true;

function tagTests(query: URLSearchParams): Test[] {
	const tests: Test[] = [];
	for (const [parameter, given] of query) {
		if (!/^tag(?:\.|$)/.test(parameter) || given === '') continue;
		const [name, value] = split(given);
		// tag=x is tag.present=x, and tag=x:y is tag.exact=x:y.
		const operator = parameter.slice(4) || (value === undefined ? 'present' : 'exact');
		if (operator === 'present') tests.push((record) => hasTag(record, name, any));
		else if (operator === 'absent') tests.push((record) => !hasTag(record, name, any));
		else if (Object.hasOwn(COMPARISONS, operator)) {
			if (value === undefined) throw badQuery(parameter, given);
			const compare = COMPARISONS[operator];
			tests.push((record) => hasTag(record, name, (tagged) => compare(tagged, value)));
		}
	}
	return tests;
}

const combined =
	(tests: Test[], how: 'all' | 'any'): Test =>
	(record) =>
		how === 'all' ? tests.every((test) => test(record)) : tests.some((test) => test(record));

/** The filters of a list call as one test. Throws 400 for values that no filter takes. */
export function recordTest(query: URLSearchParams): Test {
	const type = choice(query, 'type', RECORD_TYPE_NAMES);
	const proxied = choice(query, 'proxied', ['true', 'false']);
	const tags = tagTests(query);
	const tagMatch = choice(query, 'tag_match', ['all', 'any']) ?? 'all';
	const tests: Test[] = [
		...textTests(query, 'name', ({ name }) => name),
		...textTests(query, 'content', ({ content }) => content),
		...textTests(query, 'comment', ({ comment }) => comment),
		...(type ? [(record: DnsRecord) => record.type === type] : []),
		...(proxied ? [(record: DnsRecord) => String(record.proxied) === proxied] : []),
		// These two act by being there, whatever their value.
		...(query.has('comment.present') ? [({ comment }: DnsRecord) => comment !== null] : []),
		...(query.has('comment.absent') ? [({ comment }: DnsRecord) => comment === null] : []),
		// The tag filters are one condition among the others.
		...(tags.length > 0 ? [combined(tags, tagMatch)] : []),
	];
	const match = choice(query, 'match', ['all', 'any']) ?? 'all';
	const matches = combined(tests, tests.length > 0 ? match : 'all');
	const search = searchTest(query.get('search') ?? '');
	return (record) => matches(record) && search(record);
}

/** For people, says the API, and nothing about how: here every word has to occur somewhere. */
function searchTest(search: string): Test {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	return ({ name, content, comment, tags, type }) => {
		if (words.length === 0) return true;
		const text = [name, content, comment ?? '', type, ...tags].join('\n').toLowerCase();
		return words.every((word) => text.includes(word));
	};
}

const ORDERS = {
	type: ({ type }: DnsRecord) => type,
	name: ({ name }: DnsRecord) => name,
	content: ({ content }: DnsRecord) => content,
	ttl: ({ ttl }: DnsRecord) => ttl,
	proxied: ({ proxied }: DnsRecord) => Number(proxied),
};

/** In the order that the query asks for; records that it leaves equal by name, then by content. */
export function sorted(records: DnsRecord[], query: URLSearchParams): DnsRecord[] {
	const order = choice(query, 'order', Object.keys(ORDERS) as Array<keyof typeof ORDERS>) ?? 'type';
	const sign = choice(query, 'direction', ['asc', 'desc']) === 'desc' ? -1 : 1;
	const compare = <T,>(left: T, right: T) => (left < right ? -1 : Number(left > right));
	const by = ORDERS[order];
	return records.sort(
		(left, right) =>
			sign * compare(by(left), by(right)) ||
			compare(left.name, right.name) ||
			compare(left.content, right.content),
	);
}
