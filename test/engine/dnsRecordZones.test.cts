import {
	locator,
	mainAccount,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare({ zones: 130 });

const ADDRESS = '203.0.113.7';
const getAll = { authentication: 'token', resource: 'dnsRecord', operation: 'getAll' };
const search = {
	...getAll,
	searchIn: 'account',
	account: mainAccount,
	returnAll: true,
	filters: { content: ADDRESS },
};
const several = (zones: unknown) => ({ ...search, searchIn: 'several', zones });
const forbidden = 'store-050.example';
const zoneNamed = (name: string) => {
	const zone = [...cf.state.zones.values()].find((each) => each.name === name);
	if (!zone) throw new Error(`There is no zone ${name}`);
	return zone;
};

/** The answer that Cloudflare gives for a zone in which the token may not read records. */
function forbid(name: string) {
	cf.faults.add({
		kind: 'status',
		status: 403,
		errors: [{ code: 10000, message: 'Authentication error' }],
		match: { path: `/zones/${zoneNamed(name).id}/dns_records` },
		times: 100,
	});
}

/** The names that point to the address, as the stand-in knows them. */
const hits = (except?: string) =>
	[...cf.state.zones.values()]
		.filter(({ account, type, name }) => {
			return account.id === seedIds.mainAccount && type !== 'internal' && name !== except;
		})
		.flatMap((zone) =>
			[...cf.state.dns.recordsOf(zone).values()]
				.filter(({ content }) => content === ADDRESS)
				.map(({ name }) => [name, zone.id, zone.name]),
		)
		.sort();
const found = (items: Array<Record<string, unknown>>) =>
	items.map(({ name, zone_id, zone_name }) => [name, zone_id, zone_name]).sort();

describe('DNS Record: Get Many in all zones of an account', () => {
	test('which names point to 203.0.113.7?', async () => {
		const items = await output(search);
		expect(hits().length).toBeGreaterThan(10);
		expect(found(items)).toEqual(hits());
		// 3 pages of zones, and one call for each zone.
		expect(cf.calls).toHaveLength(3 + 130);
		console.log(`dnsRecord:getAll, 130 zones: ${cf.calls.length} calls`);
	});

	test('eight zones are asked at the same time', async () => {
		// They wait until eight have arrived; in the end there are fewer.
		cf.faults.add({ kind: 'hold', until: 8, match: { path: /dns_records/ } });
		expect(found(await output(search))).toEqual(hits());
	});

	test('a forbidden zone is named, and the hits of the others come out', async () => {
		forbid(forbidden);
		const result = await runNode({ parameters: search });
		expect(result.error).toBeUndefined();
		const jsons = result.items.map(({ json }) => json);
		expect(hits(forbidden)).not.toEqual(hits());
		expect(found(jsons.slice(0, -1))).toEqual(hits(forbidden));
		expect(jsons.at(-1)).toEqual({
			error: `Zone ${forbidden}: Cloudflare refused access: Authentication error (code 10000)`,
			details: expect.objectContaining({
				zone_id: zoneNamed(forbidden).id,
				zone_name: forbidden,
				kind: 'credentialOrPermission',
				status: 403,
				nextStep: expect.stringContaining('Zone → DNS → Read'),
			}),
		});
		expect(result.hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(`1 of the zones could not be read: ${forbidden}.`),
				type: 'warning',
			}),
		]);
		for (const { pairedItem } of result.items) expect(pairedItem).toEqual({ item: 0 });
	});

	test('with an error output, the forbidden zone goes there', async () => {
		forbid(forbidden);
		const { outputs } = await runNode({ parameters: search, onError: 'continueErrorOutput' });
		expect(found(outputs[0].map(({ json }) => json))).toEqual(hits(forbidden));
		expect(outputs[1].map(({ json }) => json.error)).toEqual([
			expect.stringContaining(`Zone ${forbidden}`),
		]);
	});

	test('on wish a forbidden zone stops the node', async () => {
		forbid(forbidden);
		const options = { unreadableZones: 'stop' };
		expect(await refusal({ ...search, options })).toContain('Cloudflare refused access');
	});

	test('when no zone can be read, the node stops', async () => {
		forbid('example.com');
		forbid('example.net');
		expect(await refusal(several('example.com, example.net'))).toContain(
			'Cloudflare refused access',
		);
	});

	test('a failure that is not about one zone stops the node', async () => {
		cf.faults.add({ kind: 'rateLimited', retryAfter: 280, match: { path: /dns_records/ } });
		expect(await refusal(search)).toContain('Cloudflare is receiving too many requests');
	});

	test('a limit asks no more zones than it needs', async () => {
		const items = await output({ ...search, filters: {}, returnAll: false, limit: 60 });
		expect(items).toHaveLength(60);
		const asked = cf.calls.filter(({ path }) => path.endsWith('/dns_records'));
		expect(asked.length).toBeLessThan(25);
		expect(asked[0].query).toContainEqual(['per_page', '60']);
	});

	test('items that name the same account share the list of zones', async () => {
		const result = await runNode({
			parameters: { ...search, filters: { content: '={{ $json.ip }}' } },
			items: [{ ip: ADDRESS }, { ip: '192.0.2.250' }, { ip: '198.51.100.23' }],
		});
		expect(result.items.at(-1)).toMatchObject({
			json: { name: 'vpn.example.com', zone_name: 'example.com' },
			pairedItem: { item: 2 },
		});
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(3);
	});
});

