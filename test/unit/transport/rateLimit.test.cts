import { RatePacer, type Ticket } from '../../../nodes/CloudflareSecurity/transport/rateLimit';
import { VirtualClock } from '../../support/virtualClock.cjs';

const header = (remaining: number, seconds: number, name = 'default') =>
	`"${name}";r=${remaining};t=${seconds}`;

function pacerAt(clock: VirtualClock, maxWaitMs = 300_000) {
	const logs: string[] = [];
	const pacer = new RatePacer({ clock, maxWaitMs, log: (message) => void logs.push(message) });
	const admit = async (signal?: AbortSignal): Promise<Ticket> => {
		const admission = await pacer.admit(signal);
		if ('tooLongMs' in admission) throw new Error(`refused: ${admission.tooLongMs}`);
		return admission.ticket;
	};
	return { pacer, admit, logs };
}

describe('RatePacer', () => {
	test('lets everything pass until an answer tells the quota', async () => {
		const clock = new VirtualClock();
		const { admit, logs } = pacerAt(clock);
		for (let sent = 0; sent < 100; sent += 1) await admit();
		expect(clock.waits).toEqual([]);
		expect(logs).toEqual([]);
	});

	test.each<[what: string, header: string, waitMs: number]>([
		['room', header(1, 30), 0],
		['nothing left', header(0, 30), 30_000],
		['the tightest of several', `${header(100, 200)}, ${header(0, 7, 'burst')}`, 7_000],
		['the later of two used up', `${header(0, 200)}, ${header(0, 7, 'burst')}`, 200_000],
		['blanks', '"default" ;  r=0 ; t=9', 9_000],
		['no number', '"default";r=x;t=9', 0],
		['another header', '"default";q=1200;w=300', 0],
		['nothing', '', 0],
	])('waits for the reset: %s', async (_what, text, waitMs) => {
		const clock = new VirtualClock();
		const { pacer, admit, logs } = pacerAt(clock);
		const start = clock.now();
		pacer.learn(await admit(), text);
		await clock.run(admit());
		expect(clock.now() - start).toBe(waitMs);
		expect(Math.max(0, ...clock.waits)).toBeLessThanOrEqual(1_000);
		expect(logs).toEqual(
			waitMs === 0
				? []
				: [`Cloudflare's request quota is used up; waiting up to ${waitMs / 1000} s for its reset`],
		);
	});

	test('counts what is in flight', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		const start = clock.now();
		pacer.learn(await admit(), header(3, 60));
		const first = await admit();
		await admit();
		await admit();
		expect(clock.waits).toEqual([]);
		const waiting = admit();
		// An answer that was on its way gives no room: its request was one of the three.
		clock.after(5_000, () => pacer.learn(first, header(2, 55)));
		await clock.run(waiting);
		expect(clock.now() - start).toBe(60_000);
	});

	test('takes a request whose answer was lost for a counted one', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		const start = clock.now();
		pacer.learn(await admit(), header(1, 20));
		pacer.learn(await admit());
		await clock.run(admit());
		expect(clock.now() - start).toBe(20_000);
	});

	test('does not believe an answer that was overtaken', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		const start = clock.now();
		const slow = await admit();
		pacer.learn(await admit(), header(0, 60));
		await clock.pass(10_000);
		// Written when 50 remained and 60 s were left, but on its way for 10 s.
		pacer.learn(slow, header(50, 60));
		await clock.run(admit());
		expect(clock.now() - start).toBeGreaterThanOrEqual(60_000);
		expect(clock.now() - start).toBeLessThanOrEqual(70_000);
	});

	test('does not take the rest of the last window for that of the new one', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		const slow = await admit();
		await clock.pass(5_000);
		pacer.learn(await admit(), header(1_199, 300));
		pacer.learn(slow, header(0, 2));
		await clock.run(admit());
		expect(clock.waits).toEqual([]);
	});

	test('goes on after the reset, and with the numbers of the new window', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		pacer.learn(await admit(), header(0, 10));
		const next = await clock.run(admit());
		pacer.learn(next, header(1_199, 300));
		const waits = clock.waits.length;
		for (let sent = 0; sent < 1_199; sent += 1) await admit();
		expect(clock.waits).toHaveLength(waits);
	});

	test('refuses a wait that is too long, and takes the request back', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock, 60_000);
		pacer.learn(await admit(), header(0, 61));
		expect(await pacer.admit()).toEqual({ tooLongMs: 61_000 });
		expect(clock.waits).toEqual([]);
		await clock.pass(2_000);
		await clock.run(admit());
	});

	test('ends its wait when the execution is cancelled', async () => {
		const clock = new VirtualClock();
		const { pacer, admit } = pacerAt(clock);
		const start = clock.now();
		pacer.learn(await admit(), header(0, 200));
		const controller = new AbortController();
		clock.after(2_500, () => controller.abort());
		await clock.run(admit(controller.signal));
		expect(clock.now() - start).toBe(2_500);
	});
});
