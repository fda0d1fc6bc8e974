import { InputError, shown } from '../input/inputError';
import { momentOf } from './zonedTime';

/** What a time is read against. */
export interface TimeContext {
	/** What the user sees above the field. */
	field: string;
	/** Milliseconds since 1970, for times that count from now. */
	now: number;
	/** IANA name of the zone in which a time without an offset is meant. */
	timeZone: string;
}

const EXPECTED =
	'A time such as 2026-10-01T08:30:00Z, a date such as 2026-10-01, milliseconds since 1970, or a time ago such as 24h or 7d';

/** ISO 8601 in the long form or the short one without separators; Luxon may write the zone's name behind it. */
const ISO =
	/^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ](\d\d)(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d+))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?(?:\[[\w+/-]+\])?)?$/i;

const AGO = /^(?:last |-)?(\d{1,6}) ?([a-z]+)(?: ago)?$/i;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const units: ReadonlyArray<[spelling: RegExp, milliseconds: number]> = [
	[/^(?:s|secs?|seconds?)$/i, SECOND],
	[/^(?:m|mins?|minutes?)$/i, MINUTE],
	[/^(?:h|hrs?|hours?)$/i, HOUR],
	[/^(?:d|days?)$/i, DAY],
	[/^(?:w|weeks?)$/i, 7 * DAY],
];

/** The length of a unit of time as users write it (h, hour, hours); undefined when it is none. */
export const unitLength = (unit: string): number | undefined =>
	units.find(([spelling]) => spelling.test(unit))?.[1];

/** Minutes may be left out: +02. */
function offsetLength(text: string): number | undefined {
	if (/^z$/i.test(text)) return 0;
	const hours = Number(text.slice(1, 3));
	const minutes = Number(text.slice(3).replace(':', ''));
	if (hours > 23 || minutes > 59) return undefined;
	return (text.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

/**
 * Reads ISO 8601. Digits below a millisecond are dropped.
 * @param timeZone where a time without an offset is meant
 * @returns milliseconds since 1970, or undefined when the text is no time that the calendar has
 */
export function parseIso(text: string, timeZone: string): number | undefined {
	const found = ISO.exec(text.trim());
	if (!found) return undefined;
	const [, year, , month, day, hour = '0', , minute = '0', second = '0', fraction = '', offset] =
		found;
	const local = Date.UTC(
		Number(year),
		Number(month) - 1,
		Number(day),
		Number(hour),
		Number(minute),
		Number(second),
		Number(fraction.padEnd(3, '0').slice(0, 3)),
	);
	// What the calendar lacks, such as 30 February, would silently become another day.
	const date = new Date(local);
	const exists =
		date.getUTCFullYear() === Number(year) &&
		date.getUTCMonth() === Number(month) - 1 &&
		date.getUTCDate() === Number(day) &&
		Number(hour) < 24 &&
		Number(minute) < 60 &&
		Number(second) < 60;
	if (!exists) return undefined;
	if (offset === undefined) return momentOf(local, timeZone);
	const length = offsetLength(offset);
	return length === undefined ? undefined : local - length;
}

/** Digits alone: milliseconds since 1970, or seconds as many programs log them. 8 digits are a date. */
function parseNumber(number: number): number | undefined {
	if (number >= 1e12 && number < 1e13) return Math.trunc(number);
	return number >= 1e9 && number < 1e10 ? Math.trunc(number * SECOND) : undefined;
}

function parseText(text: string, { now, timeZone }: TimeContext): number | undefined {
	if (/^now$/i.test(text)) return now;
	if (/^(?:\d{10}(?:\.\d+)?|\d{13})$/.test(text)) return parseNumber(Number(text));
	const ago = AGO.exec(text);
	const unit = ago ? unitLength(ago[2]) : undefined;
	if (ago && unit !== undefined) return now - Number(ago[1]) * unit;
	return parseIso(text, timeZone);
}

/** Date, Luxon and Moment objects, without a look at their class: an expression makes them in another realm. */
function parseObject(value: object): number | undefined {
	const isDate = 'toISOString' in value || 'toMillis' in value || 'toISO' in value;
	return isDate ? Number(value.valueOf()) : undefined;
}

function parse(value: unknown, context: TimeContext): number | undefined {
	if (typeof value === 'string') return parseText(value.trim(), context);
	if (typeof value === 'number') return parseNumber(value);
	return typeof value === 'object' && value !== null ? parseObject(value) : undefined;
}

/**
 * Reads a time in any form in which n8n, a person or an AI agent gives one: ISO 8601 text, a date, Luxon and Date
 * objects, seconds or milliseconds since 1970, "now", or a time ago ("24h", "7 days ago").
 * @returns milliseconds since 1970
 * @throws InputError when it is none of these
 */
export function parseTime(value: unknown, context: TimeContext): number {
	const milliseconds = parse(value, context);
	// The API's calendar ends there too, and toISOString would write six digits.
	if (milliseconds !== undefined && milliseconds >= 0 && milliseconds < 253_402_300_800_000) {
		return milliseconds;
	}
	const invalid = typeof value === 'object' && value !== null && milliseconds !== undefined;
	throw new InputError(
		context.field,
		invalid && Number.isNaN(milliseconds) ? 'got an invalid date' : `got ${shown(value)}`,
		EXPECTED,
	);
}
