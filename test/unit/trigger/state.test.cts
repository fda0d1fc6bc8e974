import fc from 'fast-check';
import { cursorAt, type Cursor } from '../../../nodes/CloudflareSecurity/trigger/cursor';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import {
	keepState,
	noteFailure,
	readState,
	stateOf,
} from '../../../nodes/CloudflareSecurity/trigger/state';

const FINGERPRINT = 'v2 0123';
const cursor: Cursor = {
	...cursorAt(1_790_000_000),
	head: 1_790_000_900,
	seen: new Map([[eventHash('a'), 1_790_000_450]]),
	rereadCalls: 3,
	resumeAt: 1_790_000_300,
};
const good = () => ({ ...stateOf(FINGERPRINT, cursor, { clockOffset: -420, failures: 1 }) });
const kept = (): Record<string, unknown> => JSON.parse(JSON.stringify(good())) as never;

describe('The saved position', () => {
	it('is found as it was kept', () => {
		expect(readState(kept(), FINGERPRINT)).toEqual({ kind: 'cursor', cursor, clockOffset: -420 });
	});

	it('is not there in a new workflow', () => {
		expect(readState({}, FINGERPRINT)).toEqual({ kind: 'none' });
	});

	it('is of no use for another account or source, and says so', () => {
		expect(readState(kept(), 'v1 0123')).toEqual({
			kind: 'none',
			reason: expect.stringContaining('account or source'),
		});
	});

	it.each<[string, unknown]>([
		['version', 2],
		['version', '1'],
		['fingerprint', undefined],
		['fingerprint', 5],
		['head', -1],
		['head', 1.5],
		['head', '1790000900'],
		['head', 9e12],
		['head', null],
		['settled', 1_790_000_901],
		['settled', undefined],
		['settled', NaN],
		['seen', undefined],
		['seen', 'AAAA'],
		['seen', {}],
		['rereadCalls', -1],
		['resumeAt', 1_789_999_999],
		['resumeAt', 1_790_000_901],
		['clockOffset', 'x'],
		['clockOffset', 1e15],
		['failures', -2],
		['failures', undefined],
	])('is damaged, and said to be, when %s is %j', (key, value) => {
		const found = readState({ ...kept(), [key]: value }, FINGERPRINT);
		expect(found).toEqual({ kind: 'none', reason: expect.stringContaining('damaged') });
	});

	it('brings nothing down, whatever is found in its place', () => {
		const anything = fc.dictionary(
			fc.constantFrom(...Object.keys(good()), 'waitingSince', '__proto__', 'constructor'),
			fc.anything(),
		);
		fc.assert(
			fc.property(anything, (saved) => {
				const found = readState({ ...kept(), ...saved }, FINGERPRINT);
				expect(['none', 'waiting', 'cursor']).toContain(found.kind);
			}),
			{ numRuns: 2000 },
		);
	});

	it('takes the place of whatever was there', () => {
		const saved: Record<string, unknown> = { waitingSince: 5, other: 'x' };
		keepState(saved, stateOf(FINGERPRINT, cursor, { clockOffset: -420, failures: 1 }));
		expect(saved).toEqual(kept());
	});
});

const next = (now: number) => ({ fingerprint: FINGERPRINT, now, isFirst: false });

describe('A poll that did not get through', () => {
	it('is the first again after an activation, whatever was counted before', () => {
		const saved = { ...kept(), failures: 7 };
		expect(noteFailure(saved, { ...next(1), isFirst: true })).toBe(1);
		expect(noteFailure(saved, next(2))).toBe(2);
	});

	it('is counted, and leaves the position as it is', () => {
		const saved = kept();
		expect(noteFailure(saved, next(1))).toBe(2);
		expect(saved).toEqual({ ...kept(), failures: 2 });
	});

	it('is counted when it came before the account was known', () => {
		const saved = kept();
		expect(noteFailure(saved, { now: 1, isFirst: false })).toBe(2);
		expect(saved).toEqual({ ...kept(), failures: 2 });
	});

	it.each<[string, Record<string, unknown>]>([
		['there is no position', {}],
		['the position is damaged', { ...kept(), head: 'x' }],
		['the position is of another account', { ...kept(), fingerprint: 'v2 other' }],
	])('sets down from when on nothing may be missed, when %s', (_, saved) => {
		expect(noteFailure(saved, next(1_790_000_000_123))).toBe(1);
		expect(readState(saved, FINGERPRINT)).toEqual({
			kind: 'waiting',
			since: 1_790_000_000_123,
		});
		expect(noteFailure(saved, next(1_790_000_999_999))).toBe(2);
		expect(saved.waitingSince).toBe(1_790_000_000_123);
	});
});
