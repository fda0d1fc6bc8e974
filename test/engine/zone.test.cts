import {
	callLines,
	filtersOf,
	jsonOf,
	locator,
	output,
	refusal,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare({ zones: 137 });

const zoneId = seedIds.zones['example.com'];
const get = { authentication: 'token', resource: 'zone', operation: 'get' };
const getAll = { authentication: 'token', resource: 'zone', operation: 'getAll' };
const all = { ...getAll, returnAll: true };

describe('Zone: Get', () => {
	test.each<[way: string, zone: unknown, looksUp: boolean]>([
		['from the list', locator('list', zoneId), false],
		['by ID', locator('id', zoneId), false],
		['by ID in capitals with blanks', locator('id', ` ${zoneId.toUpperCase()} `), false],
		['by name', locator('name', 'example.com'), true],
		['by name with capitals and final dot', locator('name', ' Example.COM. '), true],
		['by an address pasted as name', locator('name', 'https://example.com:443/a?b#c'), true],
		['by a bare name from an expression', '={{ "example.com" }}', true],
		['by a bare ID from an expression', `={{ "${zoneId}" }}`, false],
	])('%s', async (_way, zone, looksUp) => {
		expect(await output({ ...get, zone })).toEqual([expect.objectContaining({ id: zoneId })]);
		expect(callLines(cf)).toEqual([
			...(looksUp ? ['GET /zones 200'] : []),
			`GET /zones/${zoneId} 200`,
		]);
		if (looksUp) expect(filtersOf(cf.calls[0])).toEqual({ name: 'example.com' });
	});

	test("takes the credential's zone when none is chosen", async () => {
		const credentials = tokenCredential({ zoneId: ` "${zoneId}" ` });
		const [zone] = await output({ ...get, zone: locator('list', '') }, { credentials });
		expect(zone.name).toBe('example.com');
	});

	test('simplifies, and shows everything on wish', async () => {
		const zone = locator('id', zoneId);
		expect(await output({ ...get, zone })).toEqual([
			{
				id: zoneId,
				name: 'example.com',
				status: 'active',
				type: 'full',
				paused: false,
				plan: 'Pro Website',
				account_id: seedIds.mainAccount,
				account_name: 'Example Corp',
				name_servers: ['bob.ns.cloudflare.com', 'lola.ns.cloudflare.com'],
				created_on: '2021-02-03T10:20:30.123456Z',
			},
		]);
		const raw = await output({ ...get, zone, simplify: false });
		expect(raw).toEqual([cf.state.zones.get(zoneId)]);
	});

	test('says which domain is not visible, and where it may be', async () => {
		const text = await refusal({ ...get, zone: locator('name', 'www.shop.example.com') });
		expect(text).toContain('Zone: no zone named "www.shop.example.com" is visible');
		expect(text).toContain('perhaps example.com');
		expect(callLines(cf)).toEqual(['GET /zones 200']);
	});

	test('does not guess between two zones of one name', async () => {
		const twin = { ...cf.state.zones.get(zoneId)!, id: 'f'.repeat(32) };
		cf.state.zones.set(twin.id, twin);
		const text = await refusal({ ...get, zone: locator('name', 'example.com') });
		expect(text).toContain('several zones are named "example.com"');
		expect(text).toContain(twin.id);
		expect(text).toContain(zoneId);
	});

	test('100 items that name one zone share one look-up, and each gets its own item', async () => {
		const result = await runNode({
			parameters: { ...get, zone: locator('name', '={{ $json.site }}') },
			items: Array.from({ length: 100 }, () => ({ site: 'example.com' })),
		});
		expect(jsonOf(result)).toHaveLength(100);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			Array.from({ length: 100 }, (_, item) => ({ item })),
		);
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(1);
	});

	test('items that name a missing zone share the look-up too, and each gets its error', async () => {
		const result = await runNode({
			parameters: { ...get, zone: locator('name', '={{ $json.site }}') },
			items: Array.from({ length: 10 }, () => ({ site: 'missing.example' })),
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result).map(({ error }) => error)).toEqual(
			Array.from({ length: 10 }, () => expect.stringContaining('no zone named "missing.example"')),
		);
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(1);
	});
});

