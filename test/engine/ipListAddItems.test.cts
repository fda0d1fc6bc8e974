import type { IDataObject } from 'n8n-workflow';
import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { moveTime, output, refusal, runNode, useCloudflare } from '../support/nodeTest.cjs';
import { blocklist, listsOf } from '../support/ipLists.cjs';

const time = moveTime();
/** What happens at Cloudflare right after an answer. */
let onAnswer: ((request: Request, response: Response) => void) | undefined;
const cf = useCloudflare({ now: time.now }, (request, response) => {
	onAnswer?.(request, response);
	return response;
});
beforeEach(() => (onAnswer = undefined));

const add = (addresses: unknown, more: object = {}) => ({
	...blocklist,
	operation: 'addItems',
	addresses,
	...more,
});
const dryRun = { options: { dryRun: true } };
const withComment = (comment: unknown) => ({ additionalFields: { comment } });
const { given, items, kept, others, writes } = listsOf(cf);

describe('IP List: Add Items', () => {
	test.each<[what: string, addresses: unknown, expected: string[]]>([
		['one', '203.0.113.7', ['203.0.113.7']],
		[
			'with commas and lines',
			'203.0.113.7, 203.0.113.8\n203.0.113.9',
			['203.0.113.7', '203.0.113.8', '203.0.113.9'],
		],
		[
			'a list from an expression',
			'={{ ["203.0.113.7", "2001:DB8:0::1"] }}',
			['2001:db8::1', '203.0.113.7'],
		],
		[
			'normalised',
			'203.0.113.7/24 2001:db8::1/64 203.0.113.9/32 ::ffff:192.0.2.1',
			['192.0.2.1', '2001:db8::/64', '203.0.113.0/24', '203.0.113.9'],
		],
		['the same twice', '203.0.113.7 203.0.113.7/32', ['203.0.113.7']],
	])('%s', async (_what, addresses, expected) => {
		given();
		const before = others();
		const result = await output(add(addresses));
		expect(kept()).toEqual(expected);
		expect(result.map(({ address }) => address).sort()).toEqual(expected);
		for (const item of result)
			expect(item).toMatchObject({
				outcome: 'added',
				list_name: 'blocklist',
				item: { ip: item.address },
				previous: null,
			});
		expect(writes()).toHaveLength(1);
		expect(others()).toEqual(before);
	});

	test('there already: nothing is written, and its comment stays', async () => {
		given(['203.0.113.7']);
		const [item] = await output(add('203.0.113.7'));
		expect(item).toMatchObject({ outcome: 'alreadyThere', item: { comment: 'By hand' } });
		expect(writes()).toEqual([]);
	});

	test('what a block run adds while the write has to wait keeps its comment, and is there already', async () => {
		const list = given();
		const block = formatBlockComment({ origin: 'Playbook', expiresAt: Date.UTC(2040, 0, 1) });
		cf.faults.add({ kind: 'rateLimited', retryAfter: 5, match: { method: 'POST' } });
		onAnswer = ({ method }, { status }) => {
			if (method === 'POST' && status === 429) cf.state.lists.fill(list, ['203.0.113.7'], block);
		};
		const result = await output(add('203.0.113.7 203.0.113.8'));
		expect(result.map(({ outcome, item }) => [outcome, (item as IDataObject).comment])).toEqual([
			['alreadyThere', block],
			['added', undefined],
		]);
		expect(items()).toContainEqual(expect.objectContaining({ ip: '203.0.113.7', comment: block }));
		expect(writes().at(-1)?.body).toEqual([{ ip: '203.0.113.8' }]);
	});

	test('what this run itself has added before it had to wait is added', async () => {
		given();
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		cf.faults.add({ kind: 'rateLimited', retryAfter: 5, match: { method: 'POST' } });
		expect((await output(add('203.0.113.7')))[0].outcome).toBe('added');
	});

	test('the same with a comment: it replaces the one that came meanwhile, as that of any item', async () => {
		const list = given();
		cf.faults.add({ kind: 'rateLimited', retryAfter: 5, match: { method: 'POST' } });
		onAnswer = ({ method }, { status }) => {
			if (method === 'POST' && status === 429) cf.state.lists.fill(list, ['203.0.113.7'], 'Theirs');
		};
		const [item] = await output(add('203.0.113.7', withComment('Case 4711')));
		expect(item).toMatchObject({ outcome: 'added', item: { comment: 'Case 4711' } });
	});

	test('another comment replaces the old one, which comes out; other items keep theirs', async () => {
		given(['203.0.113.7', '203.0.113.70']);
		const [item] = await output(add('203.0.113.7', withComment('Case 4711')));
		expect(item).toMatchObject({
			outcome: 'commentUpdated',
			item: { ip: '203.0.113.7', comment: 'Case 4711' },
			previous: { comment: 'By hand' },
		});
		expect(items()).toContainEqual(
			expect.objectContaining({ ip: '203.0.113.70', comment: 'By hand' }),
		);
		expect((await output(add('203.0.113.7', withComment('Case 4711'))))[0].outcome).toBe(
			'alreadyThere',
		);
	});

	test('all items of a run become one write, each with its own linked results', async () => {
		given(['203.0.113.9']);
		const result = await runNode({
			parameters: add('={{ $json.ip }}', withComment('={{ $json.why }}')),
			items: [
				{ ip: '203.0.113.7', why: 'A' },
				{ ip: '203.0.113.8,203.0.113.9', why: 'B' },
				{ ip: '203.0.113.7', why: 'A' },
				{ ip: '203.0.113.7', why: 'C' },
			],
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.address, json.outcome, pairedItem]),
		).toEqual([
			['203.0.113.7', 'added', { item: 0 }],
			['203.0.113.8', 'added', { item: 1 }],
			['203.0.113.9', 'commentUpdated', { item: 1 }],
			['203.0.113.7', 'alreadyThere', { item: 2 }],
			['203.0.113.7', 'commentUpdated', { item: 3 }],
		]);
		expect(writes().map(({ body }) => body)).toEqual([
			[
				{ ip: '203.0.113.7', comment: 'C' },
				{ ip: '203.0.113.8', comment: 'B' },
				{ ip: '203.0.113.9', comment: 'B' },
			],
		]);
	});

	test('items that name different lists: one write for each, also where ID and name mean one', async () => {
		const { id } = given();
		const list = '={{ $json.list }}';
		const result = await output(add('={{ $json.ip }}', { list }), {
			items: [
				{ ip: '203.0.113.7', list: 'blocklist' },
				{ ip: '203.0.113.8', list: 'office_network' },
				{ ip: '203.0.113.9', list: id },
			],
		});
		expect(result.map(({ list_name }) => list_name)).toEqual([
			'blocklist',
			'office_network',
			'blocklist',
		]);
		expect(writes()).toHaveLength(2);
		expect(kept()).toEqual(['203.0.113.7', '203.0.113.9']);
		expect(kept('office_network')).toContain('203.0.113.8');
	});

	test('a bad item: refused for itself when the node continues, else nothing is written', async () => {
		given();
		const input = {
			parameters: add('={{ $json.ip }}'),
			items: [{ ip: '203.0.113.7' }, { ip: '203.0.113.8, host.example' }, { ip: '203.0.113.9' }],
		};
		expect(await refusal(input.parameters, { items: input.items })).toContain(
			'Addresses: "host.example" is no IP address',
		);
		expect(cf.calls).toEqual([]);
		const result = await runNode({ ...input, onError: 'continueRegularOutput' });
		expect(
			result.items.map(({ json, pairedItem }) => [json.outcome ?? json.error, pairedItem]),
		).toEqual([
			['added', { item: 0 }],
			['Addresses: "host.example" is no IP address or network', { item: 1 }],
			['added', { item: 2 }],
		]);
		expect(kept()).toEqual(['203.0.113.7', '203.0.113.9']);
	});

	test('Dry Run shows the request of each address, and sends none', async () => {
		given(['203.0.113.8']);
		const result = await output(add('203.0.113.7 203.0.113.8', { ...withComment('X'), ...dryRun }));
		expect(result[0]).toMatchObject({
			dryRun: true,
			outcome: 'added',
			effect:
				'203.0.113.7 would be added, together with the others of this run: 2 addresses in 1 requests',
			request: { method: 'POST', body: [{ ip: '203.0.113.7', comment: 'X' }] },
		});
		expect(result[1]).toMatchObject({
			outcome: 'commentUpdated',
			previous: { comment: 'By hand' },
		});
		expect(writes()).toEqual([]);
	});
});
