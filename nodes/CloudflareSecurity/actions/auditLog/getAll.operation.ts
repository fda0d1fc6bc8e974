import type { IDataObject } from 'n8n-workflow';
import type { AuditEvent } from '../../auditEvents/auditEvent';
import { v1FilterFields, v2ExcludeFields, v2FilterFields } from '../../auditLog/filterFields';
import { readSource, sourceField } from '../../auditLog/sourceField';
import { sources } from '../../auditLog/sources';
import { limitFields, simplifyField } from '../../descriptions/output';
import { showWhen } from '../../descriptions/show';
import { accountField } from '../../descriptions/targets';
import { timeRangeFields } from '../../descriptions/timeRange';
import { oneOf } from '../../input/values';
import { accountOf, checkAccount } from '../accountTarget';
import type { Operation } from '../operation';
import type { Row } from '../../transport/pages';
import { mapRows } from '../../transport/paginate';
import { permissions } from '../../permissions';
import { timeQuery } from '../../time/timeQuery';
import { readTimeRange } from '../timeRange';
import { directionOption } from './directionOption';
import { lookUpZone } from './zoneLookUp';

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
		const source = sources[readSource(item.value('source', 'v2'))];
		const limit = item.limit();
		const {
			query,
			tests,
			zone: zoneField,
		} = source.readFilters(item.collection('filters'), item.collection('exclude'));
		const { direction = 'desc' } = item.collection('options');
		const order = oneOf(direction, ['asc', 'desc'], 'Direction');
		const simplify = item.flag('simplify', true);
		checkAccount(item);
		const range = readTimeRange(item, source.retention);

		const account = await accountOf(item);
		const zone =
			zoneField === undefined ? {} : source.zoneQuery(await lookUpZone(item, zoneField, account));
		const rows = source.rows(item.client, account, {
			query: { ...timeQuery(range), direction: order, ...query, ...zone },
			// What the node picks out itself counts only afterwards.
			...(tests.length === 0 ? { limit } : {}),
		});
		// Raw rows that nothing here picks from need no second look.
		const isRead = simplify || tests.length > 0;
		const chosen = (row: Row) => {
			const event = isRead ? source.toEvent(row, account) : undefined;
			if (event && !tests.every((test) => test(event))) return undefined;
			return event && simplify ? present(event) : (row as IDataObject);
		};
		return await mapRows(rows, chosen, limit);
	},
};
