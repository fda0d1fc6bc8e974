import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { blocking, blocksOf, ipBlock } from '../support/ipBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
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

const time = moveTime();
/** What somebody else does after the first look at the items. */
let afterItems: (() => void) | undefined;
const cf = useCloudflare({ now: time.now }, ({ method, url }, response) => {
	if (method === 'GET' && url.includes('/items')) {
		afterItems?.();
		afterItems = undefined;
	}
	return response;
});
const { foreign, items, accessRules } = blocksOf(cf);
const { list, rule, access, isBlocked, everything, writes } = blockingState(cf);

const LIST = 'n8n_blocklist';
const OURS = formatBlockComment({ origin: 'Playbook', reason: 'Stuffing' });
const unblocking = (addresses: unknown, more: object = {}, options: object = {}) => ({
	...ipBlock,
	operation: 'unblock',
	addresses,
	options,
	...more,
});
type Record_ = Record<string, unknown>;
const outcomes = (records: Record_[]) => records.map(({ outcome }) => outcome);
const remaining = (record: Record_) => record.remaining as Record_[];

const methods = [
	['list', {}],
	['accessRule', { method: 'accessRule' }],
	['accessRule of the account', { method: 'accessRule', zonesFrom: 'account' }],
] as const;

describe('IP Block: Unblock what Block has blocked', () => {
	test.each(methods)('%s: the addresses pass again, all else stays', async (_what, more) => {
		if ('method' in more) access('45.1.2.99');
		else list('others', ['45.1.2.99'], 'By hand');
		const addresses = '45[.]1.2.3, 45.1.2.4, 2a01:4f8:1:2::3';
		await output(blocking(addresses, more));
		const before = foreign();
		expect(['45.1.2.3', '45.1.2.4', '2a01:4f8:1:2::3'].map((ip) => isBlocked(ip))).toEqual([
			true,
			true,
			true,
		]);
		const records = await output(unblocking('45.1.2.3:443, 2a01:4f8:1:2::3', more));
		expect(outcomes(records)).toEqual(['unblocked', 'unblocked']);
		expect(records[0]).toMatchObject({
			input: '45.1.2.3:443',
			address: '45.1.2.3',
			remaining: [],
			unreadable: [],
			removed: [{ block: { ours: true } }],
		});
		expect(records[1]).toMatchObject({ widenedTo: '2a01:4f8:1:2::/64' });
		expect(['45.1.2.3', '45.1.2.4', '2a01:4f8:1:2::3'].map((ip) => isBlocked(ip))).toEqual([
			false,
			true,
			false,
		]);
		expect(foreign()).toEqual(before);
		const again = await output(unblocking('45.1.2.3, 2a01:4f8:1:2::3', more));
		expect(outcomes(again)).toEqual(['notBlocked', 'notBlocked']);
	});

	test('an account without the list: nothing is made', async () => {
		const before = everything();
		expect(outcomes(await output(unblocking('45.1.2.3')))).toEqual(['notBlocked']);
		expect(writes()).toEqual([]);
		expect(everything()).toEqual(before);
	});

	test('no address: refused; the others are unblocked', async () => {
		await output(blocking('45.1.2.3'));
		const records = await output(unblocking('010.1.2.3, 45.1.2.3'));
		expect(outcomes(records)).toEqual(['refused', 'unblocked']);
		expect(records[0]).toMatchObject({ address: null, refusal: { code: expect.any(String) } });
		cf.calls.length = 0;
		expect(outcomes(await output(unblocking('nobody')))).toEqual(['refused']);
		expect(cf.calls).toEqual([]);
	});

	test('the size with which IPv6 was blocked, and the address itself', async () => {
		await output(blocking('2a01:4f8:1:2::3', {}));
		const blocklist = cf.state.lists.named(seedIds.mainAccount, LIST)!;
		cf.state.lists.fill(blocklist, ['2a01:4f8:1:2::3', '2a01:4f8:1::/48'], OURS);
		const [first] = await output(unblocking('2a01:4f8:1:2::3'));
		expect([...items().keys()]).toEqual(['2a01:4f8:1::/48']);
		expect(first).toMatchObject({
			outcome: 'stillBlocked',
			removed: [{ network: '2a01:4f8:1:2::3' }, { network: '2a01:4f8:1:2::/64' }],
			remaining: [
				{
					kind: 'listItem',
					network: '2a01:4f8:1::/48',
					whyKept: 'it is about 2a01:4f8:1::/48, and others would be unblocked with it',
				},
			],
		});
		const [second] = await output(unblocking('2a01:4f8:1:2::3', {}, { ipv6BlockSize: 48 }));
		expect(second).toMatchObject({ outcome: 'unblocked', widenedTo: '2a01:4f8:1::/48' });
		expect(isBlocked('2a01:4f8:1:2::3')).toBe(false);
	});
});

