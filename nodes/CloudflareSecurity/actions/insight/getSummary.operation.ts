import type { IDataObject } from 'n8n-workflow';
import { insightsPath } from '../../targets/insight';
import { count } from '../../transport/pages';
import { apiPath, apiWord } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { insightFilterFields, insightQuery } from './insightFilters';
import { insightScopeFields } from './insightFields';

export interface Count {
	[key: string]: unknown;
	value?: string;
	count?: number;
}

/** The API's three counts, and the field of an insight that each is about. */
const counted = [
	{ path: 'severity', field: 'severity' },
	{ path: 'type', field: 'issue_type' },
	{ path: 'class', field: 'issue_class' },
] as const;

/** Named even when there are none, so that a playbook can compare them with a number. */
const severities: readonly Count[] = ['Critical', 'Moderate', 'Low'].map((value) => ({
	value,
	count: 0,
}));

/** As insights spell it: queries use small letters, and nothing says which the counts use. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

const largestFirst = (counts: readonly Count[]): IDataObject =>
	Object.fromEntries(
		[...counts]
			.map(({ value, count: number }) => [String(value), count(number) ?? 0] as const)
			.sort(([, a], [, b]) => b - a),
	);

export const getSummary: Operation = {
	value: 'getSummary',
	name: 'Get Summary',
	action: 'Get summary of security insights',
	description:
		'Count Security Center insights by severity, type and class, in one item; the same filters as Get Many narrow the counts',
	fields: [...insightScopeFields, insightFilterFields],
	permission: {
		zone: permissions.insightsZoneRead,
		account: permissions.insightsAccountRead,
	},
	async execute(item) {
		const query = insightQuery(item.collection('filters'));
		const insights = insightsPath(await item.scope());
		const [bySeverity, byType, byClass] = await Promise.all(
			counted.map(async ({ path, field }) => {
				const name = apiWord(path, [path], field);
				const request = { method: 'GET', path: apiPath`${insights}/${name}`, query } as const;
				const { result } = await item.client.send<Count[]>({ ...request, expect: 'array' });
				return result.filter(({ value }) => typeof value === 'string');
			}),
		);
		const spelt = bySeverity.map((each) => ({ ...each, value: capital(String(each.value)) }));
		return [
			{
				count: spelt.reduce((sum, { count: number }) => sum + (count(number) ?? 0), 0),
				severity: { ...largestFirst(severities), ...largestFirst(spelt) },
				issue_type: largestFirst(byType),
				issue_class: largestFirst(byClass),
			},
		];
	},
};
