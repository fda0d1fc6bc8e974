import fc from 'fast-check';

import { InputError } from '../../../nodes/CloudflareSecurity/input/inputError';
import { parseIso, parseTime } from '../../../nodes/CloudflareSecurity/time/parseTime';
import { momentOf } from '../../../nodes/CloudflareSecurity/time/zonedTime';
import { DateTime } from '../../support/luxon.cjs';

const now = Date.UTC(2026, 10, 20, 12);
const berlin = { field: 'Since', now, timeZone: 'Europe/Berlin' };
const utc = { ...berlin, timeZone: 'UTC' };
const HOUR = 3_600_000;

const zones = [
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/St_Johns',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Pacific/Kiritimati',
];
const moment = fc.integer({ min: Date.UTC(2012), max: Date.UTC(2040) });

describe('Times in any form', () => {
	test.each<[given: unknown, iso: string]>([
		['2026-10-01T08:30:00Z', '2026-10-01T08:30:00.000Z'],
		[' 2026-10-01t08:30:00z ', '2026-10-01T08:30:00.000Z'],
		['2026-10-01T08:30:00.123456789Z', '2026-10-01T08:30:00.123Z'],
		['2026-10-01T08:30:00,5Z', '2026-10-01T08:30:00.500Z'],
		['2026-10-01T08:30:00+02:00', '2026-10-01T06:30:00.000Z'],
		['2026-10-01T08:30:00-0330', '2026-10-01T12:00:00.000Z'],
		['2026-10-01 08:30:00 +02', '2026-10-01T06:30:00.000Z'],
		['2026-10-01T08:30Z', '2026-10-01T08:30:00.000Z'],
		['20261001T083000Z', '2026-10-01T08:30:00.000Z'],
		['2026-10-01T08:30:00.000+02:00[Europe/Berlin]', '2026-10-01T06:30:00.000Z'],
		// Without an offset: as the clock in Berlin shows it.
		['2026-10-01T08:30:00', '2026-10-01T06:30:00.000Z'],
		['2026-12-01 08:30', '2026-12-01T07:30:00.000Z'],
		['2026-10-01', '2026-09-30T22:00:00.000Z'],
		['20261001', '2026-09-30T22:00:00.000Z'],
		['2024-02-29', '2024-02-28T23:00:00.000Z'],
		[Date.UTC(2026, 9, 1), '2026-10-01T00:00:00.000Z'],
		[String(Date.UTC(2026, 9, 1)), '2026-10-01T00:00:00.000Z'],
		[Date.UTC(2026, 9, 1) / 1000, '2026-10-01T00:00:00.000Z'],
		['1790812800.75', '2026-10-01T00:00:00.750Z'],
		[new Date(Date.UTC(2026, 9, 1)), '2026-10-01T00:00:00.000Z'],
		[DateTime.utc(2026, 10, 1), '2026-10-01T00:00:00.000Z'],
		[DateTime.fromISO('2026-10-01T02:00:00+02:00', { setZone: true }), '2026-10-01T00:00:00.000Z'],
		['now', '2026-11-20T12:00:00.000Z'],
		['24h', '2026-11-19T12:00:00.000Z'],
		['7d', '2026-11-13T12:00:00.000Z'],
		['-90 m', '2026-11-20T10:30:00.000Z'],
		['30s', '2026-11-20T11:59:30.000Z'],
		['2 weeks ago', '2026-11-06T12:00:00.000Z'],
		['Last 3 hours', '2026-11-20T09:00:00.000Z'],
	])('%s', (given, iso) => {
		expect(new Date(parseTime(given, berlin)).toISOString()).toBe(iso);
	});

	test.each<[given: unknown]>([
		['yesterday'],
		['2026-02-30'],
		['2026-02-29T10:00:00Z'],
		['2026-13-01'],
		['2026-00-10'],
		['2026-10-01T24:00:00Z'],
		['2026-10-01T10:60:00Z'],
		['2026-10-01T10:00:61Z'],
		['2026-10-01T10:00:00+25:00'],
		['2026-10-01Z'],
		['2026-1001'],
		['01.10.2026'],
		['10/01/2026'],
		['24'],
		['3 months'],
		['5 fortnights'],
		['9999999d'],
		['999999w'],
		['0001-01-01'],
		[12],
		[-1],
		[NaN],
		[''],
		[null],
		[undefined],
		[true],
		[[]],
		[{}],
		[new Date(NaN)],
		[DateTime.invalid('test')],
	])('refused: %s', (given) => {
		expect(() => parseTime(given, utc)).toThrow(InputError);
		expect(() => parseTime(given, utc)).toThrow(/^Since: got /);
	});

	test('every moment, as Luxon, Date and JSON write it, in every zone', () => {
		fc.assert(
			fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
				const time = DateTime.fromMillis(at, { zone });
				const forms = [
					time,
					time.toISO(),
					time.toString(),
					time.toJSDate(),
					time.toUTC().toISO(),
					at,
				];
				for (const form of [...forms, time.toISO({ format: 'basic' }), time.toJSON()]) {
					expect(parseTime(form, berlin)).toBe(at);
				}
				expect(parseTime(time.toISO({ extendedZone: true }), utc)).toBe(at);
			}),
		);
	});

	test('local times are read as Luxon reads them, but in the hour that clocks show twice', () => {
		fc.assert(
			fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
				const local = DateTime.fromMillis(at, { zone });
				const text = local.toISO({ includeOffset: false }) ?? '';
				const read = parseIso(text, zone) ?? NaN;
				expect(DateTime.fromMillis(read, { zone }).toISO({ includeOffset: false })).toBe(text);
				expect([0, HOUR, HOUR / 2]).toContain(at - read);
			}),
		);
	});

	test('any text gives a time or a refusal', () => {
		const text = fc.oneof(
			fc.string(),
			fc.stringMatching(/^[\d:TZ+.\- ]{0,30}$/),
			fc.stringMatching(/^(last )?\d{0,8} ?[a-z]{0,6}$/),
		);
		fc.assert(
			fc.property(fc.oneof(text, fc.anything()), (given) => {
				try {
					const read = parseTime(given, berlin);
					expect(Number.isFinite(new Date(read).getTime())).toBe(true);
					expect(new Date(read).toISOString()).toMatch(/^\d{4}-/);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
				}
			}),
		);
	});
});

describe('Local times', () => {
	test.each<[what: string, local: string, zone: string, iso: string]>([
		['shown twice', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
		['just before', '2026-10-25T01:59', 'Europe/Berlin', '2026-10-24T23:59:00.000Z'],
		['just after', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
		['skipped', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		['ahead of everybody', '2026-10-01T00:00', 'Pacific/Kiritimati', '2026-09-30T10:00:00.000Z'],
	])('%s', (_what, local, zone, iso) => {
		const read = momentOf(Date.parse(`${local}:00Z`), zone);
		expect(new Date(read).toISOString()).toBe(iso);
	});
});
