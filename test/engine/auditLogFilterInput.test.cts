// Filters that need more than a name on the wire: networks, zones, product categories; and input that is refused.
import { auditLog, filtersOnWire, lastMonth, v2Path } from '../support/auditLog.cjs';
import {
	callLines,
	locator,
	output,
	refusal,
	runLoadOptions,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const zone_id = seedIds.zones['example.com'];
const v2 = { ...auditLog, ...lastMonth };

describe('Networks', () => {
	const month = { ...auditLog, ...lastMonth };

	test.each(['203.0.113.64/26', '2001:db8:ff1::/48'])(
		'%s: v2 finds the same actors as v1, whose API takes networks',
		async (actorIp) => {
			const fromV1 = await output({
				...month,
				source: 'v1',
				returnAll: true,
				filters: { actorIp },
			});
			const fromV2 = await output({ ...month, returnAll: true, filters: { actorIp } });
			expect(filtersOnWire(cf.calls[0])).toEqual({ 'actor.ip': [actorIp] });
			expect(filtersOnWire(cf.calls.at(-1)!)).toEqual({});
			const actors = (events: typeof fromV1) => new Set(events.map(({ actor_ip }) => actor_ip));
			expect(fromV2.length).toBeGreaterThan(0);
			expect(actors(fromV2)).toEqual(actors(fromV1));
		},
	);

	test('Limit counts what was picked out, in the order of the API', async () => {
		const filters = { actorIp: '203.0.113.0/24' };
		const all = await output({ ...month, returnAll: true, filters });
		cf.calls.length = 0;
		expect(await output({ ...month, limit: 3, filters })).toEqual(all.slice(0, 3));
		expect(cf.calls).toHaveLength(1);
		expect(Object.fromEntries(cf.calls[0].query)).toMatchObject({ limit: '1000' });
	});

	test('excluded: addresses by the API, networks by the node, and events without an address stay', async () => {
		const actorIp = ['198.51.100.10', '203.0.113.0/24', '2001:db8::/32'];
		const events = await output({ ...month, returnAll: true, exclude: { actorIp } });
		expect(filtersOnWire(cf.calls[0])).toEqual({ 'actor_ip_address.not': ['198.51.100.10'] });
		const addresses = new Set(events.map(({ actor_ip }) => actor_ip));
		expect(addresses).toEqual(new Set(['192.0.2.50', '192.0.2.60', null]));
	});
});

describe('Zone', () => {
	const month = { ...auditLog, ...lastMonth };
	const zones = `GET /zones/${zone_id} 200`;

	test.each([
		['v2', locator('list', zone_id), [zones], { zone_id: [zone_id] }],
		['v2', locator('name', 'example.com'), ['GET /zones 200', zones], { zone_id: [zone_id] }],
		['v1', locator('id', zone_id), [zones], { 'zone.name': ['example.com'] }],
	])('%s, %j', async (source, zone, lookUps, wire) => {
		const items = [{}, {}];
		const events = await output({ ...month, source, filters: { zone }, limit: 5 }, { items });
		expect(events).toHaveLength(10);
		expect(new Set(events.map(({ zone_name }) => zone_name))).toEqual(new Set(['example.com']));
		expect(callLines(cf).slice(0, lookUps.length)).toEqual(lookUps);
		expect(cf.calls).toHaveLength(lookUps.length + 2);
		expect(filtersOnWire(cf.calls.at(-1)!)).toEqual(wire);
	});

	test('of another account is refused, instead of found empty', async () => {
		const zone = locator('name', 'branch.example');
		const text = await refusal({ ...month, filters: { zone } });
		expect(text).toContain('Zone: branch.example is in the account');
		expect(text).toContain(seedIds.secondAccount);
		expect(callLines(cf).some((line) => line.includes('audit'))).toBe(false);
	});
});

describe('Bad input is refused before any request', () => {
	test.each<[filters: object, exclude: object, says: string]>([
		[{ actorIp: '203.0.113.0/33' }, {}, 'Actor IP: got "203.0.113.0/33"'],
		[{ actorIp: '203.0.113' }, {}, 'Actor IP: got "203.0.113"'],
		[{ actorIp: 'example.com' }, {}, 'Actor IP: got "example.com"'],
		[{ actorEmail: '' }, {}, 'Actor Email: got an empty text'],
		[{ actionType: 'destroy' }, {}, 'One of: create, delete, login, update, view'],
		[{ result: 'maybe' }, {}, 'Result: got "maybe"'],
		[{ eventId: zone_id }, {}, 'Event ID: got'],
		[{ statusCode: '4xx' }, {}, 'Status Code: got "4xx"'],
		[{ statusCode: 99 }, {}, 'A whole number from 100 to 599'],
		[{ zone: locator('list', '') }, {}, 'Zone: nothing was chosen'],
		[{ zone: locator('id', 'example.com') }, {}, 'Zone: got "example.com"'],
		[{ productCategories: [] }, {}, 'Product Category: nothing was given'],
		[{}, { actorIp: ['10.0.0.1', 'x'] }, 'Exclude Actor IP: got "x"'],
		[{}, { result: ['success', 'odd'] }, 'Exclude Result: got "odd"'],
		[{}, { zoneId: ['example.com'] }, 'Exclude Zone ID: got "example.com"'],
		[{}, { eventId: [] }, 'Exclude Event ID: nothing was given'],
		[{}, { actorEmail: [''] }, 'Exclude Actor Email: nothing was given'],
	])('v2: filters %j, exclude %j', async (filters, exclude, says) => {
		expect(await refusal({ ...v2, filters, exclude })).toContain(says);
		expect(cf.calls).toEqual([]);
	});

	test.each<[parameters: object, says: string]>([
		[{ source: 'v1', filters: { eventId: 'x' } }, 'Event ID: got "x"'],
		[{ source: 'v1', filters: { actorIp: '1.2.3.4/40' } }, 'Actor IP: got "1.2.3.4/40"'],
		[{ source: 'v1', filters: { hideUserEvents: '={{ "perhaps" }}' } }, 'Hide User Events: got'],
		[
			{ source: 'v1', filters: { zoneName: 'a.example', zone: locator('name', 'b.example') } },
			'Zone Name: Zone is chosen too',
		],
		[{ source: 'v3' }, 'Source: got "v3"'],
		[{ options: { direction: 'sideways' } }, 'Direction: got "sideways"'],
		[{ limit: 0 }, 'Limit: got 0'],
	])('%j', async (parameters, says) => {
		expect(await refusal({ ...v2, ...parameters })).toContain(says);
		expect(cf.calls).toEqual([]);
	});

	test('a category that Cloudflare does not know is said by Cloudflare', async () => {
		const filters = { productCategories: ['dns', 'nonsense'] };
		expect(await refusal({ ...v2, filters })).toContain("unknown product category 'nonsense'");
	});
});

describe('Product categories in the editor', () => {
	const parameters = auditLog;

	test('come from the API', async () => {
		const options = await runLoadOptions('getProductCategories', { parameters });
		expect(options).toContainEqual({
			name: 'DNS',
			value: 'dns',
			description: 'DNS records, DNSSEC',
		});
		expect(callLines(cf)).toEqual([`GET ${v2Path}/product_categories 200`]);
	});

	test('a credential that is not good is said in words', async () => {
		const credentials = tokenCredential({ apiToken: 'cfut_wrong' });
		await expect(
			runLoadOptions('getProductCategories', { parameters, credentials }),
		).rejects.toThrow(/Cloudflare/);
	});
});
