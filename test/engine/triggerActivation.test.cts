import { ago, DAY, HOUR, v1Path, v2Path } from '../support/auditLog.cjs';
import {
	entriesSince,
	errorText,
	idsOf,
	LOOK_BACK,
	MINUTE,
	printFigures,
	warnings,
	Watch,
} from '../support/auditTrigger.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

const watch = (parameters?: Record<string, unknown>) => new Watch(cf, parameters);

describe('Activation', () => {
	test.each([
		['v2', v2Path],
		['v1', v1Path],
	] as const)(
		'%s: it gives nothing old, with one call, and says from when on it watches',
		async (source, path) => {
			cf.state.audit.burst({ count: 500, time: time.now() - 5 * MINUTE, spacing: 500 });
			const trigger = watch({ source });
			const before = time.now();
			const { items, calls, logs } = await trigger.activate();
			expect(items).toBeNull();
			expect(calls).toEqual([`GET ${path} 200`]);
			const { head, settled, seen } = trigger.trigger.state;
			expect([settled, seen]).toEqual([head, '']);
			// The answer tells Cloudflare's time in whole seconds.
			expect(Math.abs(Number(head) * 1000 - before)).toBeLessThan(3_000);
			const start = new Date(Number(head) * 1000).toISOString().replace('.000', '');
			const says = `starts with audit events from ${start} on`;
			expect(logs.filter((line) => line.startsWith('info ') && line.includes(says))).toHaveLength(
				1,
			);
			time.advance(MINUTE);
			expect((await trigger.poll()).items).toBeNull();
			printFigures(`activation from ${source}`, trigger.turns);
		},
	);

	test('what happens in its own second, and after it, comes once', async () => {
		const trigger = watch();
		const second = Math.floor(time.now() / 1000) * 1000;
		await trigger.activate();
		const entries = [
			cf.state.audit.add({ time: second }),
			cf.state.audit.add({ time: second + 999 }),
			cf.state.audit.add({ time: second + 5_000 }, 5_000),
		];
		time.advance(10_000);
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});
});

describe('Polls without anything new', () => {
	test('give nothing, take one call each, and the state does not grow', async () => {
		const trigger = watch();
		await trigger.activate();
		for (let poll = 0; poll < 30; poll += 1) {
			time.advance(MINUTE);
			expect(await trigger.poll()).toMatchObject({ items: null, calls: [`GET ${v2Path} 200`] });
		}
		// Numbers may differ by a digit.
		for (const { bytes } of trigger.turns) expect(bytes).toBeLessThanOrEqual(200);
		printFigures('quiet account', trigger.turns);
	});

	test('also in a busy account: events inside the look-back cost nothing more and are forgotten after it', async () => {
		cf.state.audit.burst({ count: 400, time: time.now() - 10 * MINUTE, spacing: 1_000 });
		const trigger = watch();
		await trigger.activate();
		const entries = cf.state.audit.burst({ count: 600, spacing: 90 });
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		const full = trigger.trigger.stateBytes;
		expect(full).toBeLessThanOrEqual(400 + 600 * 15);
		for (let poll = 0; poll < 13; poll += 1) {
			time.advance(MINUTE);
			expect(await trigger.poll()).toMatchObject({ items: null, calls: [expect.anything()] });
			expect(trigger.trigger.stateBytes).toBeLessThanOrEqual(full + 10);
		}
		printFigures('busy account, 600 known events inside the look-back', trigger.turns.slice(2));
		time.advance(LOOK_BACK);
		expect((await trigger.poll()).items).toBeNull();
		expect(trigger.trigger.state).toMatchObject({ seen: '' });
	});
});

