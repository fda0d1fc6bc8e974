import fc from 'fast-check';
import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { addToken, wouldBlock, type Fault } from '../../sandbox/cloudflare/index.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { blocking, ipBlock } from '../support/ipBlocks.cjs';
import { many } from '../support/ipLists.cjs';
import {
	jsonOf,
	output,
	refusal,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();
const { list, rule, access, writes } = blockingState(cf);

const com = seedIds.zones['example.com'];
const OURS = formatBlockComment({ origin: 'Playbook', reason: 'Stuffing', expiresAt: 4e12 });
const finding = (addresses: unknown, more: object = {}) => ({
	...ipBlock,
	operation: 'find',
	addresses,
	...more,
});
type Found = Record<string, unknown> & { blocks: Array<Record<string, unknown>> };
const find = async (addresses: unknown, more: object = {}) =>
	(await output(finding(addresses, more))) as Found[];
const authentication = {
	kind: 'status' as const,
	status: 403,
	errors: [{ code: 10000, message: 'Authentication error' }],
	times: 99,
} satisfies Fault;

describe('IP Block: Find', () => {
	test('an address that nothing blocks', async () => {
		expect(await find('45[.]1.2.3')).toEqual([
			{
				input: '45[.]1.2.3',
				address: '45.1.2.3',
				notes: [expect.any(String)],
				blocked: false,
				everywhere: false,
				zones: [{ scope: 'zone', id: com, name: 'example.com', blocked: false }],
				blocks: [],
				setAside: [],
				unreadable: [],
			},
		]);
		expect(writes()).toEqual([]);
	});

	test('what is no address is told, and asks nothing', async () => {
		const records = await find('nobody');
		expect(records).toMatchObject([
			{ address: null, blocked: null, refusal: { code: expect.any(String) } },
		]);
		expect(cf.calls).toEqual([]);
	});

	test('the item of a wider network, with its block and the rules that use the list', async () => {
		const { id } = list('bad', ['45.1.0.0/16', '45.1.2.0/25', '46.0.0.0/8'], OURS);
		list('unused', ['45.1.2.3'], 'By hand');
		const ruleId = rule('ip.src in $bad', { description: 'Bad' });
		rule('ip.src in $unused', { enabled: false });
		const [{ blocked, blocks }] = await find('45.1.2.3');
		expect(blocked).toBe(true);
		const kept = { list: { id, name: 'bad' }, blocks: true, covers: 'all' };
		const block = { ours: true, blockedBy: 'Playbook', reason: 'Stuffing' };
		expect(blocks).toMatchObject([
			{ ...kept, network: '45.1.0.0/16', block },
			{
				...kept,
				network: '45.1.2.0/25',
				block,
				rules: [{ rule_id: ruleId, description: 'Bad', blocks: true, place: { id: com } }],
			},
			{ list: { name: 'unused' }, blocks: false, block: { ours: false, reason: 'By hand' } },
		]);
	});

	test('IPv6, in any spelling', async () => {
		list('bad', ['2001:db8::/32']);
		rule('ip.src in $bad');
		access('2001:db8:1::/48', { at: 'account' });
		access('2001:db8:1::1', { mode: 'whitelist' });
		const records = await find('2001:DB8:2:0::5, 2001:db8:1:0::2, 2001:db8:1::1');
		expect(records.map(({ blocked }) => blocked)).toEqual([true, true, false]);
		expect(records[2].blocks).toMatchObject([
			{ kind: 'listItem', blocks: true },
			{ kind: 'accessRule', mode: 'block', owner: expect.stringContaining('account') },
			{
				kind: 'accessRule',
				mode: 'whitelist',
				blocks: false,
				reason: 'an IP access rule lets it through, past all other rules',
			},
		]);
	});

	test('custom rules: for certain, depending on more, and such as let it through', async () => {
		rule('ip.src in {45.1.2.0/24} and http.host eq "shop.example.com"');
		expect(await find('45.1.2.3')).toMatchObject([
			{ blocked: null, blocks: [{ kind: 'rule', blocks: null, action: 'block' }] },
		]);
		rule('ip.src eq 45.1.2.3 or http.host eq "x"');
		expect(await find('45.1.2.3, 192.0.2.3')).toMatchObject([
			{ blocked: true, blocks: [{ blocks: null }, { blocks: true, networks: ['45.1.2.3'] }] },
			{ blocked: false, blocks: [{ kind: 'listItem', rules: [{ action: 'skip' }] }] },
		]);
	});

	test('lists of Cloudflare cannot be looked into, countries are set aside', async () => {
		rule('ip.src in $cf.open_proxies');
		rule('ip.src.country in {"KP"}', { description: 'Sanctions' });
		expect(await find('45.1.2.3')).toMatchObject([
			{
				blocked: null,
				blocks: [
					{
						kind: 'rule',
						blocks: null,
						lists: ['cf.open_proxies'],
						reason:
							'whether a custom rule blocks it depends on who is in $cf.open_proxies, which Cloudflare does not tell',
					},
				],
				setAside: [{ description: 'Sanctions', reason: expect.stringContaining('country') }],
			},
		]);
	});

	test('a network: as a whole, or in part', async () => {
		list('bad', ['45.1.2.0/24', '45.1.3.7']);
		rule('ip.src in $bad');
		access('45.1.4.7', { notes: 'One host' });
		const records = await find('45.1.2.128/25, 45.1.3.0/24, 45.1.4.0/24, 45.1.5.0/24');
		expect(records.map(({ blocked }) => blocked)).toEqual([true, null, null, false]);
		expect(records[1].blocks).toMatchObject([
			{ covers: 'part', network: '45.1.3.7', blocks: true },
		]);
		expect(records[2].blocks).toMatchObject([{ covers: 'part', kind: 'accessRule' }]);
	});

	test('several zones, or all of the account', async () => {
		await output(blocking('45.1.2.3'));
		const [several] = await find('45.1.2.3', {
			zonesFrom: 'several',
			zones: 'example.com, example.net',
		});
		expect(several).toMatchObject({
			blocked: true,
			everywhere: false,
			zones: [
				{ name: 'example.com', blocked: true },
				{ name: 'example.net', blocked: false },
			],
		});
		access('45.1.2.3', { at: 'account' });
		const [all] = await find('45.1.2.3', { zonesFrom: 'account' });
		expect(all).toMatchObject({ blocked: true, everywhere: true });
		expect((all.zones as unknown[]).length).toBeGreaterThan(4);
	});

	test('rules of the account count also where zones do not list them', async () => {
		cf.state.accessRules.listsInherited = false;
		access('45.1.2.3', { at: 'account' });
		const [all] = await find('45.1.2.3', { zonesFrom: 'account' });
		expect(all).toMatchObject({ blocked: true, everywhere: true });
	});
});

describe('IP Block: Find, what cannot be read', () => {
	test.each([
		['the IP access rules', /access_rules/, 'Zone → Firewall Services → Read'],
		['the custom rules', /rulesets/, 'Zone → Zone WAF → Read'],
		['the IP lists of the account', /rules\/lists$/, 'Account → Account Filter Lists → Read'],
		['the list bad', /lists\/d[^/]*\/items/, 'Account → Account Filter Lists → Read'],
	])('%s: told, and nothing is claimed', async (what, path, permission) => {
		list('bad', ['45.1.2.3']);
		rule('ip.src in $bad');
		cf.faults.add({ ...authentication, match: { path } });
		const [record] = await find('45.1.2.3');
		expect(record).toMatchObject({ blocked: null });
		expect(record.unreadable).toContainEqual(
			expect.objectContaining({
				what,
				permission,
				reason: expect.stringContaining('Authentication error'),
			}),
		);
	});

	test('nothing at all: an error that names the permission', async () => {
		cf.faults.add({ ...authentication, match: { path: /access_rules|rulesets|lists/ } });
		expect(await refusal(finding('45.1.2.3'))).toContain('Zone → Zone WAF → Read');
	});

	test('a token that may read lists and rules only', async () => {
		await output(blocking('45.1.2.3'));
		const apiToken = addToken(cf.state, {
			permissions: ['Account Rule Lists Read', 'Zone WAF Read', 'Zone Read'],
		});
		const credentials = tokenCredential({ apiToken });
		const [record] = await output(finding('45.1.2.3'), { credentials });
		expect(record).toMatchObject({
			blocked: null,
			blocks: [{ kind: 'listItem', blocks: true }],
			unreadable: [{ what: 'the IP access rules' }],
		});
	});

	test('cancelled', async () => {
		cf.faults.add({ kind: 'delay', ms: 500, match: { path: /access_rules/ } });
		const result = await runNode({ parameters: finding('45.1.2.3'), cancelAfter: 50 });
		expect(result.items).toEqual([]);
	});

	test.each(['cutBefore', 'rateLimited'] as const)(
		'%s at each request: tried again',
		async (kind) => {
			list('bad', ['45.1.2.3']);
			rule('ip.src in $bad');
			const first = await find('45.1.2.3');
			const requests = cf.calls.map(({ method, path }) => ({ method, path }));
			for (const match of requests) {
				cf.faults.add({ kind, match });
				expect(await find('45.1.2.3')).toEqual(first);
			}
		},
	);
});

describe('IP Block: Find, requests', () => {
	test('100 items read each thing once', async () => {
		list('bad', many(40));
		rule('ip.src in $bad');
		const addresses = many(100);
		const result = await runNode({
			parameters: finding('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
		});
		const records = jsonOf(result);
		expect(records.map(({ address, blocked }) => [address, blocked])).toEqual(
			addresses.map((ip, index) => [ip, index < 40]),
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			addresses.map((_, item) => ({ item })),
		);
		// The zone, the lists and the items of both, the access rules, the custom rules.
		expect(cf.calls.map(({ method }) => method)).toEqual(Array(6).fill('GET'));
	});

	test('of many access rules only those that matter are asked for', async () => {
		for (const ip of many(1500)) access(ip);
		access('45.1.0.0/16', { at: 'account' });
		expect(await find('45.1.2.3')).toMatchObject([{ blocked: true }]);
		const lookups = cf.calls.filter(({ path }) => path.includes('access_rules'));
		// One page, then /16, /24 and the address.
		expect(lookups).toHaveLength(4);
	});

	test('of a large list too', async () => {
		list('bad', [...many(13_000), '45.1.0.0/16']);
		rule('ip.src in $bad');
		expect(await find('45.1.2.3')).toMatchObject([{ blocked: true }]);
		const reads = cf.calls.filter(({ path }) => /lists\/d[^/]*\/items/.test(path));
		expect(reads).toHaveLength(25);
	});
});

const addresses = ['45.1.2.3', '45.1.2.200', '45.9.0.1', '2001:db8::7', '2001:db8:1::1'];
const networks = ['45.1.2.0/24', '45.1.0.0/16', '45.0.0.0/8', '45.1.2.0/25', '2001:db8::/32'];
const ranges = ['45.1.2.0/24', '45.1.0.0/16', '2001:db8::/32', '2001:db8:1::/48', '2001:db8::/64'];
const test_ = fc.oneof(
	fc.constantFrom('$one', '$two').map((name) => `ip.src in ${name}`),
	fc.constantFrom(...addresses).map((ip) => `ip.src eq ${ip}`),
	fc
		.array(fc.constantFrom(...addresses, ...networks), { minLength: 1, maxLength: 3 })
		.map((values) => `ip.src in {${values.join(' ')}}`),
);
const expression = fc.oneof(
	test_,
	test_.map((text) => `not ${text}`),
	fc.tuple(test_, fc.constantFrom('and', 'or'), test_).map((parts) => parts.join(' ')),
	// What a plain request is not.
	fc
		.tuple(test_, fc.constantFrom('and', 'or', 'and not'), fc.constant('http.host eq "other"'))
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
				for (const { address, blocked } of await find(addresses)) {
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
