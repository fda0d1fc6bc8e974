import type { ClientName } from './protocol.cjs';
import type { Growth } from './growth.cjs';
import type { Cost, Line } from './scale.cjs';
import type { Cell, JobSummary } from './summary.cjs';
import { clients, jobs } from './titles.cjs';

export interface Target {
	what: string;
	/** What was found, for people. */
	found: string;
	met: boolean;
}

const FASTER = 4;
const OF_LIMIT = 1.6;
const BLOCK_CALLS = 12;
/** A further row of a long list may cost so many times what one of a short list does. */
const MOST_GROWTH = 2;
/** What a poll without events may take: nothing that grows. */
const QUIET_MEGABYTES = 1;

const cell = ({ cells }: JobSummary, client: ClientName): Cell | undefined =>
	cells.find((each) => each.client === client && each.unable === undefined);

function times({ cells }: JobSummary, slow: ClientName, fast: ClientName): number | undefined {
	const of = (client: ClientName) => cells.find((each) => each.client === client)?.milliseconds;
	const [a, b] = [of(slow), of(fast)];
	return a === undefined || b === undefined ? undefined : a / b;
}

/** Each against ours where both were measured in the same way. */
const RIVALS: ReadonlyArray<[rival: ClientName, ours: ClientName]> = [
	['sdk', 'ours'],
	['httpRequest', 'oursInN8n'],
	['httpRequestLarge', 'oursInN8n'],
];

function forJob(summary: JobSummary): Target[] {
	const { job, size } = summary;
	const { title, numbered, mostCalls } = jobs[job];
	const targets: Target[] = [];
	const add = (what: string, found: string, met: boolean) =>
		targets.push({ what: `${title(size)}: ${what}`, found, met });
	for (const [rival, own] of numbered ? RIVALS : []) {
		const ratio = times(summary, rival, own);
		if (ratio === undefined) continue;
		const what = `at least ${FASTER} times faster than ${clients[rival].title}`;
		add(what, `${ratio.toFixed(2)} times`, ratio >= FASTER);
	}
	const ours = cell(summary, 'ours');
	const limit = times(summary, 'ours', 'undici');
	if (limit !== undefined && mostCalls) {
		const helper = times(summary, 'helper', 'undici');
		const beside = helper === undefined ? '' : `; the bare HTTP helper ${helper.toFixed(2)}`;
		const found = `${limit.toFixed(2)} times${beside}`;
		add(`within ${OF_LIMIT} times of the limit`, found, limit <= OF_LIMIT);
	}
	if (ours?.calls !== undefined && mostCalls) {
		const most = mostCalls(size);
		add(`at most ${most} calls`, `${ours.calls}`, ours.calls <= most);
	}
	if (ours?.calls !== undefined && job === 'block')
		add(`at most ${BLOCK_CALLS} calls beside polls`, `${ours.calls}`, ours.calls <= BLOCK_CALLS);
	if (ours?.heldMegabytes !== undefined && job === 'quietPoll') {
		const { heldMegabytes } = ours;
		add(
			`holds at most ${QUIET_MEGABYTES} MB`,
			`${heldMegabytes} MB`,
			heldMegabytes <= QUIET_MEGABYTES,
		);
	}
	return targets;
}

/** @param middle the number of rows between the two steps */
export function growthFound({ ratio, noise }: Growth, middle: number): string {
	if (Number.isNaN(ratio)) return 'nothing was measured';
	const times = `${ratio.toFixed(2)} times`;
	const rows = middle.toLocaleString('en');
	return noise ? `${times} the least that can be measured; up to ${rows} rows it is less` : times;
}

function forLine({ job, growth, points }: Line): Target[] {
	const [, { rows: middle }, { rows: most }] = points;
	const name = jobs[job].title(most).replace(/^[\d,]+ /, '');
	return COSTS.map(([cost, what]) => ({
		what: `${name}: ${what} of a further row at most ${MOST_GROWTH} times that in shorter lists`,
		found: growthFound(growth[cost], middle),
		met: growth[cost].ratio <= MOST_GROWTH,
	}));
}

const COSTS: ReadonlyArray<[Cost, string]> = [
	['time', 'time'],
	['cpu', 'CPU'],
	['memory', 'memory'],
];

export const checkTargets = (
	summaries: readonly JobSummary[],
	lines: readonly Line[],
): Target[] => [...summaries.flatMap(forJob), ...lines.flatMap(forLine)];
