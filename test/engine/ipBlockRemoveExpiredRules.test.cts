import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blockingByRule, rulesPath, sweepingRules } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks, showing } from '../support/earlierBlocks.cjs';
import { blocksOf, days, severalZones } from '../support/ipBlocks.cjs';
import {
	jsonOf,
	locator,
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
const { accessRules, foreign, isBlocked } = blocksOf(cf);
const { access, writes } = blockingState(cf);
const { note, over } = earlierBlocks(time.now);

const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
const account = seedIds.mainAccount;
const zoneScope = { level: 'zone', id: com } as const;
const givenRule = (value: string, notes: string, more: Parameters<typeof access>[1] = {}) =>
	access(value, { ...more, notes });
const snapshot = () => structuredClone(cf.state.accessRules.all());
const values = () => accessRules().map(({ configuration }) => configuration.value);

describe('IP Block: Remove Expired access rules', () => {
	test('blocks end when their time is over, and not before', async () => {
		await output(blockingByRule('45.1.2.3, 2a01:4f8:1:2::3', { ...days(1), reason: 'Stuffing' }));
		await output(blockingByRule('45.1.2.4', days(3)));
		await output(blockingByRule('45.1.2.5', { expires: 'never' }));
		const ips = ['45.1.2.3', '2a01:4f8:1:2::4', '45.1.2.4', '45.1.2.5'];
		expect(await output(sweepingRules())).toEqual([]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([true, true, true, true]);

		time.advance(DAY + 1_000);
		const before = foreign();
		const [first] = accessRules();
		const removed = await output(sweepingRules());
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
		expect(await output(sweepingRules())).toEqual([]);
	});

	test('rules of others, other modes and other places stay', async () => {
		givenRule('45.1.2.1', 'By hand');
		givenRule('45.1.2.2', over(), { mode: 'whitelist' });
		givenRule('45.1.2.3', over(), { at: 'otherZone' });
		givenRule('45.1.2.4', `See ${over()}`);
		givenRule('45.1.2.5', note());
		givenRule('45.1.2.6', over(), { at: 'account' });
		const before = snapshot();
		expect(await output(sweepingRules())).toEqual([]);
		expect(await output(sweepingRules({ options: { dryRun: true } }))).toEqual([]);
		expect(snapshot()).toEqual(before);
		expect(writes()).toEqual([]);
	});

	test('those of the account, where the account is chosen', async () => {
		givenRule('45.1.2.3', over());
		await output(blockingByRule('45.1.2.4', { zonesFrom: 'account' }));
		time.advance(8 * DAY);
		const removed = await output(sweepingRules({ zonesFrom: 'account' }));
		expect(removed).toMatchObject([
			{ address: '45.1.2.4', place: { scope: 'account', id: account } },
		]);
		expect(values()).toEqual(['45.1.2.3']);
	});

	test('several pages of rules, each zone of several', async () => {
		for (let index = 0; index < 230; index += 1)
			givenRule(`45.1.3.${index}`, index % 2 ? note(DAY) : over());
		givenRule('45.1.2.3', over(), { at: 'otherZone' });
		const removed = await output(sweepingRules(severalZones));
		expect(removed).toHaveLength(116);
		expect(removed.at(-1)).toMatchObject({ address: '45.1.2.3', place: { id: net } });
		expect(accessRules()).toHaveLength(115);
	});

	test('a zone of several items is swept once', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over(), { at: 'otherZone' });
		const result = await runNode({
			parameters: sweepingRules({ zonesFrom: 'several', zones: '={{ $json.zones }}' }),
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
		cf.faults.add(showing(rulesPath, shown));
		cf.state.accessRules.remove(gone, 'none');
		expect(await output(sweepingRules())).toMatchObject([{ address: '45.1.2.5' }]);
		expect(cf.state.accessRules.of(zoneScope)).toEqual([extended, other]);
	});

	test('two sweeps at once: no error, nothing left', async () => {
		for (let index = 0; index < 20; index += 1) givenRule(`45.1.3.${index}`, over());
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: rulesPath } });
		await Promise.all([output(sweepingRules()), output(sweepingRules())]);
		expect(accessRules()).toEqual([]);
	});

	describe('one of two zones may not be written', () => {
		const given = () => {
			for (let index = 0; index < 20; index += 1) givenRule(`45.1.3.${index}`, over());
			givenRule('45.1.2.4', over(), { at: 'otherZone' });
			const apiToken = addToken(cf.state, {
				permissions: ['Zone Read', 'Firewall Services Write'],
				exceptions: { [com]: ['Zone Read', 'Firewall Services Read'] },
			});
			return { apiToken, credentials: tokenCredential({ apiToken }) };
		};

		test('the other one is swept, and the run fails', async () => {
			const { apiToken, credentials } = given();
			const result = await runNode({ parameters: sweepingRules(severalZones), credentials });
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
			const parameters = sweepingRules(severalZones);
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
			const parameters = sweepingRules(severalZones);
			const onError = 'continueErrorOutput';
			const { outputs } = await runNode({ parameters, credentials, onError });
			expect(outputs.map((items) => items.length)).toEqual([1, 1]);
		});
	});

	test('a mistake in one item: the error says how many blocks of other items are gone', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over());
		const text = await refusal(sweepingRules({ zone: locator('name', '={{ $json.zone }}') }), {
			items: [{ zone: 'example.com' }, { zone: 'nowhere.example' }],
		});
		expect(text).toContain('nowhere.example');
		expect(text).toMatch(/2 expired blocks were removed/);
		expect(values()).toEqual([]);
	});

	test('no zone that may be written: an error', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', over(), { at: 'otherZone' });
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		const text = await refusal(sweepingRules(severalZones), { credentials });
		expect(text).toContain('Zone → Firewall Services → Edit');
	});

	test('one rule that cannot be deleted: an error that says how many are gone', async () => {
		const [first] = ['45.1.2.3', '45.1.2.4', '45.1.2.5'].map((ip) => givenRule(ip, over()));
		const path = `${rulesPath}/${first.id}`;
		cf.faults.add({ kind: 'status', status: 500, match: { method: 'DELETE', path }, times: 4 });
		expect(await refusal(sweepingRules())).toContain('Removed by now: 2 expired blocks');
		expect(values()).toEqual(['45.1.2.3']);
		expect(await output(sweepingRules())).toMatchObject([{ address: '45.1.2.3' }]);
	});

	test.each(['rateLimited', 'html', 'cutBefore', 'cutAfter'] as const)(
		'%s at each request: done all the same',
		async (kind) => {
			for (let nth = 1; nth <= 4; nth += 1) {
				cf.reset();
				givenRule('45.1.2.3', over());
				givenRule('45.1.2.4', note(DAY));
				cf.faults.add({ kind, match: { nth } });
				const removed = await output(sweepingRules());
				expect([nth, removed]).toMatchObject([nth, [{ address: '45.1.2.3' }]]);
				expect(values()).toEqual(['45.1.2.4']);
			}
		},
	);

	test('Dry Run: the request that the run then sends, and nothing else', async () => {
		givenRule('45.1.2.3', over());
		givenRule('45.1.2.4', note(DAY));
		const planned = await output(sweepingRules({ options: { dryRun: true } }));
		expect(planned).toMatchObject([
			{ outcome: 'wouldRemove', dryRun: true, address: '45.1.2.3', place: { id: com } },
		]);
		expect(writes()).toEqual([]);
		await output(sweepingRules());
		const [{ method, path }] = writes();
		expect(planned[0].request).toEqual({ method, path });
	});
});
