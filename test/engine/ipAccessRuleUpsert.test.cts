import {
	locator,
	mainAccount,
	output,
	refusal,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const account = seedIds.mainAccount;
const rules = `/zones/${com}/firewall/access_rules/rules`;
const base = { authentication: 'token', resource: 'ipAccessRule' };
const upsert = { ...base, operation: 'upsert', zone: locator('id', com) };
const block = (value: unknown, more: object = {}) => ({ ...upsert, value, ...more });
const zoneScope = { level: 'zone', id: com } as const;
const accountScope = { level: 'account', id: account } as const;
const methods = () => cf.calls.map(({ method }) => method);
const writes = () => cf.calls.filter(({ method }) => method !== 'GET');

/** A rule that was there before. */
const given = (
	target: string,
	value: string,
	more: { mode?: string; notes?: string } = {},
	scope: typeof zoneScope | typeof accountScope = zoneScope,
) =>
	cf.state.accessRules.create(scope, { mode: 'block', configuration: { target, value }, ...more });
const snapshot = () => structuredClone(cf.state.accessRules.all());

describe('IP Access Rule: Create or Update', () => {
	test.each<[value: unknown, target: string, kept: string, more: object]>([
		['203.0.113.7', 'ip', '203.0.113.7', {}],
		[' 203.0.113.7/32 ', 'ip', '203.0.113.7', {}],
		['203.0.113.7/24', 'ip_range', '203.0.113.0/24', {}],
		['203.0.0.0/16', 'ip_range', '203.0.0.0/16', { target: 'ip_range' }],
		['2001:DB8::7', 'ip6', '2001:0db8:0000:0000:0000:0000:0000:0007', {}],
		['::ffff:203.0.113.7', 'ip', '203.0.113.7', {}],
		['2001:db8:1::/48', 'ip_range', '2001:0db8:0001:0000:0000:0000:0000:0000/48', {}],
		['2001:db8::/32', 'ip_range', '2001:0db8:0000:0000:0000:0000:0000:0000/32', {}],
		['2001:db8::/64', 'ip_range', '2001:0db8:0000:0000:0000:0000:0000:0000/64', {}],
		['as64496', 'asn', 'AS64496', { target: 'asn' }],
		['={{ 64496 }}', 'asn', 'AS64496', { target: 'asn' }],
		['de', 'country', 'DE', { target: 'country', mode: 'challenge' }],
		['T1', 'country', 'T1', { target: 'country', mode: 'managed_challenge' }],
	])('%j becomes a rule for the %s %s, once', async (value, target, kept, more) => {
		const [item] = await output(block(value, more));
		expect(item).toMatchObject({
			configuration: { target, value: kept },
			created: true,
			changed: [],
			previous: null,
			inherited: false,
		});
		expect(methods()).toEqual(['GET', 'POST']);
		const before = snapshot();
		const [again] = await output(block(value, more));
		expect(again).toMatchObject({ id: item.id, created: false, changed: [], previous: null });
		expect(methods()).toEqual(['GET', 'POST', 'GET']);
		expect(snapshot()).toEqual(before);
	});

	test.each(['block', 'challenge', 'js_challenge', 'managed_challenge', 'whitelist'])(
		'mode %s, with notes',
		async (mode) => {
			const additionalFields = { notes: 'Case 4711' };
			const [item] = await output(block('203.0.113.7', { mode, additionalFields }));
			expect(item).toMatchObject({ mode, notes: 'Case 4711', created: true });
		},
	);

	test('an account is a scope too', async () => {
		const [item] = await output(block('203.0.113.7', { scope: 'account', account: mainAccount }));
		expect(item).toMatchObject({ created: true, scope: { id: account } });
		expect(item).not.toHaveProperty('inherited');
		expect(cf.state.accessRules.of(accountScope)).toHaveLength(1);
	});

	test('another mode: updated, with what it was; notes and other rules stay', async () => {
		const rule = given('ip', '203.0.113.7', { mode: 'challenge', notes: 'By hand' });
		given('ip', '203.0.113.8');
		given('ip', '203.0.113.7', { mode: 'whitelist' }, accountScope);
		const others = snapshot().filter(({ id }) => id !== rule.id);
		const [item] = await output(block('203.0.113.7'));
		expect(item).toMatchObject({
			id: rule.id,
			mode: 'block',
			notes: 'By hand',
			created: false,
			changed: ['mode'],
			previous: { mode: 'challenge', notes: 'By hand' },
		});
		expect(snapshot().filter(({ id }) => id !== rule.id)).toEqual(others);
	});

	test('notes are changed when they are given, also to nothing', async () => {
		given('ip6', '2001:db8::7', { notes: 'Old' });
		const [item] = await output(block('2001:db8:0::7', { additionalFields: { notes: '' } }));
		expect(item).toMatchObject({ notes: '', changed: ['notes'], previous: { notes: 'Old' } });
	});

	test('a rule of the account is not the one of the zone', async () => {
		const inherited = given('ip', '203.0.113.7', { mode: 'whitelist' }, accountScope);
		const [item] = await output(block('203.0.113.7'));
		expect(item).toMatchObject({ created: true });
		expect(item.id).not.toBe(inherited.id);
		expect(cf.state.accessRules.of(accountScope)).toEqual([inherited]);
	});

	test('two runs at the same time: one rule', async () => {
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: rules } });
		const results = await Promise.all([
			output(block('203.0.113.7')),
			output(block('203.0.113.7', { mode: 'whitelist' })),
		]);
		expect(results.map(([{ created }]) => created).sort()).toEqual([false, true]);
		expect(cf.state.accessRules.all()).toHaveLength(1);
	});

	test('a rule that Cloudflare keeps in another spelling is found all the same', async () => {
		given('ip6', '2001:db8::7', { mode: 'challenge' });
		// Neither spelling finds it.
		const empty = JSON.stringify({ success: true, errors: [], messages: [], result: [] });
		const match = { method: 'GET', path: rules };
		cf.faults.add({ kind: 'body', body: empty, match, times: 3 });
		const [item] = await output(block('2001:db8::7'));
		expect(item).toMatchObject({ created: false, previous: { mode: 'challenge' } });
		expect(methods()).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'PATCH']);
	});

	test.each(['cutBefore', 'cutAfter'] as const)(
		'%s at the POST: one rule, created',
		async (kind) => {
			cf.faults.add({ kind, match: { method: 'POST' } });
			expect((await output(block('203.0.113.7')))[0]).toMatchObject({ created: true });
			expect(cf.state.accessRules.all()).toHaveLength(1);
		},
	);

	test.each(['cutBefore', 'cutAfter'] as const)('%s at the PATCH: updated', async (kind) => {
		given('ip', '203.0.113.7', { mode: 'challenge' });
		cf.faults.add({ kind, match: { method: 'PATCH' } });
		const [item] = await output(block('203.0.113.7'));
		expect(item).toMatchObject({ mode: 'block', previous: { mode: 'challenge' } });
	});

	test('deleted by somebody in between: created again', async () => {
		const rule = given('ip', '203.0.113.7', { mode: 'challenge' });
		// The look still shows it.
		cf.state.accessRules.remove(rule, 'none');
		const body = {
			success: true,
			errors: [],
			messages: [],
			result: [{ ...rule, scope: { id: com, type: 'zone' } }],
		};
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify(body),
			match: { method: 'GET', path: rules },
		});
		expect((await output(block('203.0.113.7')))[0]).toMatchObject({ created: true });
	});

	test('each item has its own result', async () => {
		const items = [{ ip: '203.0.113.7' }, { ip: '203.0.113.0/25' }, { ip: '203.0.113.7' }];
		const result = await runNode({
			parameters: block('={{ $json.ip }}'),
			items,
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.created ?? json.error, pairedItem]),
		).toEqual([
			[true, { item: 0 }],
			[expect.stringMatching(/^Value: IP access rules take no 203\.0\.113\.0\/25/), { item: 1 }],
			[false, { item: 2 }],
		]);
	});

	test('a country cannot be blocked below Enterprise: said as a matter of the plan', async () => {
		expect(await refusal(block('DE', { target: 'country' }))).toMatch(/plan.*not_entitled/is);
	});

	test('the permission that is missing is named by its scope', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		expect(await refusal(block('203.0.113.7'), { credentials })).toContain(
			'Zone → Firewall Services → Edit',
		);
	});
});

