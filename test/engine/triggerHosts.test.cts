import {
	errorText,
	idsOf,
	MINUTE,
	MOST_CALLS,
	printFigures,
	warnings,
	Watch,
} from '../support/auditTrigger.cjs';
import { v2Path } from '../support/auditLog.cjs';
import { hasFeature } from '../support/engine/index.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
afterEach(() => jest.restoreAllMocks());

type HostName = 'default' | 'durable' | 'older';

/** An active trigger that knows where it stands. */
async function started(host: HostName, parameters?: Record<string, unknown>): Promise<Watch> {
	const trigger = new Watch(cf, parameters, { host });
	await trigger.activate();
	// A durable n8n does not keep what the activation has found, so its first turn sets out.
	await trigger.poll();
	expect(trigger.ids).toEqual([]);
	time.advance(MINUTE);
	return trigger;
}

const addPast = (count: number) =>
	cf.state.audit.burst({
		count,
		time: time.now() - 50_000,
		spacing: Math.min(1_000, 48_000 / count),
	});

/** Each answer takes so long, by the clock. */
function slowDown(milliseconds: number): void {
	const { fetch } = cf;
	jest.spyOn(cf, 'fetch').mockImplementation(async (request) => {
		time.advance(milliseconds);
		return await fetch(request);
	});
}

/** What a poll may take is over soon: the limit itself goes by real time. */
function shortenPolls(milliseconds: number, pollMs: number): void {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	jest
		.spyOn(AbortSignal, 'timeout')
		.mockImplementation((ms) => timeout(ms >= 20_000 ? (ms / pollMs) * milliseconds : ms));
}

describe.each(['durable', 'older'] as const)('In a %s n8n', (host) => {
	test('each event comes once, also late ones, after failures and after a restart', async () => {
		const trigger = await started(host);
		const entries = [...addPast(30), cf.state.audit.add({}, 10 * MINUTE)];
		await trigger.poll();
		for (let poll = 0; poll < 12; poll += 1) {
			time.advance(MINUTE);
			entries.push(...addPast(2));
			if (poll === 3) cf.faults.add({ kind: 'rateLimited', retryAfter: 300 });
			if (poll === 7) await trigger.restart();
			await trigger.poll();
		}
		expect(trigger.ids).toHaveLength(entries.length);
		expect(new Set(trigger.ids)).toEqual(new Set(idsOf(entries)));
	});

	test('a backlog is handed over within the cap, the oldest first', async () => {
		const trigger = await started(host);
		const entries = addPast(3_500);
		const turns = await trigger.drain(4);
		expect(turns.map(({ ids }) => ids.length)).toEqual([1_000, 1_000, 1_000, 500]);
		expect(trigger.ids).toEqual(idsOf(entries));
		expect(Math.max(...turns.map(({ calls }) => calls.length))).toBeLessThanOrEqual(MOST_CALLS);
		printFigures(`3,500 events in a ${host} n8n`, turns);
	});

	test('the first failure is counted, the second in a row is thrown', async () => {
		const trigger = await started(host);
		cf.faults.add({ kind: 'rateLimited', retryAfter: 300, times: 4 });
		expect((await trigger.poll()).items).toBeNull();
		for (let poll = 0; poll < 3; poll += 1) {
			time.advance(MINUTE);
			expect(errorText(await trigger.poll())).toContain('too many requests');
		}
		const entries = addPast(3);
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		expect(trigger.trigger.state).toMatchObject({ failures: 0 });
	});
});

test('a durable n8n watches from its first turn on, as it forgets what the activation has found', async () => {
	const trigger = new Watch(cf, {}, { host: 'durable' });
	await trigger.activate();
	expect(trigger.trigger.saved).toEqual({});
	cf.state.audit.add();
	time.advance(MINUTE);
	expect((await trigger.poll()).items).toBeNull();
	const entry = cf.state.audit.add({ time: time.now() + 1_000 });
	time.advance(MINUTE);
	expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);
});

describe('A slow API: what was read is handed over before the time of the poll is over', () => {
	test.each([
		// With the third answer the time for asking on is over: 0.64 of 36 s.
		['durable', 8_000, 3],
		// With the fourth: 0.64 of 60 s.
		['default', 12_000, 4],
		['older', 12_000, 4],
	] as const)('%s n8n, %i ms for each page', async (host, pace, pages) => {
		const trigger = await started(host);
		cf.state.audit.mostPerPage = 100;
		const entries = addPast(1_000);
		slowDown(pace);
		const first = await trigger.poll();
		expect(first.ids).toEqual(idsOf(entries.slice(0, pages * 100)));
		expect(first.calls).toHaveLength(pages);
		expect(warnings(first)).toEqual([expect.stringContaining(' is behind by ')]);
		jest.restoreAllMocks();
		await trigger.drain(2);
		expect(trigger.ids).toEqual(idsOf(entries));
		printFigures(`${host} n8n, ${pace / 1000} s for each page`, trigger.turns.slice(2));
	});

	test.each([
		['durable', {}, '36 s'],
		['default', {}, '60 s'],
	] as const)(
		'%s n8n: an answer that never comes ends the poll in time',
		async (host, options, limit) => {
			const trigger = await started(host, { options });
			cf.state.audit.mostPerPage = 100;
			const entries = addPast(500);
			shortenPolls(1_500, Number.parseInt(limit, 10) * 1_000);
			cf.faults.add({ kind: 'timeoutAfter', times: 3 });
			const failed = await trigger.poll();
			expect(failed.items).toBeNull();
			expect(warnings(failed)).toEqual([
				expect.stringContaining(`no complete answer within the ${limit} of a poll`),
			]);
			const thrown = await trigger.poll();
			expect(errorText(thrown)).toMatch(/could not be reached: no complete answer within/);
			if (hasFeature['errors that say why'])
				expect(thrown.thrown).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
			cf.faults.clear();
			// A poll that gets answers has its whole time.
			jest.restoreAllMocks();
			expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		},
		30_000,
	);

	async function readTwoPages(options: object): Promise<void> {
		const trigger = await started('durable', { options });
		cf.state.audit.mostPerPage = 100;
		const entries = addPast(500);
		// A busy machine needs its time for the request that follows.
		shortenPolls(5_000, 36_000);
		cf.faults.add({ kind: 'timeoutAfter', match: { path: v2Path, nth: 3 } });
		const first = await trigger.poll();
		expect(first.ids.length).toBe(200);
		expect(warnings(first)).toEqual([expect.stringContaining('could not read on')]);
		cf.faults.clear();
		await trigger.poll();
		expect(trigger.ids).toEqual(idsOf(entries));
	}

	test('when the third page never comes, the two before it are handed over', async () => {
		await readTwoPages({});
	}, 30_000);

	test('and also if changes of this credential are ignored', async () => {
		await readTwoPages({ ignoreOwnChanges: true });
	}, 30_000);
});
