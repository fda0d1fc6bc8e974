import type { ClientName, JobName } from './protocol.cjs';
import type { Growth } from './growth.cjs';
import type { Cost, Line } from './scale.cjs';
import type { Cell, JobSummary } from './summary.cjs';
import {
	CONNECTS,
	WHY_FAR_FROM_LIMIT,
	WHY_GROWS,
	WHY_HELD,
	WHY_MORE_CALLS,
	WHY_NOT_FASTER,
} from './reasons.cjs';
import { clients, jobs, titleOfAnySize } from './titles.cjs';
import { atLeast, atMost, shownTimes, timesOf, yes, type Verdict } from './verdict.cjs';

export interface Target {
	what: string;
	/** What was found, for people. */
	found: string;
	verdict: Verdict;
	/** Why it is not met, where that is known. */
	why?: string;
}

const FASTER = 4;
const OF_LIMIT = 1.6;
const BLOCK_CALLS = 12;
/** A further row of a long list may cost so many times what one of a short list does. */
const MOST_GROWTH = 2;
/** What a poll without events may take: nothing that grows. */
const QUIET_MEGABYTES = 1;

type Timed = Pick<Cell, 'milliseconds' | 'rounds'>;
type TimedBy = (client: ClientName) => Timed | undefined;

const cell = ({ cells }: JobSummary, client: ClientName): Cell | undefined =>
	cells.find((each) => each.client === client && each.unable === undefined);

/** Each against ours where both were measured in the same way. */
const RIVALS: ReadonlyArray<[rival: ClientName, ours: ClientName]> = [
	['sdk', 'ours'],
	['httpRequest', 'oursInN8n'],
	['httpRequestLarge', 'oursInN8n'],
];

const target = (what: string, found: string, verdict: Verdict, why?: string): Target => ({
	what,
	found,
	verdict,
	...(verdict !== 'met' && why !== undefined && { why }),
});

/** Whether it is faster than what people would use instead. */
function besideRivals(job: JobName, name: string, of: TimedBy): Target[] {
	if (!jobs[job].isFast) return [];
	return RIVALS.flatMap(([rival, own]) => {
		const found = timesOf(of(rival), of(own));
		if (!found) return [];
		const what = `${name}: at least ${FASTER} times faster than ${clients[rival].title}`;
		const why = WHY_NOT_FASTER[job]?.[rival];
		return [target(what, shownTimes(found), atLeast(found, FASTER), why)];
	});
}

/** How far it is from the limit, and how far n8n's helper is without our code. */
function besideLimit(job: JobName, name: string, of: TimedBy): Target[] {
	const found = timesOf(of('ours'), of('undici'));
	if (!found) return [];
	const helper = timesOf(of('helper'), of('undici'));
	const beside = helper ? `; the bare HTTP helper ${helper.ratio.toFixed(2)}` : '';
	const what = `${name}: within ${OF_LIMIT} times of the limit`;
	const why = WHY_FAR_FROM_LIMIT[job] ?? (helper && CONNECTS);
	return [target(what, `${shownTimes(found)}${beside}`, atMost(found, OF_LIMIT), why)];
}

function calls(summary: JobSummary, name: string): Target[] {
	const { job, size } = summary;
	const { calls: found, polls = 0 } = cell(summary, 'ours') ?? {};
	if (found === undefined) return [];
	const { mostCalls } = jobs[job];
	if (job === 'block') {
		const what = `${name}: at most ${BLOCK_CALLS} calls, not counted how often the bulk operation is asked about`;
		return [target(what, `${found}; with that ${found + polls}`, yes(found <= BLOCK_CALLS))];
	}
	if (!mostCalls) return [];
	const most = mostCalls(size);
	return [
		target(`${name}: at most ${most} calls`, `${found}`, yes(found <= most), WHY_MORE_CALLS[job]),
	];
}

function forJob(summary: JobSummary): Target[] {
	const { job, size } = summary;
	const name = jobs[job].title(size);
	const of: TimedBy = (client) => cell(summary, client);
	const { heldMegabytes: held } = cell(summary, 'ours') ?? {};
	const isQuiet = job === 'quietPoll' && held !== undefined;
	return [
		...besideRivals(job, name, of),
		...besideLimit(job, name, of),
		...calls(summary, name),
		...(isQuiet
			? [
					target(
						`${name}: holds at most ${QUIET_MEGABYTES} MB`,
						`${held} MB`,
						yes(held <= QUIET_MEGABYTES),
					),
				]
			: []),
	];
}

/** The goals of time once more, with the round trips of new connections. */
function withHandshakes(summary: JobSummary): Target[] {
	const { job, size } = summary;
	const name = `${jobs[job].title(size)}, with the round trips of new connections`;
	const of: TimedBy = (client) => cell(summary, client)?.withHandshakes;
	return [...besideRivals(job, name, of), ...besideLimit(job, name, of)];
}

/** @param middle the number of rows between the two steps */
export function growthFound({ ratio, noise }: Growth, middle: number): string {
	if (Number.isNaN(ratio)) return 'nothing was measured';
	const times = `${ratio.toFixed(2)} times`;
	const rows = middle.toLocaleString('en');
	return noise ? `${times} the least that can be measured; up to ${rows} rows it is less` : times;
}

function forLine({ job, growth, points }: Line): Target[] {
	const [, { rows: middle }] = points;
	const name = titleOfAnySize(job);
	const held = points[2].heldMegabytes;
	const nothingOut =
		job === 'sweep'
			? [
					target(
						`${name}: holds at most ${QUIET_MEGABYTES} MB, as nothing comes out`,
						`${held} MB`,
						yes(held <= QUIET_MEGABYTES),
						WHY_HELD,
					),
				]
			: [];
	const growths = COSTS.map(([cost, what]) =>
		target(
			`${name}: ${what} of a further row at most ${MOST_GROWTH} times that in shorter lists`,
			growthFound(growth[cost], middle),
			yes(growth[cost].ratio <= MOST_GROWTH),
			WHY_GROWS[job]?.[cost],
		),
	);
	return [...growths, ...nothingOut];
}

const COSTS: ReadonlyArray<[Cost, string]> = [
	['time', 'time'],
	['cpu', 'CPU'],
	['memory', 'memory'],
];

export const checkTargets = (
	summaries: readonly JobSummary[],
	lines: readonly Line[],
): Target[] => [
	...summaries.flatMap(forJob),
	...summaries.flatMap(withHandshakes),
	...lines.flatMap(forLine),
];
