import { inOrder } from '../../../nodes/CloudflareSecurity/transport/inOrder';

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const result of results) all.push(result);
	return all;
}

const numbers = Array.from({ length: 50 }, (_, index) => index);
const later = async () => await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));

test('gives every result in the order of the inputs, with at most eight under way', async () => {
	let underWay = 0;
	let most = 0;
	const results = inOrder(numbers, async (number) => {
		underWay += 1;
		most = Math.max(most, underWay);
		await later();
		underWay -= 1;
		return number * 2;
	});
	expect(await collect(results)).toEqual(numbers.map((number) => number * 2));
	expect(most).toBe(8);
});

test('begins nothing more when the caller has enough', async () => {
	const begun: number[] = [];
	const results = inOrder(numbers, async (number) => {
		begun.push(number);
		await later();
		return number;
	});
	for await (const result of results) if (result === 3) break;
	expect(begun.length).toBeLessThanOrEqual(11);
});

test('a failure comes in its turn, and begins nothing more', async () => {
	const begun: number[] = [];
	const results = inOrder(numbers, async (number) => {
		begun.push(number);
		await later();
		if (number >= 5) throw new Error(`failed at ${number}`);
		return number;
	});
	await expect(collect(results)).rejects.toThrow('failed at 5');
	expect(begun.length).toBeLessThanOrEqual(13);
});

test('nothing to do', async () => {
	expect(await collect(inOrder([], later))).toEqual([]);
});
