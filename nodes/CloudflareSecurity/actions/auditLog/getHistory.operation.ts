import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { eventFromV2 } from '../../auditEvents/fromV2';
import { auditPageSize } from '../../auditLog/sources';
import { limitFields, simplifyField } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { timeRangeFields } from '../../descriptions/timeRange';
import { InputError } from '../../input/inputError';
import { oneOf } from '../../input/values';
import { parseTime } from '../../time/parseTime';
import { auditV2Retention } from '../../time/retention';
import { cursorRows, mapRows } from '../../transport/paginate';
import { apiPath, uuid } from '../../transport/path';
import { accountOf, checkAccount } from '../accountTarget';
import { hintOnce } from '../hint';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { timeQuery } from '../../time/timeQuery';
import { readTimeRange } from '../timeRange';
import { directionOption } from './directionOption';

const eventFields: INodeProperties[] = [
	{
		displayName: 'Event ID',
		name: 'eventId',
		type: 'string',
		default: '={{ $json.id }}',
		placeholder: 'e.g. f174be97-19b1-40d6-954d-70cd5fbd52db',
		description: 'The ID of an event of Audit Logs V2, by default of the input item',
	},
	{
		displayName: 'Action Time',
		name: 'actionTime',
		type: 'string',
		default: '={{ $json.time }}',
		placeholder: 'e.g. 2026-10-01T08:30:00Z',
		description:
			"The event's own time, by which Cloudflare finds it, by default of the input item. Of a raw event it is action.time.",
	},
];

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** As the event has it, with all its digits, where it can be sent so. */
function readActionTime(item: Item): string {
	const value = item.value('actionTime', '');
	if (value === undefined || value === null || value === '') {
		throw new InputError('Action Time', 'got nothing', 'The time of the event');
	}
	const timeZone = item.context.getTimezone();
	const time = parseTime(value, { field: 'Action Time', now: Date.now(), timeZone });
	const text = typeof value === 'string' ? value.trim() : '';
	return RFC_3339.test(text) ? text : new Date(time).toISOString();
}

const UNAVAILABLE =
	'Cloudflare recorded too little about the resource of this event to find its other changes.';

export const getHistory: Operation = {
	value: 'getHistory',
	name: 'Get Change History',
	action: 'Get change history of audit log event',
	description:
		'Retrieve the other changes of the resource that an audit log event is about. Each result says whether Cloudflare knows the resource exactly.',
	fields: [
		accountField,
		...eventFields,
		...timeRangeFields('changes', { amount: 30, unit: 'days' }),
		...limitFields,
		simplifyField,
		directionOption,
	],
	permission: { account: permissions.accountSettingsRead },
	async execute(item) {
		const id = uuid(item.value('eventId', ''), { field: 'Event ID' });
		const action_time = readActionTime(item);
		const limit = item.limit();
		const { direction = 'desc' } = item.collection('options');
		const order = oneOf(direction, ['asc', 'desc'], 'Direction');
		const simplify = item.flag('simplify', true);
		checkAccount(item);
		const range = readTimeRange(item, auditV2Retention);

		const account = await accountOf(item);
		let status: unknown;
		const rows = cursorRows(item.client, {
			path: apiPath`/accounts/${account}/logs/audit/${id}/history`,
			query: { action_time, ...timeQuery(range), direction: order },
			pageSize: auditPageSize,
			sizeParameter: 'limit',
			limit,
			onPage: (info) => {
				status = info.history_status ?? status;
			},
		});
		const found = await mapRows(rows, (row) => {
			const record = simplify ? eventFromV2(row) : row;
			return { ...record, history_status: status } as IDataObject;
		});
		if (found.length > 0 || status !== 'unavailable') return found;
		// An item all the same: a playbook that goes on without one would take this for "nothing changed".
		hintOnce(item.context, UNAVAILABLE);
		return [{ id, history_status: status, message: UNAVAILABLE }];
	},
};
