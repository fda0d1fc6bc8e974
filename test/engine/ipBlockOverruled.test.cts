import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { blocking, blocksOf, findBlocks, severalZones } from '../support/ipBlocks.cjs';
import {
	exampleCom,
	mainAccount,
	moveTime,
	output,
	runNode,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { isBlocked, foreign } = blocksOf(cf);

/** An access rule that somebody made. */
const given = async (value: string, more: object = {}) =>
	await output({
		authentication: 'token',
		resource: 'ipAccessRule',
		operation: 'upsert',
		scope: 'zone',
		zone: exampleCom,
		account: mainAccount,
		target: 'address',
		mode: 'whitelist',
		value,
		...more,
	});
const ofAccount = { scope: 'account' };

describe('IP Block: Block where an access rule lets the address through', () => {
	test.each([
		['list', 'a wider rule of the zone', '45.1.0.0/16', {}],
		['list', 'a rule of the account for the very address', '45.1.2.3', ofAccount],
		['accessRule', 'a wider rule of the zone', '45.1.2.0/24', {}],
		['accessRule', 'a rule of the account for the very address', '45.1.2.3', ofAccount],
	] as const)('%s, %s: overruled, never blocked', async (method, _what, value, more) => {
		await given(value, more);
		const before = foreign();
		const { items, hints, error } = await runNode({
			parameters: blocking('45.1.2.3, 45.9.9.9', { method }),
		});
		expect(error).toBeUndefined();
		expect(isBlocked('45.1.2.3')).toBe(false);
		expect(isBlocked('45.9.9.9')).toBe(true);
		expect(items.map(({ json }) => [json.outcome, json.everywhere])).toEqual([
			['overruled', false],
			['blocked', true],
		]);
		const [place] = items[0].json.places as Array<{ outcome: string; reason: string }>;
		expect(place).toMatchObject({
			outcome: 'overruled',
			reason: expect.stringContaining(`allows ${value}, which wins over a block`),
		});
		expect(hints.map(({ message }) => message).join('\n')).toContain(
			'Not blocked in example.com (45.1.2.3): the IP access rule',
		);
		expect(foreign()).toEqual(before);
		const dryRun = blocking('45.1.2.3', { method, options: { dryRun: true } });
		expect((await output(dryRun))[0].outcome).toBe('overruled');
	});

	test.each(['list', 'accessRule'])(
		'%s: also where the block is wider than the address, and only for that address',
		async (method) => {
			await given('2a01:db9::7');
			const results = await output(blocking('2a01:db9::7, 2a01:db9::8', { method }));
			expect(results).toMatchObject([
				{ outcome: 'overruled', widenedTo: '2a01:db9::/64', everywhere: false },
				{ outcome: 'blocked', widenedTo: '2a01:db9::/64', everywhere: true },
			]);
			expect(isBlocked('2a01:db9::7')).toBe(false);
			expect(isBlocked('2a01:db9::8')).toBe(true);
			expect((await findBlocks('2a01:db9::7'))[0].blocked).toBe(false);
		},
	);

	test('in one of two zones: told for that one', async () => {
		await given('45.1.2.3');
		const [result] = await output(blocking('45.1.2.3', severalZones));
		expect(result).toMatchObject({
			outcome: 'blocked',
			everywhere: false,
			places: [{ outcome: 'overruled' }, { outcome: 'blocked' }],
		});
	});

	test('rules that allow others, countries or single addresses in a network do not matter', async () => {
		await given('45.1.3.0/24');
		await given('2a01:db9::7');
		await given('DE', { target: 'country' });
		const results = await output(blocking('45.1.2.3, 2a01:db9::1'));
		expect(results.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked']);
	});

	test('without the right to read them: blocked, and the doubt is told', async () => {
		const apiToken = addToken(cf.state, {
			name: 'no-access-rules',
			permissions: ['Zone Read', 'Zone WAF Write', 'Account Rule Lists Write'],
		});
		const { items, hints, error } = await runNode({
			parameters: blocking('45.1.2.3'),
			credentials: tokenCredential({ apiToken }),
		});
		expect(error).toBeUndefined();
		expect(items[0].json.outcome).toBe('blocked');
		expect(hints.map(({ message }) => message).join('\n')).toContain(
			'Whether an IP access rule with the mode Allow lets blocked addresses through in example.com could not be checked: reading them needs',
		);
	});

	test('unreadable for another reason: that reason is told, not a missing right', async () => {
		const errors = [{ code: 10001, message: 'service unavailable' }];
		const match = { path: /access_rules/ };
		cf.faults.add({ kind: 'status', status: 500, errors, match, times: 4 });
		const { items, hints } = await runNode({ parameters: blocking('45.1.2.3') });
		expect(items[0].json.outcome).toBe('blocked');
		const text = hints.map(({ message }) => message).join('\n');
		expect(text).toContain('could not be checked: Cloudflare could not process the request');
		expect(text).not.toContain('Firewall Services');
	});
});
