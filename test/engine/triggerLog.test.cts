import {
	entriesSince,
	idsOf,
	LOOK_BACK,
	MINUTE,
	printFigures,
	Watch,
} from '../support/auditTrigger.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

interface LogVariant {
	source?: 'v1' | 'v2';
	cursorPlace?: 'cursor' | 'cursors.after';
	mostPerPage?: number;
	ties?: 'shuffled';
	includes?: { since: boolean; before: boolean };
}

const clamped = { mostPerPage: 100, ties: 'shuffled' } as const;
const variants: LogVariant[] = [
	{ source: 'v2', cursorPlace: 'cursor' },
	{ source: 'v2', cursorPlace: 'cursors.after', mostPerPage: 100 },
	{ source: 'v1' },
	{ source: 'v1', mostPerPage: 100 },
	{ source: 'v1', ...clamped, includes: { since: true, before: true } },
	{ source: 'v2', ...clamped, includes: { since: true, before: true } },
	{ source: 'v2', ...clamped, includes: { since: true, before: false } },
	{ source: 'v2', ...clamped, includes: { since: false, before: true } },
	{ source: 'v2', ...clamped, includes: { since: false, before: false } },
];

describe('However the log is asked and answers, the same events come, each once', () => {
	test.each(variants.map((variant) => [JSON.stringify(variant), variant] as const))(
		'%s',
		async (what, { source = 'v2', ...switches }) => {
			Object.assign(cf.state.audit, switches);
			const trigger = new Watch(cf, { source, options: { maxEvents: 150 } });
			const start = time.now();
			await trigger.activate();
			for (let round = 0; round < 12; round += 1) {
				const now = time.now();
				const second = Math.ceil(now / 1000) * 1000;
				cf.state.audit.burst({ count: 20, time: now + 1_000, spacing: 100 });
				// More of one second than a page holds.
				if (round === 3) cf.state.audit.burst({ count: 230, time: second + 5_000 });
				// Late ones, also in a second that was read.
				cf.state.audit.add({ time: second + 2_000 }, 7 * MINUTE);
				cf.state.audit.add({ time: second + 5_000 }, 13 * MINUTE);
				cf.state.audit.add({ versions: [source === 'v1' ? 2 : 1] });
				time.advance(MINUTE);
				await trigger.poll();
			}
			const turns = [...trigger.turns];
			for (let round = 0; round < 16; round += 1) {
				time.advance(MINUTE);
				await trigger.poll();
			}
			const wanted = idsOf(entriesSince(cf, start, source), source);
			expect(wanted).toHaveLength(12 * 22 + 230);
			expect(trigger.ids).toHaveLength(wanted.length);
			expect(new Set(trigger.ids)).toEqual(new Set(wanted));
			printFigures(what, turns);
		},
	);
});

describe('Events that the log shows late', () => {
	/** Polls each minute, and tells after how many minutes the event came; undefined when it did not. */
	async function comesAfter(lateBy: number, parameters?: Record<string, unknown>) {
		const trigger = new Watch(cf, parameters);
		await trigger.activate();
		time.advance(MINUTE);
		const entry = cf.state.audit.add({}, lateBy);
		let minute: number | undefined;
		for (let minutes = 1; minutes <= lateBy / MINUTE + 20; minutes += 1) {
			time.advance(MINUTE);
			const { ids } = await trigger.poll();
			expect(ids.length).toBeLessThanOrEqual(1);
			if (ids.length === 0) continue;
			expect([ids, minute]).toEqual([[entry.ids.v2], undefined]);
			minute = minutes;
		}
		return minute;
	}
	const lookBack = (lookBackMinutes: number) => ({ options: { lookBackMinutes } });

	test('after 14 minutes: they come, once', async () => {
		expect(await comesAfter(14 * MINUTE)).toBe(14);
	});

	test('after more than the look-back: they do not come', async () => {
		expect(await comesAfter(18 * MINUTE)).toBeUndefined();
	});

	test.each([
		[60, 18],
		[60, 59],
		[1440, 120],
	])('with a look-back of %i minutes they come after %i minutes', async (minutes, lateBy) => {
		expect(await comesAfter(lateBy * MINUTE, lookBack(minutes))).toBe(lateBy);
	});

	test('when every event is late by some minutes, each comes once', async () => {
		cf.state.audit.delay = 4 * MINUTE;
		const trigger = new Watch(cf);
		await trigger.activate();
		const entries = cf.state.audit.burst({ count: 5 });
		for (let poll = 0; poll < 20; poll += 1) {
			time.advance(MINUTE);
			if (poll < 10) entries.push(...cf.state.audit.burst({ count: 5, spacing: 10 }));
			await trigger.poll();
		}
		expect(trigger.ids).toHaveLength(entries.length);
		expect(new Set(trigger.ids)).toEqual(new Set(idsOf(entries)));
	});

	test('behind a backlog, they come too', async () => {
		const trigger = new Watch(cf, { options: { maxEvents: 100 } });
		await trigger.activate();
		const late = cf.state.audit.burst({ count: 3, visibleAfter: 10 * MINUTE });
		const entries = cf.state.audit.burst({ count: 1_200, time: time.now() + 1_000, spacing: 50 });
		for (let poll = 0; poll < 16; poll += 1) {
			time.advance(MINUTE);
			await trigger.poll();
		}
		expect(trigger.ids).toHaveLength(1_203);
		expect(new Set(trigger.ids)).toEqual(new Set(idsOf([...late, ...entries])));
	});

	test('a shorter look-back chosen later gives up older ones, a longer one does not bring them back', async () => {
		const trigger = new Watch(cf, lookBack(60));
		await trigger.activate();
		const first = cf.state.audit.add({}, 30 * MINUTE);
		const second = cf.state.audit.add({}, 50 * MINUTE);
		time.advance(31 * MINUTE);
		expect((await trigger.poll()).ids).toEqual([first.ids.v2]);
		expect((await trigger.change({ parameters: lookBack(15) })).items).toBeNull();
		time.advance(LOOK_BACK);
		expect((await trigger.change({ parameters: lookBack(60) })).items).toBeNull();
		time.advance(LOOK_BACK);
		expect((await trigger.poll()).items).toBeNull();
		expect(trigger.ids).not.toContain(second.ids.v2);
	});
});