describe('Start From', () => {
	const from = (startFrom: unknown, more: object = {}) =>
		watch({ options: { startFrom, ...more } });

	test('20 days ago: each event since then comes once, the oldest first, over several polls', async () => {
		const startFrom = ago(20 * DAY);
		const wanted = entriesSince(cf, Math.floor(Date.parse(startFrom) / 1000) * 1000);
		expect(wanted.length).toBeGreaterThan(2_000);
		const trigger = from(startFrom);
		const first = await trigger.activate();
		expect(first.ids).toEqual(idsOf(wanted.slice(0, 1_000)));
		expect(warnings(first)).toEqual([expect.stringMatching(/ is behind by 1\d d \d+ h: /)]);
		const rest = await trigger.drain(5);
		expect(rest).toHaveLength(Math.ceil(wanted.length / 1_000) - 1);
		expect(trigger.ids).toEqual(idsOf(wanted));
		printFigures('Start From 20 days ago', trigger.turns);
	});

	test.each(['v1', 'v2'] as const)('%s: an hour ago', async (source) => {
		const entries = cf.state.audit.burst({
			count: 90,
			time: time.now() - 55 * MINUTE,
			spacing: 30_000,
		});
		const seeded = entriesSince(cf, time.now() - HOUR, source);
		const trigger = watch({ source, options: { startFrom: '1h' } });
		await trigger.activate();
		expect(trigger.ids).toHaveLength(seeded.length);
		expect(trigger.ids).toEqual(expect.arrayContaining(idsOf(entries, source)));
		// Later it plays no part.
		cf.state.audit.add({}, 0);
		time.advance(MINUTE);
		expect((await trigger.poll()).ids).toHaveLength(1);
	});

	test("a time without an offset is meant in the workflow's time zone", async () => {
		const entries = cf.state.audit.burst({
			count: 2,
			time: time.now() - 61 * MINUTE,
			spacing: 2 * MINUTE,
		});
		// Nine hours ahead of UTC.
		const local = new Date(time.now() - HOUR + 9 * HOUR).toISOString().slice(0, 19);
		const trigger = new Watch(
			cf,
			{ options: { startFrom: local }, filters: { actorIp: '198.51.100.10' } },
			{ timezone: 'Asia/Tokyo' },
		);
		await trigger.activate();
		expect(trigger.ids).toContain(entries[1].ids.v2);
		expect(trigger.ids).not.toContain(entries[0].ids.v2);
	});

	test('before the begin of version 2, the log says what is missing', async () => {
		const trigger = from('2026-01-01T00:00:00Z', { maxEvents: 1 });
		const turn = await trigger.activate();
		expect(turn.ids).toHaveLength(1);
		expect(warnings(turn)).toContainEqual(
			expect.stringContaining(
				'The chosen time begins on 2026-01-01. Audit logs v2 hold events from 10 March 2026 on',
			),
		);
		// Said once: from here on the trigger goes by its own position.
		expect(warnings(await trigger.poll()).join()).not.toContain('2026-01-01.');
	});

	test.each<[what: string, startFrom: () => unknown, comes: number[]]>([
		['a time ago', () => '1h', [-30, 10, 100]],
		['a fixed time', () => ago(HOUR), [-30, 10, 100]],
		// What it asked for at the activation is not known any more.
		['an expression about now', () => '={{ $now.minus({ hours: 1 }) }}', [10, 100]],
	])(
		'%s, with an outage of three hours at the activation: it counts from the activation',
		async (_what, startFrom, comes) => {
			const activation = time.now();
			const addAt = (minutes: number) =>
				[minutes, idsOf([cf.state.audit.add({ time: activation + minutes * MINUTE })])[0]] as const;
			const ids = new Map([addAt(-90), addAt(-30)]);
			const trigger = from(startFrom());
			cf.faults.add({ kind: 'status', status: 500, times: 999 });
			expect(await trigger.activate()).toMatchObject({ items: null });
			for (let minutes = 10; minutes <= 180; minutes += 10) {
				time.advance(10 * MINUTE);
				if (comes.includes(minutes)) ids.set(...addAt(minutes));
				if (minutes < 180) await trigger.poll();
			}
			cf.faults.clear();
			await trigger.poll();
			time.advance(MINUTE);
			await trigger.poll();
			const got = [...ids].filter(([, id]) => trigger.ids.includes(id));
			expect(got.map(([minutes]) => minutes)).toEqual(comes);
			expect(new Set(trigger.ids).size).toBe(trigger.ids.length);
		},
	);

	test('in the future it is refused before any request', async () => {
		const turn = await from(ago(-MINUTE)).activate();
		expect(errorText(turn)).toMatch(/Start From: .* lies in the future/);
		expect(turn.calls).toEqual([]);
	});

	test('an empty one is as good as none', async () => {
		const trigger = from('');
		expect((await trigger.activate()).items).toBeNull();
	});
});
