import fc from 'fast-check';
import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { findBlocks } from '../support/ipBlocks.cjs';
import { seedIds, useCloudflare } from '../support/nodeTest.cjs';

const cf = useCloudflare();
const { list, rule, access } = blockingState(cf);
const com = seedIds.zones['example.com'];

const addresses = ['45.1.2.3', '45.1.2.200', '45.9.0.1', '2001:db8::7', '2001:db8:1::1'];
const networks = ['45.1.2.0/24', '45.1.0.0/16', '45.0.0.0/8', '45.1.2.0/25', '2001:db8::/32'];
const ranges = ['45.1.2.0/24', '45.1.0.0/16', '2001:db8::/32', '2001:db8:1::/48', '2001:db8::/64'];
const isAbout = fc.oneof(
	fc.constantFrom('$one', '$two').map((name) => `ip.src in ${name}`),
	fc.constantFrom(...addresses).map((ip) => `ip.src eq ${ip}`),
	fc
		.array(fc.constantFrom(...addresses, ...networks), { minLength: 1, maxLength: 3 })
		.map((values) => `ip.src in {${values.join(' ')}}`),
);
const expression = fc.oneof(
	isAbout,
	isAbout.map((text) => `not ${text}`),
	fc.tuple(isAbout, fc.constantFrom('and', 'or'), isAbout).map((parts) => parts.join(' ')),
	// What a plain request is not.
	fc
		.tuple(isAbout, fc.constantFrom('and', 'or', 'and not'), fc.constant('http.host eq "other"'))
		.map((parts) => parts.join(' ')),
);
const state = fc.record({
	one: fc.uniqueArray(fc.constantFrom(...addresses, ...networks), { maxLength: 4 }),
	two: fc.uniqueArray(fc.constantFrom(...addresses, ...networks), { maxLength: 3 }),
	access: fc.uniqueArray(
		fc.record({
			value: fc.constantFrom(...addresses, ...ranges),
			mode: fc.constantFrom('block', 'whitelist', 'managed_challenge', 'block'),
			at: fc.constantFrom('zone' as const, 'account' as const, 'user' as const),
		}),
		{ maxLength: 3, selector: ({ value, at }) => `${at} ${value}` },
	),
	rules: fc.array(
		fc.record({
			expression,
			action: fc.constantFrom('block', 'block', 'skip', 'managed_challenge', 'log'),
			enabled: fc.boolean(),
		}),
		{ maxLength: 4 },
	),
});

describe('IP Block: Find agrees with what the stand-in does', () => {
	test('with any lists, access rules and custom rules', async () => {
		const seen = new Map<unknown, number>();
		await fc.assert(
			fc.asyncProperty(state, async ({ one, two, access: wanted, rules }) => {
				cf.reset();
				list('one', one);
				list('two', two);
				for (const { value, ...more } of wanted) access(value, more);
				for (const { expression: text, action, enabled } of rules) {
					rule(text, {
						action,
						enabled,
						...(action === 'skip' ? { action_parameters: { ruleset: 'current' } } : {}),
					});
				}
				for (const { address, blocked } of await findBlocks(addresses)) {
					seen.set(blocked, (seen.get(blocked) ?? 0) + 1);
					if (blocked === null) continue;
					// A rule that fits others too, whatever their address, does not count.
					const isForAll = rules.some((each) => each.expression.includes('or http.host'));
					for (const host of isForAll ? ['example.com'] : ['example.com', 'other']) {
						const request = { ip: String(address), path: '/', host };
						expect([request, wouldBlock(cf.state, com, request)]).toEqual([
							request,
							expect.objectContaining({ blocked: blocked as boolean }),
						]);
					}
				}
			}),
			{ numRuns: 200 },
		);
		console.log(`find: ${JSON.stringify([...seen])}`);
		for (const answer of [true, false, null]) expect(seen.get(answer)).toBeGreaterThan(5);
	}, 120_000);
});