describe('DNS Record: Get Many in several zones', () => {
	test.each<[what: string, zones: unknown]>([
		['names', 'example.com, example.net'],
		['lines', 'example.com\nexample.net'],
		['a list', '={{ ["example.com", "Example.net"] }}'],
		['a name and an ID', `example.com ${seedIds.zones['example.net']}`],
	])('%s', async (_what, zones) => {
		const items = await output(several(zones));
		expect(items.map(({ name }) => name)).toEqual(['origin.example.com', 'shop.example.net']);
		expect(items.map(({ zone_id }) => zone_id)).toEqual([
			seedIds.zones['example.com'],
			seedIds.zones['example.net'],
		]);
	});

	test('a zone by its name and by its ID counts once', async () => {
		const id = seedIds.zones['example.com'];
		for (const zones of [`example.com, ${id}`, `${id}, EXAMPLE.com, ${id.toUpperCase()}`]) {
			const items = await output(several(zones));
			expect(found(items)).toEqual([['origin.example.com', id, 'example.com']]);
		}
	});

	test('a zone that is not there is refused before any record is read', async () => {
		const text = await refusal(several('example.com, elsewhere.example'));
		expect(text).toContain('no zone named "elsewhere.example" is visible');
		expect(cf.calls.some(({ path }) => path.endsWith('/dns_records'))).toBe(false);
	});

	test('a zone of another account is refused by Cloudflare, and named', async () => {
		const zones = [seedIds.zones['example.com'], '0'.repeat(32)];
		const items = await output(several(zones.join(',')));
		expect(items.at(-1)).toMatchObject({ details: { zone_id: '0'.repeat(32) } });
	});

	test('one bad item among good ones', async () => {
		const result = await runNode({
			parameters: several('={{ $json.zones }}'),
			items: [{ zones: 'example.com' }, { zones: 'not a domain' }, { zones: ['example.net'] }],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.name ?? json.error, pairedItem]),
		).toEqual([
			['origin.example.com', { item: 0 }],
			['Zones: got "not"', { item: 1 }],
			['shop.example.net', { item: 2 }],
		]);
	});

	test.each<[what: string, parameters: object, message: string]>([
		['no zone', several('={{ "" }}'), 'Zones: got nothing'],
		['a number', several('={{ 7 }}'), 'Zones: got 7'],
		[
			'another place',
			{ ...search, searchIn: '={{ "everywhere" }}' },
			'Search In: got "everywhere"',
		],
		['no account ID', { ...search, account: locator('id', 'x') }, 'Account: got "x"'],
		[
			'another way with zones that fail',
			{ ...search, options: { unreadableZones: '={{ "ignore" }}' } },
			'Zones That Cannot Be Read: got "ignore"',
		],
		[
			'an empty filter',
			{ ...search, filters: { content: '={{ $json.no }}' } },
			'Content: got nothing',
		],
		['a type that is none', { ...search, filters: { type: '={{ "SPF" }}' } }, 'Type: got "SPF"'],
		['a tag without value', { ...search, filters: { tag: 'owner' } }, 'Tag: got "owner"'],
		['a tag with value', { ...search, filters: { tagPresent: 'a:b' } }, 'Tag Present: got "a:b"'],
		[
			'a doubtful yes',
			{ ...search, filters: { proxied: '={{ "maybe" }}' } },
			'Proxied: got "maybe"',
		],
		['another order', { ...search, options: { order: '={{ "id" }}' } }, 'Sort By: got "id"'],
	])('%s is refused before any request', async (_what, parameters, message) => {
		expect(await refusal({ ...parameters })).toContain(message);
		expect(cf.calls).toEqual([]);
	});
});
