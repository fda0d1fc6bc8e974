import {
	moveTime,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { blocklist, listsOf, many } from '../support/ipLists.cjs';

const time = moveTime();
/** What happens at Cloudflare right after it has taken a write. */
let onWrite: (() => void) | undefined;
const cf = useCloudflare({ now: time.now }, ({ method }, response) => {
	if (method === 'POST') onWrite?.();
	return response;
});
beforeEach(() => (onWrite = undefined));

const account = seedIds.mainAccount;
const add = (addresses: unknown, more: object = {}) => ({
	...blocklist,
	operation: 'addItems',
	addresses,
	...more,
});
const { given, items, kept, writes } = listsOf(cf);

describe('IP List: Add Items, many and in trouble', () => {
	test('2,500 addresses from as many items: 3 writes, one after the other', async () => {
		given();
		const addresses = many(2500);
		const result = await runNode({
			parameters: add('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
		});
		expect(result.error).toBeUndefined();
		expect(
			result.items.map(({ json, pairedItem }) => [json.address, json.outcome, pairedItem]),
		).toEqual(addresses.map((ip, item) => [ip, 'added', { item }]));
		expect(writes().map(({ body }) => (body as unknown[]).length)).toEqual([1000, 1000, 500]);
		expect(kept()).toHaveLength(2500);
		const polls = cf.calls.filter(({ path }) => path.includes('bulk_operations')).length;
		console.log(
			`ipList:addItems: ${cf.calls.length} calls for 2,500 addresses, ${polls} of them polls`,
		);
		// The lists, the items before, the writes, the items between them and after.
		expect(cf.calls.length - polls).toBeLessThanOrEqual(1 + 1 + 3 + 2 + 4 + 6);
	});

	test('what a block run adds between two of the writes keeps its comment', async () => {
		const list = given();
		const addresses = many(1500);
		const blocked = addresses[1200];
		onWrite = () => {
			if (kept().length === 0) cf.state.lists.fill(list, [blocked], 'Blocked');
		};
		const result = await output(add(addresses.join(' ')));
		expect(result.filter(({ outcome }) => outcome !== 'added')).toEqual([
			expect.objectContaining({ outcome: 'alreadyThere', address: blocked }),
		]);
		expect(items().find(({ comment }) => comment === 'Blocked')).toMatchObject({ ip: blocked });
		expect(writes().map(({ body }) => (body as unknown[]).length)).toEqual([1000, 499]);
	});

	test('a large list is not read as a whole for one address', async () => {
		given(many(3000));
		await output(add('203.0.113.7'));
		expect(
			cf.calls.filter(({ path }) => path.endsWith('/items')).map(({ method }) => method),
		).toEqual(['GET', 'POST', 'GET']);
	});

	test('smaller requests where Cloudflare takes no larger ones', async () => {
		given();
		cf.state.lists.itemsPerCall = 300;
		const result = await output(add(many(600).join('\n')));
		expect(result).toHaveLength(600);
		expect(kept()).toHaveLength(600);
	});

	test('another write of the account is waited for, also for longer than four tries', async () => {
		given();
		cf.faults.add({ kind: 'rateLimited', retryAfter: null, times: 12, match: { method: 'POST' } });
		expect((await output(add('203.0.113.7')))[0].outcome).toBe('added');
	});

	test('a write that does not come to an end is an error that says so', async () => {
		given();
		cf.state.lists.held = true;
		const text = await refusal(add('203.0.113.7'));
		expect(text).toContain('the write to the list was accepted, but is still pending');
	});

	test.each(['cutBefore', 'cutAfter', 'rateLimited'] as const)(
		'%s at the write: added once',
		async (kind) => {
			given();
			cf.faults.add({ kind, match: { method: 'POST' } });
			expect((await output(add('203.0.113.7')))[0].outcome).toBe('added');
			expect(kept()).toEqual(['203.0.113.7']);
		},
	);

	test('a bulk operation that fails is an error with its text', async () => {
		given();
		cf.faults.add({ kind: 'operationFails', error: 'Something broke inside' });
		const text = await refusal(add('203.0.113.7'));
		expect(text).toContain('Something broke inside');
		expect(text).not.toContain('CNAME');
		expect(text).toContain('In the list by now: 0 of the 1 addresses');
		expect(kept()).toEqual([]);
	});

	test('a full list: those that found room are told from the others', async () => {
		given(many(5));
		cf.state.lists.limits.set(account, { items: 1500 });
		const addresses = many(2005).slice(5);
		const result = await runNode({
			parameters: add('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
			onError: 'continueRegularOutput',
		});
		const [added, failed] = [result.items.slice(0, 1000), result.items.slice(1000)];
		expect(new Set(added.map(({ json }) => json.outcome))).toEqual(new Set(['added']));
		for (const { json } of failed)
			expect(json.error).toContain(
				'A limit of the Cloudflare plan is reached: This list is at the maximum number of items',
			);
		expect(kept()).toHaveLength(1005);
	});

	test('what somebody else removes in between is written again', async () => {
		const list = given();
		const gone = JSON.stringify({ success: true, errors: [], messages: [], result: [] });
		const match = { method: 'GET', path: `/accounts/${account}/rules/lists/${list.id}/items` };
		cf.faults.add({ kind: 'body', body: gone, match, times: 2 });
		expect((await output(add('203.0.113.7')))[0]).toMatchObject({
			outcome: 'added',
			item: { ip: '203.0.113.7' },
		});
		expect(writes()).toHaveLength(2);
	});
});
