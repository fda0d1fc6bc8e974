import { JOBS, type JobName } from './protocol.cjs';
import type { Bench } from './run.cjs';
import { summarise, type Cell } from './summary.cjs';
import { jobs } from './titles.cjs';

export interface Line {
	job: JobName;
	points: Array<Pick<Cell, 'milliseconds' | 'calls' | 'heldMegabytes'> & { rows: number }>;
	time: Fit;
	memory: Fit;
}

/** The straight line that comes nearest: value = start + perRow × rows. */
export interface Fit {
	start: number;
	perRow: number;
	/** 1 for points that lie on it. */
	r2: number;
}

export function fit(points: ReadonlyArray<readonly [x: number, y: number]>): Fit {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point[0])), mean(points.map((point) => point[1]))];
	const sum = (of: (dx: number, dy: number) => number) =>
		points.reduce((total, [px, py]) => total + of(px - x, py - y), 0);
	const perRow = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
	const all = sum((_dx, dy) => dy * dy);
	const left = sum((dx, dy) => (dy - perRow * dx) ** 2);
	return { start: y - perRow * x, perRow, r2: all === 0 ? 1 : 1 - left / all };
}

/** The list jobs with our node at several sizes; each size in a new process. */
export async function measureScale(
	bench: Bench,
	{ sizes, only, rounds }: { sizes: readonly number[]; only: readonly JobName[]; rounds: number },
): Promise<Line[]> {
	const lines: Line[] = [];
	for (const job of JOBS) {
		if (!jobs[job].list || !only.includes(job)) continue;
		const points: Line['points'] = [];
		for (const size of sizes) {
			const runs = await bench.run({ job, size, clients: ['ours'], rounds });
			const [{ milliseconds, calls, heldMegabytes }] = summarise(runs).cells;
			points.push({ rows: size, milliseconds, calls, heldMegabytes });
		}
		lines.push({
			job,
			points,
			time: fit(points.map(({ rows, milliseconds = 0 }) => [rows, milliseconds])),
			memory: fit(points.map(({ rows, heldMegabytes = 0 }) => [rows, heldMegabytes])),
		});
	}
	return lines;
}
