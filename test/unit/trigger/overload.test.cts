import type { IDataObject } from 'n8n-workflow';
import type { WantedEvent } from '../../../nodes/CloudflareSecurity/trigger/auditLog';
import { pollNewEvents } from '../../../nodes/CloudflareSecurity/trigger/newEvents';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import { handMadePoll } from '../../support/trigger/handMadePoll.cjs';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const LOOK_BACK = 15 * MINUTE;
const PAGE = 1_000;

interface Logged {
	time: number;
	visibleAt: number;
	hash: string;
}

/** Some course of events at Cloudflare, and a trigger that polls. Minutes count from its activation on. */
function watched({ maxEvents, pageMs = 0 }: { maxEvents: number; pageMs?: number }) {
	const log: Logged[] = [];
	const handedOver = new Map<string, number>();
	const lines: string[] = [];
	const state: IDataObject = {};
	let now = NOW;
	const note = (line: string) => lines.push(line);
	const happens = (minute: number, visibleAt = minute): Logged => {
		const time = NOW + minute * MINUTE;
		const event = { time, visibleAt: NOW + visibleAt * MINUTE, hash: eventHash(`${log.length}`) };
		log.push(event);
		return event;
	};
	const pages = async function* (since: number, before: number) {
		for (let from = 0; ; from += PAGE) {
			now += pageMs;
			const shown = log.filter(
				({ time, visibleAt }) => visibleAt <= now && time >= since * 1000 && time < before * 1000,
			);
			const last = from + PAGE >= shown.length;
			const rows = shown.slice(from, from + PAGE).map(({ hash, time }) => ({
				hash,
				second: Math.floor(time / 1000),
				event: { event: {}, json: { hash } } as unknown as WantedEvent,
			}));
			yield { rows, last, serverTime: now };
			if (last) return;
		}
	};
	/** @returns how many events came */
	const pollAt = async (minute: number): Promise<number> => {
		const startedAt = NOW + minute * MINUTE;
		now = startedAt;
		log.sort((left, right) => left.time - right.time);
		const events = await pollNewEvents(
			handMadePoll({
				state,
				note,
				settings: { lookBack: LOOK_BACK / 1000, maxEvents },
				log: { pages, newestPages: pages, clockOffset: 0 },
				now: () => now,
				startedAt,
				timeMs: MINUTE,
			}),
		);
		for (const { json } of events) {
			const hash = String(json.hash);
			expect(handedOver.has(hash)).toBe(false);
			handedOver.set(hash, startedAt);
		}
		return events.length;
	};
	return { happens, pollAt, handedOver, lines, state };
}

/** So many events in each minute, evenly. */
const stream = (
	{ happens }: ReturnType<typeof watched>,
	perMinute: number,
	minutes: number,
): Logged[] =>
	Array.from({ length: perMinute * minutes }, (_, index) => happens(index / perMinute));

describe('An account where more happens for long than the polls may hand over', () => {
	test.each([
		// The pages of the look-back are more than half of what a poll may read.
		[1_000, 1_040, 70],
		// The look-back and five minutes more hold more events than are remembered.
		[3_000, 3_050, 40],
	])(
		'%i per poll, %i a minute: late events come within the look-back and five minutes',
		async (maxEvents, perMinute, minutes) => {
			const trigger = watched({ maxEvents });
			await trigger.pollAt(0);
			const all = stream(trigger, perMinute, minutes);
			const late: Logged[] = [];
			for (let minute = 4; minute <= minutes; minute += 4)
				late.push(trigger.happens(minute - 3, minute - 0.001));
			for (let minute = 1; minute <= minutes + 20; minute += 1) await trigger.pollAt(minute);
			const waits = late.map(
				({ hash, time }) => ((trigger.handedOver.get(hash) ?? Infinity) - time) / MINUTE,
			);
			expect(Math.max(...waits)).toBeLessThanOrEqual(21);
			expect(all.filter(({ hash }) => !trigger.handedOver.has(hash))).toEqual([]);
			expect(trigger.lines.filter((line) => line.includes('more events than'))).toEqual([]);
		},
		300_000,
	);

	it('each poll brings some of it, also where pages are slow and a poll ends within one', async () => {
		const trigger = watched({ maxEvents: 900, pageMs: 2_500 });
		await trigger.pollAt(0);
		stream(trigger, 938, 50);
		for (let minute = 1; minute <= 50; minute += 1)
			expect(await trigger.pollAt(minute)).toBeGreaterThan(0);
	}, 300_000);

	it('however rare polls are, a late event waits for the next one at most', async () => {
		const trigger = watched({ maxEvents: 1_000 });
		await trigger.pollAt(0);
		await trigger.pollAt(60);
		for (let index = 0; index < 1_500; index += 1) trigger.happens(100 + index / 100);
		await trigger.pollAt(120);
		const late = trigger.happens(106, 121);
		await trigger.pollAt(180);
		expect(trigger.handedOver.has(late.hash)).toBe(true);
		expect(trigger.handedOver.size).toBe(1_501);
	});
});

it('goes on from a position that was saved when there was no place in it to go on from', async () => {
	const trigger = watched({ maxEvents: 1_000 });
	await trigger.pollAt(0);
	const event = trigger.happens(0.5);
	delete trigger.state.resumeAt;
	await trigger.pollAt(1);
	expect([...trigger.handedOver.keys()]).toEqual([event.hash]);
});
