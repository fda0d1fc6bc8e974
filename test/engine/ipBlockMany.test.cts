import { blocking, blocksOf } from '../support/ipBlocks.cjs';
import { many } from '../support/ipLists.cjs';
import {
	callLines,
	moveTime,
	refusal,
	runNode,
	useCloudflare,
	type Cloudflare,
} from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { foreign, givenList, isBlocked, items, lists, rules } = blocksOf(cf);

const MOST_REQUESTS = 12;
const COUNT = 1000;
// Those of `many` are reserved for benchmarks, and refused without this.
const parameters = blocking('={{ $json.ip }}', { options: { allowProtected: true } });

const isPoll = (line: string) => line.includes('/bulk_operations/');

function numbers({ calls }: Cloudflare, what: string): number {
	const lines = calls.map(({ method, path }) => `${method} ${path}`);
	const polls = lines.filter(isPoll).length;
	const requests = lines.length - polls;
	console.log(`${what}: ${requests} requests, and ${polls} polls of the bulk operation`);
	return requests;
}

describe('IP Block: Block, many addresses', () => {
	test.each([
		['an empty list', true],
		['no list', false],
	])(
		'1,000 addresses from as many items, %s, one zone: at most 12 requests',
		async (what, there) => {
			if (there) givenList();
			const before = foreign();
			const addresses = many(COUNT);
			const result = await runNode({ parameters, items: addresses.map((ip) => ({ ip })) });
			expect(result.error).toBeUndefined();
			expect(
				result.items.map(({ json, pairedItem }) => [
					json.address,
					json.outcome,
					json.everywhere,
					pairedItem,
				]),
			).toEqual(addresses.map((ip, item) => [ip, 'blocked', true, { item }]));

			expect(numbers(cf, `1,000 addresses, ${what}`)).toBeLessThanOrEqual(MOST_REQUESTS);
			expect(callLines(cf).filter((line) => line.startsWith('POST'))).toHaveLength(there ? 2 : 3);
			expect(lists()).toHaveLength(1);
			expect(rules()).toHaveLength(1);
			expect([...items().keys()].sort()).toEqual([...addresses].sort());
			expect(addresses.every((ip) => isBlocked(ip))).toBe(true);
			expect(foreign()).toEqual(before);
		},
	);

	test('the same 1,000 again: nothing is written', async () => {
		const input = many(COUNT).map((ip) => ({ ip }));
		const forEver = { ...parameters, expires: 'never' };
		await runNode({ parameters: forEver, items: input });
		cf.calls.length = 0;
		const result = await runNode({ parameters: forEver, items: input });
		expect(result.items.map(({ json }) => json.outcome)).toEqual(
			Array(COUNT).fill('alreadyBlocked'),
		);
		expect(numbers(cf, '1,000 addresses once more')).toBeLessThanOrEqual(MOST_REQUESTS);
		expect(cf.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('5,000 addresses: refused before anything is asked', async () => {
		const input = { items: many(5000).map((ip) => ({ ip })) };
		const text = await refusal(parameters, input);
		expect(text).toContain('Max Addresses: the run names 5000 addresses, more than 1000');
		expect(text).toContain('At most 1000 addresses in one run, or a higher limit');
		expect(cf.calls).toEqual([]);
		console.log(`5,000 addresses: "${text}", ${cf.calls.length} requests`);
	});

	test('5,000 addresses in one field: refused before anything is asked', async () => {
		const text = await refusal(blocking(many(5000), { options: { allowProtected: true } }));
		expect(text).toContain('Max Addresses: the run names 5000 addresses, more than 1000');
		expect(cf.calls).toEqual([]);
	});

	test('5,000 addresses with a higher limit: five writes, one after the other', async () => {
		const addresses = many(5000);
		const options = { allowProtected: true, maxAddresses: 5000 };
		const result = await runNode({
			parameters: { ...parameters, options },
			items: addresses.map((ip) => ({ ip })),
		});
		expect(result.error).toBeUndefined();
		expect(new Set(result.items.map(({ json }) => json.outcome))).toEqual(new Set(['blocked']));
		expect(items().size).toBe(5000);
		numbers(cf, '5,000 addresses, no list, higher limit');
	});
});
