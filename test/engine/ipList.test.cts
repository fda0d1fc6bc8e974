import { refuses, ID_EXPECTED } from '../support/badInput.cjs';
import {
	locator,
	mainAccount,
	output,
	refusal,
	runListSearch,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const account = seedIds.mainAccount;
const office = seedIds.lists.officeNetwork;
const base = { authentication: 'token', resource: 'ipList', account: mainAccount };
const create = (name: unknown, more: object = {}) => ({
	...base,
	operation: 'create',
	name,
	...more,
});
const of = (operation: string, list: object, more: object = {}) => ({
	...base,
	operation,
	list,
	...more,
});
const dryRun = { options: { dryRun: true } };
const named = (name: string) => cf.state.lists.named(account, name);
const asn = () =>
	cf.state.lists.add(
		{ accountId: account, name: 'systems', kind: 'asn', description: '' },
		'a'.repeat(32),
	);

describe('IP List: Create', () => {
	test('an empty list of addresses', async () => {
		const [list] = await output(create('blocklist', { description: 'Made by playbooks' }));
		expect(list).toMatchObject({
			name: 'blocklist',
			kind: 'ip',
			description: 'Made by playbooks',
			num_items: 0,
		});
		expect(named('blocklist')).toMatchObject({ id: list.id, kind: 'ip' });
	});

	test.each(['cutBefore', 'cutAfter'] as const)('%s: made once', async (kind) => {
		cf.faults.add({ kind, match: { method: 'POST' } });
		const [list] = await output(create('blocklist'));
		expect(named('blocklist')?.id).toBe(list.id);
		expect(cf.state.changes).toHaveLength(1);
	});

	test('one that is there is refused, with what it is', async () => {
		expect(await refusal(create('office_network'))).toContain(
			`Name: there is a list office_network already, of the kind ip with 2 items and the ID ${office}`,
		);
		expect(cf.state.changes).toEqual([]);
	});

	test('no room for another list is said as a limit of the plan', async () => {
		cf.state.lists.limits.set(account, { lists: 1 });
		expect(await refusal(create('blocklist'))).toContain(
			'A limit of the Cloudflare plan is reached',
		);
	});

	test('Dry Run shows the request, and sends none', async () => {
		const [item] = await output(create('blocklist', dryRun));
		expect(item).toEqual({
			dryRun: true,
			effect: 'An empty list blocklist would be created',
			request: {
				method: 'POST',
				path: `/accounts/${account}/rules/lists`,
				body: { name: 'blocklist', kind: 'ip', description: '' },
			},
		});
		expect(cf.state.changes).toEqual([]);
	});

	test('the permission that is missing is named', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		expect(await refusal(create('blocklist'), { credentials })).toContain(
			'Account → Account Filter Lists → Edit',
		);
	});
});

describe('IP List: Get and Get Many', () => {
	test.each([
		['name', locator('name', 'office_network')],
		['name as expressions write it', locator('name', '$office_network')],
		['ID', locator('id', office)],
	])('by %s', async (_what, list) => {
		expect(await output(of('get', list))).toEqual([
			expect.objectContaining({ id: office, name: 'office_network', num_items: 2 }),
		]);
	});

	test('lists of addresses; other kinds on choice', async () => {
		asn();
		const names = async (more: object = {}) =>
			(await output({ ...base, operation: 'getAll', ...more })).map(({ name }) => name);
		expect(await names()).toEqual(['office_network']);
		expect(await names({ options: { otherKinds: true } })).toEqual(['office_network', 'systems']);
		expect(await names({ options: { otherKinds: true }, limit: 1 })).toHaveLength(1);
	});

	test('a list of another kind under the name is refused', async () => {
		asn();
		for (const operation of ['get', 'addItems', 'delete'])
			expect(
				await refusal(of(operation, locator('name', 'systems'), { addresses: '203.0.113.7' })),
			).toContain('List: systems is a list of another kind: "asn"');
		expect(cf.state.changes).toEqual([]);
	});

	test('none of that name: those that there are', async () => {
		expect(await refusal(of('get', locator('name', 'nothing')))).toMatch(
			/there is no list named nothing.*office_network/,
		);
	});

	test('the picker shows lists of addresses', async () => {
		asn();
		const parameters = of('get', locator('list', ''));
		const { results } = await runListSearch('searchLists', { parameters });
		expect(results).toEqual([
			{ name: 'office_network (2 items)', value: office, description: 'Where our people work' },
		]);
		expect((await runListSearch('searchLists', { parameters, filter: 'x' })).results).toEqual([]);
	});
});