describe('IP Access Rule: Create or Update with Dry Run', () => {
	const dry = (value: string, more: object = {}) =>
		block(value, { options: { dryRun: true }, ...more });

	test('shows the request that would be sent, and sends no write', async () => {
		const [item] = await output(dry('203.0.113.7'));
		expect(item).toEqual({
			dryRun: true,
			effect: 'A rule for 203.0.113.7 with the mode block would be created',
			request: {
				method: 'POST',
				path: rules,
				body: { mode: 'block', configuration: { target: 'ip', value: '203.0.113.7' }, notes: '' },
			},
			rule: null,
		});
		expect(writes()).toEqual([]);
		await output(block('203.0.113.7'));
		expect(writes().map(({ method, path, body }) => ({ method, path, body }))).toEqual([
			item.request,
		]);
	});

	test('of an update, with the rule as it is; and of nothing', async () => {
		const { id } = given('ip', '203.0.113.7', { mode: 'challenge' });
		const [item] = await output(dry('203.0.113.7'));
		expect(item).toMatchObject({
			effect: 'The rule for 203.0.113.7 would be updated: mode from "challenge"',
			request: { method: 'PATCH', path: `${rules}/${id}` },
			rule: { id, mode: 'challenge' },
		});
		const [same] = await output(dry('203.0.113.7', { mode: 'challenge' }));
		expect(same).toMatchObject({ request: null, rule: { id } });
		expect(writes()).toEqual([]);
	});
});
