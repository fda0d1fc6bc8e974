/** What the benchmark says of memory and growth can be bad news too. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fit } from '../../bench/growth.cjs';
import { startMeter } from '../../bench/meter.cjs';
import { lineOf } from '../../bench/scale.cjs';
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
	[0.1, 'met' as const],
	[8, 'not met' as const],
])('a poll without news that holds %s MB: %s', (heldMegabytes, verdict) => {
	const cells = [{ client: 'ours' as const, heldMegabytes }];
	const [target] = checkTargets([{ job: 'quietPoll', size: 0, cells }], []);
	expect(target).toEqual<Target>({
		what: 'a poll of the trigger, nothing new: holds at most 1 MB',
		found: `${heldMegabytes} MB`,
		verdict,
	});
});

describe('a goal of time', () => {
	const judged = (...rounds: number[]) => {
		const cells = [
			{ client: 'ours' as const, milliseconds: rounds[1], rounds },
			{ client: 'undici' as const, milliseconds: 100, rounds: rounds.map(() => 100) },
		];
		return checkTargets([{ job: 'auditV2', size: 1000, cells }], [])[0];
	};
	test.each([
		[[150, 140, 159], '1.40 times (1.40–1.59)', 'met'],
		[[150, 140, 170], '1.40 times (1.40–1.70)', 'within noise'],
		[[150, 170, 180], '1.70 times (1.50–1.80)', 'within noise'],
		[[170, 180, 190], '1.80 times (1.70–1.90)', 'not met'],
	])('rounds of %j beside 100: %s, %s', (rounds, found, verdict) => {
		expect(judged(...rounds)).toMatchObject({ found, verdict });
	});
});

describe('cost by the number of rows', () => {
	const SIZES = [200, 2000, 20_000];

	/** The goals for time, CPU and memory of a list that costs so much. */
	function goals(cost: (rows: number) => number): Target[] {
		const points = SIZES.map((rows) => ({
			rows,
			calls: 1,
			milliseconds: cost(rows),
			cpuMilliseconds: cost(rows),
			heldMegabytes: cost(rows),
		}));
		return checkTargets([], [lineOf('zones', points)]);
	}
	const noisy = (...factors: number[]) => {
		return (rows: number) => (60 + rows / 10) * factors[SIZES.indexOf(rows)];
	};

	test.each<[string, (rows: number) => number, string]>([
		['a square', (rows) => rows ** 2 / 1e4, '10.00 times'],
		['a power of one and a half', (rows) => rows ** 1.5 / 100, '3.16 times'],
		['a square above a high start', (rows) => 1000 + (rows / 2000) ** 2 * 200, '10.00 times'],
		[
			'a square that a high start hides in short lists',
			(rows) => 1000 + (rows / 2000) ** 2 * 50,
			'4.71 times the least that can be measured; up to 2,000 rows it is less',
		],
		['nothing measured', () => NaN, 'nothing was measured'],
		['nothing but zeros', () => 0, 'nothing was measured'],
	])('%s is refused', (_what, cost, found) => {
		const refused = [
			{ found, verdict: 'not met' },
			{ found, verdict: 'not met' },
			{ found, verdict: 'not met' },
		];
		expect(goals(cost)).toMatchObject(refused);
	});

	test.each<[string, (rows: number) => number]>([
		['a straight line', (rows) => 60 + rows / 10],
		['one with noise', noisy(1.1, 0.95, 1.05)],
		['one with noise the other way', noisy(0.9, 1.05, 0.95)],
		['rows times their logarithm', (rows) => (rows * Math.log(rows)) / 100],
		['a cost that rows hardly change', (rows) => 100 + rows / 1000],
		['one that seems to fall at first', (rows) => (rows === 200 ? 70 : 60 + rows / 1000)],
	])('%s is accepted', (_what, cost) => {
		expect(goals(cost).map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met']);
	});

	test('what was compared is said', () => {
		expect(goals((rows) => 60 + rows / 10)).toEqual(
			['time', 'CPU', 'memory'].map((cost) => ({
				what: `zones: ${cost} of a further row at most 2 times that in shorter lists`,
				found: '1.00 times',
				verdict: 'met' as const,
			})),
		);
	});

	test('the straight line through points on one', () => {
		const { start, perRow } = fit(SIZES.map((rows) => [rows, 10 + rows / 100]));
		expect(start).toBeCloseTo(10);
		expect(perRow).toBeCloseTo(0.01);
	});
});
