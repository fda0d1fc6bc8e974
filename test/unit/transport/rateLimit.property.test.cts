import fc from 'fast-check';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good } from '../../support/fakeHost.cjs';
import { QuotaServer, type Policy } from '../../support/quotaServer.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

/** How one request fares: on its way there, on its way back, and whether its answer is lost. */
interface Trip {
	thereMs: number;
	backMs: number;
	lost: boolean;
}

const CONCURRENCY = 8;
const MAX_LOST = 12;

const delay = fc.oneof(
	{ weight: 4, arbitrary: fc.integer({ min: 1, max: 300 }) },
	{ weight: 1, arbitrary: fc.integer({ min: 300, max: 20_000 }) },
);
const trip = fc.record({
	thereMs: delay,
	backMs: delay,
	lost: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
});
// Before anything is known, everything in flight and everything lost may fall into one window.
const policy = (name: string, windowMs: fc.Arbitrary<number>) =>
	fc.record({
		name: fc.constant(name),
		quota: fc.integer({ min: CONCURRENCY + MAX_LOST, max: 60 }),
		windowMs,
		offsetMs: fc.integer({ min: 0, max: 600_000 }),
	});
const policies: fc.Arbitrary<Policy[]> = fc
	.tuple(
		policy('default', fc.integer({ min: 20_000, max: 280_000 })),
		fc.option(policy('burst', fc.integer({ min: 1_000, max: 30_000 })), { nil: undefined }),
	)
	.map((list) => list.filter((each) => each !== undefined));

async function simulate(kinds: readonly Policy[], trips: readonly Trip[], total: number) {
	const clock = new VirtualClock();
	const server = new QuotaServer(clock, kinds);
	const pause = async (milliseconds: number) =>
		await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
	let sent = 0;
	let lost = 0;
	const { host } = fakeHost(async () => {
		const one = trips[sent % trips.length];
		sent += 1;
		await pause(one.thereMs);
		const answer = server.arrive(good([]));
		await pause(one.backMs);
		if (one.lost && lost < MAX_LOST) {
			lost += 1;
			throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		}
		return answer;
	});
	const client = clientOn(host, { clock });
	let left = total;
	const worker = async () => {
		while (left > 0) {
			left -= 1;
			await client.attempt({ method: 'GET', path: apiPath`/zones`, expect: 'array' });
		}
	};
	await clock.run(Promise.all(Array.from({ length: CONCURRENCY }, worker)));
	return { exceeded: server.exceeded, sent };
}

describe('the pace', () => {
	test('never exceeds a quota that the server tells truthfully, and always comes to the end', async () => {
		await fc.assert(
			fc.asyncProperty(
				policies,
				fc.array(trip, { minLength: 1, maxLength: 40 }),
				fc.integer({ min: 1, max: 150 }),
				async (kinds, trips, total) => {
					const { exceeded, sent } = await simulate(kinds, trips, total);
					expect(exceeded).toBe(0);
					expect(sent).toBeGreaterThanOrEqual(total);
				},
			),
			{ numRuns: 150 },
		);
	});
});
