import { ipList, listsOf } from '../support/ipLists.cjs';
import { locator, moveTime, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { given, kept, writes } = listsOf(cf);

const GIVEN = '203.0.113.1';
const perItem = { list: locator('name', '={{ $json.list }}'), addresses: '={{ $json.ip }}' };
const operations = [
	['addItems', '203.0.113.7'],
	['removeItems', GIVEN],
] as const;

describe.each(operations)('IP List: %s, with an item that fails', (operation, ip) => {
	const parameters = { ...ipList, operation, ...perItem };
	const missing = [
		{ list: 'nolist', ip },
		{ list: 'blocklist', ip },
	];

	test.each([
		['first', missing],
		['last', [...missing].reverse()],
	])('a list that is missing, named %s: nothing is written', async (_what, items) => {
		given([GIVEN]);
		const { error } = await runNode({ parameters, items });
		expect(error?.message).toContain('there is no list named nolist');
		expect(writes()).toEqual([]);
		expect(kept()).toEqual([GIVEN]);
	});

	test('where the node continues on errors, the other items are done', async () => {
		given([GIVEN]);
		const { items } = await runNode({
			parameters,
			items: missing,
			onError: 'continueRegularOutput',
		});
		expect(items.map(({ json }) => json.outcome ?? json.error)).toEqual([
			expect.stringContaining('there is no list named nolist'),
			operation === 'addItems' ? 'added' : 'removed',
		]);
		expect(writes()).toHaveLength(1);
	});

	test('a write that fails: what comes after it stays undone, what was done before is told', async () => {
		const list = given([GIVEN]);
		const office = cf.state.lists.named(seedIds.mainAccount, 'office_network');
		if (!office) throw new Error('The seed has no such list');
		cf.state.lists.fill(office, [GIVEN], 'By hand');
		const third = cf.state.lists.add(
			{ accountId: seedIds.mainAccount, name: 'third', kind: 'ip', description: '' },
			'1b10c0b10c0b10c0b10c0b10c0b10c00',
		);
		cf.state.lists.fill(third, [GIVEN], 'By hand');
		const match = { path: `/accounts/${seedIds.mainAccount}/rules/lists/${office.id}/items` };
		const method = operation === 'addItems' ? 'POST' : 'DELETE';
		cf.faults.add({ kind: 'status', status: 400, times: 9, match: { ...match, method } });
		const { error } = await runNode({
			parameters,
			items: [list.name, list.name, office.name, third.name].map((name) => ({ list: name, ip })),
		});
		expect(error?.context?.itemIndex).toBe(2);
		expect(error?.description).toContain('Beside it, 2 other input items were done.');
		const isAdded = operation === 'addItems';
		expect(kept().includes(ip)).toBe(isAdded);
		expect(kept('office_network').includes(ip)).toBe(!isAdded);
		expect(kept('third').includes(ip)).toBe(!isAdded);
	});
});
