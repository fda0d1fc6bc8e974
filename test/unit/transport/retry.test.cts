import type {
	ApiFailure,
	FailureKind,
	Outcome,
} from '../../../nodes/CloudflareSecurity/transport/failure';
import { withRetry, type RetryOptions } from '../../../nodes/CloudflareSecurity/transport/retry';
import { VirtualClock } from '../../support/virtualClock.cjs';

const ok: Outcome<string> = { ok: true, envelope: { result: 'done', resultInfo: {} } };
const bad = (differences: Partial<ApiFailure> = {}): Outcome<string> => ({
	ok: false,
	failure: {
		kind: 'server',
		method: 'GET',
		path: '/x',
		status: 503,
		errors: [],
		effectUnknown: true,
		...differences,
	},
});
const lost = bad({ kind: 'network', method: 'POST', status: undefined, detail: 'ECONNRESET' });

type Step = Outcome<string> | (() => Outcome<string>);

/** Runs through these answers, the last one again and again. */
async function run(
	steps: Step[],
	options: Partial<RetryOptions<string>> = {},
	clock = new VirtualClock(),
) {
	const logs: string[] = [];
	let sent = 0;
	const send = async () => {
		const step = steps[Math.min(sent, steps.length - 1)];
		sent += 1;
		return typeof step === 'function' ? step() : step;
	};
	const start = clock.now();
	const outcome = await clock.run(
		withRetry(send, { clock, log: (message) => void logs.push(message), ...options }),
	);
	return { outcome, sent, logs, waits: clock.waits, took: clock.now() - start };
}

describe('what is repeated', () => {
	const brokenJson = { kind: 'unreadable', detail: 'incomplete or broken JSON' } as const;

	test.each<[what: string, Partial<ApiFailure>, sent: number]>([
		['GET, 503', {}, 4],
		['PUT, 503', { method: 'PUT' }, 4],
		['PATCH, 503', { method: 'PATCH' }, 4],
		['DELETE, 503', { method: 'DELETE' }, 4],
		['GET, connection', { kind: 'network', status: undefined }, 4],
		['DELETE, connection', { kind: 'network', status: undefined, method: 'DELETE' }, 4],
		['GET, half an answer', { ...brokenJson, status: 200 }, 4],
		['PATCH, half an answer', { ...brokenJson, status: 200, method: 'PATCH' }, 4],
		['GET, 429', { kind: 'rateLimited', status: 429, effectUnknown: false }, 4],
		['POST, 429', { kind: 'rateLimited', status: 429, effectUnknown: false, method: 'POST' }, 4],
		['POST, 503', { method: 'POST' }, 1],
		['POST, connection', { kind: 'network', status: undefined, method: 'POST' }, 1],
		[
			'POST, nothing sent',
			{ kind: 'network', status: undefined, method: 'POST', effectUnknown: false },
			4,
		],
		['POST, half an answer', { ...brokenJson, status: 200, method: 'POST' }, 1],
		[
			'GET, a web page',
			{ kind: 'unreadable', status: 200, detail: 'a web page instead of JSON' },
			1,
		],
	])('%s', async (_what, differences, sent) => {
		const result = await run([bad(differences)]);
		expect(result.sent).toBe(sent);
		expect(result.outcome).toEqual(bad(differences));
		expect(result.logs).toHaveLength(sent - 1);
	});

	const final: FailureKind[] = [
		'cancelled',
		'conflict',
		'credential',
		'credentialOrPermission',
		'invalid',
		'limit',
		'local',
		'lockedOut',
		'notFound',
		'permission',
		'plan',
		'redirect',
		'wrongId',
	];
	test.each(final)('never after %s', async (kind) => {
		expect((await run([bad({ kind, retryAfterMs: 0 }), ok])).sent).toBe(1);
	});

	test.each([1, 2, 3])('a success after %i failures', async (failures) => {
		const { outcome, sent } = await run([...Array<Step>(failures).fill(bad()), ok]);
		expect(outcome).toBe(ok);
		expect(sent).toBe(failures + 1);
	});
});

