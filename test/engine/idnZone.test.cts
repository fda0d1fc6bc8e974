/** Cloudflare answers with the Unicode name of a zone and with the Punycode names of its records. */
import {
	jsonOf,
	locator,
	mainAccount,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { stored } from '../support/dnsRecords.cjs';

const cf = useCloudflare();

const UNICODE = 'bücher.example';
const PUNYCODE = 'xn--bcher-kva.example';
const id = 'b'.repeat(32);
const filters = ['unicode', 'punycode'] as const;

beforeEach(() => {
	const zone = cf.state.zones.get(seedIds.zones['example.com']);
	if (zone) cf.state.zones.set(id, { ...zone, id, name: PUNYCODE });
});

const lookUps = () => cf.calls.filter(({ path }) => path === '/zones').length;
const operation = (resource: string, name: string) => ({
	authentication: 'token',
	resource,
	operation: name,
});

describe.each(filters)('the list of zones compares names in %s', (form) => {
	beforeEach(() => {
		cf.state.zoneNameFilter = form;
	});

	test.each([UNICODE, 'Bücher.EXAMPLE.', PUNYCODE])('%s is found by name', async (name) => {
		const [zone] = await output({ ...operation('zone', 'get'), zone: locator('name', name) });
		expect(zone).toMatchObject({ id, name: UNICODE });
	});

	test('it is one of several zones', async () => {
		const several = { searchIn: 'several', zones: `example.net, ${UNICODE}`, returnAll: true };
		const records = await output({ ...operation('dnsRecord', 'getAll'), ...several });
		expect(new Set(records.map(({ zone_name }) => zone_name))).toEqual(
			new Set(['example.net', UNICODE]),
		);
	});

	test('an address is blocked in it', async () => {
		const [result] = await output({
			...operation('ipBlock', 'block'),
			addresses: '198.51.100.77',
			method: 'accessRule',
			zonesFrom: 'several',
			zones: PUNYCODE,
			account: mainAccount,
		});
		expect(result).toMatchObject({ outcome: 'blocked' });
	});

	test('its permissions are checked', async () => {
		const check = operation('connection', 'checkPermissions');
		const [report] = await output({ ...check, zone: locator('name', PUNYCODE) });
		expect(report.asked_about).toMatchObject({ zone_id: id, zone_name: UNICODE });
	});

	test.each([
		['xn--nowhere-n2a.example', 2],
		['nowhere.example', 1],
	])('%s is not there: %i look-ups', async (name, count) => {
		const parameters = { ...operation('zone', 'get'), zone: locator('name', name) };
		expect(await refusal(parameters)).toContain(`no zone named "${name}" is visible`);
		expect(lookUps()).toBe(count);
	});
});

describe.each([locator('id', id), locator('name', UNICODE)])('records of the zone %j', (zone) => {
	const upsert = { ...operation('dnsRecord', 'upsert'), zone, type: 'A' };

	test.each(['block', `block.${UNICODE}`, `Block.${PUNYCODE}.`])('one record %s', async (name) => {
		const result = await runNode({
			parameters: { ...upsert, name, content: '={{ $json.ip }}' },
			items: [{ ip: '192.0.2.1' }, { ip: '192.0.2.2' }, { ip: '192.0.2.2' }],
		});
		expect(jsonOf(result).map(({ outcome }) => outcome)).toEqual([
			'created',
			'updated',
			'unchanged',
		]);
		const made = stored(cf, id).filter((record) => record.name.startsWith('block.'));
		expect(made).toMatchObject([{ name: `block.${PUNYCODE}`, content: '192.0.2.2' }]);
	});

	test('the zone itself', async () => {
		const [made] = await output({ ...upsert, name: UNICODE, content: '192.0.2.1' });
		expect(made).toMatchObject({ name: PUNYCODE, content: '192.0.2.1' });
		const [again] = await output({ ...upsert, name: '@', content: '192.0.2.1' });
		expect(again).toMatchObject({ id: made.id, outcome: 'unchanged' });
	});
});
