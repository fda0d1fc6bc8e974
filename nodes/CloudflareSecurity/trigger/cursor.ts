import type { EventHash, SeenEvents } from './seenEvents';
import type { NewEvent, Walk, WalkPlan } from './walk';

/** Where the trigger stands in the audit log. All times are whole seconds since 1970, by Cloudflare's clock. */
export interface Cursor {
	/** Everything before it was read once. */
	readonly head: number;
	/** Everything before it was read again at least one look-back after it happened. Never moves back. */
	readonly settled: number;
	/** The events from `settled` on that were handed over. */
	readonly seen: SeenEvents;
	/**
	 * How many calls it takes to read from `settled` to `head`, as far as is known. Those of a whole poll where a poll did
	 * not get through it, however few calls it made: then its time was too short.
	 */
	readonly rereadCalls: number;
	/** Where the last poll left something for the next, which goes on from there: reading again can wait. Else null. */
	readonly resumeAt: number | null;
}

/** What the walks of a poll found. */
export interface Reading<T> {
	/** Where the poll set out. */
	cursor: Cursor;
	walks: ReadonlyArray<Walk<T>>;
	/** Cloudflare's time when the poll set out: what had happened by then was to be read. */
	start: number;
	/** Calls that the poll might make. */
	calls: number;
	/** Whether the limits left something new for the next poll. */
	isBehind: boolean;
}

export interface Advance<T> {
	/** To be handed over, oldest first. */
	events: T[];
	/** Where the next poll sets out. */
	cursor: Cursor;
	/** The state would have become too large, so events before this time that come in late are not looked for any more. */
	lateEventsEndAt?: number;
}

/** Late events come within minutes as a rule; a poll with much to read looks for older ones afterwards. */
const USUAL_DELAY_S = 300;
/**
 * For how long a backlog may put off what is to be read again, which else each of its polls would read. A late event is
 * handed over that long after its look-back at the latest.
 */
const LONGEST_PUT_OFF_S = 300;
/** About 730 kB of state. */
export const MAX_SEEN = 50_000;

/** A cursor that looks at nothing before this time. */
export const cursorAt = (second: number): Cursor => ({
	head: second,
	settled: second,
	seen: new Map(),
	rereadCalls: 0,
	resumeAt: null,
});

/**
 * The walks of the next poll, in their order. Mostly one does all: read what may have come in late, then what is new.
 * Where reading again takes too many calls, what is new comes first. What the last poll left comes alone.
 */
export function planWalks(
	{ head, settled, rereadCalls, resumeAt }: Cursor,
	calls: number,
): WalkPlan[] {
	if (resumeAt !== null) return [{ from: resumeAt, past: resumeAt }];
	const from = head - USUAL_DELAY_S;
	if (rereadCalls < calls / 2 || from <= settled) return [{ from: settled, past: settled }];
	return [
		{ from, past: head },
		{ from: settled, past: settled, until: from },
	];
}

/**
 * The cursor with which a poll sets out: what is to be read again may be put off no longer.
 * @param now Cloudflare's time, in seconds since 1970
 */
export const settingOut = (cursor: Cursor, now: number, lookBack: number): Cursor =>
	now - cursor.settled < lookBack + LONGEST_PUT_OFF_S ? cursor : { ...cursor, resumeAt: null };

/** How far everything from `settled` on was read. */
function readWithoutGap<T>({ cursor, walks }: Reading<T>): number {
	const fromSettled = walks.find(({ plan }) => plan.from === cursor.settled);
	if (fromSettled === undefined) return cursor.settled;
	return fromSettled.handedOver ? walks[0].readTo : fromSettled.readTo;
}

