import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { blocking, blocksOf, ipBlock } from '../support/ipBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import {
	locator,
	moveTime,
	output,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { foreign, items } = blocksOf(cf);
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

describe('IP Block: Unblock access rules of zones in other accounts', () => {
	const branch = seedIds.secondAccountZones['branch.example'];
	const credentials = tokenCredential({ accountId: seedIds.mainAccount });
	const fillBranchList = () => {
		const about = { accountId: seedIds.secondAccount, name: 'branch', kind: 'ip' } as const;
		const kept = cf.state.lists.add(
			{ ...about, description: '' },
			'0b10c0b10c0b10c0b10c0b10c0b10c02',
		);
		cf.state.lists.fill(kept, ['45.1.2.3'], 'By hand');
	};

	test.each([
		['name', 'branch.example'],
		['id', branch],
	] as const)(
		'a zone that is not in the account of the credential, by %s: its own lists are looked at',
		async (mode, value) => {
			fillBranchList();
			list('others', ['45.1.2.3']);
			const more = { method: 'accessRule', zone: locator(mode, value) };
			await output(blocking('45.1.2.3', more), { credentials });
			expect(isBlocked('45.1.2.3', branch)).toBe(true);
			const [record] = await output(unblocking('45.1.2.3', more), { credentials });
			expect(record).toMatchObject({
				outcome: 'unblocked',
				remaining: [],
				unreadable: [],
				removed: [{ kind: 'accessRule', place: { id: branch } }],
			});
			expect(isBlocked('45.1.2.3', branch)).toBe(false);
			const [again] = await output(unblocking('45.1.2.3', more), { credentials });
			expect(again.outcome).toBe('notBlocked');
			const listsRead = cf.calls.filter(({ path }) => path.endsWith('/rules/lists'));
			expect(new Set(listsRead.map(({ path }) => path))).toEqual(
				new Set([`/accounts/${seedIds.secondAccount}/rules/lists`]),
			);
		},
	);

	test.each([
		['names', 'example.com, branch.example'],
		['IDs', [seedIds.zones['example.com'], branch]],
	] as const)('zones of two accounts by %s: all but the lists is read', async (_what, zones) => {
		const more = { method: 'accessRule', zonesFrom: 'several', zones };
		await output(blocking('45.1.2.3, 45.1.2.4', more), { credentials });
		rule('ip.src in {45.1.2.3}');
		const records = await output(unblocking('45.1.2.3, 45.1.2.4', more), { credentials });
		expect(outcomes(records)).toEqual(['stillBlocked', 'unblocked']);
		expect(records[0]).toMatchObject({
			removed: [{ place: { id: seedIds.zones['example.com'] } }, { place: { id: branch } }],
			remaining: [{ kind: 'rule', blocks: true }],
			unreadable: [
				{
					what: 'the IP lists',
					reason: `the zones are in several accounts: ${seedIds.mainAccount}, ${seedIds.secondAccount}`,
				},
			],
		});
		expect(isBlocked('45.1.2.4')).toBe(false);
		expect(isBlocked('45.1.2.3', branch)).toBe(false);
		expect(cf.calls.some(({ path }) => path.includes('/rules/lists'))).toBe(false);
	});

	test.each([
		['names', 'example.com, branch.example'],
		['IDs', `${branch} ${seedIds.zones['example.com']}`],
	])(
		'a list, and one zone of another account, by %s: unblocked as it was blocked, and told',
		async (_what, zones) => {
			const more = { zonesFrom: 'several', zones };
			expect(outcomes(await output(blocking('45.1.2.3', more)))).toEqual(['blocked']);
			const [record] = await output(unblocking('45.1.2.3', more));
			expect(record).toMatchObject({
				outcome: 'unblocked',
				unreadable: [
					{
						what: 'the zone',
						place: { id: branch },
						reason: expect.stringContaining('branch.example is in the account') as string,
					},
				],
			});
			expect(isBlocked('45.1.2.3')).toBe(false);
		},
	);
});
