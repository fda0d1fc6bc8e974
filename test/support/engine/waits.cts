import { sleepModule } from './packages.cjs';

const realSleep = sleepModule.sleep;
const realNow = Date.now.bind(Date);

/**
 * Runs `action` with n8n-workflow's `sleep` returning at once and `Date.now()` moved on by what was slept, so that a
 * wait of five minutes is tested in no time and a loop that waits for a moment comes to its end.
 *
 * @param onWait called for each wait before it ends, e.g. to move the stand-in's clock or to cancel
 * @returns the result and the waits in milliseconds, in their order
 */
export async function withoutWaiting<T>(
	action: () => Promise<T>,
	onWait?: (ms: number) => void,
): Promise<{ result: T; waits: number[] }> {
	const waits: number[] = [];
	let skipped = 0;
	Date.now = () => realNow() + skipped;
	sleepModule.sleep = async (ms, abortSignal) => {
		abortSignal?.throwIfAborted();
		waits.push(ms);
		skipped += ms;
		onWait?.(ms);
		// One turn of the event loop, so that requests in flight go on meanwhile as they would.
		await new Promise((resolve) => setImmediate(resolve));
		abortSignal?.throwIfAborted();
	};
	try {
		return { result: await action(), waits };
	} finally {
		Date.now = realNow;
		sleepModule.sleep = realSleep;
	}
}