/** What was found, oldest first, without what has been handed over by now. */
function unseen<T>(live: Cursor, walks: ReadonlyArray<Walk<T>>): Array<NewEvent<T>> {
	const byHash = new Map<EventHash, NewEvent<T>>();
	for (const found of walks.flatMap((walk) => walk.found)) {
		// Another poll may have settled it meanwhile, and forgotten that it handed it over.
		if (live.seen.has(found.hash) || found.second < live.settled) continue;
		if (!byHash.has(found.hash)) byHash.set(found.hash, found);
	}
	return [...byHash.values()].sort((left, right) => left.second - right.second);
}

/** The earliest mark from which on no more events are remembered than fit; at most `head`, so that nothing is left out. */
function markThatFits(seen: SeenEvents, settled: number, head: number, most: number): number {
	if (seen.size <= most) return settled;
	const seconds = [...seen.values()].sort((left, right) => right - left);
	// The first second that does not fit as a whole.
	const tooOld = seconds[most];
	return Math.max(settled, Math.min(tooOld + 1, head));
}

function callsToReread<T>({ cursor, walks, calls, isBehind }: Reading<T>, settled: number): number {
	const pages = walks.flatMap(({ pageEnds }) => pageEnds);
	const stillToRead = pages.filter((end) => end >= settled).length;
	const fromSettled = walks.find(({ plan }) => plan.from === cursor.settled);
	if (fromSettled === walks[0]) {
		// It did not fit into the poll. Again the first, it might never get to what is new.
		return isBehind && !fromSettled.isFull ? Math.max(stillToRead, calls) : stillToRead;
	}
	// Also where nothing came after the place at which the other walk had begun.
	if (fromSettled?.ended && !fromSettled.isFull) return stillToRead;
	// The way from `settled` was not walked to its end: what was known of it still holds, but for what changed.
	const added = walks[0].pageEnds.filter((end) => end >= cursor.head).length;
	const settledPages = pages.filter((end) => end < settled).length;
	return Math.max(stillToRead, cursor.rereadCalls + added - settledPages);
}

/** Where the first walk left something new for the next poll, if so. Cut short among what was read before, it has not. */
function leftAt<T>({ cursor, walks, isBehind }: Reading<T>): number | null {
	const [walk] = walks;
	return isBehind && (walk.isFull || walk.readTo >= cursor.head) ? walk.readTo : null;
}

/**
 * Ends a poll: what to hand over, and where the next poll sets out.
 * @param live the cursor as it is now: another poll may have moved it meanwhile. Between reading it and keeping the
 *   new one there must be no wait
 * @param lookBack how long after it happened an event may come in, in seconds
 * @param mostSeen how many events may be remembered
 */
export function advance<T>(
	live: Cursor,
	reading: Reading<T>,
	lookBack: number,
	mostSeen = MAX_SEEN,
): Advance<T> {
	const { walks, start, cursor } = reading;
	const events = unseen(live, walks);
	const readOnce = Math.min(walks[0]?.readTo ?? cursor.head, start);
	const readAgain = Math.min(readWithoutGap(reading), start - lookBack);
	const wanted = Math.max(live.settled, readAgain);
	// Nothing after the start was read; a head that was beyond it from the first is the work of a wrong clock. One that
	// was moved meanwhile is the work of another poll.
	const liveHead = live.head === cursor.head ? Math.min(live.head, start) : live.head;
	const head = Math.max(liveHead, readOnce, wanted);

	const all = new Map([...live.seen, ...events.map(({ hash, second }) => [hash, second] as const)]);
	const settled = markThatFits(all, wanted, head, mostSeen);
	const seen = new Map([...all].filter(([, second]) => second >= settled));
	const rereadCalls = callsToReread(reading, settled);
	// What is put off stays remembered, and another poll like this one has to fit in.
	const left = seen.size + events.length <= mostSeen ? leftAt(reading) : null;
	const resumeAt = left === null ? null : Math.min(Math.max(left, settled), head);
	return {
		events: events.map(({ event }) => event),
		cursor: { head, settled, seen, rereadCalls, resumeAt },
		...(settled > wanted ? { lateEventsEndAt: settled } : {}),
	};
}