describe('Zone: Get Many', () => {
	test('Return All gives each zone once, with no page too many', async () => {
		const zones = await output(all);
		// 137 of the main account and 2 of the second; the internal one is left out.
		expect(zones).toHaveLength(139);
		expect(new Set(zones.map(({ id }) => id)).size).toBe(139);
		expect(callLines(cf)).toEqual(Array(3).fill('GET /zones 200'));
		expect(cf.calls.map(({ query }) => Object.fromEntries(query))).toEqual(
			['1', '2', '3'].map((page) => ({ page, per_page: '50' })),
		);
	});

	test.each([
		[1, 1, '5'],
		[7, 1, '7'],
		[50, 1, '50'],
		[51, 2, '50'],
		[100, 2, '50'],
		[101, 3, '50'],
		[1000, 3, '50'],
	])('Limit %i takes %i pages of %s', async (limit, pages, size) => {
		const zones = await output({ ...getAll, limit });
		expect(zones).toHaveLength(Math.min(limit, 139));
		expect(new Set(zones.map(({ id }) => id)).size).toBe(zones.length);
		expect(cf.calls).toHaveLength(pages);
		expect(Object.fromEntries(cf.calls[0].query)).toMatchObject({ per_page: size });
	});

	test('takes 50 when nothing is said', async () => {
		expect(await output(getAll)).toHaveLength(50);
		expect(cf.calls).toHaveLength(1);
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({ parameters: { ...all, filters: { name: 'none.example' } } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(cf.calls).toHaveLength(1);
	});

	test.each<[filters: object, options: object, wire: Record<string, string>, found: number]>([
		[{ name: 'example.com' }, {}, { name: 'example.com' }, 1],
		[{ name: 'example.com', nameOperator: 'equal' }, {}, { name: 'example.com' }, 1],
		[
			{ name: 'example.com', nameOperator: 'not_equal' },
			{},
			{ name: 'not_equal:example.com' },
			138,
		],
		[{ name: 'store-00', nameOperator: 'contains' }, {}, { name: 'contains:store-00' }, 9],
		[
			{ name: 'STORE', nameOperator: 'contains_case_sensitive' },
			{},
			{ name: 'contains_case_sensitive:STORE' },
			0,
		],
		[{ name: 'example.', nameOperator: 'starts_with' }, {}, { name: 'starts_with:example.' }, 3],
		[
			{ name: 'example.', nameOperator: 'starts_with_case_sensitive' },
			{},
			{ name: 'starts_with_case_sensitive:example.' },
			3,
		],
		[{ name: '.com', nameOperator: 'ends_with' }, {}, { name: 'ends_with:.com' }, 1],
		[
			{ name: '.com', nameOperator: 'ends_with_case_sensitive' },
			{},
			{ name: 'ends_with_case_sensitive:.com' },
			1,
		],
		[
			{ account: locator('id', seedIds.secondAccount) },
			{},
			{ 'account.id': seedIds.secondAccount },
			2,
		],
		[{ accountName: 'Example Corp' }, {}, { 'account.name': 'Example Corp' }, 137],
		[
			{ accountName: 'branch', accountNameOperator: 'contains' },
			{},
			{ 'account.name': 'contains:branch' },
			2,
		],
		[
			{ accountName: 'Odd: name', accountNameOperator: 'equal' },
			{},
			{ 'account.name': 'equal:Odd: name' },
			0,
		],
		[{ status: 'moved' }, {}, { status: 'moved' }, 1],
		[{ type: ['internal'] }, {}, { type: 'internal' }, 1],
		[{ type: ['partial', 'internal'] }, {}, { type: 'partial,internal' }, 5],
		[{ type: '={{ "partial" }}' }, {}, { type: 'partial' }, 4],
		[
			{ name: 'example.com', status: 'moved', match: 'any' },
			{},
			{ name: 'example.com', status: 'moved', match: 'any' },
			2,
		],
		[
			{ name: 'example.com', status: 'moved', match: 'all' },
			{},
			{ name: 'example.com', status: 'moved', match: 'all' },
			0,
		],
		[{}, { order: 'name', direction: 'desc' }, { order: 'name', direction: 'desc' }, 139],
		[{}, { order: 'account.name' }, { order: 'account.name' }, 139],
		[{}, { order: 'plan.id', direction: 'asc' }, { order: 'plan.id', direction: 'asc' }, 139],
	])('filter %j, options %j', async (filters, options, wire, found) => {
		expect(await output({ ...all, filters, options })).toHaveLength(found);
		for (const call of cf.calls) {
			expect(filtersOf(call)).toEqual(wire);
			// A repeated key would be another meaning.
			expect(new Set(call.query.map(([name]) => name)).size).toBe(call.query.length);
		}
	});

	test('keeps the order in which the API sorts, over all pages', async () => {
		const options = { order: 'name', direction: 'desc' };
		const names = (await output({ ...all, options })).map(({ name }) => String(name));
		expect(names).toEqual([...names].sort().reverse());
	});

	test('simplifies, and shows everything on wish', async () => {
		const filters = { name: 'example.com' };
		const [simple] = await output({ ...getAll, filters });
		expect(Object.keys(simple)).toHaveLength(10);
		expect(await output({ ...getAll, filters, simplify: false })).toEqual([
			cf.state.zones.get(zoneId),
		]);
	});

	test('links every zone to the item that asked for it', async () => {
		const result = await runNode({
			parameters: { ...all, filters: { name: '={{ $json.part }}', nameOperator: 'contains' } },
			items: [{ part: 'store-00' }, { part: 'nowhere' }, { part: 'example.com' }],
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			...Array(9).fill({ item: 0 }),
			{ item: 2 },
		]);
	});
});
