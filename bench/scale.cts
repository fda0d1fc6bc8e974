import { growthOf, type Growth } from './growth.cjs';
import { JOBS, SCALE_JOBS, type JobName } from './protocol.cjs';
import type { Bench } from './run.cjs';
import { summarise, type Cell } from './summary.cjs';
import { jobs } from './titles.cjs';

export interface ScalePoint {
	rows: number;
	calls: number;
	milliseconds: number;
	cpuMilliseconds: number;
	heldMegabytes: number;
}

/** What is compared, with what is too little to measure: half a round trip, as much CPU, some code that was not run before. */
const COSTS = {
	time: { of: (point: ScalePoint) => point.milliseconds, floor: 20 },
	cpu: { of: (point: ScalePoint) => point.cpuMilliseconds, floor: 20 },
	memory: { of: (point: ScalePoint) => point.heldMegabytes, floor: 0.2 },
} as const;
export type Cost = keyof typeof COSTS;

export interface Line {
	job: JobName;
	/** Of three sizes. */
	points: ScalePoint[];
	growth: Record<Cost, Growth>;
}

/** What was not measured is no number, and meets no goal. */
const pointOf = (rows: number, cell: Cell): ScalePoint => ({
	rows,
	calls: cell.calls ?? NaN,
	milliseconds: cell.milliseconds ?? NaN,
	cpuMilliseconds: cell.cpuMilliseconds ?? NaN,
	heldMegabytes: cell.heldMegabytes ?? NaN,
});

export function lineOf(job: JobName, points: ScalePoint[]): Line {
	const growth = (cost: Cost) => {
		const { of, floor } = COSTS[cost];
		return growthOf(
			points.map((point) => [point.rows, of(point)]),
			floor,
		);
	};
	return {
		job,
		points,
		growth: { time: growth('time'), cpu: growth('cpu'), memory: growth('memory') },
	};
}

const isOfScale = (job: JobName): boolean => jobs[job].list === true || ONCE.includes(job);
/** Those that take long, or beside which the lists say enough: one run of each size. */
const ONCE: readonly JobName[] = ['block', 'burst', ...SCALE_JOBS];

/** Jobs with our node at several sizes; each size in a new process. */
export async function measureScale(
	bench: Bench,
	{ sizes, only, rounds }: { sizes: readonly number[]; only: readonly JobName[]; rounds: number },
): Promise<Line[]> {
	const lines: Line[] = [];
	for (const job of [...JOBS, ...SCALE_JOBS]) {
		if (!isOfScale(job) || !only.includes(job)) continue;
		const { mostInScale = Infinity } = jobs[job];
		const points: ScalePoint[] = [];
		for (const rows of sizes) {
			const size = Math.min(rows, mostInScale);
			const once = ONCE.includes(job) ? 1 : rounds;
			const runs = await bench.run({ job, size, clients: ['ours'], rounds: once });
			points.push(pointOf(size, summarise(runs).cells[0]));
		}
		lines.push(lineOf(job, points));
	}
	return lines;
}
