import type { IDataObject } from 'n8n-workflow';
import type { WantedEvent } from '../../../nodes/CloudflareSecurity/trigger/auditLog';
import { CALLS_PER_POLL } from '../../../nodes/CloudflareSecurity/trigger/limits';
import { pollNewEvents } from '../../../nodes/CloudflareSecurity/trigger/newEvents';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import { stateOf } from '../../../nodes/CloudflareSecurity/trigger/state';
import { handMadePoll } from '../../support/trigger/handMadePoll.cjs';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY_S = 86_400;
/** Between events: 12,000 a day, which are 13 pages. */
const SPACING = 7_200;
const PAGE = 1_000;
const POLL_MS = 60_000;

const timesBetween = (since: number, before: number): number[] => {
	const first = Math.ceil(since / SPACING);
	const count = Math.max(0, Math.ceil(before / SPACING) - first);
	return Array.from({ length: count }, (_, index) => (first + index) * SPACING);
};
const hashOf = (time: number) => eventHash(String(time));
const secondOf = (time: number) => Math.floor(time / 1000);

/** A trigger that has been up for a day with a look-back of a day, in an account where events never end. */
function busyTrigger(rereadCalls = 13) {
	let now = NOW;
	let pageMs = 1_000;
	let calls = 0;
	const late: number[] = [];
	const lines: string[] = [];
	const note = (line: string) => lines.push(line);
	const pages = async function* (since: number, before: number) {
		const times = [
			...timesBetween(since * 1000, before * 1000),
			...late.filter((time) => time >= since * 1000),
		].sort((left, right) => left - right);
		for (let from = 0; from === 0 || from < times.length; from += PAGE) {
			now += pageMs;
			calls += 1;
			const rows = times.slice(from, from + PAGE).map((time) => ({
				hash: hashOf(time),
				second: secondOf(time),
				event: { event: {}, json: { time } } as unknown as WantedEvent,
			}));
			yield { rows, last: from + PAGE >= times.length, serverTime: now };
		}
	};
	const head = secondOf(NOW);
	const known = timesBetween(NOW - DAY_S * 1000, NOW);
	const seen = new Map(known.map((time) => [hashOf(time), secondOf(time)]));
	const state = {
		...stateOf(
			'v2 account',
			{ head, settled: head - DAY_S, seen, rereadCalls, resumeAt: null },
			{ clockOffset: 0, failures: 0 },
		),
	} as IDataObject;
	let polls = 0;
	/** @returns the times of the events that came */
	const poll = async (): Promise<number[]> => {
		polls += 1;
		now = NOW + polls * 2 * MINUTE;
		calls = 0;
		const events = await pollNewEvents(
			handMadePoll({
				state,
				note,
				settings: { lookBack: DAY_S, maxEvents: 1000 },
				log: { pages, newestPages: pages, clockOffset: 0 },
				now: () => now,
				startedAt: now,
				timeMs: POLL_MS,
			}),
		);
		return events.map(({ json }) => Number(json.time));
	};
	return {
		poll,
		state,
		lines,
		addLate: (time: number) => late.push(time),
		slow: (milliseconds: number) => (pageMs = milliseconds),
		get calls() {
			return calls;
		},
	};
}

describe('Where reading the look-back again takes longer than a poll has, though few calls', () => {
	test.each([3_000, 4_000, 8_000, 20_000])(
		'pages of %i ms: all that is new comes all the same, at most one poll later',
		async (pageMs) => {
			const trigger = busyTrigger();
			trigger.slow(pageMs);
			const got: number[] = [];
			for (let polls = 1; polls <= 30; polls += 1) {
				got.push(...(await trigger.poll()));
				const happened = timesBetween(NOW, NOW + (polls - 1) * 2 * MINUTE);
				expect(got.slice(0, happened.length)).toEqual(happened);
			}
		},
	);

	it('says truly how far it is behind while it is', async () => {
		const trigger = busyTrigger();
		trigger.slow(4_000);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.lines.join()).toMatch(
			/is behind by 2 min( \d s)?: events up to 2026-11-22T12:00:00Z are handed over/,
		);
		trigger.lines.length = 0;
		expect(await trigger.poll()).not.toEqual([]);
		expect(trigger.lines).toEqual([]);
	});

	it('late events come too, each once', async () => {
		const trigger = busyTrigger();
		trigger.slow(4_000);
		await trigger.poll();
		// 22 hours late: in the part that each poll still gets to.
		const late = NOW - 22 * 3_600_000 + 1;
		trigger.addLate(late);
		const got: number[] = [];
		for (let polls = 0; polls < 5; polls += 1) got.push(...(await trigger.poll()));
		expect(got.filter((time) => time === late)).toEqual([late]);
	});

	it('one walk does again once Cloudflare is as quick as before', async () => {
		const trigger = busyTrigger();
		trigger.slow(4_000);
		for (let polls = 0; polls < 5; polls += 1) await trigger.poll();
		trigger.slow(1_000);
		await trigger.poll();
		expect(trigger.state.rereadCalls).toBeLessThan(CALLS_PER_POLL / 2);
		await trigger.poll();
		expect(trigger.calls).toBe(13);
	});
});
