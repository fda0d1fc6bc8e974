import type { RunNodeInput } from '../support/engine/index.cjs';
import {
	callLines,
	exampleCom,
	locator,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';

// The clock that skipped waits move on.
const now = () => Date.now();
const cf = useCloudflare({ zones: 430, rateLimit: { quota: 60, windowSeconds: 300 }, now });
/** Those of the main account and two of the second. */
const total = 432;

const all = { resource: 'zone', operation: 'getAll', returnAll: true };
const zoneId = seedIds.zones['example.com'];
const create = {
	resource: 'rulesetRule',
	operation: 'create',
	zone: locator('id', zoneId),
	expressionFrom: 'expression',
	expression: 'ip.src eq 203.0.113.9',
};

const slept = (waits: number[]) => waits.reduce((sum, wait) => sum + wait, 0);
const rejections: unknown[] = [];
const note = (reason: unknown) => void rejections.push(reason);
beforeAll(() => process.on('unhandledRejection', note));
afterEach(() => expect(rejections).toEqual([]));
afterAll(() => process.off('unhandledRejection', note));

describe('a passing failure', () => {
	test.each<[what: string, fault: Parameters<typeof cf.faults.add>[0], waited: [number, number]]>([
		['503', { kind: 'status', status: 503 }, [500, 1_000]],
		['a cut connection', { kind: 'cutBefore' }, [500, 1_000]],
		['half an answer', { kind: 'truncatedJson' }, [500, 1_000]],
		['429, retry-after 7', { kind: 'rateLimited', retryAfter: 7 }, [7_000, 7_000]],
		['429, retry-after 60', { kind: 'rateLimited', retryAfter: 60 }, [60_000, 60_000]],
	])(
		'%s: the page is asked for again, and every row comes once',
		async (_what, fault, [min, max]) => {
			cf.faults.add({ ...fault, match: { path: '/zones', nth: 4 } });
			const { items, error, waits, logs } = await runNode({ parameters: all });
			expect(error).toBeUndefined();
			expect(new Set(items.map(({ json }) => json.id)).size).toBe(total);
			expect(items).toHaveLength(total);
			expect(cf.calls).toHaveLength(9 + 1);
			expect(slept(waits)).toBeGreaterThanOrEqual(min);
			expect(slept(waits)).toBeLessThanOrEqual(max);
			expect(Math.max(...waits)).toBeLessThanOrEqual(1_000);
			expect(
				logs.filter((line) => /^warn GET \/zones did not succeed .* try 2 of 4/.test(line)),
			).toHaveLength(1);
		},
	);

	test('a rule whose answer was lost is found and not created twice', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		const { items, error } = await runNode({ parameters: create });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ expression: create.expression, created: true });
		expect(callLines(cf).filter((line) => line.startsWith('POST'))).toHaveLength(1);
	});
});

describe('the quota', () => {
	test('what remains is not overrun: the walk waits for the reset and goes on', async () => {
		for (let run = 0; run < 5; run += 1) await runNode({ parameters: all });
		expect(cf.calls).toHaveLength(45);
		// Items of one run share the pace.
		const { items, error, waits, logs } = await runNode({
			parameters: all,
			items: [{}, {}, {}],
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(3 * total);
		expect(cf.calls.filter(({ status }) => status === 429)).toEqual([]);
		expect(slept(waits)).toBeGreaterThan(200_000);
		expect(
			logs.filter((line) => line.startsWith("info Cloudflare's request quota is used up")),
		).not.toEqual([]);
	});
});

describe('cancelling', () => {
	const cancelled = async (
		input: Omit<RunNodeInput, 'abortSignal'>,
		controller: AbortController,
	) => {
		const result = await runNode({ ...input, abortSignal: controller.signal });
		const calls = cf.calls.length;
		// What goes on in the background would show up now.
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(cf.calls).toHaveLength(calls);
		expect(result.status).toBe('canceled');
		return { ...result, calls };
	};

	test('in the middle of a walk: no further request', async () => {
		const controller = new AbortController();
		// Two pages are answered, the others wait; then the user presses Stop.
		cf.faults.add({ kind: 'hold', until: 99, match: { path: '/zones', nth: 3 } });
		const watch = setInterval(() => {
			if (cf.calls.length >= 3) controller.abort();
		}, 5);
		const { calls } = await cancelled({ parameters: all }, controller);
		clearInterval(watch);
		cf.faults.clear();
		expect(calls).toBeLessThanOrEqual(9);
	});

	test('in the wait before another try: it ends at once', async () => {
		const controller = new AbortController();
		cf.faults.add({ kind: 'rateLimited', retryAfter: 50, times: 9 });
		let waited = 0;
		const onWait = (milliseconds: number) => {
			waited += milliseconds;
			if (waited >= 3_000) controller.abort();
		};
		const { calls } = await cancelled({ parameters: all, onWait }, controller);
		expect(calls).toBe(1);
		expect(waited).toBe(3_000);
	});

	test('in a real wait: the run is over long before the wait would be', async () => {
		const controller = new AbortController();
		cf.faults.add({ kind: 'rateLimited', retryAfter: 30, times: 9 });
		const watch = setInterval(() => {
			if (cf.calls.length >= 1) setTimeout(() => controller.abort(), 50);
		}, 5);
		const { calls } = await cancelled({ parameters: all, waits: 'real' }, controller);
		clearInterval(watch);
		expect(calls).toBe(1);
	});

	test('with continue on fail too: the items that are left send nothing', async () => {
		const controller = new AbortController();
		cf.faults.add({ kind: 'rateLimited', retryAfter: 50, times: 99 });
		const onWait = () => controller.abort();
		const { calls } = await cancelled(
			{
				parameters: { ...all, resource: 'zone', operation: 'get', zone: exampleCom },
				items: [{}, {}, {}],
				onError: 'continueRegularOutput',
				onWait,
			},
			controller,
		);
		expect(calls).toBe(1);
	});
});