describe('IP List: Delete', () => {
	const spare = () => {
		const list = cf.state.lists.add(
			{ accountId: account, name: 'spare', kind: 'ip', description: 'Old' },
			'b'.repeat(32),
		);
		cf.state.lists.fill(list, ['203.0.113.7'], 'By hand');
	};

	test('gone, with the list as it was, on choice with its items', async () => {
		spare();
		const [item] = await output(
			of('delete', locator('name', 'spare'), { options: { includeItems: true } }),
		);
		expect(item).toMatchObject({
			deleted: true,
			list: {
				name: 'spare',
				description: 'Old',
				items: [{ ip: '203.0.113.7', comment: 'By hand' }],
			},
		});
		expect(named('spare')).toBeUndefined();
		expect(named('office_network')).toBeDefined();
	});

	test.each(['cutBefore', 'cutAfter'] as const)('%s: deleted', async (kind) => {
		spare();
		cf.faults.add({ kind, match: { method: 'DELETE' } });
		expect((await output(of('delete', locator('name', 'spare'))))[0]).toMatchObject({
			deleted: true,
		});
		expect(named('spare')).toBeUndefined();
	});

	test('one that rules use is refused, with how many', async () => {
		expect(await refusal(of('delete', locator('id', office)))).toMatch(
			/List: \d+ rules use \$office_network, so Cloudflare does not delete it/,
		);
		expect(named('office_network')).toBeDefined();
	});

	test('Dry Run tells both', async () => {
		spare();
		const effect = async (name: string) =>
			(await output(of('delete', locator('name', name), dryRun)))[0].effect;
		expect(await effect('spare')).toBe('The list spare with 1 items would be deleted');
		expect(await effect('office_network')).toMatch(/Cloudflare would refuse it/);
		expect(named('spare')).toBeDefined();
	});
});

const to = (addresses: unknown, more: object = {}) =>
	of('addItems', locator('id', office), { addresses, ...more });
refuses('IP List: refused before any request', cf, [
	['a name with capitals', create('Blocklist'), 'Name: got "Blocklist"', 'Small letters'],
	['a name with a hyphen', create('block-list'), 'Name: got', 'Small letters'],
	['no name', create(''), 'Name: got an empty text', 'Small letters'],
	['a long name', create('x'.repeat(51)), 'Name: got', 'at most 50'],
	[
		'a long description',
		create('x', { description: 'x'.repeat(501) }),
		'Description: got 501',
		'At most 500',
	],
	['no list', of('get', locator('list', '')), 'List: nothing was chosen', 'A list'],
	['an empty name of a list', of('get', locator('name', '')), 'List: By Name', 'An ID or a name'],
	['a name as ID', of('get', locator('id', 'office_network')), 'List: got', ID_EXPECTED],
	[
		'an account that is none',
		{ ...of('get', locator('id', office)), account: locator('id', 'x') },
		'Account: got',
		ID_EXPECTED,
	],
	['no address', to(' , '), 'Addresses: got nothing', 'At least one'],
	[
		'a host',
		to('203.0.113.7, host.example'),
		'Addresses: "host.example" is no IP',
		'Addresses such as',
	],
	['octal', to('203.0.113.010'), 'Addresses: "203.0.113.010" is no IP', 'Addresses such as'],
	['a number', to('={{ 3405803783 }}'), 'Addresses: got 3405803783', 'Texts'],
	['IPv4 /7', to('2.0.0.0/7'), 'Addresses: 2.0.0.0/7 is wider than /', 'IPv4 networks from /8'],
	['everything', to('0.0.0.0/0'), 'Addresses: 0.0.0.0/0 is wider than /', 'IPv4 networks from /8'],
	['IPv6 /11', to('2000::/11'), 'Addresses: 2000::/11 is wider than /', 'IPv6 networks from /12'],
	[
		'a long comment',
		to('203.0.113.7', { additionalFields: { comment: 'x'.repeat(501) } }),
		'Comment: got 501',
		'At most 500',
	],
	[
		'an unclear Dry Run',
		to('203.0.113.7', { options: { dryRun: '={{ "perhaps" }}' } }),
		'Dry Run: got',
		'true or false',
	],
]);