describe('how long it waits', () => {
	test.each<[chance: number, waits: number[]]>([
		[0, [500, 1_000, 2_000]],
		[0.5, [750, 1_500, 3_000]],
		[0.999, [999.5, 1_999, 3_998]],
	])('exponentially, by chance %d', async (chance, waits) => {
		expect((await run([bad()], {}, new VirtualClock(chance))).waits).toEqual(waits);
	});

	test.each<[retryAfterMs: number, sent: number]>([
		[0, 4],
		[7_000, 4],
		[60_000, 4],
		[60_001, 1],
		[300_000, 1],
	])('as the server asks: %i ms', async (retryAfterMs, sent) => {
		const answer = bad({ kind: 'rateLimited', status: 429, retryAfterMs });
		const result = await run([answer]);
		expect(result.sent).toBe(sent);
		expect(result.waits).toEqual(Array(sent - 1).fill(retryAfterMs));
		expect(result.outcome).toEqual(answer);
	});

	test('and says so', async () => {
		const { logs } = await run([bad(), lost, ok], { readBack: async () => none });
		expect(logs).toEqual([
			'GET /x did not succeed (503); try 2 of 4 in 1 s',
			'POST /x did not succeed (ECONNRESET); try 3 of 4 in 2 s',
		]);
	});
});

const none: Outcome<string | undefined> = {
	ok: true,
	envelope: { result: undefined, resultInfo: {} },
};

describe('a POST that can be looked up', () => {
	const unreadable: Outcome<string | undefined> = bad({
		kind: 'credentialOrPermission',
	}) as Outcome<undefined>;

	test.each<
		[
			what: string,
			steps: Step[],
			looks: Array<Outcome<string | undefined>>,
			sent: number,
			result: Outcome<string>,
		]
	>([
		['found: not repeated', [lost], [ok], 1, ok],
		['not found: repeated', [lost, ok], [none], 2, ok],
		['found after the second try', [lost, lost], [none, ok], 2, ok],
		['found after the last try', [lost], [none, none, none, ok], 4, ok],
		[
			'never found',
			[lost],
			[none, none, none, none],
			4,
			bad({ ...failureOf(lost), effectUnknown: false }),
		],
		['cannot be looked up: doubt remains', [lost], [unreadable], 1, lost],
		['cannot be looked up after the last try', [lost], [none, none, none, unreadable], 4, lost],
	])('%s', async (_what, steps, looks, sent, result) => {
		let looked = 0;
		const readBack = async () => looks[looked++];
		const run_ = await run(steps, { readBack });
		expect(run_.outcome).toEqual(result);
		expect(run_.sent).toBe(sent);
		expect(looked).toBe(looks.length);
	});

	test('is not looked up when it was certainly not carried out', async () => {
		const readBack = jest.fn(async () => none);
		const limited = bad({ kind: 'rateLimited', method: 'POST', effectUnknown: false });
		expect((await run([limited, ok], { readBack })).outcome).toBe(ok);
		expect(readBack).not.toHaveBeenCalled();
	});

	test('is looked up only after the wait, when the server has had time', async () => {
		const clock = new VirtualClock();
		const start = clock.now();
		const readBack = async () => {
			expect(clock.now() - start).toBe(750);
			return ok;
		};
		expect((await run([lost], { readBack }, clock)).outcome).toEqual(ok);
	});
});

function failureOf(outcome: Outcome<string>): ApiFailure {
	if (outcome.ok) throw new Error('It is a success');
	return outcome.failure;
}

describe('cancelling', () => {
	test('ends a wait at once and sends nothing more', async () => {
		const clock = new VirtualClock();
		const controller = new AbortController();
		clock.after(20_000, () => controller.abort());
		const answer = bad({ kind: 'rateLimited', status: 429, retryAfterMs: 50_000 });
		const { outcome, sent, took } = await run([answer], { signal: controller.signal }, clock);
		expect(failureOf(outcome)).toMatchObject({ kind: 'cancelled', effectUnknown: true });
		expect({ sent, took }).toEqual({ sent: 1, took: 20_000 });
	});

	test('while it is looked up: the doubt about the write is told', async () => {
		const readBack = async () => bad({ kind: 'cancelled' }) as Outcome<undefined>;
		expect(failureOf((await run([lost], { readBack })).outcome)).toMatchObject({
			effectUnknown: true,
			method: 'POST',
		});
	});
});
