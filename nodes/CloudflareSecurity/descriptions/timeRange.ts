import type { INodeProperties } from 'n8n-workflow';

const timeText =
	'In any ISO 8601 form, as a date object, in milliseconds since 1970, or as a time ago such as 24h or 7d. Without an offset it is meant in the time zone of the workflow';

export const timeUnits = ['minutes', 'hours', 'days', 'weeks'] as const;

/**
 * Fields that choose a time range: the last hours or days, or between two times.
 * @param what the records, for example "events"
 */
export const timeRangeFields = (
	what: string,
	{ amount, unit }: { amount: number; unit: (typeof timeUnits)[number] },
): INodeProperties[] => [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Last Hours or Days', value: 'last', description: 'Counted back from now' },
			{ name: 'Between Two Times', value: 'between', description: 'From one time to another' },
		],
		default: 'last',
		description: `From when ${what} are returned`,
	},
	{
		displayName: 'Last',
		name: 'lastAmount',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: amount,
		displayOptions: { show: { timeRange: ['last'] } },
		description: 'How many of the units below, counted back from now',
	},
	{
		displayName: 'Unit',
		name: 'lastUnit',
		type: 'options',
		options: [
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Days', value: 'days' },
			{ name: 'Weeks', value: 'weeks' },
		],
		default: unit,
		displayOptions: { show: { timeRange: ['last'] } },
		description: 'The unit of the number above',
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { timeRange: ['between'] } },
		description: `Only ${what} from this time on. ${timeText}.`,
	},
	{
		displayName: 'Before',
		name: 'before',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { timeRange: ['between'] } },
		description: `Only ${what} before this time. Left empty: now. ${timeText}.`,
	},
];
