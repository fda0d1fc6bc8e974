import { createRequire } from 'node:module';
import { systemClock } from '../../../nodes/CloudflareSecurity/transport/clock';

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** Where n8n-workflow's `sleep` lives; it reads the function from here at every call. */
const host = createRequire(require.resolve('n8n-workflow'))('@n8n/utils/sleep') as { sleep: Sleep };
const realSleep = host.sleep;

/** Hosts up to 2.30 do not know the signal. */
const oldSleep: Sleep = async (milliseconds) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits on a clock of jest's, cancelled after some time if told so. @returns how long it took */
async function wait(milliseconds: number, cancelAfter?: number): Promise<number> {
	const controller = new AbortController();
	if (cancelAfter !== undefined) setTimeout(() => controller.abort(), cancelAfter);
	const start = Date.now();
	const sleeping = systemClock.sleep(milliseconds, controller.signal);
	let took: number | undefined;
	void sleeping.then(() => {
		took = Date.now() - start;
	});
	await jest.runAllTimersAsync();
	if (took === undefined) throw new Error('It still sleeps');
	return took;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
	jest.useRealTimers();
	host.sleep = realSleep;
});

describe.each<[string, Sleep, cancelledAt: number]>([
	['a host that ends a sleep on cancellation', realSleep, 2_500],
	['a host that does not', oldSleep, 3_000],
])('%s', (_what, sleep, cancelledAt) => {
	test.each([0, 1, 999, 1_000, 2_500, 60_000])('sleeps %i ms, in slices', async (milliseconds) => {
		const slices: number[] = [];
		host.sleep = async (slice, signal) => {
			slices.push(slice);
			await sleep(slice, signal);
		};
		expect(await wait(milliseconds)).toBe(milliseconds);
		expect(Math.max(0, ...slices)).toBeLessThanOrEqual(1_000);
	});

	test('ends early, and without an error, on cancellation', async () => {
		host.sleep = sleep;
		expect(await wait(60_000, 2_500)).toBe(cancelledAt);
	});
});

test('does not begin to sleep when cancelled before', async () => {
	host.sleep = jest.fn(oldSleep);
	await systemClock.sleep(60_000, AbortSignal.abort());
	expect(host.sleep).not.toHaveBeenCalled();
});

test('tells time and chance', () => {
	expect(systemClock.now()).toBe(Date.now());
	expect(systemClock.random()).toBeGreaterThanOrEqual(0);
	expect(systemClock.random()).toBeLessThan(1);
});
