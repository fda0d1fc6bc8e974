import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { AuditEvent } from '../../auditEvents/auditEvent';
import { limitFields, simplifyField } from '../../descriptions/output';
import { showWhen } from '../../descriptions/show';
import { accountField } from '../../descriptions/targets';
import { timeRangeFields } from '../../descriptions/timeRange';
import { InputError, shown } from '../../input/inputError';
import { oneOf } from '../../input/values';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../permissions';
import { readTimeRange, timeQuery } from '../timeRange';
import { v1FilterFields, v2ExcludeFields, v2FilterFields } from './filterFields';
import { directionOption } from './directionOption';
import { sources, type Source } from './sources';
import { zoneOfAccount } from './zoneFilter';

const sourceField: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Audit Logs V2',
			value: 'v2',
			description:
				'From 10 March 2026 on: nearly all products, with the API token and the request of each change',
		},
		{
			name: 'Audit Logs V1',
			value: 'v1',
			description: 'Up to 18 months back, with the values before and after each change',
		},
	],
	default: 'v2',
	description: "Which of Cloudflare's two audit logs to read",
};

function readSource(item: Item): Source {
	const source = item.value('source', 'v2');
	if (source === 'v1' || source === 'v2') return sources[source];
	throw new InputError('Source', `got ${shown(source)}`, 'One of: v1, v2');
}

const present = (event: AuditEvent): IDataObject => ({ ...event }) as unknown as IDataObject;

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many audit log events',
	description:
		'Retrieve a list of audit log events: who did what from where, with which API token, and what it changed',
	fields: [
		accountField,
		sourceField,
		...timeRangeFields('events', { amount: 24, unit: 'hours' }),
		...limitFields,
		simplifyField,
		...showWhen({ source: ['v2'] }, [v2FilterFields, v2ExcludeFields]),
		...showWhen({ source: ['v1'] }, [v1FilterFields]),
		directionOption,
	],
	permission: { account: permissions.accountSettingsRead },
	async execute(item) {
		const source = readSource(item);
		const limit = item.limit();
		const { query, tests, zone: zoneField } = source.readFilters(item);
		const { direction = 'desc' } = item.collection('options');
		const order = oneOf(direction, ['asc', 'desc'], 'Direction');
		const simplify = item.flag('simplify', true);
		checkAccount(item);
		const range = readTimeRange(item, source.retention);

		const account = await accountOf(item);
		const zone =
			zoneField === undefined
				? {}
				: source.zoneQuery(await zoneOfAccount(item, zoneField, account));
		const rows = source.rows(item.client, account, {
			query: { ...timeQuery(range), direction: order, ...query, ...zone },
			// What the node picks out itself counts only afterwards.
			...(tests.length === 0 ? { limit } : {}),
		});
		const found: IDataObject[] = [];
		for await (const row of rows) {
			const event = source.toEvent(row, account);
			if (!tests.every((test) => test(event))) continue;
			found.push(simplify ? present(event) : (row as IDataObject));
			if (found.length === limit) break;
		}
		return found;
	},
};
