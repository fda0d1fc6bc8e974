// DNS records: every type of them, all filters, and a zone by its ID.
import type { RecordCreateParams } from 'cloudflare/resources/dns/records';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { zone } from '../sdkCalls/helpers.cjs';
import { firstPage, zoneById } from './shared.cjs';

const records = pairsOf('dnsRecord', { zone: zoneById });

const HASH = 'ab'.repeat(32);
const name = 'new.example.com';

/** @param parameters of our node, but those that hold the data */
const record = (sent: RecordCreateParams, parameters: object): Pair => {
	const data = 'data' in sent ? { data: JSON.stringify(sent.data) } : {};
	const given = { type: sent.type, name, ...data, ...parameters };
	return records(
		'create',
		String(sent.type),
		given,
		async (sdk) => await sdk.dns.records.create(sent),
	);
};
const recordOf = { ...zone, name, ttl: 1 } as const;

const creations: readonly Pair[] = [
	record({ ...recordOf, type: 'AAAA', content: '2001:db8::1' }, { content: '2001:db8::1' }),
	record({ ...recordOf, type: 'CNAME', content: 'example.org' }, { content: 'example.org' }),
	record({ ...recordOf, type: 'TXT', content: '"hello"' }, { content: '"hello"' }),
	record({ ...recordOf, type: 'NS', content: 'ns.example.org' }, { content: 'ns.example.org' }),
	record(
		{ ...recordOf, type: 'PTR', content: 'host.example.com' },
		{ content: 'host.example.com' },
	),
	record({ ...recordOf, type: 'OPENPGPKEY', content: 'mQENBFzj' }, { content: 'mQENBFzj' }),
	record(
		{ ...recordOf, type: 'MX', content: 'mail.example.org', priority: 5 },
		{ content: 'mail.example.org', priority: 5 },
	),
	record(
		{ ...recordOf, type: 'URI', priority: 7, data: { weight: 1, target: 'https://example.org/' } },
		{ priority: 7 },
	),
	record(
		{
			...recordOf,
			type: 'LOC',
			data: {
				lat_degrees: 51,
				lat_minutes: 0,
				lat_seconds: 0,
				lat_direction: 'N',
				long_degrees: 0,
				long_minutes: 0,
				long_seconds: 0,
				long_direction: 'W',
				altitude: 10,
				size: 0,
				precision_horz: 0,
				precision_vert: 0,
			},
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'CERT',
			data: { type: 1, key_tag: 2, algorithm: 8, certificate: 'AbC=' },
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'DNSKEY',
			data: { flags: 257, protocol: 3, algorithm: 13, public_key: 'AbC=' },
		},
		{},
	),
	record(
		{ ...recordOf, type: 'DS', data: { key_tag: 1, algorithm: 13, digest_type: 2, digest: HASH } },
		{},
	),
	record(
		{ ...recordOf, type: 'HTTPS', data: { priority: 1, target: '.', value: 'alpn="h2"' } },
		{},
	),
	record(
		{ ...recordOf, type: 'SVCB', data: { priority: 0, target: 'a.example.com', value: '' } },
		{},
	),
	record(
		{
			...recordOf,
			type: 'NAPTR',
			data: {
				order: 1,
				preference: 2,
				flags: 'S',
				service: 'SIP+D2U',
				regex: '',
				replacement: '.',
			},
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'SMIMEA',
			data: { usage: 3, selector: 0, matching_type: 1, certificate: HASH },
		},
		{},
	),
	record({ ...recordOf, type: 'SSHFP', data: { algorithm: 4, type: 2, fingerprint: HASH } }, {}),
	record(
		{
			...recordOf,
			type: 'TLSA',
			data: { usage: 3, selector: 1, matching_type: 1, certificate: HASH },
		},
		{},
	),
	records(
		'create',
		'all that is beside the value',
		{
			type: 'A',
			name,
			content: '192.0.2.9',
			additionalFields: {
				comment: 'Sinkhole, case 42',
				ipv4Only: true,
				privateRouting: false,
				proxied: true,
				tags: 'owner:soc, critical',
				ttl: 1,
			},
		},
		async (sdk) =>
			await sdk.dns.records.create({
				...recordOf,
				type: 'A',
				content: '192.0.2.9',
				comment: 'Sinkhole, case 42',
				settings: { ipv4_only: true },
				private_routing: false,
				proxied: true,
				tags: ['owner:soc', 'critical'],
			}),
	),
];

const filters: readonly Pair[] = [
	records(
		'getAll',
		'all filters of text',
		{
			filters: {
				name: 'a.example.com',
				nameContains: 'a',
				nameStartsWith: 'a',
				nameEndsWith: 'com',
				content: '203.0.113.7',
				contentContains: '0.113',
				contentStartsWith: '203',
				contentEndsWith: '.7',
				comment: 'Case 42',
				commentContains: 'ase',
				commentStartsWith: 'C',
				commentEndsWith: '2',
				hasComment: true,
				match: 'any',
			},
			options: { order: 'content', direction: 'desc' },
		},
		async (sdk) =>
			await sdk.dns.records.list({
				...zone,
				name: { exact: 'a.example.com', contains: 'a', startswith: 'a', endswith: 'com' },
				content: { exact: '203.0.113.7', contains: '0.113', startswith: '203', endswith: '.7' },
				comment: {
					exact: 'Case 42',
					contains: 'ase',
					startswith: 'C',
					endswith: '2',
					present: 'true',
				},
				match: 'any',
				order: 'content',
				direction: 'desc',
				...firstPage,
			}),
	),
	records(
		'getAll',
		'all other filters',
		{
			filters: {
				proxied: false,
				search: 'vpn',
				tag: 'owner:it',
				tagContains: 'owner:i',
				tagStartsWith: 'owner:i',
				tagEndsWith: 'owner:t',
				tagPresent: 'owner',
				tagAbsent: 'critical',
				tagMatch: 'any',
				type: 'A',
				shadowedByName: 'dev.example.com',
				shadowingName: 'app.dev.example.com',
			},
			options: { includeShadowMetadata: true },
		},
		async (sdk) =>
			await sdk.dns.records.list({
				...zone,
				proxied: false,
				search: 'vpn',
				tag: {
					exact: 'owner:it',
					contains: 'owner:i',
					startswith: 'owner:i',
					endswith: 'owner:t',
					present: 'owner',
					absent: 'critical',
				},
				tag_match: 'any',
				type: 'A',
				shadowed_by_name: 'dev.example.com',
				shadowing_name: 'app.dev.example.com',
				include_shadow_metadata: true,
				...firstPage,
			}),
	),
];

export const dnsRecordPairs: readonly Pair[] = [
	...creations,
	...filters,
	records(
		'upsert',
		'in a zone by ID',
		{ type: 'A', name: 'new', content: '203.0.113.99' },
		async (sdk) => {
			const { name } = await sdk.zones.get(zone);
			const wanted = {
				name: { exact: `new.${name}` },
				type: 'A',
				page: 1,
				per_page: 5000,
			} as const;
			await sdk.dns.records.list({ ...zone, ...wanted });
			await sdk.dns.records.create({
				...zone,
				type: 'A',
				name: 'new',
				content: '203.0.113.99',
				ttl: 1,
			});
		},
	),
];
