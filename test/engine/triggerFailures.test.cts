import { v2Path } from '../support/auditLog.cjs';
import {
	errorText,
	idsOf,
	MINUTE,
	printFigures,
	warnings,
	Watch,
	type Turn,
} from '../support/auditTrigger.cjs';
import { hasFeature } from '../support/engine/index.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

// Skipped waits of whole milliseconds, as the real clock counts them.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.5));
afterEach(() => jest.restoreAllMocks());

type Fault = Parameters<typeof cf.faults.add>[0];
const LONG_WAIT: Fault = { kind: 'rateLimited', retryAfter: 300 };

/** The warnings of the trigger itself: the transport warns before each further try. */
const ownWarnings = (turn: Turn) =>
	warnings(turn).filter((line) => !line.includes('did not succeed'));

/** Every request of the next poll meets it. */
const strike = (fault: Fault) => cf.faults.add({ ...fault, times: 99 });

async function failOnce(trigger: Watch, fault: Fault): Promise<Turn> {
	strike(fault);
	const turn = await trigger.poll();
	cf.faults.clear();
	return turn;
}

async function started(parameters?: Record<string, unknown>): Promise<Watch> {
	const trigger = new Watch(cf, parameters);
	await trigger.activate();
	time.advance(MINUTE);
	return trigger;
}

interface Failing {
	fault: Fault;
	calls: number;
	/** What n8n's own poller goes by. */
	hint: unknown;
	says: RegExp;
}

const unavailable = { cause: 'temporarily-unavailable' };
const failures: Record<string, Failing> = {
	'429 with a long retry-after': {
		fault: LONG_WAIT,
		calls: 1,
		hint: { cause: 'rate-limited', retryAfterMs: 300_000 },
		says: /too many requests.*Cloudflare asks to wait 300 s/,
	},
	'429 with a short retry-after': {
		fault: { kind: 'rateLimited', retryAfter: 5 },
		calls: 4,
		hint: { cause: 'rate-limited', retryAfterMs: 5_000 },
		says: /too many requests/,
	},
	'500': {
		fault: { kind: 'status', status: 500 },
		calls: 4,
		hint: unavailable,
		says: /could not process the request.*cloudflarestatus\.com/,
	},
	'502 as HTML': {
		fault: { kind: 'html', status: 502 },
		calls: 4,
		hint: unavailable,
		says: /could not process the request.*cloudflarestatus\.com/,
	},
	'a cut connection': {
		fault: { kind: 'cutBefore' },
		calls: 4,
		hint: unavailable,
		says: /could not be reached.*api\.cloudflare\.com/,
	},
	'half an answer': {
		fault: { kind: 'truncatedJson' },
		calls: 4,
		hint: undefined,
		says: /could not be read/,
	},
	'a page of something else': {
		fault: { kind: 'html', status: 200 },
		calls: 1,
		hint: undefined,
		says: /could not be read/,
	},
};

describe.each(Object.entries(failures))('A failure that may pass: %s', (what, failing) => {
	const { fault, calls, hint, says } = failing;

	test('the first poll that meets it gives nothing and says so; the next one makes up for it', async () => {
		const trigger = await started();
		const entries = cf.state.audit.burst({ count: 20, time: time.now() - 30_000, spacing: 1_000 });
		const before = trigger.trigger.state;
		const failed = await failOnce(trigger, fault);
		expect(failed).toMatchObject({ items: null });
		expect(failed.calls).toHaveLength(calls);
		expect(ownWarnings(failed)).toEqual([expect.stringMatching(/the next one makes up for it/)]);
		expect(trigger.trigger.state).toEqual({ ...before, failures: 1 });

		time.advance(MINUTE);
		const next = await trigger.poll();
		expect(next.ids).toEqual(idsOf(entries));
		expect(ownWarnings(next)).toEqual([]);
		expect(trigger.trigger.state).toMatchObject({ failures: 0 });
		printFigures(`one failure (${what})`, [failed, next]);
	});

	test('from the second in a row on it is thrown; once it is over, the count begins anew', async () => {
		const trigger = await started();
		const entries = [cf.state.audit.add()];
		expect(await failOnce(trigger, fault)).toMatchObject({ items: null });
		const before = trigger.trigger.state;
		for (const failures of [2, 3, 4]) {
			time.advance(MINUTE);
			entries.push(cf.state.audit.add());
			const failed = await failOnce(trigger, fault);
			expect(failed.items).toBeUndefined();
			expect(failed.thrown).toMatchObject({ name: 'NodeApiError' });
			const why = (failed.thrown as { failure?: unknown }).failure;
			expect(why).toEqual(hasFeature['errors that say why'] ? hint : undefined);
			expect(errorText(failed)).toMatch(says);
			expect(failed.calls).toHaveLength(calls);
			expect(trigger.trigger.state).toEqual({ ...before, failures });
		}
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		expect(await failOnce(trigger, fault)).toMatchObject({ items: null });
		expect(trigger.trigger.state).toMatchObject({ failures: 1 });
		if (fault === LONG_WAIT) printFigures('four failures in a row, and recovery', trigger.turns);
	});

	test('at the very first poll, activation does not fail, and events from then on come once it is over', async () => {
		const trigger = new Watch(cf);
		strike(fault);
		const old = cf.state.audit.add({ time: time.now() - 10_000 });
		const failed = await trigger.activate();
		expect(failed).toMatchObject({ items: null });
		expect(ownWarnings(failed)).toHaveLength(1);
		const entries = [cf.state.audit.add()];
		time.advance(MINUTE);
		entries.push(cf.state.audit.add());
		const second = await trigger.poll();
		expect(second.thrown).toMatchObject({ name: 'NodeApiError' });
		cf.faults.clear();
		time.advance(30 * MINUTE);
		const ids = [...(await trigger.poll()).ids, ...(await trigger.poll()).ids];
		expect(ids).toEqual(idsOf(entries));
		expect(ids).not.toContain(old.ids.v2);
		expect((await trigger.poll()).items).toBeNull();
	});
});

