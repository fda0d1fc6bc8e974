import { refuses, ID_EXPECTED } from '../support/badInput.cjs';
import {
	filtersOf,
	locator,
	mainAccount,
	output,
	refusal,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const account = seedIds.mainAccount;
const rules = `/zones/${com}/firewall/access_rules/rules`;
const base = { authentication: 'token', resource: 'ipAccessRule', zone: locator('id', com) };
const getAll = (more: object = {}) => ({ ...base, operation: 'getAll', ...more });
const remove = (more: object) => ({ ...base, operation: 'delete', ...more });
const ofAccount = { scope: 'account', account: mainAccount };
const zoneScope = { level: 'zone', id: com } as const;
const accountScope = { level: 'account', id: account } as const;

const given = (
	target: string,
	value: string,
	more: { mode?: string; notes?: string } = {},
	scope: typeof zoneScope | typeof accountScope = zoneScope,
) =>
	cf.state.accessRules.create(scope, { mode: 'block', configuration: { target, value }, ...more });
const values = (items: Array<Record<string, unknown>>) =>
	items.map(({ configuration }) => (configuration as { value: string }).value);

describe('IP Access Rule: Get Many', () => {
	const every = () => {
		given('ip', '203.0.113.7', { notes: 'Case 4711' });
		given('ip6', '2001:db8::7', { mode: 'challenge' });
		given('ip_range', '198.51.100.0/24', { mode: 'whitelist', notes: 'Office' });
		given('asn', 'AS64496', { notes: 'case 4712' });
		given('country', 'T1', { mode: 'managed_challenge' });
		given('ip', '192.0.2.1', { notes: 'For all' }, accountScope);
	};

	test('the rules of a zone, those from above marked', async () => {
		every();
		const items = await output(getAll());
		expect(items).toHaveLength(6);
		expect(items.filter(({ inherited }) => inherited).map(({ notes }) => notes)).toEqual([
			'For all',
		]);
		expect(values(await output(getAll(ofAccount)))).toEqual(['192.0.2.1']);
	});

	test.each<[what: string, filters: object, found: string[]]>([
		['mode', { mode: 'challenge' }, ['2001:0db8:0000:0000:0000:0000:0000:0007']],
		['target', { target: 'asn' }, ['AS64496']],
		[
			'the target that Cloudflare does not filter by',
			{ target: 'ip6' },
			['2001:0db8:0000:0000:0000:0000:0000:0007'],
		],
		['a short IPv6 address', { value: '2001:DB8::7' }, ['2001:0db8:0000:0000:0000:0000:0000:0007']],
		['a range', { value: '198.51.100.9/24' }, ['198.51.100.0/24']],
		['a system in small letters', { value: 'as64496' }, ['AS64496']],
		['notes', { notes: 'CASE' }, ['203.0.113.7', 'AS64496']],
		['all of two', { notes: 'case', target: 'ip' }, ['203.0.113.7']],
		['any of two', { match: 'any', target: 'country', value: 'AS64496' }, ['AS64496', 'T1']],
	])('filter: %s', async (_what, filters, found) => {
		every();
		expect(values(await output(getAll({ filters })))).toEqual(found);
	});

	test('sorted as wanted', async () => {
		every();
		const items = await output(
			getAll({ options: { order: 'configuration.value', direction: 'desc' } }),
		);
		expect(values(items)).toEqual([...values(items)].sort().reverse());
		expect(filtersOf(cf.calls[0])).toEqual({ order: 'configuration.value', direction: 'desc' });
	});

	test('Limit and Return All', async () => {
		for (let index = 0; index < 230; index += 1) given('ip', `198.51.100.${index}`);
		expect(await output(getAll())).toHaveLength(50);
		expect(cf.calls).toHaveLength(1);
		expect(await output(getAll({ limit: 7 }))).toHaveLength(7);
		cf.calls.length = 0;
		const items = await output(getAll({ returnAll: true }));
		expect(new Set(items.map(({ id }) => id)).size).toBe(230);
		console.log(`ipAccessRule:getAll: ${cf.calls.length} calls for 230 rules`);
		expect(cf.calls).toHaveLength(3);
		expect(await output(getAll({ limit: 3, filters: { target: 'ip6' } }))).toEqual([]);
	});
});

describe('IP Access Rule: Delete', () => {
	test.each([
		['by value', (_id: string) => ({ value: '2001:DB8:0::7' })],
		['by ID', (ruleId: string) => ({ ruleBy: 'id', ruleId })],
	])('%s: gone, with the rule as it was, and the others stay', async (_what, choice) => {
		const rule = given('ip6', '2001:db8::7', { notes: 'Case 4711', mode: 'challenge' });
		const other = given('ip', '203.0.113.7');
		const above = given('ip6', '2001:db8::7', {}, accountScope);
		const [item] = await output(remove(choice(rule.id)));
		expect(item).toEqual({
			deleted: true,
			rule: expect.objectContaining({
				id: rule.id,
				mode: 'challenge',
				notes: 'Case 4711',
				configuration: rule.configuration,
			}) as unknown,
		});
		expect(cf.state.accessRules.all()).toEqual([other, above]);
	});

	test.each([
		['by value', (_id: string) => ({ value: '203.0.113.7' }), 'Value'],
		['by ID', (ruleId: string) => ({ ruleBy: 'id', ruleId }), 'Rule ID'],
	])('%s: a rule of the account is refused, with the reason', async (_what, choice, field) => {
		const { id } = given('ip', '203.0.113.7', {}, accountScope);
		const text = await refusal(remove(choice(id)));
		expect(text).toContain(`${field}: the rule belongs to the account Example Corp`);
		expect(text).toContain('Scope Account');
		expect(cf.state.accessRules.all()).toHaveLength(1);
		await output(remove({ ...choice(id), ...ofAccount }));
		expect(cf.state.accessRules.all()).toEqual([]);
	});

	test('none there: said so', async () => {
		expect(await refusal(remove({ value: '203.0.113.7' }))).toContain(
			'Value: this zone has no rule for "203.0.113.7"',
		);
		const missing = remove({ ruleBy: 'id', ruleId: '0123456789abcdef0123456789abcdef' });
		expect(await refusal(missing)).toContain('Cloudflare has nothing under this ID');
	});

	test.each(['cutBefore', 'cutAfter'] as const)('%s: deleted', async (kind) => {
		given('ip', '203.0.113.7');
		cf.faults.add({ kind, match: { method: 'DELETE' } });
		expect((await output(remove({ value: '203.0.113.7' })))[0]).toMatchObject({ deleted: true });
		expect(cf.state.accessRules.all()).toEqual([]);
	});

	test('Dry Run shows the request, and sends none', async () => {
		const { id } = given('ip', '203.0.113.7');
		const [item] = await output(remove({ value: '203.0.113.7', options: { dryRun: true } }));
		expect(item).toEqual({
			dryRun: true,
			effect: 'The rule for 203.0.113.7 would be deleted',
			request: { method: 'DELETE', path: `${rules}/${id}` },
			rule: expect.objectContaining({ id }) as unknown,
		});
		expect(cf.state.accessRules.all()).toHaveLength(1);
	});
});

const byId = (ruleId: string) => remove({ ruleBy: 'id', ruleId });
const filtered = (filters: object) => getAll({ filters });
refuses('IP Access Rule: refused before any request', cf, [
	['Delete: an address as ID', byId('203.0.113.7'), 'Rule ID: got', ID_EXPECTED],
	['Delete: nothing', remove({ value: '' }), 'Value: got an empty text', 'An address'],
	[
		'Delete: a bad range',
		remove({ value: '203.0.113.0/25' }),
		'Value: IP access rules take no',
		'203.0.113.0/24',
	],
	[
		'Filter: an empty value',
		filtered({ value: '' }),
		'Value: got an empty text',
		'remove this filter',
	],
	['Filter: no value that a rule has', filtered({ value: 'x' }), 'Value: got "x"', 'two letters'],
	['Filter: a target', filtered({ target: '={{ "x" }}' }), 'Target: got "x"', 'One of: asn'],
	[
		'Filter: any of ip6',
		filtered({ target: 'ip6', match: 'any' }),
		'Match: Any Filter',
		'All Filters',
	],
	['Sort By', getAll({ options: { order: '={{ "id" }}' } }), 'Sort By: got "id"', 'One of:'],
	['Limit', getAll({ limit: 0 }), 'Limit: got 0', 'A whole number'],
]);
