import { parseBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { blockingByRule, rulesPath } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks } from '../support/earlierBlocks.cjs';
import { blocksOf, claimsOf, days } from '../support/ipBlocks.cjs';
import { moveTime, output, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { accessRules, foreign, isBlocked } = blocksOf(cf);
const { access, writes } = blockingState(cf);
const { note, daysLeft } = earlierBlocks(time.now);

const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
const account = seedIds.mainAccount;
const methods = () => cf.calls.map(({ method, path }) => (path === '/ips' ? 'ips' : method));

describe('IP Block: Block by access rules', () => {
	test.each([
		['45.1.2.3', 'ip', '45.1.2.3', '45.1.2.3', '45.1.2.4'],
		[' 45[.]1[.]2[.]3:443 ', 'ip', '45.1.2.3', '45.1.2.3', '45.1.2.4'],
		['45.1.2.0/24', 'ip_range', '45.1.2.0/24', '45.1.2.255', '45.1.3.0'],
		['45.1.0.0/16', 'ip_range', '45.1.0.0/16', '45.1.255.255', '45.2.0.0'],
		[
			'2a01:4f8:1:2::3',
			'ip_range',
			'2a01:04f8:0001:0002:0000:0000:0000:0000/64',
			'2a01:4f8:1:2:f::1',
			'2a01:4f8:1:3::1',
		],
	])('%s is a rule for the %s %s', async (address, target, value, inside, outside) => {
		const before = foreign();
		expect(isBlocked(inside)).toBe(false);
		const results = await output(blockingByRule(address, { reason: 'Stuffing', ...days(7) }));
		expect([isBlocked(inside), isBlocked(outside), isBlocked(inside, net)]).toEqual([
			true,
			false,
			false,
		]);
		expect(claimsOf(cf, [{ ...results[0], input: inside }])).toEqual([]);
		expect(foreign()).toEqual(before);
		const [rule] = accessRules();
		expect(rule).toMatchObject({ mode: 'block', configuration: { target, value } });
		expect(parseBlockComment(rule.notes)).toMatchObject({ reason: 'Stuffing' });
		expect(daysLeft(rule.notes)).toBeCloseTo(7, 3);
		expect(results).toMatchObject([
			{
				outcome: 'blocked',
				method: 'accessRule',
				everywhere: true,
				block: { ours: true, reason: 'Stuffing' },
				places: [{ scope: 'zone', id: com, outcome: 'blocked', rule_id: rule.id }],
			},
		]);
	});

	test('a new address costs one request beside the look-ups of the run', async () => {
		await output(blockingByRule('45.1.2.3, 45.1.2.4'));
		// The last one: which addresses the zone lets through.
		expect(methods()).toEqual(['ips', 'GET', 'POST', 'POST', 'GET']);
	});

	test('a single IPv6 address where the block size says so', async () => {
		await output(blockingByRule('2a01:4f8:1:2::3', { options: { ipv6BlockSize: 128 } }));
		expect([isBlocked('2a01:4f8:1:2::3'), isBlocked('2a01:4f8:1:2::4')]).toEqual([true, false]);
	});

	test('the whole account: one rule, also for zones that come later', async () => {
		const results = await output(blockingByRule('45.1.2.3', { zonesFrom: 'account' }));
		expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.3', net)]).toEqual([true, true]);
		expect(accessRules()).toMatchObject([{ scope: { level: 'account', id: account } }]);
		expect(results[0].places).toMatchObject([{ scope: 'account', id: account }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('again: nothing is sent that changes anything, whatever the new reason', async () => {
		await output(blockingByRule('45.1.2.3', { expires: 'never', reason: 'First' }));
		const before = structuredClone(cf.state.accessRules.all());
		const [result] = await output(
			blockingByRule('45.1.2.3', { expires: 'never', reason: 'Second' }),
		);
		expect(result).toMatchObject({ outcome: 'alreadyBlocked', block: { reason: 'First' } });
		const [shorter] = await output(blockingByRule('45.1.2.3', days(1)));
		expect(shorter).toMatchObject({ outcome: 'alreadyBlocked', block: { expiresAt: null } });
		expect(cf.state.accessRules.all()).toEqual(before);
	});

	test('a repeat offence: the later expiry, with what was there before', async () => {
		const { id } = access('45.1.2.3', { notes: note(DAY) });
		const before = foreign();
		const results = await output(blockingByRule('45.1.2.3', { ...days(7), reason: 'Again' }));
		expect(results).toMatchObject([
			{
				outcome: 'extended',
				block: { reason: 'Again' },
				previous: { reason: 'Earlier', blockedBy: 'Earlier playbook' },
				places: [{ outcome: 'extended', rule_id: id }],
			},
		]);
		expect(claimsOf(cf, results)).toEqual([]);
		expect(daysLeft(accessRules()[0].notes)).toBeCloseTo(7, 3);
		expect(cf.state.accessRules.all()).toHaveLength(1 + before.accessRules.length);
		expect(foreign()).toEqual(before);
	});

	test('rules of others that block are enough, and stay as they are', async () => {
		access('45.1.2.3', { notes: 'By hand' });
		access('45.1.2.0/24', { notes: '' });
		const before = foreign();
		const results = await output(blockingByRule('45.1.2.3, 45.1.2.0/24', days(7)));
		expect(results.map(({ outcome, block: kept }) => [outcome, kept])).toEqual([
			['alreadyBlocked', expect.objectContaining({ ours: false, reason: 'By hand' })],
			['alreadyBlocked', expect.objectContaining({ ours: false, reason: null })],
		]);
		expect(foreign()).toEqual(before);
		expect(accessRules()).toEqual([]);
	});

	test.each(['whitelist', 'challenge', 'js_challenge', 'managed_challenge'])(
		'a rule with the mode %s is never changed: refused, and said why',
		async (mode) => {
			access('45.1.2.3', { mode, notes: 'Our scanner' });
			const before = foreign();
			const { items, error, hints } = await runNode({
				parameters: blockingByRule('45.1.2.3\n45.1.2.4'),
			});
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toMatchObject([
				{
					outcome: 'refused',
					refusal: {
						code: 'otherAccessRule',
						reason: expect.stringMatching(new RegExp(`mode ${mode} .*"Our scanner"`)),
					},
					places: [{ outcome: 'refused' }],
				},
				{ outcome: 'blocked' },
			]);
			expect(hints.map(({ message }) => message).join()).toContain(`mode ${mode}`);
			expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.4')]).toEqual([false, true]);
			expect(foreign()).toEqual(before);
		},
	);

	test('one of ours that somebody made a challenge is somebody else’s', async () => {
		access('45.1.2.3', { mode: 'challenge', notes: note(DAY) });
		const before = structuredClone(cf.state.accessRules.all());
		expect((await output(blockingByRule('45.1.2.3', days(7))))[0].outcome).toBe('refused');
		expect(cf.state.accessRules.all()).toEqual(before);
	});

	test('networks that access rules do not take: refused with the nearest, nothing sent', async () => {
		const results = await output(blockingByRule('45.1.2.0/25, 45.1.0.0/20, 2a01:4f8:1::/56'));
		expect(
			results.map(({ outcome, refusal: why }) => [outcome, ...Object.values(why as object)]),
		).toEqual([
			['refused', 'prefixNotAllowed', expect.stringContaining('45.1.2.0/24 or 128 single')],
			['refused', 'prefixNotAllowed', expect.stringContaining('45.1.0.0/16 or 16 ranges of /24')],
			['refused', 'prefixNotAllowed', expect.stringContaining('2a01:4f8:1::/48 or 256')],
		]);
		expect(writes()).toEqual([]);
	});

	test('one rule for several items in one network, a linked result for each, the latest expiry', async () => {
		const items = [
			{ ip: '2a01:4f8:1:2::3', for: 1 },
			{ ip: '45.1.2.0/25', for: 1 },
			{ ip: '2a01:4f8:1:2::9', for: 9 },
			{ ip: '45.1.2.3', for: 2 },
		];
		const result = await runNode({
			parameters: blockingByRule('={{ $json.ip }}', { expiresAfter: '={{ $json.for }}' }),
			items,
		});
		expect(result.items.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['blocked', { item: 0 }],
			['refused', { item: 1 }],
			['blocked', { item: 2 }],
			['blocked', { item: 3 }],
		]);
		expect(accessRules()).toHaveLength(2);
		expect(
			accessRules()
				.map(({ notes }) => Math.round(daysLeft(notes)))
				.sort(),
		).toEqual([2, 9]);
	});
});

describe('IP Block: Block by access rules with Dry Run', () => {
	const dry = { options: { dryRun: true } };

	test('a new one: the request that the run then sends', async () => {
		const [planned] = await output(blockingByRule('45.1.2.3', { ...dry, expires: 'never' }));
		expect(writes()).toEqual([]);
		await output(blockingByRule('45.1.2.3', { expires: 'never' }));
		const [{ method, path, body }] = writes();
		expect(planned).toMatchObject({
			outcome: 'blocked',
			dryRun: true,
			request: { method, path, body },
			places: [{ outcome: 'blocked', rule_id: null, request: { method, path, body } }],
		});
	});

	test('what is there already, what would be extended and what would be refused', async () => {
		const { id } = access('45.1.2.3', { notes: note(DAY) });
		access('45.1.2.4', { notes: 'By hand' });
		access('45.1.2.5', { mode: 'whitelist', notes: '' });
		const results = await output(
			blockingByRule('45.1.2.3, 45.1.2.4, 45.1.2.5', { ...dry, ...days(7) }),
		);
		expect(results).toMatchObject([
			{
				outcome: 'extended',
				previous: { reason: 'Earlier' },
				request: { method: 'PATCH', path: `${rulesPath}/${id}`, body: { mode: 'block' } },
			},
			{ outcome: 'alreadyBlocked', request: null },
			{ outcome: 'refused', refusal: { code: 'otherAccessRule' } },
		]);
		expect(writes()).toEqual([]);
	});
});