describe('A failure that does not pass by itself is thrown at once and changes nothing', () => {
	test.each<[string, Fault, RegExp]>([
		[
			'401',
			{ kind: 'status', status: 401, errors: [{ code: 1000, message: 'Invalid API Token' }] },
			/did not accept the credential.*Check the API token/,
		],
		[
			'403',
			{ kind: 'status', status: 403, errors: [{ code: 10000, message: 'Authentication error' }] },
			/refused access.*Account Settings/,
		],
		[
			'400',
			{ kind: 'status', status: 400, errors: [{ message: "invalid value 'x' for action_type" }] },
			/refused the request: invalid value 'x' for action_type/,
		],
	])('%s', async (_what, fault, says) => {
		const trigger = await started();
		const entry = cf.state.audit.add();
		const before = trigger.trigger.state;
		const failed = await failOnce(trigger, fault);
		expect(errorText(failed)).toMatch(says);
		expect(failed.calls).toHaveLength(1);
		expect(trigger.trigger.state).toEqual(before);
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);

		strike(fault);
		const activation = await new Watch(cf).activate();
		// Older hosts show the message alone.
		if (!hasFeature['activations that say why']) activation.error = activation.thrown as Error;
		expect(errorText(activation)).toMatch(says);
	});
});

describe('A failure in the middle of a walk', () => {
	test.each([
		['v2', 100],
		['v1', 100],
	] as const)(
		'%s: what was read before it is handed over, the rest follows',
		async (source, size) => {
			const trigger = await started({ source });
			cf.state.audit.mostPerPage = size;
			const entries = cf.state.audit.burst({
				count: 450,
				time: time.now() - 50_000,
				spacing: 100,
			});
			cf.faults.add({ ...LONG_WAIT, match: { path: /audit/, nth: 3 } });
			const failed = await trigger.poll();
			expect(failed.ids).toEqual(idsOf(entries.slice(0, 200), source));
			expect(failed.calls).toHaveLength(3);
			expect(ownWarnings(failed)).toEqual([
				expect.stringMatching(/could not read on from .*too many/),
			]);
			expect(trigger.trigger.state).toMatchObject({ failures: 1 });

			time.advance(MINUTE);
			const next = await trigger.poll();
			expect(next.ids).toEqual(idsOf(entries.slice(200), source));
			expect(ownWarnings(next)).toEqual([]);
			printFigures(`${source}, failure on page 3 of 5`, [failed, next]);
			time.advance(MINUTE);
			expect((await trigger.poll()).items).toBeNull();
		},
	);

	test('with nothing new before it, it counts as a failed poll', async () => {
		const trigger = await started();
		cf.state.audit.mostPerPage = 100;
		cf.state.audit.burst({ count: 250, time: time.now() - 50_000, spacing: 100 });
		await trigger.poll();
		const entry = cf.state.audit.add();
		const before = trigger.trigger.state;
		cf.faults.add({ ...LONG_WAIT, match: { path: v2Path, nth: 2 } });
		expect((await trigger.poll()).items).toBeNull();
		expect(trigger.trigger.state).toEqual({ ...before, failures: 1 });
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);
	});
});

test('n8n starts once more while Cloudflare is still down: the trigger lives on', async () => {
	const trigger = await started();
	const before = cf.state.audit.add();
	// What n8n keeps at the activation and with each execution may hold a counted failure.
	strike({ kind: 'status', status: 503 } as Fault);
	await trigger.poll();
	const state = { ...trigger.trigger.state };
	expect(state.failures).toBe(1);
	const restarted = await trigger.restart({ state });
	expect(restarted.error).toBeUndefined();
	expect(restarted.items).toBeNull();
	// It only counts anew: what goes on failing is still told.
	expect((await trigger.poll()).error).toBeDefined();
	cf.faults.clear();
	time.advance(MINUTE);
	expect((await trigger.poll()).ids).toEqual(idsOf([before]));
});
