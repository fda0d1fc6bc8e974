import type { Cursor } from './cursor';
import { packSeen, unpackSeen } from './seenEvents';

/**
 * What the trigger keeps between polls, as top-level keys: the hosts do not notice changes further inside. Times are as
 * in Cursor.
 */
interface StoredCursor {
	version: 1;
	/** Account and source. Filters and options are not part of it: with others, the trigger goes on from where it is. */
	fingerprint: string;
	head: number;
	settled: number;
	seen: string;
	rereadCalls: number;
	resumeAt: number | null;
	/** What to add to the clock of this machine for Cloudflare's, in milliseconds. */
	clockOffset: number;
	/** Polls in a row that did not get through. */
	failures: number;
}

/** As long as no poll has got through. */
interface StoredWait {
	version: 1;
	/** When the first one was tried, by the clock of this machine, in milliseconds since 1970. */
	waitingSince: number;
	failures: number;
}

/** The state as a poll finds it. */
export type FoundState =
	/** There is none; or there is no use in it, with the reason. */
	| { kind: 'none'; reason?: string }
	| { kind: 'waiting'; since: number }
	| { kind: 'cursor'; cursor: Cursor; clockOffset: number };

const VERSION = 1;
const MOST_FAILURES = Number.MAX_SAFE_INTEGER;
/** The year 2100: beyond it, a number is no time that this program wrote. */
const LATEST_S = 4_102_444_800;
/** A clock that is wrong by more than ten years gets no connection over TLS. */
export const MOST_OFFSET_MS = 315_576_000_000;

const isWhole = (value: unknown, most: number, least = 0): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;

const damaged = (what: string): FoundState => ({
	kind: 'none',
	reason: `its saved position is damaged (${what})`,
});

/**
 * Reads the saved state without trusting it.
 * @param saved what the host kept; anything
 * @param fingerprint of the account and the source that are read now
 */
export function readState(
	saved: Readonly<Record<string, unknown>>,
	fingerprint: string,
): FoundState {
	if (saved.version === undefined && saved.fingerprint === undefined) return { kind: 'none' };
	if (saved.version !== VERSION) return damaged('version');
	const { head, settled, seen, rereadCalls, clockOffset, failures, waitingSince } = saved;
	// Not there in positions of versions before.
	const { resumeAt = null } = saved;
	if (!isWhole(failures, MOST_FAILURES)) return damaged('failures');
	if (waitingSince !== undefined) {
		if (!isWhole(waitingSince, LATEST_S * 1000)) return damaged('waitingSince');
		return { kind: 'waiting', since: waitingSince };
	}
	if (typeof saved.fingerprint !== 'string') return damaged('fingerprint');
	if (saved.fingerprint !== fingerprint) {
		return { kind: 'none', reason: 'another account or source was chosen' };
	}
	if (!isWhole(clockOffset, MOST_OFFSET_MS, -MOST_OFFSET_MS)) return damaged('clockOffset');
	if (!isWhole(head, LATEST_S)) return damaged('head');
	if (!isWhole(settled, head)) return damaged('settled');
	if (!isWhole(rereadCalls, Number.MAX_SAFE_INTEGER)) return damaged('rereadCalls');
	if (resumeAt !== null && !isWhole(resumeAt, head, settled)) return damaged('resumeAt');
	const events = typeof seen === 'string' ? unpackSeen(seen, settled) : undefined;
	if (events === undefined) return damaged('seen');
	const cursor = { head, settled, seen: events, rereadCalls, resumeAt };
	return { kind: 'cursor', cursor, clockOffset };
}

/** The state that says it. */
export function stateOf(
	fingerprint: string,
	{ head, settled, seen, rereadCalls, resumeAt }: Cursor,
	{ clockOffset, failures }: { clockOffset: number; failures: number },
): StoredCursor {
	return {
		version: VERSION,
		fingerprint,
		head,
		settled,
		seen: packSeen(seen, settled),
		rereadCalls,
		resumeAt,
		clockOffset,
		failures,
	};
}

/** Keeps the state, all keys at once. Keys of other states, which would contradict it, go. */
export function keepState(kept: Record<string, unknown>, state: StoredCursor | StoredWait): void {
	for (const key of Object.keys(kept)) if (!Object.hasOwn(state, key)) delete kept[key];
	Object.assign(kept, state);
}

/**
 * Counts a poll that did not get through. Without a position, what happens from now on must not be missed either.
 * @param poll.fingerprint as far as it is known
 * @param poll.now by the clock of this machine, in milliseconds since 1970
 * @param poll.isFirst whether it counts from here: what was counted before an activation does not matter after it
 * @returns how many there were in a row, this one included
 */
export function noteFailure(
	kept: Record<string, unknown>,
	{ fingerprint, now, isFirst }: { fingerprint?: string; now: number; isFirst: boolean },
): number {
	const known = fingerprint ?? (typeof kept.fingerprint === 'string' ? kept.fingerprint : '');
	if (readState(kept, known).kind === 'none') {
		keepState(kept, { version: VERSION, waitingSince: now, failures: 0 });
	}
	const failures = isFirst ? 1 : Math.min(Number(kept.failures) + 1, MOST_FAILURES);
	kept.failures = failures;
	return failures;
}
