import { sleep as hostSleep } from 'n8n-workflow';

/** Everything in the transport that depends on time or chance, so that tests neither wait nor guess. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** A number from 0 up to, not including, 1. */
	random(): number;
	/** Waits. Ends at once, without an error, when the signal says that the execution was cancelled. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

// Hosts up to 2.30 ignore the signal given to sleep, so a long wait is cut into slices.
const SLICE_MS = 1_000;

async function sleepSlice(milliseconds: number, signal?: AbortSignal): Promise<void> {
	try {
		await hostSleep(milliseconds, signal);
	} catch {
		// Newer hosts reject when the signal fires; the caller looks at the signal itself.
	}
}

export const systemClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	async sleep(milliseconds, signal) {
		let left = milliseconds;
		while (left > 0 && !signal?.aborted) {
			await sleepSlice(Math.min(left, SLICE_MS), signal);
			left -= SLICE_MS;
		}
	},
};