describe('IP Block: Unblock, what stays', () => {
	test.each(methods)('%s: blocks of others stay unless they are chosen', async (what, more) => {
		await output(blocking('45.1.2.3', more));
		const blocklist = cf.state.lists.named(seedIds.mainAccount, LIST);
		if (blocklist) cf.state.lists.fill(blocklist, ['45.1.2.4'], 'By hand, until 2030');
		else access('45.1.2.4', { at: what.endsWith('account') ? 'account' : 'zone' });
		const before = everything();
		const [kept] = await output(unblocking('45.1.2.4', more));
		expect(kept).toMatchObject({
			outcome: 'stillBlocked',
			removed: [],
			remaining: [
				{
					blocks: true,
					block: { ours: false },
					whyKept: "this node did not make it; the option Also Others' Blocks removes it too",
				},
			],
		});
		expect(everything()).toEqual(before);
		const [gone] = await output(unblocking('45.1.2.4', more, { includeForeign: true }));
		expect(gone).toMatchObject({ outcome: 'unblocked', removed: [{ block: { ours: false } }] });
		expect([isBlocked('45.1.2.4'), isBlocked('45.1.2.3')]).toEqual([false, true]);
	});

	test('all that still blocks is named: other lists, access rules, custom rules', async () => {
		await output(blocking('45.1.2.3'));
		list('others', ['45.1.0.0/16']);
		rule('ip.src in $others', { description: 'Others' });
		rule('ip.src in {45.1.2.0/24} and http.host eq "shop.example.com"');
		access('45.1.2.0/24', { at: 'account' });
		const before = foreign();
		const [record] = await output(unblocking('45.1.2.3'));
		expect(record).toMatchObject({ outcome: 'stillBlocked', removed: [{ kind: 'listItem' }] });
		expect(remaining(record)).toMatchObject([
			{
				kind: 'listItem',
				blocks: true,
				network: '45.1.0.0/16',
				list: { name: 'others' },
				rules: [{ description: 'Others', blocks: true }],
			},
			{ kind: 'accessRule', blocks: true, owner: expect.stringContaining('the account') },
			{ kind: 'rule', blocks: null, networks: ['45.1.2.0..45.1.2.255'] },
		]);
		expect(foreign()).toEqual(before);
		const { hints } = await runNode({ parameters: unblocking('45.1.2.3') });
		expect(hints.map(({ message }) => message)).toEqual([
			'Still blocked: 45.1.2.3. The field "remaining" says by what.',
		]);
	});

	test('an access rule that allows or challenges is no block, and stays', async () => {
		const { id } = access('45.1.2.3', { mode: 'whitelist', notes: OURS });
		access('45.1.2.4', { mode: 'managed_challenge', notes: OURS });
		const before = everything();
		const more = { method: 'accessRule' };
		const records = await output(unblocking('45.1.2.3, 45.1.2.4', more, { includeForeign: true }));
		expect(outcomes(records)).toEqual(['notBlocked', 'notBlocked']);
		expect(cf.state.accessRules.all().map((each) => each.id)).toContain(id);
		expect(everything()).toEqual(before);
	});

	test('a rule of the account is named in a zone, and stays', async () => {
		access('45.1.2.3', { at: 'account', notes: OURS });
		const [record] = await output(unblocking('45.1.2.3', { method: 'accessRule' }));
		expect(record).toMatchObject({
			outcome: 'stillBlocked',
			remaining: [{ whyKept: expect.stringMatching(/^it belongs to the account/) }],
		});
		expect(cf.state.accessRules.all()).toHaveLength(1);
	});

	test('without the check only the same list is looked at', async () => {
		await output(blocking('45.1.2.3, 45.1.2.0/24'));
		access('45.1.2.3');
		cf.calls.length = 0;
		const [record] = await output(unblocking('45.1.2.3', {}, { checkRest: false }));
		expect(record).toMatchObject({
			outcome: 'stillBlocked',
			remaining: [{ kind: 'listItem', network: '45.1.2.0/24', blocks: null }],
		});
		expect(cf.calls.some(({ path }) => /access_rules|rulesets/.test(path))).toBe(false);
	});

	test('a network: what is inside of it stays, and is named', async () => {
		await output(blocking('45.1.2.0/24, 45.1.2.3'));
		const [record] = await output(unblocking('45.1.2.0/24'));
		expect(record).toMatchObject({
			outcome: 'stillBlocked',
			removed: [{ network: '45.1.2.0/24' }],
			remaining: [
				{
					covers: 'part',
					network: '45.1.2.3',
					whyKept: 'it is about a part of the network only',
				},
			],
		});
		expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.4')]).toEqual([true, false]);
	});

	test('inputs of one run: an address in a network that another input names', async () => {
		await output(blocking('45.1.2.0/24'));
		const records = await output(unblocking('45.1.2.3, 45.1.2.0/24, 45.1.2.0/24'));
		expect(outcomes(records)).toEqual(['unblocked', 'unblocked', 'unblocked']);
	});
});

