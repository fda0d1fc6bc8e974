import {
	locator,
	moveTime,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { blocklist, ipList, listsOf, many } from '../support/ipLists.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

const account = seedIds.mainAccount;
const remove = (addresses: unknown, more: object = {}) => ({
	...blocklist,
	operation: 'removeItems',
	addresses,
	...more,
});
const dryRun = { options: { dryRun: true } };
const { given, items, kept, others, writes } = listsOf(cf);

describe('IP List: Remove Items', () => {
	test('removed, with the item as it was; what is not there is said; the others stay', async () => {
		given(['203.0.113.7', '203.0.113.70', '203.0.113.0/24', '2001:db8::/64']);
		const before = others();
		const result = await output(remove('203.0.113.7 2001:db8::5/64 192.0.2.1'));
		expect(result.map(({ address, outcome }) => [address, outcome])).toEqual([
			['203.0.113.7', 'removed'],
			['2001:db8::/64', 'removed'],
			['192.0.2.1', 'notThere'],
		]);
		expect(result[0].item).toMatchObject({ ip: '203.0.113.7', comment: 'By hand' });
		expect(result[2].item).toBeNull();
		expect(kept()).toEqual(['203.0.113.0/24', '203.0.113.70']);
		expect(others()).toEqual(before);
	});

	test('all items of a run become one write, linked; of two for one address the first removes it', async () => {
		given(['203.0.113.7', '203.0.113.8']);
		const result = await runNode({
			parameters: remove('={{ $json.ip }}'),
			items: [{ ip: '203.0.113.7' }, { ip: 'x' }, { ip: '203.0.113.8' }, { ip: '203.0.113.7' }],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.outcome ?? json.error, pairedItem]),
		).toEqual([
			['removed', { item: 0 }],
			['Addresses: "x" is no IP address or network', { item: 1 }],
			['removed', { item: 2 }],
			['notThere', { item: 3 }],
		]);
		expect(writes()).toHaveLength(1);
		expect(kept()).toEqual([]);
	});

	test('nothing of it there: no write', async () => {
		given(['203.0.113.7']);
		expect((await output(remove('203.0.113.8')))[0].outcome).toBe('notThere');
		expect(writes()).toEqual([]);
	});

	test.each(['refused', 'ignored'] as const)(
		'cut after the write, repeats of what is gone %s: removed',
		async (unknownItems) => {
			given(['203.0.113.7', '203.0.113.8']);
			cf.state.lists.unknownItems = unknownItems;
			cf.faults.add({ kind: 'cutAfter', match: { method: 'DELETE' } });
			expect((await output(remove('203.0.113.7')))[0].outcome).toBe('removed');
			expect(kept()).toEqual(['203.0.113.8']);
		},
	);

	test('somebody else removes one of them in between: the others go all the same', async () => {
		const list = given(['203.0.113.7', '203.0.113.8']);
		const shown = JSON.stringify({
			success: true,
			errors: [],
			messages: [],
			result: [...items(), { id: 'f'.repeat(32), ip: '203.0.113.9' }],
		});
		const match = { method: 'GET', path: `/accounts/${account}/rules/lists/${list.id}/items` };
		cf.faults.add({ kind: 'body', body: shown, match });
		const result = await output(remove('203.0.113.7 203.0.113.8 203.0.113.9'));
		expect(result.map(({ outcome }) => outcome)).toEqual(['removed', 'removed', 'removed']);
		expect(kept()).toEqual([]);
	});

	test('a bulk operation that fails is an error with its text', async () => {
		given(['203.0.113.7']);
		cf.faults.add({ kind: 'operationFails', error: 'Something broke inside' });
		expect(await refusal(remove('203.0.113.7'))).toContain('Something broke inside');
		expect(kept()).toEqual(['203.0.113.7']);
	});

	test('Dry Run shows the request, and sends none', async () => {
		const [{ id }] = (given(['203.0.113.7']), items());
		const [item] = await output(remove('203.0.113.7', dryRun));
		expect(item).toMatchObject({
			dryRun: true,
			effect: '203.0.113.7 would be removed',
			request: { method: 'DELETE', body: { items: [{ id }] } },
		});
		expect(kept()).toEqual(['203.0.113.7']);
	});
});

test('items are found by the beginning of their text, with their list', async () => {
	const parameters = {
		...ipList,
		operation: 'getItems',
		list: locator('id', seedIds.lists.officeNetwork),
	};
	expect(await output({ ...parameters, filters: { search: '2001:DB8' } })).toEqual([
		expect.objectContaining({
			ip: '2001:db8:ff1::/48',
			comment: 'Head office',
			list_name: 'office_network',
		}),
	]);
	given(many(1200));
	const all = await output({ ...blocklist, operation: 'getItems', returnAll: true });
	expect(new Set(all.map(({ ip }) => ip)).size).toBe(1200);
	expect(await output({ ...blocklist, operation: 'getItems' })).toHaveLength(50);
});
