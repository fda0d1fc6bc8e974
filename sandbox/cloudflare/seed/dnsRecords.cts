import { definitionOf, isProxiable } from '../dns/definition.cjs';
import type { DnsRecord } from '../dns/types.cjs';
import type { Zone } from '../types.cjs';
import { everyType } from './dnsEveryType.cjs';
import { id } from './ids.cjs';

type Body = Record<string, unknown>;

const CREATED = '2025-03-04T10:00:00.123456Z';
const MODIFIED = '2026-06-07T14:20:00.654321Z';
/** The address of the origin behind several zones: "which names point to …?" has answers. */
export const SHARED_ADDRESS = '203.0.113.7';

const mail = (name: string): Body[] => [
	{ type: 'MX', name: '@', content: 'mx1.mail.example', priority: 10 },
	{ type: 'MX', name: '@', content: 'mx2.mail.example', priority: 20 },
	{ type: 'TXT', name: '@', content: '"v=spf1 include:_spf.mail.example -all"' },
	{
		type: 'TXT',
		name: '_dmarc',
		content: `"v=DMARC1; p=reject; rua=mailto:dmarc@${name}"`,
	},
];
const site = (address: string): Body[] => [
	{ type: 'A', name: '@', content: address, proxied: true },
	{ type: 'CNAME', name: 'www', content: '@', proxied: true },
];
const shared = (name: string, more: Body = {}): Body => ({
	type: 'A',
	name,
	content: SHARED_ADDRESS,
	ttl: 300,
	...more,
});

function generated(zone: Zone): Body[] {
	const number = Number(/^store-(\d+)\./.exec(zone.name)?.[1] ?? 0);
	return [
		...site(`192.0.2.${number % 250}`),
		...mail(zone.name),
		...(number > 0 && number % 10 === 0 ? [shared('origin')] : []),
	];
}

const WELL_KNOWN: Readonly<Record<string, (zone: Zone) => Body[]>> = {
	'example.com': () => everyType(),
	'example.net': (zone) => [...site('203.0.113.20'), ...mail(zone.name), shared('shop')],
	'example.org': (zone) => [
		...site('203.0.113.30'),
		...mail(zone.name),
		shared('origin', { comment: 'Same machine as origin.example.com', tags: ['owner:platform'] }),
		{ type: 'AAAA', name: '@', content: '2001:db8:30::1', proxied: true },
	],
	'enterprise.example': (zone) => [
		...site('203.0.113.40'),
		...mail(zone.name),
		shared('api', { proxied: true, tags: ['owner:api', 'env:prod'] }),
		{ type: 'A', name: 'fast', content: '203.0.113.41', ttl: 30, tags: ['env:prod'] },
	],
	'lab.example': (zone) => [...site('198.51.100.80'), ...mail(zone.name), shared('test')],
};

/** The records of a fresh zone, checked as a caller's would be. */
export function seedRecords(zone: Zone): DnsRecord[] {
	const bodies = (WELL_KNOWN[zone.name] ?? generated)(zone);
	return bodies.map((body) => {
		const content = body.content === '@' ? zone.name : body.content;
		const definition = definitionOf({ ...body, content }, zone);
		const { type, name, content: stored } = definition;
		return {
			id: id('dns_record', `${type}/${name}/${stored}`),
			...definition,
			proxiable: isProxiable(definition),
			meta: {},
			created_on: CREATED,
			modified_on: MODIFIED,
			...(definition.comment !== null && { comment_modified_on: MODIFIED }),
			...(definition.tags.length > 0 && { tags_modified_on: MODIFIED }),
		};
	});
}