describe('IP Block: Unblock, requests', () => {
	const hundred = Array.from({ length: 100 }, (_, index) => `45.1.2.${index}`);

	test.each([
		// The list, its items before and after, the write and its operation; then what may block still.
		['list', {}, 6, 4],
		// One request for each rule; the account of the zone has to be asked for.
		['accessRule', { method: 'accessRule' }, 102, 5],
	] as const)(
		'%s: 100 items are linked, and share what they can',
		async (_what, more, main, rest) => {
			await output(blocking(hundred.join(), more));
			cf.calls.length = 0;
			const result = await runNode({
				parameters: unblocking('={{ $json.ip }}', more, { checkRest: false }),
				items: hundred.map((ip) => ({ ip })),
			});
			expect(jsonOf(result).map(({ address }) => address)).toEqual(hundred);
			expect(outcomes(jsonOf(result))).toEqual(hundred.map(() => 'unblocked'));
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				hundred.map((_, item) => ({ item })),
			);
			const lookups = cf.calls.filter(({ path }) => path === '/zones').length;
			expect(cf.calls.length - lookups).toBeLessThanOrEqual(main);
			await output(blocking(hundred.join(), more));
			cf.calls.length = 0;
			await output(unblocking(hundred.join(), more));
			console.log(`unblock ${_what}: ${cf.calls.length} calls for 100 addresses`);
			expect(cf.calls.length - lookups).toBeLessThanOrEqual(main + rest);
			expect(hundred.some((ip) => isBlocked(ip))).toBe(false);
		},
	);

	test.each(methods)('%s: a dry run writes nothing and shows the requests', async (_what, more) => {
		await output(blocking('45.1.2.3, 45.1.2.4', more));
		const before = everything();
		cf.calls.length = 0;
		const [record] = await output(unblocking('45.1.2.3', more, { dryRun: true }));
		expect(record).toMatchObject({ dryRun: true, outcome: 'unblocked', remaining: [] });
		expect(writes()).toEqual([]);
		expect(everything()).toEqual(before);
		await output(unblocking('45.1.2.3', more));
		expect(
			writes().map(({ method, path, body }) => ({ method, path, ...(body ? { body } : {}) })),
		).toEqual(record.requests);
	});

	test.each(methods)('%s: a missing permission is an error', async (_what, more) => {
		await output(blocking('45.1.2.3', more));
		const before = everything();
		const credentials = tokenCredential({
			apiToken: sandboxCredentials.noPermissionToken,
			zoneId: seedIds.zones['example.com'],
			accountId: seedIds.mainAccount,
		});
		const zone = locator('id', seedIds.zones['example.com']);
		const text = await refusal(unblocking('45.1.2.3', { ...more, zone }), { credentials });
		expect(text).toContain('Edit');
		const readOnly = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		expect(await refusal(unblocking('45.1.2.3', more), { credentials: readOnly })).toContain(
			'Edit',
		);
		expect(everything()).toEqual(before);
	});

	test('what cannot be read is told, and the address is unblocked all the same', async () => {
		await output(blocking('45.1.2.3'));
		const errors = [{ code: 10000, message: 'Authentication error' }];
		const match = { path: /access_rules/ };
		cf.faults.add({ kind: 'status', status: 403, errors, match, times: 9 });
		const [record] = await output(unblocking('45.1.2.3'));
		expect(record).toMatchObject({
			outcome: 'unblocked',
			unreadable: [{ what: 'the IP access rules', permission: 'Zone → Firewall Services → Read' }],
		});
		expect(isBlocked('45.1.2.3')).toBe(false);
	});

	test('access rules in several zones: one that fails is named', async () => {
		const several = {
			method: 'accessRule',
			zonesFrom: 'several',
			zones: 'example.com, example.net',
		};
		await output(blocking('45.1.2.3', several));
		const net = seedIds.zones['example.net'];
		const errors = [{ code: 10000, message: 'Authentication error' }];
		const match = { method: 'DELETE', path: new RegExp(net) };
		cf.faults.add({ kind: 'status', status: 403, errors, match, times: 9 });
		const [record] = await output(unblocking('45.1.2.3', several));
		expect(record).toMatchObject({ outcome: 'stillBlocked', removed: [{ kind: 'accessRule' }] });
		expect(remaining(record)).toContainEqual(
			expect.objectContaining({ place: { scope: 'zone', id: net, name: 'example.net' } }),
		);
		expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.3', net)]).toEqual([false, true]);
		cf.faults.clear();
		expect(outcomes(await output(unblocking('45.1.2.3', several)))).toEqual(['unblocked']);
		expect(accessRules()).toEqual([]);
	});

	test('what somebody else removes in between is fine', async () => {
		await output(blocking('45.1.2.3, 45.1.2.4'));
		const blocklist = cf.state.lists.named(seedIds.mainAccount, LIST)!;
		const [{ id }] = blocklist.items.values();
		afterItems = () => blocklist.items.delete(id);
		expect(outcomes(await output(unblocking('45.1.2.3, 45.1.2.4')))).toEqual([
			'unblocked',
			'unblocked',
		]);
		expect(items().size).toBe(0);
	});

	test('cancelled: nothing is said to be done', async () => {
		await output(blocking('45.1.2.3'));
		cf.faults.add({ kind: 'delay', ms: 500, match: { path: /access_rules/ } });
		const result = await runNode({ parameters: unblocking('45.1.2.3'), cancelAfter: 100 });
		expect(result.items).toEqual([]);
		expect(isBlocked('45.1.2.3')).toBe(true);
	});

	test('a wrong item leaves everything as it is, or is an error of its own', async () => {
		await output(blocking('45.1.2.3'));
		const parameters = unblocking('45.1.2.3', { addressesFrom: '={{ $json.from }}' });
		const inputs = [{ from: 'addresses' }, { from: 'magic' }];
		const stopped = await runNode({ parameters, items: inputs });
		expect(stopped.error?.message).toContain('Addresses From');
		expect(isBlocked('45.1.2.3')).toBe(true);
		const result = await runNode({ parameters, items: inputs, onError: 'continueRegularOutput' });
		expect(result.items.map(({ json }) => json.outcome ?? json.error)).toEqual([
			'unblocked',
			expect.stringContaining('Addresses From'),
		]);
	});
});

