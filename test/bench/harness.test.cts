/** The benchmark counts right, and notices when a client did not do its job. How fast anything is, no test asks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProof, proofOf } from '../../bench/proof.cjs';
import { JOBS, SCALE_JOBS, type ClientName, type JobName } from '../../bench/protocol.cjs';
import { startBench, type Bench } from '../../bench/run.cjs';
import { summarise, type JobSummary } from '../../bench/summary.cjs';
import { checkTargets } from '../../bench/targets.cjs';

/** Three programs have to start, on a machine that may be busy. */
const PATIENCE = 120_000;

let bench: Bench;
const said: string[] = [];
beforeAll(async () => {
	bench = await startBench({ latency: 0, progress: (text) => said.push(text) });
}, PATIENCE);
afterAll(async () => await bench.stop());

const measured = async (job: JobName, size: number, clients: ClientName[]): Promise<JobSummary> =>
	summarise(await bench.run({ job, size, clients, rounds: 1 }));

/** Client → calls, or why there are none. */
const calls = ({ cells }: JobSummary) =>
	Object.fromEntries(cells.map((cell) => [cell.client, cell.unable ?? cell.calls]));

test(
	'every client gets every row, with the calls that its pages take',
	async () => {
		const summary = await measured('zones', 120, ['ours', 'undici', 'sdk']);
		expect(summary.cells.map(({ rows }) => rows)).toEqual([120, 120, 120]);
		// Pages of 50, and of 20 with an empty one at the end.
		expect(calls(summary)).toEqual({ ours: 3, undici: 3, sdk: 7 });
		expect(summary.cells[0].ratio).toBe(1);
		const targets = checkTargets([summary], []);
		expect(targets.find(({ what }) => what.endsWith('at most 3 calls'))?.verdict).toBe('met');
		expect(said).toContain('120 zones: This package, run 1 of 1');
	},
	PATIENCE,
);

test(
	'writes begin anew each time, and polls of a bulk operation are counted apart',
	async () => {
		const { cells } = await measured('block', 3, ['undici']);
		// The items, and what the list holds in the end.
		expect(cells).toMatchObject([{ client: 'undici', rows: 3, calls: 2 }]);
		expect(cells[0].polls).toBeGreaterThan(0);
	},
	PATIENCE,
);

test(
	'what a client cannot do is said, with the reason',
	async () => {
		expect(calls(await measured('burst', 5, ['sdk']))).toEqual({
			sdk: 'it has no trigger and keeps no state',
		});
	},
	PATIENCE,
);

describe('rows that are not those that there are', () => {
	const there = proofOf(['a', 'b', 'c']);
	test.each([
		['a row is missing', ['a', 'b'], 'got 2 rows of 3'],
		['a row came twice', ['a', 'b', 'c', 'c'], '1 of 4 rows came twice'],
		['a row is another one', ['a', 'b', 'd'], 'but not those that there are'],
	])('%s', (_what, ids, message) => {
		expect(() => checkProof('Somebody', proofOf(ids), there)).toThrow(message);
	});

	test('in another order they are the same', () => {
		expect(() => checkProof('Somebody', proofOf(['c', 'a', 'b']), there)).not.toThrow();
	});
});

test('the command knows every job', () => {
	// It runs before anything is installed, and cannot read the list of the program.
	const command = readFileSync(join(__dirname, '..', '..', 'scripts', 'bench.mjs'), 'utf8');
	const [, listed = ''] = /const JOBS = \[([^\]]+)\]/.exec(command) ?? [];
	expect([...listed.matchAll(/'(\w+)'/g)].map(([, name]) => name)).toEqual([
		...JOBS,
		...SCALE_JOBS,
	]);
});
