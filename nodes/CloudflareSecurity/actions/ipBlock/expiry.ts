import type { INodeProperties } from 'n8n-workflow';
import { timeUnits } from '../../descriptions/timeRange';
import { InputError } from '../../input/inputError';
import { oneOf, wholeNumber } from '../../input/values';
import { parseTime, unitLength } from '../../time/parseTime';
import type { Item } from '../item';

/** 100 years in hours: more is a mistake, and the comment writes years with four digits. */
const MOST_UNITS = 876_000;

export const expiryFields: INodeProperties[] = [
	{
		displayName: 'Expires',
		name: 'expires',
		type: 'options',
		options: [
			{ name: 'After a While', value: 'after' },
			{ name: 'At a Time', value: 'at' },
			{ name: 'Never', value: 'never' },
		],
		default: 'after',
		description:
			'How long the block is meant to last. A workflow on a schedule with Remove Expired ends it; until that runs, the block stays.',
	},
	{
		displayName: 'Expires After',
		name: 'expiresAfter',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 7,
		displayOptions: { show: { expires: ['after'] } },
		description: 'How many of the units below the block lasts',
	},
	{
		displayName: 'Unit',
		name: 'expiresUnit',
		type: 'options',
		options: [
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Days', value: 'days' },
			{ name: 'Weeks', value: 'weeks' },
		],
		default: 'days',
		displayOptions: { show: { expires: ['after'] } },
		description: 'The unit of the number above',
	},
	{
		displayName: 'Expires At',
		name: 'expiresAt',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { expires: ['at'] } },
		description:
			'When the block ends. In any ISO 8601 form, as a date object or in milliseconds since 1970; without an offset it is meant in the time zone of the workflow.',
	},
];

/**
 * When the block of an item ends.
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970 at a full second, never too early; undefined for never
 * @throws InputError when the fields hold no time, or one that is over
 */
export function readExpiry(item: Item, now: number): number | undefined {
	const expires = oneOf(item.value('expires', 'after'), ['after', 'at', 'never'], 'Expires');
	if (expires === 'never') return undefined;
	const time = expires === 'after' ? now + readLength(item) : readTime(item, now);
	return Math.ceil(time / 1000) * 1000;
}

function readLength(item: Item): number {
	const unit = oneOf(item.value('expiresUnit', 'days'), timeUnits, 'Unit');
	const range = { field: 'Expires After', min: 1, max: MOST_UNITS };
	const length = wholeNumber(item.value('expiresAfter', 7), range) * (unitLength(unit) ?? 0);
	const longest = MOST_UNITS * (unitLength('hours') ?? 0);
	if (length <= longest) return length;
	throw new InputError('Expires After', 'got more than 100 years', 'A shorter time, or Never');
}

function readTime(item: Item, now: number): number {
	const timeZone = item.context.getTimezone();
	const time = parseTime(item.value('expiresAt', ''), { field: 'Expires At', now, timeZone });
	if (time > now) return time;
	throw new InputError(
		'Expires At',
		`${new Date(time).toISOString()} is over`,
		'A time in the future, or Never',
	);
}
