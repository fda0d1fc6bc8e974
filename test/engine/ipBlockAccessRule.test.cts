import {
	formatBlockComment,
	parseBlockComment,
} from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blocking, blocksOf, claimsOf } from '../support/ipBlocks.cjs';
import {
	jsonOf,
	moveTime,
	output,
	refusal,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { accessRules, foreign, isBlocked } = blocksOf(cf);

const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
const account = seedIds.mainAccount;
const zoneScope = { level: 'zone', id: com } as const;
const accountScope = { level: 'account', id: account } as const;
const rulesPath = `/zones/${com}/firewall/access_rules/rules`;
const DAY = 86_400_000;
const several = { zonesFrom: 'several', zones: 'example.com, example.net' };

const block = (addresses: unknown, more: object = {}) =>
	blocking(addresses, { method: 'accessRule', ...more });
/** Parameters of a block that ends after so many days. */
const days = (count: number) => ({ expires: 'after', expiresAfter: count, expiresUnit: 'days' });
const ours = (inMs?: number) =>
	formatBlockComment({
		origin: 'Earlier playbook',
		reason: 'Earlier',
		...(inMs === undefined ? {} : { expiresAt: time.now() + inMs }),
	});
/** A rule that was there before. */
const given = (
	value: string,
	more: { mode?: string; notes?: string; target?: string } = {},
	scope: typeof zoneScope | typeof accountScope = zoneScope,
) => {
	const { target = 'ip', mode = 'block', notes = '' } = more;
	return cf.state.accessRules.create(scope, { mode, notes, configuration: { target, value } });
};
const methods = () => cf.calls.map(({ method, path }) => (path === '/ips' ? 'ips' : method));
const writes = () => cf.calls.filter(({ method }) => method !== 'GET');
const daysLeft = (notes = '') => ((parseBlockComment(notes)?.expiresAt ?? 0) - time.now()) / DAY;

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
		const results = await output(block(address, { reason: 'Stuffing', ...days(7) }));
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
		await output(block('45.1.2.3, 45.1.2.4'));
		// The last one: which addresses the zone lets through.
		expect(methods()).toEqual(['ips', 'GET', 'POST', 'POST', 'GET']);
	});

	test('a single IPv6 address where the block size says so', async () => {
		await output(block('2a01:4f8:1:2::3', { options: { ipv6BlockSize: 128 } }));
		expect([isBlocked('2a01:4f8:1:2::3'), isBlocked('2a01:4f8:1:2::4')]).toEqual([true, false]);
	});

	test('the whole account: one rule, also for zones that come later', async () => {
		const results = await output(block('45.1.2.3', { zonesFrom: 'account' }));
		expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.3', net)]).toEqual([true, true]);
		expect(accessRules()).toMatchObject([{ scope: { level: 'account', id: account } }]);
		expect(results[0].places).toMatchObject([{ scope: 'account', id: account }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('again: nothing is sent that changes anything, whatever the new reason', async () => {
		await output(block('45.1.2.3', { expires: 'never', reason: 'First' }));
		const before = structuredClone(cf.state.accessRules.all());
		const [result] = await output(block('45.1.2.3', { expires: 'never', reason: 'Second' }));
		expect(result).toMatchObject({ outcome: 'alreadyBlocked', block: { reason: 'First' } });
		const [shorter] = await output(block('45.1.2.3', days(1)));
		expect(shorter).toMatchObject({ outcome: 'alreadyBlocked', block: { expiresAt: null } });
		expect(cf.state.accessRules.all()).toEqual(before);
	});

	test('a repeat offence: the later expiry, with what was there before', async () => {
		const { id } = given('45.1.2.3', { notes: ours(DAY) });
		const before = foreign();
		const results = await output(block('45.1.2.3', { ...days(7), reason: 'Again' }));
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
		given('45.1.2.3', { notes: 'By hand' });
		given('45.1.2.0/24', { target: 'ip_range' });
		const before = foreign();
		const results = await output(block('45.1.2.3, 45.1.2.0/24', days(7)));
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
			given('45.1.2.3', { mode, notes: 'Our scanner' });
			const before = foreign();
			const { items, error, hints } = await runNode({ parameters: block('45.1.2.3\n45.1.2.4') });
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
		given('45.1.2.3', { mode: 'challenge', notes: ours(DAY) });
		const before = structuredClone(cf.state.accessRules.all());
		expect((await output(block('45.1.2.3', days(7))))[0].outcome).toBe('refused');
		expect(cf.state.accessRules.all()).toEqual(before);
	});

	test('networks that access rules do not take: refused with the nearest, nothing sent', async () => {
		const results = await output(block('45.1.2.0/25, 45.1.0.0/20, 2a01:4f8:1::/56'));
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
			parameters: block('={{ $json.ip }}', { expiresAfter: '={{ $json.for }}' }),
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

describe('IP Block: Block by access rules in several zones', () => {
	const givenInNet = (notes: string) =>
		cf.state.accessRules.create(
			{ level: 'zone', id: net },
			{ mode: 'block', notes, configuration: { target: 'ip', value: '45.1.2.3' } },
		);

	test('each zone has its own rule and its own outcome', async () => {
		const { id } = given('45.1.2.3', { notes: 'By hand' });
		const results = await output(block('45.1.2.3', several));
		expect(results).toMatchObject([
			{
				outcome: 'blocked',
				everywhere: true,
				places: [
					{ id: com, outcome: 'alreadyBlocked', rule_id: id },
					{ id: net, outcome: 'blocked' },
				],
			},
		]);
		expect(claimsOf(cf, results)).toEqual([]);
		expect(isBlocked('45.1.2.3', net)).toBe(true);
	});

	test('extended in one, long enough in the other: extended', async () => {
		given('45.1.2.3', { notes: ours(DAY) });
		givenInNet(ours());
		const results = await output(block('45.1.2.3', { ...several, ...days(7) }));
		expect(results).toMatchObject([
			{ outcome: 'extended', places: [{ outcome: 'extended' }, { outcome: 'alreadyBlocked' }] },
		]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('extended in one, new in the other: blocked', async () => {
		given('45.1.2.3', { notes: ours(DAY) });
		const results = await output(block('45.1.2.3', { ...several, ...days(7) }));
		expect(results).toMatchObject([
			{ outcome: 'blocked', places: [{ outcome: 'extended' }, { outcome: 'blocked' }] },
		]);
	});

	test.each([
		['the first', 9, 30],
		['the second', 30, 9],
	])(
		'long enough in both, and %s ends earlier: told until when all hold',
		async (_what, one, two) => {
			given('45.1.2.3', { notes: ours(one * DAY) });
			givenInNet(ours(two * DAY));
			const [{ outcome, block: told }] = await output(
				block('45.1.2.3', { ...several, ...days(7) }),
			);
			expect(outcome).toBe('alreadyBlocked');
			const { expiresAt } = told as { expiresAt: string };
			expect((Date.parse(expiresAt) - time.now()) / DAY).toBeCloseTo(9, 3);
		},
	);

	test('refused in one: blocked in the other, and not everywhere', async () => {
		given('45.1.2.3', { mode: 'whitelist' });
		const [result] = await output(block('45.1.2.3', several));
		expect(result).toMatchObject({
			outcome: 'blocked',
			everywhere: false,
			places: [
				{ outcome: 'refused', reason: expect.stringContaining('mode whitelist') },
				{ outcome: 'blocked' },
			],
		});
	});

	test('a zone in which the token may not write fails alone, and is asked no more', async () => {
		const apiToken = addToken(cf.state, {
			permissions: ['Zone Read', 'Firewall Services Write'],
			exceptions: { [com]: ['Zone Read', 'Firewall Services Read'] },
		});
		const addresses = Array.from({ length: 40 }, (_, index) => `45.1.3.${index}`);
		const result = await runNode({
			parameters: block(addresses.join(), several),
			credentials: tokenCredential({ apiToken }),
		});
		const results = jsonOf(result);
		expect(results).toHaveLength(40);
		for (const each of results)
			expect(each).toMatchObject({
				outcome: 'blocked',
				everywhere: false,
				places: [
					{ id: com, outcome: 'failed', reason: expect.stringContaining('not allowed to do this') },
					{ id: net, outcome: 'blocked' },
				],
			});
		expect(claimsOf(cf, results)).toEqual([]);
		expect(result.hints.map(({ message }) => message).join()).toContain(
			'Not blocked in example.com',
		);
		expect(writes().filter(({ path }) => path === rulesPath).length).toBeLessThanOrEqual(8);
	});

	test('no zone that may be written: an error with the permission', async () => {
		const apiToken = addToken(cf.state, { permissions: ['Zone Read', 'Firewall Services Read'] });
		const credentials = tokenCredential({ apiToken });
		const text = await refusal(block('45.1.2.3', several), { credentials });
		expect(text).toContain('Zone → Firewall Services → Edit');
		expect(text).toContain('Blocked by now: 0 of the 1 addresses');
		expectNoSecret(text, [apiToken]);
	});
});

describe('IP Block: Block by access rules beside rules of the account', () => {
	test('one that blocks for a shorter time: the zone has its own beside it', async () => {
		const inherited = given('45.1.2.3', { notes: ours(DAY) }, accountScope);
		const results = await output(block('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(cf.state.accessRules.of(accountScope)).toEqual([inherited]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	const duplicate = () =>
		cf.faults.add({
			kind: 'status',
			status: 400,
			errors: [{ code: 10009, message: 'firewallaccessrules.api.duplicate_of_existing' }],
			match: { method: 'POST', path: rulesPath },
			times: 9,
		});

	test.each([
		['ends earlier', { notes: ours(DAY) }, 'alreadyBlocked', /blocks it until 2\d{3}-.*beside it/],
		['lasts', { notes: ours() }, 'alreadyBlocked', undefined],
		['is somebody’s', { notes: 'By hand' }, 'alreadyBlocked', undefined],
		['allows', { mode: 'whitelist', notes: 'Ours' }, 'refused', /of the account .* mode whitelist/],
	])(
		'where Cloudflare takes none beside it, and it %s: said, and never changed',
		async (_what, more, outcome, reason) => {
			const inherited = given('45.1.2.3', more, accountScope);
			duplicate();
			const [result] = await output(block('45.1.2.3', days(7)));
			expect(result).toMatchObject({ outcome, places: [{ rule_id: inherited.id }] });
			const [{ reason: told }] = result.places as Array<{ reason?: string }>;
			if (reason) expect(told).toMatch(reason);
			else expect(told).toBeUndefined();
			expect(cf.state.accessRules.of(accountScope)).toEqual([inherited]);
		},
	);
});

describe('IP Block: Block by access rules, several runs at once', () => {
	test('the same address, new: one rule, one that made it, the later expiry', async () => {
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'POST', path: rulesPath } });
		const runs = await Promise.all([
			output(block('45.1.2.3', days(7))),
			output(block('45.1.2.3', days(1))),
		]);
		expect(accessRules()).toHaveLength(1);
		expect(daysLeft(accessRules()[0].notes)).toBeCloseTo(7, 3);
		const outcomes = runs.map(([{ outcome }]) => outcome);
		expect(outcomes.filter((outcome) => outcome === 'blocked')).toHaveLength(1);
		expect(claimsOf(cf, runs[0])).toEqual([]);
	});

	test('different addresses: none is lost', async () => {
		const of = (last: number) => Array.from({ length: 20 }, (_, index) => `45.1.${last}.${index}`);
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'POST', path: rulesPath } });
		await Promise.all([output(block(of(1).join())), output(block(of(2).join()))]);
		expect([...of(1), ...of(2)].filter((ip) => !isBlocked(ip))).toEqual([]);
	});

	test('somebody deletes the rule in between: made anew', async () => {
		const rule = given('45.1.2.3', { notes: ours(DAY) });
		const shown = { ...rule, scope: { id: com, type: 'zone' } };
		cf.faults.add({
			kind: 'status',
			status: 400,
			errors: [{ code: 10009, message: 'firewallaccessrules.api.duplicate_of_existing' }],
			match: { method: 'POST', path: rulesPath, nth: 1 },
		});
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: [shown] }),
			match: { method: 'GET', path: rulesPath },
		});
		cf.state.accessRules.remove(rule, 'none');
		const results = await output(block('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('somebody keeps setting an earlier expiry: an error, no claim', async () => {
		const rule = given('45.1.2.3', { notes: ours(DAY) });
		const shown = { ...rule, scope: { id: com, type: 'zone' } };
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: [shown] }),
			match: { method: 'GET', path: rulesPath },
			times: 60,
		});
		const text = await refusal(block('45.1.2.3', days(7)));
		expect(text).toContain('somebody else works on it');
		expect(writes().map(({ method }) => method)).toEqual(['POST', ...Array(9).fill('PATCH')]);
	});
});

describe('IP Block: Block by access rules in trouble', () => {
	test.each(['cutBefore', 'cutAfter'] as const)('%s at the POST: blocked, once', async (kind) => {
		cf.faults.add({ kind, match: { method: 'POST' } });
		const results = await output(block('45.1.2.3'));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(accessRules()).toHaveLength(1);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('a POST whose answer is lost, and whose rule is not listed at once: still blocked by us', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		cf.faults.add({
			kind: 'body',
			body: JSON.stringify({ success: true, errors: [], messages: [], result: [] }),
			match: { method: 'GET', path: rulesPath },
		});
		const results = await output(block('45.1.2.3'));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(writes()).toHaveLength(2);
		expect(accessRules()).toHaveLength(1);
	});

	test.each(['cutBefore', 'cutAfter'] as const)('%s at the PATCH: extended', async (kind) => {
		given('45.1.2.3', { notes: ours(DAY) });
		cf.faults.add({ kind, match: { method: 'PATCH' } });
		const results = await output(block('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'extended' }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('one address that fails is an error for its item alone', async () => {
		// Four tries of one of the first requests.
		const items = ['45.1.2.3', '45.1.2.4', '45.1.2.3'].map((ip) => ({ ip }));
		given('45.1.2.3', { notes: ours(DAY) });
		cf.faults.add({ kind: 'status', status: 500, match: { method: 'PATCH' }, times: 4 });
		const result = await runNode({
			parameters: block('={{ $json.ip }}', days(7)),
			items,
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			[undefined, { item: 0 }],
			['blocked', { item: 1 }],
			[undefined, { item: 2 }],
		]);
		const [{ json: failed }] = result.items;
		expect(failed.error).toContain('Cloudflare could not process the request');
		expect(failed.details).toMatchObject({
			description: expect.stringContaining('Blocked by now: 1 of the 2 addresses'),
		});
	});

	test('a token that may not write: the other addresses are not even tried', async () => {
		const apiToken = addToken(cf.state, { permissions: ['Zone Read', 'Firewall Services Read'] });
		const addresses = Array.from({ length: 100 }, (_, index) => `45.1.3.${index}`);
		const result = await runNode({
			parameters: block('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
			credentials: tokenCredential({ apiToken }),
			onError: 'continueRegularOutput',
		});
		expect(result.items).toHaveLength(100);
		for (const { json } of result.items) expect(json.error).toContain('not allowed to do this');
		expectNoSecret(result, [apiToken]);
		expect(writes().length).toBeLessThanOrEqual(8);
	});

	test('a rate limit that does not end: stops, and says how far it came', async () => {
		const addresses = Array.from({ length: 60 }, (_, index) => `45.1.3.${index}`);
		for (let nth = 21; nth <= 80; nth += 1)
			cf.faults.add({ kind: 'rateLimited', retryAfter: 900, match: { method: 'POST', nth } });
		const text = await refusal(block(addresses.join()));
		const done = addresses.filter((ip) => isBlocked(ip)).length;
		expect(done).toBe(20);
		expect(text).toContain(`Blocked by now: ${done} of the 60 addresses`);
		expect(writes().length).toBeLessThanOrEqual(28);
		cf.faults.clear();
		const results = await output(block(addresses.join()));
		expect(claimsOf(cf, results)).toEqual([]);
		expect(results.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(40);
	});
});

describe('IP Block: Block by access rules with Dry Run', () => {
	const dry = { options: { dryRun: true } };

	test('a new one: the request that the run then sends', async () => {
		const [planned] = await output(block('45.1.2.3', { ...dry, expires: 'never' }));
		expect(writes()).toEqual([]);
		await output(block('45.1.2.3', { expires: 'never' }));
		const [{ method, path, body }] = writes();
		expect(planned).toMatchObject({
			outcome: 'blocked',
			dryRun: true,
			request: { method, path, body },
			places: [{ outcome: 'blocked', rule_id: null, request: { method, path, body } }],
		});
	});

	test('what is there already, what would be extended and what would be refused', async () => {
		const { id } = given('45.1.2.3', { notes: ours(DAY) });
		given('45.1.2.4', { notes: 'By hand' });
		given('45.1.2.5', { mode: 'whitelist' });
		const results = await output(block('45.1.2.3, 45.1.2.4, 45.1.2.5', { ...dry, ...days(7) }));
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
