import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blocking, blocksOf, ipBlock, LIST } from '../support/ipBlocks.cjs';
import {
	jsonOf,
	locator,
	mainAccount,
	moveTime,
	output,
	refusal,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { accessRules, foreign, givenList, isBlocked, items, rules } = blocksOf(cf);

const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
const account = seedIds.mainAccount;
const DAY = 86_400_000;
const sweep = (more: object = {}) => ({ ...ipBlock, operation: 'removeExpired', ...more });
const sweepRules = (more: object = {}) => sweep({ method: 'accessRule', ...more });
const several = { zonesFrom: 'several', zones: 'example.com, example.net' };
const days = (count: number) => ({ expires: 'after', expiresAfter: count, expiresUnit: 'days' });
const writes = () => cf.calls.filter(({ method }) => method !== 'GET');
/** What Block would have written so many milliseconds from now; for ever when left out. */
const note = (inMs?: number, reason = 'Earlier') =>
	formatBlockComment({
		origin: 'Earlier playbook',
		reason,
		...(inMs === undefined ? {} : { expiresAt: time.now() + inMs }),
	});
const over = () => note(-DAY);

/** Our list with these items: address → comment. */
function givenItems(comments: Record<string, string>): ReturnType<typeof givenList> {
	const list = givenList();
	for (const [ip, comment] of Object.entries(comments)) cf.state.lists.fill(list, [ip], comment);
	return list;
}
const itemsPath = (list: { id: string }) => `/accounts/${account}/rules/lists/${list.id}/items`;

const zoneScope = { level: 'zone', id: com } as const;
const accountScope = { level: 'account', id: account } as const;
const rulesPath = (zone: string = com) => `/zones/${zone}/firewall/access_rules/rules`;
const givenRule = (
	value: string,
	notes: string,
	{ mode = 'block', zone = com, target = 'ip' } = {},
) =>
	cf.state.accessRules.create(
		{ level: 'zone', id: zone },
		{ mode, notes, configuration: { target, value } },
	);
const snapshot = () => structuredClone(cf.state.accessRules.all());
const values = () => accessRules().map(({ configuration }) => configuration.value);

describe('IP Block: Remove Expired from the list', () => {
	test('blocks end when their time is over, and not before', async () => {
		await output(blocking('45.1.2.3', { ...days(1), reason: 'Stuffing' }));
		await output(blocking('45.1.2.4', days(3)));
		await output(blocking('45.1.2.5', { expires: 'never' }));
		const ips = ['45.1.2.3', '45.1.2.4', '45.1.2.5'];
		expect(await output(sweep())).toEqual([]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([true, true, true]);

		time.advance(DAY + 1_000);
		const before = foreign();
		const ruleBefore = rules();
		const [list] = cf.state.lists.of(account).filter(({ name }) => name === LIST);
		const removed = await output(sweep());
		expect(removed).toMatchObject([
			{
				outcome: 'removed',
				address: '45.1.2.3',
				method: 'list',
				block: { ours: true, reason: 'Stuffing', expiresAt: expect.any(String) },
				list: { id: list.id, name: LIST },
			},
		]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([false, true, true]);
		expect(await output(sweep())).toEqual([]);
		time.advance(3 * DAY);
		expect(await output(sweep())).toMatchObject([{ address: '45.1.2.4' }]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([false, false, true]);
		expect(foreign()).toEqual(before);
		expect(rules()).toEqual(ruleBefore);
	});

	test('what others wrote stays, whatever it looks like', async () => {
		givenItems({
			'45.1.2.1': 'By hand',
			'45.1.2.2': '',
			'45.1.2.3': over(),
			'45.1.2.4': `See ${over()}`,
			'45.1.2.5': over().replace('; by', ';  by'),
			'45.1.2.6': '[n8n-block; until 2020-02-30T00:00:00Z; by x]',
			'45.1.2.7': over().toUpperCase(),
		});
		const before = foreign();
		expect(await output(sweep())).toMatchObject([{ address: '45.1.2.3' }]);
		expect(foreign()).toEqual(before);
		expect(items().size).toBe(6);
	});

	test('networks, IPv6 and a thousand of them', async () => {
		const comments = Object.fromEntries(
			Array.from({ length: 1_200 }, (_, index) => [
				`45.1.${index >> 8}.${index & 255}`,
				index % 6 === 5 ? note(DAY) : over(),
			]),
		);
		givenItems({ ...comments, '2a01:4f8:1:2::/64': over(), '45.9.0.0/20': over() });
		const removed = await output(sweep());
		expect(removed).toHaveLength(1_002);
		const addresses = removed.map(({ address }) => address);
		expect(addresses).toEqual(expect.arrayContaining(['2a01:4f8:1:2::/64', '45.9.0.0/20']));
		expect(items().size).toBe(200);
		expect(writes()).toHaveLength(2);
	});

	test('no such list: nothing to do', async () => {
		expect(await output(sweep())).toEqual([]);
		expect(writes()).toEqual([]);
	});

	test('another list by its name; one of another kind is refused', async () => {
		const list = cf.state.lists.add(
			{ accountId: account, name: 'mine', kind: 'ip', description: '' },
			'0b10c0b10c0b10c0b10c0b10c0b10c02',
		);
		cf.state.lists.fill(list, ['45.1.2.3'], over());
		givenItems({ '45.1.2.4': over() });
		const removed = await output(sweep({ options: { listName: 'mine' } }));
		expect(removed).toMatchObject([{ address: '45.1.2.3', list: { name: 'mine' } }]);
		expect(items().size).toBe(1);
		expect(await refusal(sweep({ options: { listName: 'Mine' } }))).toContain('List Name: got');
	});

	test('two items with one list: one sweep, its records with the first item', async () => {
		givenItems({ '45.1.2.3': over() });
		const result = await runNode({ parameters: sweep(), items: [{}, {}, {}] });
		expect(result.items.map(({ json, pairedItem }) => [json.address, pairedItem])).toEqual([
			['45.1.2.3', { item: 0 }],
		]);
		expect(writes()).toHaveLength(1);
		expect(cf.calls.filter(({ path }) => path.endsWith('/rules/lists'))).toHaveLength(1);
	});

	test('one that was extended in between stays', async () => {
		const list = givenItems({ '45.1.2.3': over(), '45.1.2.4': over() });
		// The first look still shows it as over.
		const shown = [...list.items.values()];
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: shown }),
			match: { method: 'GET', path: itemsPath(list) },
		});
		list.items.clear();
		cf.state.lists.fill(list, ['45.1.2.3'], note(DAY));
		cf.state.lists.fill(list, ['45.1.2.4'], over());
		expect(await output(sweep())).toMatchObject([{ address: '45.1.2.4' }]);
		expect([...items().keys()]).toEqual(['45.1.2.3']);
	});

	test('one that somebody else removed in between is no error', async () => {
		const list = givenItems({ '45.1.2.3': over(), '45.1.2.4': over() });
		const shown = [...list.items.values()];
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: shown }),
			match: { method: 'GET', path: itemsPath(list) },
			times: 2,
		});
		list.items.clear();
		cf.state.lists.fill(list, ['45.1.2.4'], over());
		const removed = await output(sweep());
		expect(removed.map(({ address }) => address)).toContain('45.1.2.4');
		expect(items().size).toBe(0);
	});

	test('two sweeps at once: no error, nothing left', async () => {
		const list = givenItems({ '45.1.2.3': over(), '45.1.2.4': over(), '45.1.2.5': 'By hand' });
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: itemsPath(list) } });
		const runs = await Promise.all([output(sweep()), output(sweep())]);
		expect(new Set(runs.flat().map(({ address }) => address))).toEqual(
			new Set(['45.1.2.3', '45.1.2.4']),
		);
		expect([...items().keys()]).toEqual(['45.1.2.5']);
	});

	test('Dry Run: the request that the run then sends, and nothing else', async () => {
		givenItems({ '45.1.2.3': over(), '45.1.2.4': note(DAY) });
		const planned = await output(sweep({ options: { dryRun: true } }));
		expect(planned).toMatchObject([
			{ outcome: 'wouldRemove', dryRun: true, address: '45.1.2.3', method: 'list' },
		]);
		expect(writes()).toEqual([]);
		await output(sweep());
		const [{ method, path, body }] = writes();
		expect(planned[0].request).toEqual({ method, path, body });
	});

	test.each(['rateLimited', 'html', 'cutBefore', 'cutAfter'] as const)(
		'%s at each request: done all the same',
		async (kind) => {
			const count = 6;
			for (let nth = 1; nth <= count; nth += 1) {
				cf.reset();
				givenItems({ '45.1.2.3': over(), '45.1.2.4': note(DAY), '45.1.2.5': 'By hand' });
				const others = foreign();
				cf.faults.add({ kind, match: { nth } });
				const removed = await output(sweep());
				expect([nth, removed]).toMatchObject([nth, [{ address: '45.1.2.3' }]]);
				expect([...items().keys()].sort()).toEqual(['45.1.2.4', '45.1.2.5']);
				expect(foreign()).toEqual(others);
			}
		},
	);

	test('a bulk operation that fails: an error that says so, and the next run does it', async () => {
		givenItems({ '45.1.2.3': over() });
		cf.faults.add({ kind: 'operationFails', error: 'Something broke inside' });
		const text = await refusal(sweep());
		expect(text).toContain('Something broke inside');
		expect(text).toContain('Removed by now: 0 of 1');
		expect(await output(sweep())).toMatchObject([{ address: '45.1.2.3' }]);
	});

	test('a token that may not write: the right that lists need, and no other', async () => {
		givenItems({ '45.1.2.3': over() });
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		const result = await runNode({ parameters: sweep(), credentials });
		expect(result.error?.description).toContain('"Account → Account Filter Lists → Edit"');
		expect(result.error?.description).not.toContain('WAF');
		expectNoSecret(result, [sandboxCredentials.readOnlyToken]);
	});
});

