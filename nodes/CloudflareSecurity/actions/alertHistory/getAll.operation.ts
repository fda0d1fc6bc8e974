import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitFields } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { timeRangeFields } from '../../descriptions/timeRange';
import { alertRetention } from '../../time/retention';
import type { Row } from '../../transport/pages';
import { mapRows, pageNumberRows } from '../../transport/paginate';
import { apiPath } from '../../transport/path';
import { accountOf, checkAccount } from '../accountTarget';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { timeQuery } from '../../time/timeQuery';
import { readTimeRange } from '../timeRange';
import { filterList, filterText } from '../../input/values';

const mechanismTypes = ['email', 'pagerduty', 'webhook'] as const;

const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Alert Type Names or IDs',
			name: 'alertTypes',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getAlertTypes',
				loadOptionsDependsOn: ['account.value'],
			},
			default: [],
			description:
				'Only alerts of these types. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Mechanism',
			name: 'mechanism',
			type: 'string',
			default: '',
			placeholder: 'e.g. soc@example.com',
			description:
				'Only alerts that were sent to this destination: an e-mail address, or the ID of a webhook or PagerDuty service',
		},
		{
			displayName: 'Mechanism Type',
			name: 'mechanismTypes',
			type: 'multiOptions',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'PagerDuty', value: 'pagerduty' },
				{ name: 'Webhook', value: 'webhook' },
			],
			default: ['email'],
			description: 'Only alerts that were sent in one of these ways',
		},
	],
};

type Filters = Readonly<Record<string, unknown>>;

const lowerCase = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : undefined);

/** The API has no filters here. @throws InputError when a filter was added and is empty, or not known */
function readFilters(filters: Filters): (alert: Row) => boolean {
	const types = filterList(filters, 'alertTypes', 'Alert Type');
	const ways = filterList(filters, 'mechanismTypes', 'Mechanism Type', mechanismTypes);
	const mechanism = filterText(filters, 'mechanism', 'Mechanism')?.toLowerCase();
	return (alert) =>
		(types === undefined || types.includes(alert.alert_type as string)) &&
		(ways === undefined || ways.includes(alert.mechanism_type as string)) &&
		(mechanism === undefined || lowerCase(alert.mechanism) === mechanism);
}

/** The API's type says text, its example shows a record: JSON in a text becomes the value, other text stays. */
function bodyOf(body: unknown): unknown {
	if (typeof body !== 'string' || !/^\s*[[{]/.test(body)) return body;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sent alerts',
	description:
		'Retrieve a list of the alerts (notifications) that Cloudflare sent, such as DDoS attacks and expiring certificates. Each destination of an alert gives one result.',
	fields: [
		accountField,
		...timeRangeFields('alerts', { amount: 7, unit: 'days' }),
		...limitFields,
		filterFields,
	],
	permission: { account: permissions.notificationsRead },
	async execute(item) {
		const limit = item.limit();
		const filters = item.collection('filters');
		const fits = readFilters(filters);
		checkAccount(item);
		const range = readTimeRange(item, alertRetention);

		const rows = pageNumberRows(item.client, {
			path: apiPath`/accounts/${await accountOf(item)}/alerting/v3/history`,
			query: timeQuery(range),
			pageSize: { min: 5, max: 1000 },
			// Filters are applied here, so the limit counts only afterwards.
			...(Object.keys(filters).length === 0 ? { limit } : {}),
			// No source says that the rows of one alert have IDs of their own.
			identify: ({ id, mechanism, mechanism_type }) =>
				JSON.stringify([id, mechanism_type, mechanism]),
		});
		const present = (alert: Row) =>
			fits(alert) ? ({ ...alert, alert_body: bodyOf(alert.alert_body) } as IDataObject) : undefined;
		return await mapRows(rows, present, limit);
	},
};
