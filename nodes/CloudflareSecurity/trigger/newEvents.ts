import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Connection } from '../transport/connect';
import type { PathSegment } from '../transport/path';
import type { AuditLog, WantedEvent } from './auditLog';
import { advance, cursorAt, settingOut, type Advance, type Cursor } from './cursor';
import { durationText } from './duration';
import { CALLS_PER_POLL, readingTime } from './limits';
import { tellOutOfTime } from './outOfTime';
import { recogniseOwnChanges } from './ownChanges';
import { readLog, type LogReading } from './readLog';
import { say } from './say';
import type { Settings } from './settings';
import { keepState, readState, stateOf, type FoundState } from './state';

/** What one poll works with. */
export interface Poll {
	context: IPollFunctions;
	settings: Settings;
	connection: Connection;
	account: PathSegment;
	log: AuditLog;
	/** Tells what the saved position belongs to. */
	fingerprint: string;
	/** Milliseconds since 1970, by the clock of this machine. */
	now(): number;
	startedAt: number;
	/** How long it may take, in milliseconds. */
	timeMs: number;
}

/** The part of its time for reading after which a poll asks for no further page. */
const ASKING_SHARE = 0.8;
/** Clocks of Cloudflare's machines do not differ by more. */
const CLOCK_TOLERANCE_S = 300;

const toSecond = (milliseconds: number) => Math.floor(milliseconds / 1000);
const isoTime = (second: number) => new Date(second * 1000).toISOString().replace('.000', '');
const savedState = ({ context }: Poll): IDataObject => context.getWorkflowStaticData('node');

/** Says where the trigger sets out, and why it does so anew. */
function announce({ context }: Poll, second: number, reason?: string): void {
	const because = reason === undefined ? '' : `, because ${reason}`;
	say(
		context,
		reason === undefined ? 'info' : 'warn',
		`starts with audit events from ${isoTime(second)} on${because}. It goes on from where it is also after a restart; renaming the node makes it start anew`,
	);
}

/** Sets out with what is new from now on, or from the first try on. */
function keepBaseline(poll: Poll, second: number, reason?: string): void {
	const clockOffset = poll.log.clockOffset ?? 0;
	const state = stateOf(poll.fingerprint, cursorAt(second), { clockOffset, failures: 0 });
	keepState(savedState(poll), state);
	announce(poll, second, reason);
}

const reasonOf = (found: FoundState): string | undefined =>
	found.kind === 'none' ? found.reason : undefined;

/** One call, which tells Cloudflare's time and that the credential is good. */
async function setBaseline(poll: Poll, found: FoundState): Promise<void> {
	const now = toSecond(poll.startedAt);
	await poll.log.pages(now - 1, now).next();
	// Another poll may have set it meanwhile, and what happened since then counts already.
	if (readState(savedState(poll), poll.fingerprint).kind === 'cursor') return;
	const since = found.kind === 'waiting' ? found.since : poll.startedAt;
	keepBaseline(poll, toSecond(since + (poll.log.clockOffset ?? 0)), reasonOf(found));
}

/** Says in n8n's log what the user should know about a poll that did not read everything. */
function report<T>(poll: Poll, reading: LogReading<T>, next: Advance<T>): void {
	const { isBehind, failure, start } = reading;
	const { lateEventsEndAt } = next;
	// Not always where the walk ended: that may have been among what was read before.
	const readTo = Math.min(next.cursor.resumeAt ?? next.cursor.head, start);
	if (isBehind) {
		say(
			poll.context,
			'warn',
			`is behind by ${durationText(start - readTo)}: events up to ${isoTime(readTo)} are handed over, what comes after them follows with the next polls`,
		);
	}
	if (failure !== undefined) {
		const told = tellOutOfTime(failure, poll.connection.client, poll.timeMs);
		const text = told instanceof Error ? told.message : 'unknown reason';
		say(
			poll.context,
			'warn',
			`could not read on from ${isoTime(readTo)}; the next poll does. ${text}`,
		);
	}
	if (lateEventsEndAt !== undefined) {
		say(
			poll.context,
			'warn',
			`there are more events than can be remembered, so events before ${isoTime(lateEventsEndAt)} that the log shows late can be missed`,
		);
	}
}

async function readOn(poll: Poll, cursor: Cursor, offset: number): Promise<WantedEvent[]> {
	const { settings, log, connection, account, fingerprint, now, startedAt, timeMs } = poll;
	const before = toSecond(now() + offset);
	const from = settingOut(cursor, before, settings.lookBack);
	const reading = await readLog(from, log.pages, before, {
		calls: CALLS_PER_POLL,
		events: settings.maxEvents,
		isTimeUp: () => now() - startedAt > readingTime(timeMs) * ASKING_SHARE,
	});
	const hasNew = reading.walks.some(({ found }) => found.length > 0);
	// What was read before a failure is handed over; without anything, the poll has failed.
	if (reading.failure !== undefined && !hasNew) throw reading.failure;
	if (cursor.settled > reading.start + CLOCK_TOLERANCE_S) {
		keepBaseline(poll, reading.start, 'its saved position lies in the future');
		return [];
	}
	const isOwn =
		settings.ignoreOwnChanges && hasNew
			? await recogniseOwnChanges(connection, account)
			: () => false;

	// From here on without any wait: the state may change only between reading it and keeping the next one.
	const saved = savedState(poll);
	const found = readState(saved, fingerprint);
	const live = found.kind === 'cursor' ? found.cursor : cursor;
	const next = advance(live, reading, settings.lookBack);
	keepState(
		saved,
		stateOf(fingerprint, next.cursor, {
			clockOffset: log.clockOffset ?? offset,
			failures: reading.failure === undefined ? 0 : 1,
		}),
	);
	report(poll, reading, next);
	return next.events.filter(({ event }) => !isOwn(event));
}

/**
 * Reads what is new since the saved position and moves it on. Without a position it is set, and there is nothing new.
 * Writes the state once, after the last request.
 * @throws what ended the reading, when nothing new was read before
 */
export async function pollNewEvents(poll: Poll): Promise<WantedEvent[]> {
	const { settings, fingerprint } = poll;
	const found = readState(savedState(poll), fingerprint);
	if (found.kind === 'cursor') return await readOn(poll, found.cursor, found.clockOffset);
	if (settings.startFrom !== undefined) {
		if (settings.note !== undefined) say(poll.context, 'warn', settings.note);
		const second = toSecond(settings.startFrom);
		announce(poll, second, reasonOf(found));
		return await readOn(poll, cursorAt(second), 0);
	}
	await setBaseline(poll, found);
	return [];
}
