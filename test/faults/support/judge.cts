import type { RunNodeResult } from '../../support/engine/index.cjs';
import { without } from './digest.cjs';
import type { RequestFault } from './faults.cjs';

/** What a run without a fault gave, and how it left the stand-in. */
export interface CleanRun {
	items: string;
	before: string[];
	/** Everything after each of its requests, and at the end. */
	stages: string[][];
	after: string[];
	purges: number;
}

/** What a run with a fault gave. */
export interface FaultyRun {
	fault: RequestFault;
	isWrite: boolean;
	/** Undefined: it does not end. */
	result: RunNodeResult | undefined;
	items: string;
	after: string[];
	rejections: readonly unknown[];
	/** Requests that were sent after the run was cancelled and over. */
	sentLate: number;
}

/** What a program says that has stumbled over its own data. */
export const STUMBLED =
	/TypeError|RangeError|SyntaxError|undefined|\[object |NaN|Cannot read|is not (?:a function|iterable)|\.[cm]?[jt]s:\d+/;
/** How errors tell what took effect before them, or may have. */
const DONE =
	/not known whether|by now|was removed|were removed|was created|were created|was done|has been|have been/i;

export const textOf = (error: RunNodeResult['error']): string =>
	[error?.message, error?.description].filter(Boolean).join(' ');

const shortened = (things: readonly string[]): string =>
	`${things.slice(0, 3).join('; ').slice(0, 600)}${things.length > 3 ? ` and ${things.length - 3} more` : ''}`;

/** How one state of the stand-in differs from another; empty when it does not. */
export function difference(now: readonly string[], wanted: readonly string[]): string {
	const [missing, more] = [without(wanted, now), without(now, wanted)];
	return [
		missing.length > 0 ? `missing ${shortened(missing)}` : '',
		more.length > 0 ? `too much ${shortened(more)}` : '',
	]
		.filter(Boolean)
		.join('; ');
}

/** Wherever they stand. */
const withoutPlaces = (things: readonly string[]) =>
	things.map((thing) => thing.replace(/^rule \d+/, 'rule'));

/** Things that are there more often than before or than a clean run leaves them. */
export function duplicates(
	clean: Pick<CleanRun, 'before' | 'after'>,
	now: readonly string[],
): string[] {
	const before = withoutPlaces(clean.before);
	const after = withoutPlaces(clean.after);
	const more = without(without(withoutPlaces(now), before), without(after, before));
	return more.filter((thing) => before.includes(thing) || after.includes(thing));
}

/** Whether the stand-in is as the job leaves it on its way: parts of it may go on side by side, in any order. */
export function isOnTheWay({ before, stages, after }: CleanRun, now: readonly string[]): boolean {
	const all = [...stages, after];
	const isMade = (thing: string) => all.some((stage) => stage.includes(thing));
	const isRemoved = (thing: string) => all.some((stage) => !stage.includes(thing));
	return without(now, before).every(isMade) && without(before, now).every(isRemoved);
}

/** The two texts from where they differ. */
export function textDifference(now: string, wanted: string): string {
	let at = 0;
	while (at < now.length && now[at] === wanted[at]) at += 1;
	const from = Math.max(0, at - 40);
	return `…${now.slice(from, from + 300)} in place of …${wanted.slice(from, from + 300)}`;
}

function judgeError(text: string, { fault, isWrite, result, after }: FaultyRun, clean: CleanRun) {
	const wrong: string[] = [];
	const { error } = result!;
	if (fault.passes) wrong.push('it must succeed: the fault passes');
	if (!/^Node(?:Api|Operation)Error$/.test(error!.name)) wrong.push(`it is a ${error!.name}`);
	if (STUMBLED.test(text)) wrong.push('the text is that of a program that stumbled');
	if (!fault.says.test(text)) wrong.push(`it does not say ${fault.says}`);
	if (!error!.description) wrong.push('it names no next step');
	const changed = difference(after, clean.before);
	if (changed && !isOnTheWay(clean, after)) wrong.push(`no stage of the job: ${changed}`);
	if (changed && !DONE.test(text)) wrong.push(`it does not tell what is done: ${changed}`);
	const mayHaveEffect = isWrite && fault.after;
	if (mayHaveEffect && !DONE.test(text)) wrong.push('it does not tell that it may have effect');
	return wrong;
}

function judgeSuccess({ fault, items, after }: FaultyRun, clean: CleanRun): string[] {
	// An outcome that itself tells the failure, as of one zone of several. It has room for the headline alone.
	const said = fault.headline ?? fault.says;
	const tells = !fault.passes && said.test(items) && !STUMBLED.test(items);
	const wrong: string[] = [];
	if (items !== clean.items && !tells) {
		wrong.push(`other items: ${textDifference(items, clean.items)}`);
	}
	const differs = difference(after, clean.after);
	if (differs && !(tells && isOnTheWay(clean, after))) wrong.push(`the end differs: ${differs}`);
	return wrong;
}

/** What is wrong with the outcome; empty when it is one of those that are right. */
export function judge(run: FaultyRun, clean: CleanRun): string[] {
	const { fault, result, after, sentLate, rejections } = run;
	if (!result) return ['it does not end'];
	const wrong = rejections.map((reason) => `unhandled rejection: ${String(reason)}`);
	if (fault.answer.kind === 'cancel') {
		if (result.status !== 'canceled') wrong.push(`the status is ${result.status}`);
		if (sentLate > 0) wrong.push(`${sentLate} requests after it was cancelled`);
		if (!isOnTheWay(clean, after))
			wrong.push(`no stage of the job: ${difference(after, clean.before)}`);
		return wrong;
	}
	if (!result.error) return [...wrong, ...judgeSuccess(run, clean)];
	const text = textOf(result.error);
	return [...wrong, ...judgeError(text, run, clean).map((each) => `${each} — ${text}`)];
}
