import type { Clock } from './clock';
import { failed, type ApiFailure, type Envelope, type Outcome } from './failure';

const MAX_TRIES = 4;
/** A longer wait is reported instead of slept: `retry-after` can be minutes (the global five-minute block). */
const MAX_WAIT_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;

export interface RetryOptions<T> {
	clock: Clock;
	signal?: AbortSignal;
	log: (message: string) => void;
	/**
	 * For a request that must not be carried out twice: looks whether the earlier try took effect. Gives the result
	 * when it did, undefined when it did not.
	 */
	readBack?: () => Promise<Outcome<T | undefined>>;
	maxTries?: number;
	/** The longest wait before another try, in milliseconds. */
	maxWaitMs?: number;
}

/** Whether the same request may well succeed later. */
export const isTransient = ({ kind, status, detail }: ApiFailure) =>
	kind === 'rateLimited' ||
	kind === 'server' ||
	kind === 'network' ||
	(kind === 'unreadable' && status !== undefined && detail === 'incomplete or broken JSON');

/** GET, PUT, PATCH and DELETE say the whole wish, so carrying them out twice does no harm; POST adds. */
const isRepeatable = (failure: ApiFailure) => failure.method !== 'POST' || !failure.effectUnknown;

/** What the server asks for, else exponentially longer with jitter; in milliseconds. */
export function waitBeforeTry(failure: ApiFailure, tries: number, clock: Clock): number {
	if (failure.retryAfterMs !== undefined) return failure.retryAfterMs;
	const full = FIRST_BACKOFF_MS * 2 ** (tries - 1);
	return full * (0.5 + clock.random() / 2);
}

/**
 * Repeats a request that failed for a passing reason: at most 4 tries, waiting what the server asks for, else
 * exponentially with jitter. Authentication failures are never repeated: they lead to a lock-out.
 */
export async function withRetry<T>(
	send: () => Promise<Outcome<T>>,
	{ clock, signal, log, readBack, maxTries = MAX_TRIES, maxWaitMs = MAX_WAIT_MS }: RetryOptions<T>,
): Promise<Outcome<T>> {
	for (let tries = 1; ; tries += 1) {
		const outcome = await send();
		if (outcome.ok || !isTransient(outcome.failure)) return outcome;
		const { failure } = outcome;
		const repeatable = isRepeatable(failure) || readBack !== undefined;
		const wait = waitBeforeTry(failure, tries, clock);
		if (!repeatable || wait > maxWaitMs) return outcome;

		const last = tries >= maxTries;
		if (!last) {
			log(
				`${failure.method} ${failure.path} did not succeed (${failure.status ?? failure.detail ?? failure.kind}); try ${tries + 1} of ${maxTries} in ${Math.ceil(wait / 1000)} s`,
			);
			await clock.sleep(wait, signal);
			if (signal?.aborted) return failed({ ...failure, kind: 'cancelled' });
		}
		if (failure.effectUnknown && readBack) {
			const found = await readBack();
			// Without knowing whether it took effect, repeating could double it.
			if (!found.ok) return outcome;
			if (found.envelope.result !== undefined) {
				return { ok: true, envelope: found.envelope as Envelope<T> };
			}
			if (last) return failed({ ...failure, effectUnknown: false });
		}
		if (last) return outcome;
	}
}
