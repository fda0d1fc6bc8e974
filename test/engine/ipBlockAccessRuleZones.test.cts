import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blockingByRule, duplicate, rulesPath } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks } from '../support/earlierBlocks.cjs';
import { blocksOf, claimsOf, days, severalZones } from '../support/ipBlocks.cjs';
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
const { isBlocked } = blocksOf(cf);
const { access, writes } = blockingState(cf);
const { note } = earlierBlocks(time.now);

const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
const accountScope = { level: 'account', id: seedIds.mainAccount } as const;

describe('IP Block: Block by access rules in several zones', () => {
	test('each zone has its own rule and its own outcome', async () => {
		const { id } = access('45.1.2.3', { notes: 'By hand' });
		const results = await output(blockingByRule('45.1.2.3', severalZones));
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
		access('45.1.2.3', { notes: note(DAY) });
		access('45.1.2.3', { notes: note(), at: 'otherZone' });
		const results = await output(blockingByRule('45.1.2.3', { ...severalZones, ...days(7) }));
		expect(results).toMatchObject([
			{ outcome: 'extended', places: [{ outcome: 'extended' }, { outcome: 'alreadyBlocked' }] },
		]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('extended in one, new in the other: blocked', async () => {
		access('45.1.2.3', { notes: note(DAY) });
		const results = await output(blockingByRule('45.1.2.3', { ...severalZones, ...days(7) }));
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
			access('45.1.2.3', { notes: note(one * DAY) });
			access('45.1.2.3', { notes: note(two * DAY), at: 'otherZone' });
			const [{ outcome, block: told }] = await output(
				blockingByRule('45.1.2.3', { ...severalZones, ...days(7) }),
			);
			expect(outcome).toBe('alreadyBlocked');
			const { expiresAt } = told as { expiresAt: string };
			expect((Date.parse(expiresAt) - time.now()) / DAY).toBeCloseTo(9, 3);
		},
	);

	test('refused in one: blocked in the other, and not everywhere', async () => {
		access('45.1.2.3', { mode: 'whitelist', notes: '' });
		const [result] = await output(blockingByRule('45.1.2.3', severalZones));
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
			parameters: blockingByRule(addresses.join(), severalZones),
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
		const text = await refusal(blockingByRule('45.1.2.3', severalZones), { credentials });
		expect(text).toContain('Zone → Firewall Services → Edit');
		expect(text).toContain('Blocked by now: 0 of the 1 addresses');
		expectNoSecret(text, [apiToken]);
	});
});

describe('IP Block: Block by access rules beside rules of the account', () => {
	test('one that blocks for a shorter time: the zone has its own beside it', async () => {
		const inherited = access('45.1.2.3', { notes: note(DAY), at: 'account' });
		const results = await output(blockingByRule('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(cf.state.accessRules.of(accountScope)).toEqual([inherited]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test.each([
		['ends earlier', { notes: note(DAY) }, 'alreadyBlocked', /blocks it until 2\d{3}-.*beside it/],
		['lasts', { notes: note() }, 'alreadyBlocked', undefined],
		['is somebody’s', { notes: 'By hand' }, 'alreadyBlocked', undefined],
		['allows', { mode: 'whitelist', notes: 'Ours' }, 'refused', /of the account .* mode whitelist/],
	])(
		'where Cloudflare takes none beside it, and it %s: said, and never changed',
		async (_what, more, outcome, reason) => {
			const inherited = access('45.1.2.3', { ...more, at: 'account' });
			cf.faults.add({ ...duplicate, times: 9 });
			const [result] = await output(blockingByRule('45.1.2.3', days(7)));
			expect(result).toMatchObject({ outcome, places: [{ rule_id: inherited.id }] });
			const [{ reason: told }] = result.places as Array<{ reason?: string }>;
			if (reason) expect(told).toMatch(reason);
			else expect(told).toBeUndefined();
			expect(cf.state.accessRules.of(accountScope)).toEqual([inherited]);
		},
	);
});
