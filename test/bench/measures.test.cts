/** What the benchmark says of memory and growth can be bad news too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startMeter } from '../../bench/meter.cjs';
import { checkTargets, type Target } from '../../bench/targets.cjs';

/** About so many MB of small rows, as an API would send them. */
const rowsOf = (megabytes: number): object[] =>
	Array.from({ length: megabytes * 10_000 }, (_, id) => ({ id, name: `row ${id}`, on: id / 2 }));

/** Leaves room in the process that takes rows without growing, as a program does that has loaded much. */
async function makeSlack(): Promise<void> {
	const garbage = rowsOf(150);
	await sleep(1);
	garbage.length = 0;
}

/** The most that a job held, in MB. */
async function held(job: () => Promise<unknown>): Promise<number> {
	await makeSlack();
	const meter = startMeter('memory');
	const result = await job();
	const { heldBytes = NaN } = meter.stop();
	// Held until here, as a caller would.
	expect(result).toBeDefined();
	return heldBytes / 1e6;
}

describe('memory, in a process with room', () => {
	test('8 MB of rows are seen', async () => {
		const found = await held(async () => await Promise.resolve(rowsOf(8)));
		expect(found).toBeGreaterThan(6);
		expect(found).toBeLessThan(12);
	});

	test('8 MB of buffers are seen', async () => {
		expect(await held(async () => await Promise.resolve(Buffer.alloc(8e6)))).toBeCloseTo(8, 0);
	});

	test('8 MB are seen that are given up before the end', async () => {
		const found = await held(async () => {
			const rows = rowsOf(8);
			await sleep(300);
			return rows.splice(0).length;
		});
		expect(found).toBeGreaterThan(6);
	});

	test('8 MB are seen where as much of an earlier run is let go', async () => {
		const earlier = rowsOf(8);
		const found = await held(async () => {
			earlier.length = 0;
			await sleep(100);
			return rowsOf(8);
		});
		expect(found).toBeGreaterThan(6);
	});

	test('what was made and given up at once is not held', async () => {
		const found = await held(async () => {
			for (let times = 0; times < 10; times += 1) {
				expect(rowsOf(8)).toHaveLength(80_000);
				await sleep(1);
			}
			return 'nothing';
		});
		expect(found).toBeLessThan(1);
	});

	test('a run that is timed is not held up', () => {
		expect(startMeter('time').stop()).not.toHaveProperty('heldBytes');
	});
});

test.each([
	[0.1, true],
	[8, false],
])('a poll without news that holds %s MB: %s', (heldMegabytes, met) => {
	const cells = [{ client: 'ours' as const, heldMegabytes }];
	const [target] = checkTargets([{ job: 'quietPoll', size: 0, cells }], []);
	expect(target).toEqual<Target>({
		what: 'a poll of the trigger, nothing new: holds at most 1 MB',
		found: `${heldMegabytes} MB`,
		met,
	});
});
