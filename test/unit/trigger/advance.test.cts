import {
	advance,
	cursorAt,
	planWalks,
	settingOut,
	type Cursor,
} from '../../../nodes/CloudflareSecurity/trigger/cursor';
import { durationText } from '../../../nodes/CloudflareSecurity/trigger/duration';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import { Walk } from '../../../nodes/CloudflareSecurity/trigger/walk';

const START = 10_000;
const LOOK_BACK = 900;

/** One walk over the whole log, which shows events in these seconds. */
function walkOver(cursor: Cursor, seconds: Array<number | undefined>, end = START): Walk<string> {
	const walk = new Walk<string>(
		{ from: cursor.settled, past: cursor.settled },
		cursor.seen,
		cursor.settled,
		1000,
	);
	walk.add(
		seconds.map((second, index) => ({
			hash: eventHash(`event ${index}`),
			second,
			event: `event ${index}`,
		})),
	);
	walk.complete(end);
	return walk;
}

const poll = (cursor: Cursor, seconds: Array<number | undefined>, mostSeen?: number) =>
	advance(
		cursor,
		{ cursor, walks: [walkOver(cursor, seconds)], start: START, calls: 30, isBehind: false },
		LOOK_BACK,
		mostSeen,
	);

describe('The end of a poll', () => {
	it('remembers what lies within the look-back and forgets what lies before it', () => {
		const { cursor, events } = poll(cursorAt(9000), [9050, 9150, 9900]);
		expect(events).toEqual(['event 0', 'event 1', 'event 2']);
		expect(cursor.settled).toBe(START - LOOK_BACK);
		expect(cursor.head).toBe(START);
		expect([...cursor.seen.values()]).toEqual([9150, 9900]);
	});

	it('gives up the oldest late events where more happened than can be remembered, and says so', () => {
		const seconds = [9200, 9201, 9201, 9202, 9203];
		const { cursor, events, lateEventsEndAt } = poll(cursorAt(9150), seconds, 3);
		expect(events).toHaveLength(5);
		// Both events of second 9201 do not fit, and half a second cannot be remembered.
		expect(cursor.settled).toBe(9202);
		expect(cursor.seen.size).toBe(2);
		expect(lateEventsEndAt).toBe(9202);
		expect(poll(cursorAt(9150), seconds, 5)).not.toHaveProperty('lateEventsEndAt');
	});

	it('never gives up what was not read yet, even if it remembers too much', () => {
		const from = cursorAt(9500);
		const walk = new Walk<string>({ from: 9500, past: 9500 }, from.seen, 9500, 4);
		walk.add(
			Array.from({ length: 9 }, (_, index) => ({
				hash: eventHash(`${index}`),
				second: 9600,
				event: `event ${index}`,
			})),
		);
		const next = advance(
			from,
			{ cursor: from, walks: [walk], start: START, calls: 30, isBehind: false },
			LOOK_BACK,
			2,
		);
		expect(next.events).toHaveLength(4);
		expect(next.cursor.settled).toBeLessThanOrEqual(9600);
		expect(next.cursor.seen.size).toBe(4);
		const second = new Walk<string>({ from: 9500, past: 9500 }, next.cursor.seen, 9500, 100);
		second.add(
			Array.from({ length: 9 }, (_, index) => ({
				hash: eventHash(`${index}`),
				second: 9600,
				event: `event ${index}`,
			})),
		);
		expect(second.found.map(({ event }) => event)).toEqual([
			'event 4',
			'event 5',
			'event 6',
			'event 7',
			'event 8',
		]);
	});

	it('hands over a row without a time once, however often it is read', () => {
		let cursor = cursorAt(9150);
		const handedOver: string[] = [];
		for (let polls = 0; polls < 5; polls += 1) {
			const next = poll(cursor, [9200, undefined, 9300, undefined]);
			handedOver.push(...next.events);
			cursor = next.cursor;
		}
		expect(handedOver.sort()).toEqual(['event 0', 'event 1', 'event 2', 'event 3']);
	});
});

describe('After a poll that left something', () => {
	const leaves = (settled: number, isBehind = true, mostSeen?: number) => {
		const cursor = { ...cursorAt(settled), head: 9500 };
		const walk = new Walk<string>({ from: 9500, past: 9500 }, cursor.seen, settled, 2);
		const rows = [9600, 9700, 9800].map((second) => ({ hash: eventHash(`${second}`), second }));
		walk.add(rows.map((row) => ({ ...row, event: row.hash })));
		const reading = { cursor, walks: [walk], start: START, calls: 30, isBehind };
		return advance(cursor, reading, LOOK_BACK, mostSeen).cursor;
	};

	it('the next one goes on from there, and reading again stays to be done', () => {
		expect(leaves(START - LOOK_BACK - 60)).toMatchObject({
			head: 9800,
			settled: START - LOOK_BACK - 60,
			resumeAt: 9800,
		});
	});

	it('the next one reads again where that was put off for five minutes', () => {
		const left = leaves(START - LOOK_BACK - 60);
		const now = left.settled + LOOK_BACK + 300;
		expect(settingOut(left, now - 1, LOOK_BACK)).toEqual(left);
		expect(settingOut(left, now, LOOK_BACK)).toEqual({ ...left, resumeAt: null });
	});

	it('the next one reads again where no more events than there were could be remembered', () => {
		// Two events came.
		expect(leaves(START - LOOK_BACK - 60, true, 4).resumeAt).toBe(9800);
		expect(leaves(START - LOOK_BACK - 60, true, 3).resumeAt).toBeNull();
	});

	it('the next one reads again as usual where nothing was left', () => {
		expect(leaves(START - LOOK_BACK - 60, false).resumeAt).toBeNull();
	});
});

describe('The plan of a poll', () => {
	const busy: Cursor = { ...cursorAt(9000), head: 9900, rereadCalls: 15 };

	it('is one walk as long as reading again is cheap', () => {
		expect(planWalks({ ...busy, rereadCalls: 14 }, 30)).toEqual([{ from: 9000, past: 9000 }]);
	});

	it('reads what is new first when reading again takes half of the calls', () => {
		expect(planWalks(busy, 30)).toEqual([
			{ from: 9600, past: 9900 },
			{ from: 9000, past: 9000, until: 9600 },
		]);
	});

	it('goes on from where the last poll left something', () => {
		expect(planWalks({ ...busy, resumeAt: 9800 }, 30)).toEqual([{ from: 9800, past: 9800 }]);
	});

	it('is one walk when both would begin at the same place', () => {
		expect(planWalks({ ...busy, head: 9200 }, 30)).toEqual([{ from: 9000, past: 9000 }]);
	});
});

test.each([
	[0, '0 s'],
	[59, '59 s'],
	[60, '1 min'],
	[125, '2 min 5 s'],
	[3600, '1 h'],
	[3725, '1 h 2 min'],
	[180_000, '2 d 2 h'],
	[172_860, '2 d'],
])('%i seconds are %s', (seconds, text) => {
	expect(durationText(seconds)).toBe(text);
});
