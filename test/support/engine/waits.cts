import { AsyncLocalStorage } from 'node:async_hooks';
import { advance, holdClock } from './clock.cjs';
import { sleepModule } from './packages.cjs';

interface Scope {
	waits: number[];
	onWait?: (ms: number) => void;
}

const realSleep = sleepModule.sleep;
const ofThisAction = new AsyncLocalStorage<Scope>();
const scopes = new Set<Scope>();

const skip: typeof realSleep = async (ms, abortSignal) => {
	abortSignal?.throwIfAborted();
	const own = ofThisAction.getStore();
	advance(ms);
	for (const { waits, onWait } of own ? [own] : scopes) {
		waits.push(ms);
		onWait?.(ms);
	}
	// One turn of the event loop, so that requests in flight go on meanwhile as they would.
	await new Promise((resolve) => setImmediate(resolve));
	abortSignal?.throwIfAborted();
};

/**
 * Runs `action` with n8n-workflow's `sleep` returning at once and `Date.now()` moved on by what was slept, so that a
 * wait of five minutes is tested in no time and a loop that waits for a moment comes to its end. Actions may overlap:
 * they share the clock, and each gets its own waits.
 *
 * @param onWait called for each wait before it ends, e.g. to move the stand-in's clock or to cancel
 * @returns the result and the waits in milliseconds, in their order
 */
export async function withoutWaiting<T>(
	action: () => Promise<T>,
	onWait?: (ms: number) => void,
): Promise<{ result: T; waits: number[] }> {
	const scope: Scope = { waits: [], onWait };
	const releaseClock = holdClock();
	scopes.add(scope);
	sleepModule.sleep = skip;
	try {
		return { result: await ofThisAction.run(scope, action), waits: scope.waits };
	} finally {
		scopes.delete(scope);
		if (scopes.size === 0) sleepModule.sleep = realSleep;
		releaseClock();
	}
}
