import { sweepingRules } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks, showing } from '../support/earlierBlocks.cjs';
import { blocking, blocksOf, days, LIST, sweeping } from '../support/ipBlocks.cjs';
import {
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
const { foreign, givenList, isBlocked, items, rules } = blocksOf(cf);
const { writes } = blockingState(cf);
const { note, over } = earlierBlocks(time.now);

const account = seedIds.mainAccount;

/** Our list with these items: address → comment. */
function givenItems(comments: Record<string, string>): ReturnType<typeof givenList> {
	const list = givenList();
	for (const [ip, comment] of Object.entries(comments)) cf.state.lists.fill(list, [ip], comment);
	return list;
}
const itemsPath = (list: { id: string }) => `/accounts/${account}/rules/lists/${list.id}/items`;

describe('IP Block: Remove Expired from the list', () => {
	test('blocks end when their time is over, and not before', async () => {
		await output(blocking('45.1.2.3', { ...days(1), reason: 'Stuffing' }));
		await output(blocking('45.1.2.4', days(3)));
		await output(blocking('45.1.2.5', { expires: 'never' }));
		const ips = ['45.1.2.3', '45.1.2.4', '45.1.2.5'];
		expect(await output(sweeping())).toEqual([]);
		expect(ips.map((ip) => isBlocked(ip))).toEqual([true, true, true]);

		time.advance(DAY + 1_000);
		const before = foreign();
		const ruleBefore = rules();
		const [list] = cf.state.lists.of(account).filter(({ name }) => name === LIST);
		const removed = await output(sweeping());
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
		expect(await output(sweeping())).toEqual([]);
		time.advance(3 * DAY);
		expect(await output(sweeping())).toMatchObject([{ address: '45.1.2.4' }]);
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
		expect(await output(sweeping())).toMatchObject([{ address: '45.1.2.3' }]);
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
		const removed = await output(sweeping());
		expect(removed).toHaveLength(1_002);
		const addresses = removed.map(({ address }) => address);
		expect(addresses).toEqual(expect.arrayContaining(['2a01:4f8:1:2::/64', '45.9.0.0/20']));
		expect(items().size).toBe(200);
		expect(writes()).toHaveLength(2);
	});

	test('no such list: nothing to do', async () => {
		expect(await output(sweeping())).toEqual([]);
		expect(writes()).toEqual([]);
	});

	test('another list by its name; one of another kind is refused', async () => {
		const list = cf.state.lists.add(
			{ accountId: account, name: 'mine', kind: 'ip', description: '' },
			'0b10c0b10c0b10c0b10c0b10c0b10c02',
		);
		cf.state.lists.fill(list, ['45.1.2.3'], over());
		givenItems({ '45.1.2.4': over() });
		const removed = await output(sweeping({ options: { listName: 'mine' } }));
		expect(removed).toMatchObject([{ address: '45.1.2.3', list: { name: 'mine' } }]);
		expect(items().size).toBe(1);
		expect(await refusal(sweeping({ options: { listName: 'Mine' } }))).toContain('List Name: got');
	});

	test('two items with one list: one sweep, its records with the first item', async () => {
		givenItems({ '45.1.2.3': over() });
		const result = await runNode({ parameters: sweeping(), items: [{}, {}, {}] });
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
		cf.faults.add(showing(itemsPath(list), shown));
		list.items.clear();
		cf.state.lists.fill(list, ['45.1.2.3'], note(DAY));
		cf.state.lists.fill(list, ['45.1.2.4'], over());
		expect(await output(sweeping())).toMatchObject([{ address: '45.1.2.4' }]);
		expect([...items().keys()]).toEqual(['45.1.2.3']);
	});

	test('one that somebody else removed in between is no error', async () => {
		const list = givenItems({ '45.1.2.3': over(), '45.1.2.4': over() });
		const shown = [...list.items.values()];
		cf.faults.add({ ...showing(itemsPath(list), shown), times: 2 });
		list.items.clear();
		cf.state.lists.fill(list, ['45.1.2.4'], over());
		const removed = await output(sweeping());
		expect(removed.map(({ address }) => address)).toContain('45.1.2.4');
		expect(items().size).toBe(0);
	});

	test('two sweeps at once: no error, nothing left', async () => {
		const list = givenItems({ '45.1.2.3': over(), '45.1.2.4': over(), '45.1.2.5': 'By hand' });
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: itemsPath(list) } });
		const runs = await Promise.all([output(sweeping()), output(sweeping())]);
		expect(new Set(runs.flat().map(({ address }) => address))).toEqual(
			new Set(['45.1.2.3', '45.1.2.4']),
		);
		expect([...items().keys()]).toEqual(['45.1.2.5']);
	});

	test('Dry Run: the request that the run then sends, and nothing else', async () => {
		givenItems({ '45.1.2.3': over(), '45.1.2.4': note(DAY) });
		const planned = await output(sweeping({ options: { dryRun: true } }));
		expect(planned).toMatchObject([
			{ outcome: 'wouldRemove', dryRun: true, address: '45.1.2.3', method: 'list' },
		]);
		expect(writes()).toEqual([]);
		await output(sweeping());
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
				const removed = await output(sweeping());
				expect([nth, removed]).toMatchObject([nth, [{ address: '45.1.2.3' }]]);
				expect([...items().keys()].sort()).toEqual(['45.1.2.4', '45.1.2.5']);
				expect(foreign()).toEqual(others);
			}
		},
	);

	test('a bulk operation that fails: an error that says so, and the next run does it', async () => {
		givenItems({ '45.1.2.3': over() });
		cf.faults.add({ kind: 'operationFails', error: 'Something broke inside' });
		const text = await refusal(sweeping());
		expect(text).toContain('Something broke inside');
		expect(text).toContain('Removed by now: 0 of 1');
		expect(await output(sweeping())).toMatchObject([{ address: '45.1.2.3' }]);
	});

	test('a token that may not write: the right that lists need, and no other', async () => {
		givenItems({ '45.1.2.3': over() });
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		const result = await runNode({ parameters: sweeping(), credentials });
		expect(result.error?.description).toContain('"Account → Account Filter Lists → Edit"');
		expect(result.error?.description).not.toContain('WAF');
		expectNoSecret(result, [sandboxCredentials.readOnlyToken]);
	});
});

describe('IP Block: Remove Expired refuses before any request', () => {
	test.each([
		['a method', sweeping({ method: '={{ "rule" }}' }), 'Method: got'],
		['Dry Run', sweeping({ options: { dryRun: '={{ "perhaps" }}' } }), 'Dry Run: got "perhaps"'],
		['no zones', sweepingRules({ zonesFrom: 'several', zones: ' ' }), 'Zones: got nothing'],
		['an account', sweeping({ account: locator('id', 'x') }), 'Account'],
	])('%s', async (_what, parameters, text) => {
		expect(await refusal(parameters)).toContain(text);
		expect(cf.calls).toEqual([]);
	});

	test('a mistake in the second item: the first sweeps nothing, unless the node goes on', async () => {
		givenItems({ '45.1.2.3': over() });
		const parameters = sweeping({
			account: mainAccount,
			options: { listName: '={{ $json.list }}' },
		});
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
