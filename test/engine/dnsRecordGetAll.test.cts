import type { RecordListParams } from 'cloudflare/resources/dns/records';
import { callLines, exampleCom, output, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { dns, recordNamed, records, stored, zone_id } from '../support/dnsRecords.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const getAll = dns('getAll');
const all = { ...getAll, returnAll: true };
const pages = () => cf.calls.map(({ query }) => Object.fromEntries(query));

describe('DNS Record: Get Many in one zone', () => {
	test('Return All gives 12,000 records in 3 calls, each once', async () => {
		cf.state.dns.fill(zone_id, 12_000);
		const found = await output(all);
		expect(found).toHaveLength(12_000);
		expect(new Set(found.map(({ id }) => id)).size).toBe(12_000);
		expect(pages()).toEqual(['1', '2', '3'].map((page) => ({ page, per_page: '5000' })));
		console.log(`dnsRecord:getAll, 12,000 records: ${cf.calls.length} calls`);
	});

	test('a page that Cloudflare cuts down loses nothing', async () => {
		cf.state.dns.fill(zone_id, 2_500);
		cf.state.dns.mostPerPage = 1_000;
		expect(await output(all)).toHaveLength(2_500);
		expect(cf.calls).toHaveLength(3);
	});

	test.each([
		[1, 1, '1'],
		[60, 1, '60'],
		[5_000, 1, '5000'],
		[5_001, 2, '5000'],
		[20_000, 2, '5000'],
	])('Limit %i takes %i pages of %s', async (limit, calls, size) => {
		cf.state.dns.fill(zone_id, 6_000);
		expect(await output({ ...getAll, limit })).toHaveLength(Math.min(limit, 6_000));
		expect(cf.calls).toHaveLength(calls);
		expect(pages()[0]).toEqual({ page: '1', per_page: size });
	});

	test('simplifies, and shows everything on wish, always with the zone', async () => {
		const filters = { name: 'origin.example.com' };
		const origin = recordNamed(cf, 'origin.example.com');
		expect(await output({ ...getAll, filters })).toEqual([
			{
				id: origin.id,
				type: 'A',
				name: 'origin.example.com',
				content: '203.0.113.7',
				proxied: false,
				ttl: 300,
				comment: 'Origin behind the proxy; do not publish',
				modified_on: origin.modified_on,
				zone_id,
			},
		]);
		const parameters = { ...getAll, zone: exampleCom, filters, simplify: false };
		expect(await output(parameters)).toEqual([{ ...origin, zone_id, zone_name: 'example.com' }]);
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({ parameters: { ...all, filters: { content: '192.0.2.99' } } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(cf.calls).toHaveLength(1);
	});

	test('links each record to the item that asked for it', async () => {
		const result = await runNode({
			parameters: { ...all, zone: exampleCom, filters: { content: '={{ $json.ip }}' } },
			items: [{ ip: '203.0.113.7' }, { ip: '192.0.2.99' }, { ip: '198.51.100.23' }],
		});
		expect(result.items.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
			['origin.example.com', { item: 0 }],
			['vpn.example.com', { item: 2 }],
		]);
		// One look-up of the name serves all items.
		expect(callLines(cf)).toEqual(['GET /zones 200', ...Array(3).fill(`GET ${records} 200`)]);
	});
});

type Case = [filters: object, options: object, sdk: Partial<RecordListParams>, found: number];

const texts: Case[] = [
	[{ name: 'origin.example.com' }, {}, { name: { exact: 'origin.example.com' } }, 1],
	[{ nameContains: 'ORIGIN' }, {}, { name: { contains: 'origin' } }, 1],
	[{ nameStartsWith: 'old-' }, {}, { name: { startswith: 'old-' } }, 2],
	[{ nameEndsWith: '.dev.example.com' }, {}, { name: { endswith: '.dev.example.com' } }, 2],
	[{ name: 'bücher.example.com' }, {}, { name: { exact: 'xn--bcher-kva.example.com' } }, 0],
	[{ name: 'Origin.example.com.' }, {}, { name: { exact: 'origin.example.com' } }, 1],
	[{ nameEndsWith: '.dev.example.com.' }, {}, { name: { endswith: '.dev.example.com' } }, 2],
	[{ nameContains: 'origin.' }, {}, { name: { contains: 'origin.' } }, 1],
	[{ content: '203.0.113.7' }, {}, { content: { exact: '203.0.113.7' } }, 1],
	[{ content: '2001:DB8:10:0:0::10' }, {}, { content: { exact: '2001:db8:10::10' } }, 1],
	[
		{ content: 'example.blog-host.example.' },
		{},
		{ content: { exact: 'example.blog-host.example' } },
		1,
	],
	[{ content: 'Done.' }, {}, { content: { exact: 'Done.' } }, 0],
	[{ content: 'All is done.' }, {}, { content: { exact: 'All is done.' } }, 0],
	[{ content: '198.51.100.0/24' }, {}, { content: { exact: '198.51.100.0/24' } }, 0],
	[{ contentEndsWith: '.' }, {}, { content: { endswith: '.' } }, 0],
	[{ contentContains: 'spf1' }, {}, { content: { contains: 'spf1' } }, 1],
	[{ contentStartsWith: '198.51.100.' }, {}, { content: { startswith: '198.51.100.' } }, 4],
	[{ contentEndsWith: '.mail.example' }, {}, { content: { endswith: '.mail.example' } }, 2],
	[{ comment: 'VPN gateway' }, {}, { comment: { exact: 'VPN gateway' } }, 1],
	[{ commentContains: 'proxy' }, {}, { comment: { contains: 'proxy' } }, 1],
	[{ commentStartsWith: 'Machine' }, {}, { comment: { startswith: 'Machine' } }, 1],
	[{ commentEndsWith: 'only' }, {}, { comment: { endswith: 'only' } }, 1],
	[{ hasComment: true }, {}, { comment: { present: 'true' } }, 6],
	[{ hasComment: false }, {}, { comment: { absent: 'true' } }, 27],
];

const tags: Case[] = [
	[{ tag: 'owner:it' }, {}, { tag: { exact: 'owner:it' } }, 1],
	[{ tagContains: 'owner:mark' }, {}, { tag: { contains: 'owner:mark' } }, 1],
	[{ tagStartsWith: 'owner:plat' }, {}, { tag: { startswith: 'owner:plat' } }, 1],
	[{ tagEndsWith: 'env:od' }, {}, { tag: { endswith: 'env:od' } }, 1],
	[{ tagPresent: 'owner' }, {}, { tag: { present: 'owner' } }, 3],
	[{ tagAbsent: 'owner' }, {}, { tag: { absent: 'owner' } }, 30],
	[
		{ tagPresent: 'critical', tag: 'env:prod', tagMatch: 'any' },
		{},
		{ tag: { present: 'critical', exact: 'env:prod' }, tag_match: 'any' },
		2,
	],
	[
		{ tagPresent: 'critical', tag: 'env:prod', tagMatch: 'all' },
		{},
		{ tag: { present: 'critical', exact: 'env:prod' }, tag_match: 'all' },
		0,
	],
];

const others: Case[] = [
	[{ type: 'MX' }, {}, { type: 'MX' }, 2],
	[{ proxied: true }, {}, { proxied: true }, 4],
	[{ proxied: '={{ "false" }}' }, {}, { proxied: false }, 29],
	[{ search: 'vpn' }, {}, { search: 'vpn' }, 2],
	[
		{ type: 'MX', nameStartsWith: 'vpn', match: 'any' },
		{},
		{ type: 'MX', name: { startswith: 'vpn' }, match: 'any' },
		4,
	],
	[
		{ type: 'MX', nameStartsWith: 'vpn', match: 'all' },
		{},
		{ type: 'MX', name: { startswith: 'vpn' }, match: 'all' },
		0,
	],
	[
		{ shadowedByName: 'dev.example.com' },
		{},
		{ shadowed_by_name: 'dev.example.com', include_shadow_metadata: true },
		3,
	],
	[{ shadowingName: 'app.dev.example.com' }, {}, { shadowing_name: 'app.dev.example.com' }, 2],
	[{}, { includeShadowMetadata: true }, { include_shadow_metadata: true }, 33],
	...(['content', 'name', 'proxied', 'ttl', 'type'] as const).map(
		(order): Case => [{}, { order, direction: 'desc' }, { order, direction: 'desc' }, 33],
	),
	[{}, { direction: 'asc' }, { direction: 'asc' }, 33],
];

describe('DNS Record: each filter goes out as the SDK sends it', () => {
	test.each([...texts, ...tags, ...others])('%j %j', async (filters, options, sdk, found) => {
		expect(await output({ ...all, filters, options })).toHaveLength(found);
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((client) => client.dns.records.list({ zone_id, ...sdk })),
		]);
	});

	test('several tags repeat their key', async () => {
		const filters = { tagPresent: 'owner, env' };
		const found = await output({ ...all, filters });
		expect(found.map(({ name }) => name)).toEqual(['origin.example.com']);
		expect(comparable(cf.calls[0]).query).toEqual([
			['tag.present', 'owner'],
			['tag.present', 'env'],
		]);
	});

	test('keeps the order in which the API sorts', async () => {
		const options = { order: 'name', direction: 'desc' };
		const names = (await output({ ...all, options })).map(({ name }) => String(name));
		expect(names).toEqual([...names].sort().reverse());
		expect(names).toHaveLength(stored(cf).length);
	});
});
