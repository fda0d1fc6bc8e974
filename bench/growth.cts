/** Rows, and what they cost. */
export type Point = readonly [rows: number, cost: number];

/** What a further row costs in the longer step, beside the shorter one. */
export interface Growth {
	/** 1 where all rows cost the same, about 10 where the cost is the square of ten times as many rows. */
	ratio: number;
	/** The shorter step cost less than can be told from noise: so much was taken for it, not less. */
	noise: boolean;
}

/** A step below this part of the cost says nothing. */
const NOISE = 0.1;

/**
 * Three points are no test for a straight line: the farthest one carries it, and even squares lie near to it. So what the
 * rows of each step cost is compared.
 * @param floor cost below which nothing can be measured
 * @returns a ratio that is NaN where no cost was measured at all
 */
export function growthOf(points: readonly Point[], floor: number): Growth {
	const [[rows1, cost1], [rows2, cost2], [rows3, cost3]] = points;
	const least = Math.max(floor, NOISE * cost2);
	const step = cost2 - cost1;
	const perRow = Math.max(step, least) / (rows2 - rows1);
	const further = Math.max(0, cost3 - cost2) / (rows3 - rows2);
	return { ratio: cost3 > 0 ? further / perRow : NaN, noise: step < least };
}

/** The straight line that comes nearest: cost = start + perRow × rows. */
export function fit(points: readonly Point[]): { start: number; perRow: number } {
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point[0])), mean(points.map((point) => point[1]))];
	const sum = (of: (dx: number, dy: number) => number) =>
		points.reduce((total, [px, py]) => total + of(px - x, py - y), 0);
	const perRow = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
	return { start: y - perRow * x, perRow };
}
