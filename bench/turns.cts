import type { Measures } from './meter.cjs';
import type { ClientRuns, Order, Run } from './run.cjs';

/** One time that the clients of a job go one after another. */
export interface Turn {
	name: string;
	measures: Measures;
	/** Whether new connections wait for their round trips. */
	handshakes: boolean;
	takesPart(each: ClientRuns): boolean;
	keep(each: ClientRuns, run: Run): void;
}

/** Runs that are shorter vary more, and cost little to repeat. */
const SHORT_MS = 2000;
/** Longer ones go once where something is measured beside. */
const LONG_MS = 4000;

const isShort = ({ runs }: ClientRuns): boolean =>
	runs.length > 0 && runs.every(({ milliseconds }) => milliseconds < SHORT_MS);
const isLong = ({ runs }: ClientRuns): boolean =>
	runs.some(({ milliseconds }) => milliseconds > LONG_MS);

const times = (count: number, turn: (number: number) => Turn): Turn[] =>
	Array.from({ length: count }, (_, index) => turn(index + 1));

/** All turns of a job. Memory comes last: only what the job holds is new then. */
export function turnsOf({ rounds, moreRounds = 0, handshakes = [] }: Order): Turn[] {
	const usual: Turn = {
		name: 'warming up',
		measures: 'time',
		handshakes: false,
		takesPart: () => true,
		// Code is compiled, the stand-in makes its answers.
		keep: () => undefined,
	};
	const timed: Turn = { ...usual, keep: ({ runs }, run) => void runs.push(run) };
	return [
		usual,
		...times(rounds, (number) => ({ ...timed, name: `run ${number} of ${rounds}` })),
		...times(moreRounds, (number) => ({
			...timed,
			name: `run ${rounds + number} of ${rounds + moreRounds}, as it is short`,
			takesPart: isShort,
		})),
		...times(handshakes.length > 0 ? rounds : 0, (number) => ({
			...timed,
			name: `run ${number} with the round trips of new connections`,
			handshakes: true,
			takesPart: (each) => handshakes.includes(each.client) && (number === 1 || !isLong(each)),
			keep: (each, run) => void (each.withHandshakes ??= []).push(run),
		})),
		{ ...usual, name: 'memory', measures: 'memory', keep: (each, run) => (each.memory = run) },
	];
}
