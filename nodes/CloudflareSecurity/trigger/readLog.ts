import { planWalks, type Cursor, type Reading } from './cursor';
import { Walk, type Sighting } from './walk';

/** One answer of the audit log, oldest rows first. */
export interface LogPage<T> {
	rows: ReadonlyArray<Sighting<T>>;
	/** Whether the answer says that nothing comes after this page. */
	last: boolean;
	/** Cloudflare's clock when it answered, in milliseconds since 1970. */
	serverTime?: number;
}

/** Reads the log page by page, oldest first. Both ends may belong to the range or not. */
export type ReadPages<T> = (since: number, before: number) => AsyncIterable<LogPage<T>>;

/** What a poll may use up. */
export interface Limits {
	calls: number;
	/** New events that may be handed over; each of two walks may hold so many. */
	events: number;
	/** Whether the time of the poll runs out, so that no further page should be asked for. */
	isTimeUp(): boolean;
}

export interface LogReading<T> extends Reading<T> {
	/** Of the first answer, in milliseconds since 1970. */
	serverTime?: number;
	/** What ended the reading before its time; what was found until then is good. */
	failure?: unknown;
}

const toSecond = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** Whether a page brings nothing that the one before did not bring: no way on, however often it is asked for. */
const isRepeated = <T>(page: LogPage<T>, before: LogPage<T> | undefined): boolean => {
	if (before === undefined || page.rows.length === 0) return false;
	const hashes = new Set(before.rows.map(({ hash }) => hash));
	return page.rows.every(({ hash }) => hashes.has(hash));
};

/**
 * Follows one walk, page by page.
 * @param mayGoOn called for each page: whether the limits leave room for another
 * @returns whether the limits ended it
 * @throws what `pages` throws
 */
async function follow<T>(
	walk: Walk<T>,
	pages: AsyncIterable<LogPage<T>>,
	before: number,
	mayGoOn: (page: LogPage<T>) => boolean,
): Promise<boolean> {
	let previous: LogPage<T> | undefined;
	for await (const page of pages) {
		walk.add(page.rows);
		if (page.last) walk.complete(before);
		else walk.endIfFull();
		const hasRoom = mayGoOn(page);
		if (walk.ended || page.last) return walk.isFull;
		if (isRepeated(page, previous)) return false;
		if (walk.mayStop && !hasRoom) return true;
		previous = page;
	}
	return false;
}

/**
 * Reads what is new in the log, and what may have come in late.
 * A walk that got no further than where it began goes on beyond the limits: it is in a second with very many events,
 * and stopping there would repeat itself for ever.
 * @param now Cloudflare's time, in seconds since 1970; rows from then on are left to the next poll
 * @returns also after a failure, with all that was read before it
 */
export async function readLog<T>(
	cursor: Cursor,
	read: ReadPages<T>,
	now: number,
	limits: Limits,
): Promise<LogReading<T>> {
	// Cloudflare's time was at the head before, whatever the clock of this machine says.
	const before = Math.max(now, cursor.head);
	const walks: Array<Walk<T>> = [];
	let calls = 0;
	let serverTime: number | undefined;
	let isBehind = false;
	const reading = (failure?: unknown): LogReading<T> => {
		const [first, second] = walks;
		if (second !== undefined) {
			// Late ones first: if new ones took all the room poll after poll, they would never come.
			first.giveBack(limits.events - second.found.length);
			isBehind ||= first.isFull;
		}
		return {
			cursor,
			walks,
			calls: limits.calls,
			serverTime,
			isBehind,
			// The clock of this machine may be ahead: what has not happened yet was not read.
			start: Math.min(before, serverTime === undefined ? before : toSecond(serverTime)),
			...(failure === undefined ? {} : { failure }),
		};
	};
	const plans = planWalks(cursor, limits.calls);
	for (const [index, plan] of plans.entries()) {
		if (index > 0 && (calls >= limits.calls || limits.isTimeUp())) break;
		const share = index === plans.length - 1 ? limits.calls : limits.calls / 2;
		const walk = new Walk<T>(plan, cursor.seen, cursor.settled, limits.events);
		walks.push(walk);
		try {
			// A second earlier: whether the start of a range belongs to it is not documented.
			const stopped = await follow(walk, read(plan.from - 1, before), before, (page) => {
				calls += 1;
				serverTime ??= page.serverTime;
				return calls < share && !limits.isTimeUp();
			});
			if (index === 0) isBehind = stopped;
		} catch (error) {
			return reading(error ?? new Error('unknown reason'));
		}
	}
	return reading();
}
