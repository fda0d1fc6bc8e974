import {
	idsOf,
	MINUTE,
	MOST_CALLS,
	printFigures,
	warnings,
	Watch,
	type Turn,
} from '../support/auditTrigger.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

const COUNT = 25_000;

/** The numbers in "is behind by 2 min 5 s", in seconds. */
function secondsBehind(turn: Turn): number | undefined {
	const [line] = warnings(turn).filter((text) => text.includes(' is behind by '));
	if (line === undefined) return undefined;
	const lengths: Record<string, number> = { d: 86_400, h: 3_600, min: 60, s: 1 };
	const [, text] = / is behind by ([^:]+):/.exec(line) ?? [];
	return [...text.matchAll(/(\d+) (\w+)/g)].reduce(
		(sum, [, amount, unit]) => sum + Number(amount) * lengths[unit],
		0,
	);
}

describe('25,000 events', () => {
	test.each([
		['within five minutes', 12, 1_000],
		['within one second', 0, 1_000],
		['within five minutes', 12, 10_000],
	])(
		'%s (%i ms apart), %i per poll: each comes once, the oldest first',
		async (what, spacing, maxEvents) => {
			const trigger = new Watch(cf, { options: { maxEvents } });
			await trigger.activate();
			// A whole second, so that one second holds all of them.
			const first = Math.ceil(time.now() / 1000) * 1000;
			const entries = cf.state.audit.burst({ count: COUNT, time: first, spacing });
			const ends = first + COUNT * spacing;
			time.advance(ends - time.now() + 2_000);

			const behind: Array<number | undefined> = [];
			const turns = await trigger.drain(COUNT / 1_000, () => {
				const turn = trigger.turns[trigger.turns.length - 1];
				const readTo = entries[trigger.ids.length - 1].time;
				const seconds = secondsBehind(turn);
				behind.push(seconds);
				if (seconds !== undefined) {
					// What is handed over is not behind any more, what follows is.
					expect(Math.abs(seconds - (turn.startedAt - readTo) / 1000)).toBeLessThan(3);
				}
				expect(turn.bytes).toBeLessThanOrEqual(400 + 15 * trigger.ids.length);
				time.advance(10_000);
			});

			expect(turns.map(({ ids }) => ids.length)).toEqual(
				Array.from({ length: Math.ceil(COUNT / maxEvents) }, (_, poll) =>
					Math.min(maxEvents, COUNT - poll * maxEvents),
				),
			);
			expect(new Set(trigger.ids)).toEqual(new Set(idsOf(entries)));
			// Those of one instant have no order.
			if (spacing > 0) expect(trigger.ids).toEqual(idsOf(entries));
			expect(Math.max(...turns.map(({ calls }) => calls.length))).toBeLessThanOrEqual(MOST_CALLS);
			// Until all are handed over, the log says so.
			expect(behind.map((seconds) => seconds !== undefined)).toEqual(
				turns.map((_, poll) => poll < turns.length - 1),
			);
			printFigures(`25,000 events ${what}, ${maxEvents} per poll`, turns);

			time.advance(16 * MINUTE);
			expect(await trigger.poll()).toMatchObject({ items: null });
			const quiet = await trigger.poll();
			expect(quiet).toMatchObject({ items: null, calls: [expect.anything()] });
			expect(quiet.bytes).toBeLessThanOrEqual(400);
			printFigures('afterwards', [quiet]);
		},
		300_000,
	);
});

test('6,000 events at a poll each minute, while the look-back passes: each comes once', async () => {
	const trigger = new Watch(cf, { options: { maxEvents: 250 } });
	await trigger.activate();
	const entries = cf.state.audit.burst({ count: 6_000, spacing: 80 });
	time.advance(6_000 * 80 + 2_000);
	const turns = await trigger.drain(24, () => time.advance(MINUTE));
	expect(trigger.ids).toEqual(idsOf(entries));
	expect(Math.max(...turns.map(({ calls }) => calls.length))).toBeLessThanOrEqual(MOST_CALLS);
	printFigures('6,000 events within eight minutes, 250 per poll, a poll each minute', turns);
}, 120_000);
