import { timeUnits } from '../descriptions/timeRange';
import { InputError, shown } from '../input/inputError';
import { parseTime, unitLength } from '../time/parseTime';
import { checkRetention, type Retention, type TimeRange } from '../time/retention';
import { hintOnce } from './hint';
import type { Item } from './item';
import { oneOf, wholeNumber } from '../input/values';

/** Enough for any retention, and small enough to stay a date. */
const MOST_UNITS = 1_000_000;

const isEmpty = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function lastUnits(item: Item, now: number): TimeRange {
	const unit = oneOf(item.value('lastUnit', 'hours'), timeUnits, 'Unit');
	const amount = wholeNumber(item.value('lastAmount', 24), {
		field: 'Last',
		min: 1,
		max: MOST_UNITS,
	});
	return { since: Math.max(0, now - amount * (unitLength(unit) ?? 0)), before: now };
}

function betweenTimes(item: Item, now: number): TimeRange {
	const timeZone = item.context.getTimezone();
	const read = (name: string, field: string) => {
		const value = item.value(name, '');
		return isEmpty(value) ? undefined : parseTime(value, { field, now, timeZone });
	};
	const since = read('since', 'Since');
	if (since === undefined) {
		throw new InputError('Since', 'got nothing', 'The time from which on records are wanted');
	}
	const before = read('before', 'Before') ?? now;
	if (since >= before) {
		const times = [since, before].map((time) => new Date(time).toISOString());
		throw new InputError(
			'Since',
			`${times[0]} is not before ${times[1]}`,
			'A time earlier than Before',
		);
	}
	return { since, before };
}

/**
 * Reads the time range fields. Its end is fixed, so that pages do not shift while they are fetched; a part of the range
 * that Cloudflare no longer keeps is said beside the output.
 * @throws InputError when it is no range, or nothing in it can be there any more
 */
export function readTimeRange(item: Item, retention: Retention): TimeRange {
	const now = Date.now();
	const choice = item.value('timeRange', 'last');
	if (choice !== 'last' && choice !== 'between') {
		throw new InputError('Time Range', `got ${shown(choice)}`, 'One of: last, between');
	}
	const range = choice === 'last' ? lastUnits(item, now) : betweenTimes(item, now);
	const note = checkRetention(range, retention, now);
	if (note !== undefined) hintOnce(item.context, note);
	return range;
}
