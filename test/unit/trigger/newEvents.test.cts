import type { IDataObject } from 'n8n-workflow';
import type { WantedEvent } from '../../../nodes/CloudflareSecurity/trigger/auditLog';
import { pollNewEvents, type Poll } from '../../../nodes/CloudflareSecurity/trigger/newEvents';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import { handMadePoll } from '../../support/trigger/handMadePoll.cjs';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

/** A trigger whose log shows events at these times before now, in minutes, and whose host keeps `state`. */
function trigger(state: IDataObject, minutesAgo: number[]) {
	let now = NOW;
	const lines: string[] = [];
	const note = (line: string) => lines.push(line);
	const pages = async function* (since: number, before: number) {
		const rows = minutesAgo
			.map((minutes) => NOW - minutes * MINUTE)
			.filter((time) => time >= since * 1000 && time < before * 1000)
			.sort((left, right) => left - right)
			.map((time) => ({
				hash: eventHash(String(time)),
				second: time / 1000,
				event: { event: {}, json: { time } } as unknown as WantedEvent,
			}));
		yield { rows, last: true, serverTime: now };
	};
	const poll = async (settings: Partial<Poll['settings']> = {}) => {
		now += MINUTE;
		const events = await pollNewEvents(
			handMadePoll({
				state,
				note,
				settings: { lookBack: 900, maxEvents: 1000, ...settings },
				log: { pages, newestPages: pages, clockOffset: 0 },
				now: () => now,
				startedAt: now,
				timeMs: 300_000,
			}),
		);
		return events.map(({ json }) => (NOW - Number(json.time)) / MINUTE);
	};
	return { poll, lines, state };
}

describe('Start From', () => {
	const startFrom = NOW - 60 * MINUTE;

	it('reads back in time once, oldest first', async () => {
		const { poll, lines } = trigger({}, [90, 59, 30, 1]);
		expect(await poll({ startFrom })).toEqual([59, 30, 1]);
		expect(await poll({ startFrom })).toEqual([]);
		expect(lines.join()).toContain('starts with audit events from 2026-11-22T11:00:00Z on');
	});

	it('counts too where the saved position is of no use', async () => {
		const { poll, lines } = trigger({ version: 1, fingerprint: 'v2 other', failures: 0 }, [59, 1]);
		expect(await poll({ startFrom })).toEqual([59, 1]);
		expect(await poll({ startFrom })).toEqual([]);
		expect(lines.join()).toContain('because another account or source was chosen');
	});

	it('does not count any more once there is a position', async () => {
		const { poll } = trigger({}, [59, 1]);
		expect(await poll()).toEqual([]);
		expect(await poll({ startFrom })).toEqual([]);
	});
});

describe('A position that lies in the future', () => {
	it('is given up with a word on it, so that nothing waits for years', async () => {
		const { poll, state, lines } = trigger({}, []);
		await poll();
		Object.assign(state, {
			head: Number(state.head) + 86_400,
			settled: Number(state.head) + 80_000,
		});
		expect(await poll()).toEqual([]);
		expect(Number(state.head)).toBeLessThanOrEqual(NOW / 1000 + 180);
		expect(lines.join()).toContain('lies in the future');
	});
});
