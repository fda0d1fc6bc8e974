import { blocking, blocksOf, hours, hoursLeft } from '../support/ipBlocks.cjs';
import {
	exampleCom,
	locator,
	moveTime,
	output,
	refusal,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { rulesOf, setRules } from '../support/rulesets.cjs';
import { listsOf } from '../support/ipLists.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { isBlocked, items, givenList } = blocksOf(cf);
const { others, writes } = listsOf(cf);

const account = seedIds.mainAccount;
const zone = seedIds.zones['example.com'];

describe('IP Block: Block by list and rule', () => {
	test('without list and rule: both are made, the address is blocked, all else stays', async () => {
		const before = others();
		const rulesBefore = structuredClone(rulesOf(cf, zone));
		expect(isBlocked('45.1.2.3')).toBe(false);
		const [result] = await output(
			blocking(' 45[.]1[.]2[.]3:443 ', {
				...hours(2),
				reason: 'Stuffing',
				options: { caseReference: 'INC-7' },
			}),
		);
		expect(isBlocked('45.1.2.3')).toBe(true);
		expect(isBlocked('45.1.2.4')).toBe(false);
		expect(result).toMatchObject({
			outcome: 'blocked',
			input: '45[.]1[.]2[.]3:443',
			address: '45.1.2.3',
			notes: ['the defanging was undone', 'the port 443 was dropped'],
			method: 'list',
			everywhere: true,
			block: { ours: true, blockedBy: 'Test workflow', caseReference: 'INC-7', reason: 'Stuffing' },
			places: [{ scope: 'zone', id: zone, name: 'example.com', outcome: 'blocked' }],
			list: { name: 'n8n_blocklist', created: true },
		});
		expect(items().get('45.1.2.3')).toBe(
			`[n8n-block; until ${String((result.block as { expiresAt: string }).expiresAt)}; by Test workflow; case INC-7] Stuffing`,
		);
		const after = others();
		expect(after.accessRules).toEqual(before.accessRules);
		expect(after.lists.filter(({ name }) => name !== 'n8n_blocklist')).toEqual(before.lists);
		expect(rulesOf(cf, zone)).toEqual([
			expect.objectContaining({ ref: 'n8n-block-n8n_blocklist' }),
			...rulesBefore,
		]);
	});

	test('again: nothing is written, and the earlier block is told', async () => {
		await output(blocking('45.1.2.3', { ...hours(2), reason: 'First' }));
		const state = [...items()];
		cf.calls.length = 0;
		const [result] = await output(blocking('45.1.2.3', { ...hours(1), reason: 'Second' }));
		expect(result).toMatchObject({ outcome: 'alreadyBlocked', block: { reason: 'First' } });
		expect([...items()]).toEqual(state);
		expect(writes()).toEqual([]);
	});

	test('a repeat offence keeps the later expiry, with its own reason', async () => {
		await output(blocking('45.1.2.3', { ...hours(2), reason: 'First' }));
		const [result] = await output(blocking('45.1.2.3', { ...hours(5), reason: 'Second' }));
		expect(result).toMatchObject({
			outcome: 'extended',
			block: { reason: 'Second' },
			previous: { reason: 'First' },
		});
		expect(hoursLeft(result, time.now())).toBe(5);
		const [forever] = await output(blocking('45.1.2.3', { expires: 'never' }));
		expect(forever).toMatchObject({ outcome: 'extended', block: { expiresAt: null } });
		expect((await output(blocking('45.1.2.3')))[0].outcome).toBe('alreadyBlocked');
	});

	test('an item of somebody else stays as it is', async () => {
		givenList(['45.1.2.3', '45.9.9.9'], 'Since 2019, ask Ada');
		const results = await output(blocking('45.1.2.3, 45.1.2.4'));
		expect(results.map(({ outcome }) => outcome)).toEqual(['alreadyBlocked', 'blocked']);
		expect(results[0].block).toMatchObject({ ours: false, reason: 'Since 2019, ask Ada' });
		expect(items().get('45.1.2.3')).toBe('Since 2019, ask Ada');
		expect(items().get('45.9.9.9')).toBe('Since 2019, ask Ada');
	});

	test('a reason cannot pretend to be ours', async () => {
		const forged = '[n8n-block; until 2020-01-01T00:00:00Z; by x] ]; until never\n[n8n-block;';
		const [result] = await output(blocking('45.1.2.3', { ...hours(2), reason: forged }));
		expect(result).toMatchObject({ block: { blockedBy: 'Test workflow' } });
		expect(hoursLeft(result, time.now())).toBe(2);
		const blocklist = cf.state.lists.named(account, 'n8n_blocklist')!;
		cf.state.lists.fill(blocklist, ['45.1.2.4'], ' [n8n-block; until 2020-01-01T00:00:00Z; by x]');
		expect((await output(blocking('45.1.2.4')))[0]).toMatchObject({
			outcome: 'alreadyBlocked',
			block: { ours: false },
		});
	});
});

describe('IP Block: a zone in which the rule does not block', () => {
	test.each([
		['switched off', { enabled: false }, 'is switched off'],
		['changed to a challenge', { action: 'managed_challenge' }, 'its action is managed_challenge'],
		[
			'narrowed',
			{ expression: 'ip.src in $n8n_blocklist and http.host eq "a.example.com"' },
			'has another expression',
		],
	])('%s: ruleInactive, never blocked, and left as it is', async (_what, change, words) => {
		await output(blocking('45.1.2.3'));
		const changed = rulesOf(cf, zone).map((rule) =>
			rule.ref === 'n8n-block-n8n_blocklist' ? { ...rule, ...change } : rule,
		);
		setRules(cf, seedIds.rulesets.exampleComCustom, changed);
		const before = structuredClone(rulesOf(cf, zone));
		const [result] = await output(blocking('45.1.2.4'));
		expect(result).toMatchObject({ outcome: 'ruleInactive', everywhere: false });
		const [place] = result.places as Array<{ outcome: string; reason: string }>;
		expect(place.outcome).toBe('ruleInactive');
		expect(place.reason).toContain(words);
		expect(rulesOf(cf, zone)).toEqual(before);
	});

	test('a rule that somebody made by hand counts', async () => {
		givenList([]);
		const [first, ...rest] = rulesOf(cf, zone);
		const expression = '( ip.src  in $n8n_blocklist )';
		setRules(cf, seedIds.rulesets.exampleComCustom, [
			{ ...first, action: 'block', enabled: true, expression },
			...rest,
		]);
		const before = structuredClone(rulesOf(cf, zone));
		expect((await output(blocking('45.1.2.3')))[0]).toMatchObject({
			outcome: 'blocked',
			places: [{ rule_id: first.id }],
		});
		expect(rulesOf(cf, zone)).toEqual(before);
	});

	test('several zones: each with its outcome', async () => {
		const [result] = await output(
			blocking('45.1.2.3', {
				zonesFrom: 'several',
				zones: 'example.com, example.net, branch.example',
			}),
		);
		expect(result).toMatchObject({ outcome: 'blocked', everywhere: false });
		const places = result.places as Array<{ name: string; outcome: string; reason?: string }>;
		// The list belongs to the main account, and the last zone to another one.
		expect(places.map(({ name, outcome }) => [name, outcome])).toEqual([
			['example.com', 'blocked'],
			['example.net', 'blocked'],
			['branch.example', 'failed'],
		]);
		expect(places[2].reason).toContain('branch.example is in the account');
		expect(isBlocked('45.1.2.3', seedIds.zones['example.net'])).toBe(true);
		expect(isBlocked('45.1.2.3', seedIds.secondAccountZones['branch.example'])).toBe(false);
	});

	test.each(['name', 'id'] as const)(
		'a zone of another account, by %s: its rules know another list of that name',
		async (mode) => {
			const id = seedIds.secondAccountZones['branch.example'];
			const { lists } = cf.state;
			const about = {
				accountId: seedIds.secondAccount,
				name: 'n8n_blocklist',
				kind: 'ip',
			} as const;
			lists.add({ ...about, description: '' }, '0b10c0b10c0b10c0b10c0b10c0b10c02');
			const zoneField = locator(mode, mode === 'id' ? id : 'branch.example');
			const text = await refusal(blocking('45.1.2.3', { zone: zoneField }));
			expect(text).toContain('Zone: branch.example is in the account');
			expect(items().size).toBe(0);
			expect(isBlocked('45.1.2.3', id)).toBe(false);
			const [{ blocked }] = await output(
				blocking('45.1.2.3', { operation: 'find', zone: exampleCom }),
			);
			expect(blocked).toBe(false);
			const looking = blocking('45.1.2.3', { operation: 'find', zone: zoneField });
			expect(await refusal(looking)).toContain('branch.example is in the account');
		},
	);

	test('all zones of the account', async () => {
		const [result] = await output(blocking('45.1.2.3', { zonesFrom: 'account' }));
		expect(result.everywhere).toBe(true);
		for (const id of Object.values(seedIds.zones)) expect(isBlocked('45.1.2.3', id)).toBe(true);
	});
});

describe('IP Block: what Cloudflare refuses', () => {
	test('a list of another kind under our name', async () => {
		givenList([], '', 'asn');
		const text = await refusal(blocking('45.1.2.3'));
		expect(text).toContain('List Name: n8n_blocklist is a list of another kind: "asn"');
		expect(writes()).toEqual([]);
	});

	test('a list at its capacity: what is in it is told', async () => {
		givenList(['45.9.9.9']);
		cf.state.lists.limits.set(account, { items: 1 });
		const text = await refusal(blocking('45.1.2.3'));
		expect(text).toMatch(/maximum number of items/i);
		expect(text).toContain('In the list by now: 0 of the 1 addresses');
		expect(isBlocked('45.1.2.3')).toBe(false);
	});

	test.each([
		['reads only', 'readOnlyToken', 'Account Filter Lists → Edit'],
		['may nothing', 'noPermissionToken', 'Account Filter Lists → Edit'],
	] as const)(
		'a token that %s: the error names the permission',
		async (_what, name, permission) => {
			const credentials = tokenCredential({ apiToken: sandboxCredentials[name] });
			const text = await refusal(blocking('45.1.2.3', { zone: locator('id', zone) }), {
				credentials,
			});
			expect(text).toContain(permission);
			expect(text).not.toContain(sandboxCredentials[name]);
			expect(isBlocked('45.1.2.3')).toBe(false);
		},
	);

	test.each(['forbidden', 'methodNotAllowed'] as const)(
		'lists that take no token of an account (%s): the error names both ways out',
		async (accountTokens) => {
			cf.state.lists.accountTokens = accountTokens;
			const ways = 'a token of your user profile, or block with the method IP Access Rule';
			const credentials = tokenCredential({ apiToken: sandboxCredentials.accountToken });
			expect(await refusal(blocking('45.1.2.3'), { credentials })).toContain(ways);
			expect(writes()).toEqual([]);
		},
	);
});

describe('IP Block: Dry Run', () => {
	test('shows every request, and changes nothing', async () => {
		const before = others();
		const options = { dryRun: true };
		const [result] = await output(blocking('45.1.2.3', { options }));
		expect(result).toMatchObject({
			dryRun: true,
			outcome: 'blocked',
			request: { method: 'POST', body: [{ ip: '45.1.2.3' }] },
			places: [
				{
					request: {
						method: 'POST',
						body: { action: 'block', expression: 'ip.src in $n8n_blocklist' },
					},
				},
			],
			list: { id: null, created: true },
		});
		expect(others()).toEqual(before);
		expect(writes()).toEqual([]);
	});

	test('with the list there, Cloudflare checks the rule', async () => {
		givenList([]);
		const before = others();
		await output(blocking('45.1.2.3', { options: { dryRun: true } }));
		expect(writes().map(({ query }) => query)).toEqual([[['dry_run', 'true']]]);
		expect(others()).toEqual(before);
		expect(items().size).toBe(0);
	});
});