describe('IP Block: Unblock, with trouble at each request', () => {
	const kinds = [
		{ kind: 'cutBefore', times: 1 },
		{ kind: 'cutAfter', times: 1 },
		{ kind: 'html', times: 10 },
		{ kind: 'rateLimited', retryAfter: 1, times: 1 },
	] as const;

	test.each(methods.slice(0, 2))(
		'%s: once or for good, then again: the right end',
		async (_what, more) => {
			const prepare = async () => {
				cf.reset();
				await output(blocking('45.1.2.3, 45.1.2.4, 2a01:4f8:1:2::3', more));
				access('45.1.2.3', { mode: 'managed_challenge', at: 'user' });
				cf.calls.length = 0;
			};
			const parameters = unblocking('45.1.2.3, 2a01:4f8:1:2::3', more);
			await prepare();
			await output(parameters);
			const calls = cf.calls.map(({ method, path }) => ({ method, path }));
			const seen = new Map<string, number>();
			for (const { method, path } of calls) {
				const nth = (seen.get(method + path) ?? 0) + 1;
				seen.set(method + path, nth);
				for (const { times, ...fault } of kinds) {
					await prepare();
					const before = foreign();
					for (let next = 0; next < times; next += 1) {
						cf.faults.add({ ...fault, match: { method, path, nth: nth + next } });
					}
					const result = await runNode({ parameters });
					const said = result.items.map(({ json }) => json.outcome);
					if (times === 1) expect(said).toEqual(['unblocked', 'unblocked']);
					const blocked = ['45.1.2.3', '2a01:4f8:1:2::3'].map((ip) => isBlocked(ip));
					for (const [place, outcome] of said.entries()) {
						expect([outcome, blocked[place]]).not.toEqual(['unblocked', true]);
					}
					cf.faults.clear();
					for (const { outcome } of await output(parameters)) {
						expect(['unblocked', 'notBlocked']).toContain(outcome);
					}
					expect(isBlocked('45.1.2.3') || isBlocked('2a01:4f8:1:2::3')).toBe(false);
					expect(isBlocked('45.1.2.4')).toBe(true);
					expect(foreign()).toEqual(before);
				}
			}
		},
		120_000,
	);
});
