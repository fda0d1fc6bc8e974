import {
	idsOf,
	LOOK_BACK,
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

/** What is handed over is not behind any more, what follows is. @returns the seconds that it says */
function expectTruth(turn: Turn, readTo: number): number | undefined {
	const seconds = secondsBehind(turn);
	if (seconds !== undefined)
		expect(Math.abs(seconds - (turn.startedAt - readTo) / 1000)).toBeLessThan(3);
	return seconds;
}

const sum = (turns: readonly Turn[]) => turns.reduce((all, { calls }) => all + calls.length, 0);

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
				behind.push(expectTruth(turn, entries[trigger.ids.length - 1].time));
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
			// Those of one second have to be read from its beginning each time.
			if (spacing > 0) expect(sum(turns)).toBeLessThanOrEqual(COUNT / 1_000 + turns.length);
			printFigures(`25,000 events ${what}, ${maxEvents} per poll`, turns);

			time.advance(16 * MINUTE);
			expect(await trigger.poll()).toMatchObject({ items: null });
			const quiet = await trigger.poll();
			expect(quiet).toMatchObject({ items: null, calls: [expect.anything()] });
			expect(quiet.bytes).toBeLessThanOrEqual(400);
			printFigures('afterwards', [quiet]);
		},
		600_000,
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

test('an account where more happens for an hour than a poll each minute may hand over: late events come as well', async () => {
	const trigger = new Watch(cf, { options: { maxEvents: 250 } });
	await trigger.activate();
	const entries = idsOf(cf.state.audit.burst({ count: 260 * 60, time: time.now(), spacing: 230 }));
	const late: Array<{ id: string; time: number }> = [];
	for (let minute = 1; minute <= 60; minute += 1) {
		time.advance(MINUTE);
		// The log shows them when what happened after them has been handed over.
		if (minute % 4 === 0) {
			const event = cf.state.audit.add({ time: time.now() - 3 * MINUTE });
			late.push({ id: event.ids.v2, time: event.time });
		}
		await trigger.poll();
		// The poll that comes five minutes after the look-back of an event, and has begun before: one later.
		const due = late.filter((event) => time.now() - event.time > LOOK_BACK + 7 * MINUTE);
		expect(due.filter(({ id }) => !trigger.ids.includes(id))).toEqual([]);
	}
	expect(sum(trigger.turns)).toBeLessThanOrEqual(2 * trigger.turns.length);
	printFigures('15,600 events within an hour, 250 per poll, a poll each minute', trigger.turns);
	await trigger.drain(20, () => time.advance(MINUTE));
	expect([...trigger.ids].sort()).toEqual([...entries, ...late.map(({ id }) => id)].sort());
}, 300_000);

test.each([
	['1,000 per poll', 1_000],
	['10,000 per poll', 10_000],
])(
	'20,000 events of 40 seconds that all come in five minutes late, %s: poll after poll brings some, oldest first',
	async (what, maxEvents) => {
		const trigger = new Watch(cf, { options: { maxEvents } });
		await trigger.activate();
		time.advance(20 * MINUTE);
		await trigger.poll();
		const entries = cf.state.audit.burst({
			count: 20_000,
			time: time.now() - 5 * MINUTE,
			spacing: 2,
		});
		const turns = await trigger.drain(20_000 / maxEvents, () => {
			const turn = trigger.turns[trigger.turns.length - 1];
			const seconds = expectTruth(turn, entries[trigger.ids.length - 1].time);
			expect(seconds !== undefined).toBe(trigger.ids.length < entries.length);
			time.advance(1_000);
		});
		expect(trigger.ids).toEqual(idsOf(entries));
		// A poll begins a second before that in which the last one stopped, with up to 1,000 events: one page more for each.
		expect(sum(turns)).toBeLessThanOrEqual(20 + 2 * turns.length);
		printFigures(`20,000 late events of 40 seconds, ${what}`, turns);
	},
	300_000,
);
