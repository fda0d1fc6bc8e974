import type { ClientName, JobName } from './protocol.cjs';
import type { ClientRuns, JobRuns, Run } from './run.cjs';

export interface Cell {
	client: ClientName;
	/** Why the rest is missing. */
	unable?: string;
	/** Times as long as ours. */
	ratio?: number;
	/** Median, in milliseconds. Depends on the machine and what else it does. */
	milliseconds?: number;
	/** Of each round, in their order: clients went one after another in each. */
	rounds?: number[];
	/** Calls that reached the stand-in, without the polls of a bulk operation. */
	calls?: number;
	polls?: number;
	/** TLS connections that were opened for them. */
	connections?: number;
	mostAtOnce?: number;
	/** The most that was held at once, above the least. */
	heldMegabytes?: number;
	/** Per row, address or event. */
	cpuMicroseconds?: number;
	/** In all. */
	cpuMilliseconds?: number;
	rows?: number;
	note?: string;
	/** With the round trips of new connections, where that was measured. */
	withHandshakes?: Pick<Cell, 'milliseconds' | 'rounds' | 'connections'>;
}

export interface JobSummary {
	job: JobName;
	size: number;
	cells: Cell[];
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const isPoll = ({ url }: Run['calls'][number]): boolean => url.includes('/bulk_operations/');
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const timesOf = (runs: readonly Run[]) => ({
	milliseconds: Math.round(median(runs.map(({ milliseconds }) => milliseconds))),
	rounds: runs.map(({ milliseconds }) => Math.round(milliseconds)),
	connections: median(runs.map(({ connections }) => connections)),
});

function cellOf(
	{ client, runs, withHandshakes, memory, unable }: ClientRuns,
	ours: number | undefined,
): Cell {
	if (unable !== undefined) return { client, unable };
	const of = (value: (run: Run) => number) => median(runs.map(value));
	const milliseconds = of((run) => run.milliseconds);
	const rows = runs[0].proof.rows;
	const polls = of(({ calls }) => calls.filter(isPoll).length);
	const { note } = runs[0];
	const held = memory?.heldBytes;
	return {
		client,
		...(ours !== undefined && { ratio: round(milliseconds / ours, 2) }),
		...timesOf(runs),
		calls: of(({ calls }) => calls.filter((call) => !isPoll(call)).length),
		...(polls > 0 && { polls }),
		mostAtOnce: Math.max(...runs.map(({ mostAtOnce }) => mostAtOnce)),
		...(held !== undefined && { heldMegabytes: round(held / 1e6, 1) }),
		...(rows > 0 && { cpuMicroseconds: round(of((run) => run.cpuMicroseconds) / rows, 1) }),
		cpuMilliseconds: round(of((run) => run.cpuMicroseconds) / 1000, 1),
		rows,
		...(note !== undefined && { note }),
		...(withHandshakes && { withHandshakes: timesOf(withHandshakes) }),
	};
}

export function summarise({ job, size, clients }: JobRuns): JobSummary {
	const ours = clients.find(({ client, runs }) => client === 'ours' && runs.length > 0);
	const time = ours && median(ours.runs.map(({ milliseconds }) => milliseconds));
	return { job, size, cells: clients.map((each) => cellOf(each, time)) };
}
