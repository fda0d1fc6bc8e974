import type { History } from './history.cjs';
import type { LoggedEvent, SimulatedPoll, Simulation } from './simulate.cjs';

/** What is wrong with a run of the trigger, as sentences; none when all is well. */
export type Invariant = (run: Simulation, history: History) => string[];

const secondOf = ({ time }: LoggedEvent): number => Math.floor(time / 1000);

/** An event that passes all filters and comes in within the look-back is handed over. */
export const nothingIsLost: Invariant = ({ events, polls, activatedAt, drained }, history) => {
	const handedOver = new Set(
		polls.filter(({ lost }) => !lost).flatMap(({ emitted }) => emitted.map(({ id }) => id)),
	);
	const promised = events.filter(
		({ kind, time, delay }) => kind === 0 && time >= activatedAt && delay <= history.lookBack,
	);
	return [
		...promised.filter(({ id }) => !handedOver.has(id)).map(({ id }) => `${id} is lost`),
		...(drained ? [] : ['the backlog is never drained']),
	];
};

/** Nothing comes twice that was handed over before the state was saved from which the trigger goes on. */
export const nothingIsRepeated: Invariant = ({ polls }) =>
	polls.flatMap(({ repeated }) => repeated.map(({ id }) => `${id} came again`));

/** Whether the poll went on from where the one before had stopped, and the event lies before that. */
function wasPutOff({ before }: SimulatedPoll, event: LoggedEvent): boolean {
	const resumeAt = (JSON.parse(before) as Array<number | null>)[3];
	return resumeAt !== null && secondOf(event) < resumeAt;
}

/**
 * Older events come before newer ones, unless they came into the log after them; in a backlog also those that came into
 * it after the backlog had been read beyond them.
 */
export const oldestComesFirst: Invariant = ({ polls }) =>
	polls
		.filter(({ lost }) => !lost)
		.flatMap(({ emitted, knownPolls }) => {
			const inOrder = emitted.every(
				(event, index) => index === 0 || secondOf(event) >= secondOf(emitted[index - 1]),
			);
			const overtaken = emitted.flatMap((event) =>
				knownPolls
					.filter(({ startedAt, kinds }) => event.visibleAt <= startedAt && event.kind <= kinds)
					.filter((earlier) => !wasPutOff(earlier, event))
					.filter((earlier) => earlier.emitted.some((one) => secondOf(one) > secondOf(event)))
					.map(() => `${event.id} came after newer events`),
			);
			return [...(inOrder ? [] : ['a poll is not in order']), ...overtaken];
		});

/** A poll that fails leaves marks and remembered events as they were. */
export const nothingIsHalfWritten: Invariant = ({ polls }) =>
	polls
		.filter(({ failed, before, after }) => failed && before !== after)
		.map(({ before, after }) => `a failed poll turned ${before} into ${after}`);

/** Events of a poll stay within the cap, its calls within the budget, and its state within 15 bytes per event. */
export const everythingIsBounded: Invariant = ({ polls }, { cap }) => {
	const counted = polls.filter(({ lost }) => !lost);
	return counted.flatMap(({ emitted, calls, after, endedAt }) => {
		const [, settled, seen] = JSON.parse(after) as [number, number, string | null];
		const handedOver = counted
			.filter((poll) => poll.endedAt <= endedAt)
			.flatMap((poll) => poll.emitted.filter((event) => secondOf(event) >= settled));
		const most = 15 * new Set(handedOver.map(({ id }) => id)).size + 4;
		return [
			...(emitted.length > cap ? [`${emitted.length} events, with a cap of ${cap}`] : []),
			...(calls > 30 ? [`${calls} calls`] : []),
			...((seen?.length ?? 0) > most
				? [`${seen?.length} bytes of state, with at most ${most}`]
				: []),
		];
	});
};