describe('IP Block: Remove Expired access rules', () => {
	test('blocks end when their time is over, and not before', async () => {
		const block = (addresses: string, more: object) =>
			blocking(addresses, { method: 'accessRule', ...more });
		await output(block('45.1.2.3, 2a01:4f8:1:2::3', { ...days(1), reason: 'Stuffing' }));
		await output(block('45.1.2.4', days(3)));
		await output(block('45.1.2.5', { expires: 'never' }));
		const ips = ['45.1.2.3', '2a01:4f8:1:2::4', '45.1.2.4', '45.1.2.5'];
		expect(await output(sweepRules())).toEqual([]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([true, true, true, true]);

		time.advance(DAY + 1_000);
		const before = foreign();
		const [first] = accessRules();
		const removed = await output(sweepRules());
		expect(removed).toMatchObject([
			{
				outcome: 'removed',
				address: '45.1.2.3',
				method: 'accessRule',
				block: { ours: true, reason: 'Stuffing' },
				place: { scope: 'zone', id: com, rule_id: first.id },
			},
			{ outcome: 'removed', address: '2a01:4f8:1:2::/64' },
		]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([false, false, true, true]);
		expect(foreign()).toEqual(before);
		expect(await output(sweepRules())).toEqual([]);
	});

	test('rules of others, other modes and other places stay', async () => {
		givenRule('45.1.2.1', 'By hand');
		givenRule('45.1.2.2', over(), { mode: 'whitelist' });
		givenRule('45.1.2.3', over(), { zone: net });
		givenRule('45.1.2.4', `See ${over()}`);
		givenRule('45.1.2.5', note());
		cf.state.accessRules.create(accountScope, {
			mode: 'block',
			notes: over(),
			configuration: { target: 'ip', value: '45.1.2.6' },
		});
		const before = snapshot();
		expect(await output(sweepRules())).toEqual([]);
		expect(await output(sweepRules({ options: { dryRun: true } }))).toEqual([]);
		expect(snapshot()).toEqual(before);
		expect(writes()).toEqual([]);
	});

	test('those of the account, where the account is chosen', async () => {
		givenRule('45.1.2.3', over());
		await output(blocking('45.1.2.4', { method: 'accessRule', zonesFrom: 'account' }));
		time.advance(8 * DAY);
		const removed = await output(sweepRules({ zonesFrom: 'account' }));
		expect(removed).toMatchObject([
			{ address: '45.1.2.4', place: { scope: 'account', id: account } },
		]);
		expect(values()).toEqual(['45.1.2.3']);
	});

	test('several pages of rules, each zone of several', async () => {
		for (let index = 0; index < 230; index += 1)
			givenRule(`45.1.3.${index}`, index % 2 ? note(DAY) : over());
		givenRule('45.1.2.3', over(), { zone: net });
		const removed = await output(sweepRules(several));
		expect(removed).toHaveLength(116);
		expect(removed.at(-1)).toMatchObject({ address: '45.1.2.3', place: { id: net } });
		expect(accessRules()).toHaveLength(115);
	});

	test('a zone of several items is swept once', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over(), { zone: net });
		const result = await runNode({
			parameters: sweepRules({ zonesFrom: 'several', zones: '={{ $json.zones }}' }),
			items: [{ zones: 'example.com' }, { zones: ['example.com', net] }, { zones: com }],
		});
		expect(result.items.map(({ json, pairedItem }) => [json.address, pairedItem])).toEqual([
			['45.1.2.3', { item: 0 }],
			['45.1.2.4', { item: 1 }],
		]);
	});

	test('one that was extended after the look stays, one that is gone is no error', async () => {
		const extended = givenRule('45.1.2.3', note(DAY));
		const gone = givenRule('45.1.2.4', over());
		const left = givenRule('45.1.2.5', over());
		const other = givenRule('45.1.2.6', over(), { mode: 'challenge' });
		const scope = { id: com, type: 'zone' };
		const shown = [extended, gone, left, other].map((rule) => ({
			...rule,
			scope,
			mode: 'block',
			notes: over(),
		}));
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: shown }),
			match: { method: 'GET', path: rulesPath() },
		});
		cf.state.accessRules.remove(gone, 'none');
		expect(await output(sweepRules())).toMatchObject([{ address: '45.1.2.5' }]);
		expect(cf.state.accessRules.of(zoneScope)).toEqual([extended, other]);
	});

	test('two sweeps at once: no error, nothing left', async () => {
		for (let index = 0; index < 20; index += 1) givenRule(`45.1.3.${index}`, over());
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: rulesPath() } });
		await Promise.all([output(sweepRules()), output(sweepRules())]);
		expect(accessRules()).toEqual([]);
	});

	describe('one of two zones may not be written', () => {
		const given = () => {
			for (let index = 0; index < 20; index += 1) givenRule(`45.1.3.${index}`, over());
			givenRule('45.1.2.4', over(), { zone: net });
			const apiToken = addToken(cf.state, {
				permissions: ['Zone Read', 'Firewall Services Write'],
				exceptions: { [com]: ['Zone Read', 'Firewall Services Read'] },
			});
			return { apiToken, credentials: tokenCredential({ apiToken }) };
		};

		test('the other one is swept, and the run fails', async () => {
			const { apiToken, credentials } = given();
			const result = await runNode({ parameters: sweepRules(several), credentials });
			expect(result.error?.message).toContain('not allowed');
			expect(result.error?.description).toContain(
				'Removed by now: 1 expired block. It failed in example.com.',
			);
			expect(values()).not.toContain('45.1.2.4');
			expect(writes().length).toBeLessThanOrEqual(9);
			expectNoSecret(result, [apiToken]);
		});

		test('where the node goes on: what was removed, and an error record for the zone', async () => {
			const { apiToken, credentials } = given();
			const parameters = sweepRules(several);
			const onError = 'continueRegularOutput';
			const result = await runNode({ parameters, credentials, onError });
			expect(jsonOf(result)).toEqual([
				{
					error: expect.stringContaining('not allowed'),
					details: expect.objectContaining({
						outcome: 'failed',
						method: 'accessRule',
						place: { scope: 'zone', id: com, name: 'example.com' },
						description: expect.stringContaining('Zone → Firewall Services → Edit'),
					}),
				},
				expect.objectContaining({ outcome: 'removed', address: '45.1.2.4' }),
			]);
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
			expect(result.hints.map(({ message }) => message)).toEqual([
				'Expired blocks may be left: it failed in example.com.',
			]);
			expectNoSecret(result, [apiToken]);
		});

		test('where errors have an output of their own: the zone is there', async () => {
			const { credentials } = given();
			const parameters = sweepRules(several);
			const onError = 'continueErrorOutput';
			const { outputs } = await runNode({ parameters, credentials, onError });
			expect(outputs.map((items) => items.length)).toEqual([1, 1]);
		});
	});

	test('a mistake in one item: the error says how many blocks of other items are gone', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over());
		const text = await refusal(sweepRules({ zone: locator('name', '={{ $json.zone }}') }), {
			items: [{ zone: 'example.com' }, { zone: 'nowhere.example' }],
		});
		expect(text).toContain('nowhere.example');
		expect(text).toMatch(/2 expired blocks were removed/);
		expect(values()).toEqual([]);
	});

	test('no zone that may be written: an error', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over(), { zone: net });
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		const text = await refusal(sweepRules(several), { credentials });
		expect(text).toContain('Zone → Firewall Services → Edit');
	});

	test('one rule that cannot be deleted: an error that says how many are gone', async () => {
		const [first] = ['45.1.2.3', '45.1.2.4', '45.1.2.5'].map((ip) => givenRule(ip, over()));
		const path = `${rulesPath()}/${first.id}`;
		cf.faults.add({ kind: 'status', status: 500, match: { method: 'DELETE', path }, times: 4 });
		expect(await refusal(sweepRules())).toContain('Removed by now: 2 expired blocks');
		expect(values()).toEqual(['45.1.2.3']);
		expect(await output(sweepRules())).toMatchObject([{ address: '45.1.2.3' }]);
	});

	test.each(['rateLimited', 'html', 'cutBefore', 'cutAfter'] as const)(
		'%s at each request: done all the same',
		async (kind) => {
			for (let nth = 1; nth <= 4; nth += 1) {
				cf.reset();
				givenRule('45.1.2.3', over());
				givenRule('45.1.2.4', note(DAY));
				cf.faults.add({ kind, match: { nth } });
				const removed = await output(sweepRules());
				expect([nth, removed]).toMatchObject([nth, [{ address: '45.1.2.3' }]]);
				expect(values()).toEqual(['45.1.2.4']);
			}
		},
	);

	test('Dry Run: the request that the run then sends, and nothing else', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', note(DAY));
		const planned = await output(sweepRules({ options: { dryRun: true } }));
		expect(planned).toMatchObject([
			{ outcome: 'wouldRemove', dryRun: true, address: '45.1.2.3', place: { id: com } },
		]);
		expect(writes()).toEqual([]);
		await output(sweepRules());
		const [{ method, path }] = writes();
		expect(planned[0].request).toEqual({ method, path });
	});
});

describe('IP Block: Remove Expired refuses before any request', () => {
	test.each([
		['a method', sweep({ method: '={{ "rule" }}' }), 'Method: got'],
		['Dry Run', sweep({ options: { dryRun: '={{ "perhaps" }}' } }), 'Dry Run: got "perhaps"'],
		['no zones', sweepRules({ zonesFrom: 'several', zones: ' ' }), 'Zones: got nothing'],
		['an account', sweep({ account: locator('id', 'x') }), 'Account'],
	])('%s', async (_what, parameters, text) => {
		expect(await refusal(parameters)).toContain(text);
		expect(cf.calls).toEqual([]);
	});

	test('a mistake in the second item: the first sweeps nothing, unless the node goes on', async () => {
		givenItems({ '45.1.2.3': over() });
		const parameters = sweep({ account: mainAccount, options: { listName: '={{ $json.list }}' } });
		const input = [{ list: LIST }, { list: 'No Such' }];
		expect(await refusal(parameters, { items: input })).toContain('List Name');
		expect(items().size).toBe(1);
		const result = await runNode({
			parameters,
			items: input,
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['removed', { item: 0 }],
			[undefined, { item: 1 }],
		]);
	});
});
