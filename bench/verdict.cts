import type { Cell } from './summary.cjs';

export type Verdict = 'met' | 'not met' | 'within noise';

/** How many times as long, by the medians and in the rounds. */
export interface Times {
	ratio: number;
	/** Of the rounds in which both went one after the other. */
	least: number;
	most: number;
}

type Timed = Pick<Cell, 'milliseconds' | 'rounds'>;

/** @returns nothing where one of them was not measured */
export function timesOf(slow: Timed | undefined, fast: Timed | undefined): Times | undefined {
	if (slow?.milliseconds === undefined || fast?.milliseconds === undefined) return undefined;
	const ratio = slow.milliseconds / fast.milliseconds;
	const [slower, faster] = [slow.rounds ?? [], fast.rounds ?? []];
	const pairs = slower.slice(0, faster.length).map((each, index) => each / faster[index]);
	return { ratio, least: Math.min(ratio, ...pairs), most: Math.max(ratio, ...pairs) };
}

/** When rounds fall on both sides of the bound, their median decides nothing. */
const decided = (inOne: boolean, inOther: boolean): Verdict => {
	if (inOne !== inOther) return 'within noise';
	return inOne ? 'met' : 'not met';
};

export const atLeast = ({ least, most }: Times, bound: number): Verdict =>
	decided(least >= bound, most >= bound);
export const atMost = ({ least, most }: Times, bound: number): Verdict =>
	decided(least <= bound, most <= bound);
export const yes = (met: boolean): Verdict => (met ? 'met' : 'not met');

export const shownTimes = ({ ratio, least, most }: Times): string =>
	least === most
		? `${ratio.toFixed(2)} times`
		: `${ratio.toFixed(2)} times (${least.toFixed(2)}–${most.toFixed(2)})`;
