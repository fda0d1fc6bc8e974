import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitFields, simplifyField } from '../../descriptions/output';
import { INSIGHT_ROWS, insightPageSize, insightsPath, type Insight } from '../../targets/insight';
import type { CloudflareClient } from '../../transport/client';
import { collect, inOrder } from '../../transport/inOrder';
import { allRows, pageNumberRows } from '../../transport/paginate';
import { apiPath, uuid, type ApiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { insightFilterFields, insightQuery } from './insightFilters';
import { insightScopeFields } from './insightFields';
import { presentInsight } from './present';

/** The API has it at account level alone. */
const contextField: INodeProperties = {
	displayName: 'Include Full Payload',
	name: 'includeContext',
	type: 'boolean',
	default: false,
	description:
		'Whether to fetch what is too large for the list, such as the DNS records concerned: one more request for each insight that has it',
	displayOptions: { show: { scope: ['account'] } },
};

/** What is too large for the list. An insight that is gone by now has none. */
async function readContext(
	client: CloudflareClient,
	insights: ApiPath,
	{ id }: Insight,
): Promise<IDataObject | null> {
	const outcome = await client.attempt<IDataObject>({
		method: 'GET',
		path: apiPath`${insights}/${uuid(id, { field: 'Insight' })}/context`,
		expect: 'object',
	});
	if (!outcome.ok && outcome.failure.kind === 'notFound') return null;
	return client.unwrap(outcome).result;
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many security insights',
	description:
		'Retrieve a list of Security Center insights: exposed servers, dangling DNS records, weak settings. Filters choose by severity, class, type, product or host name.',
	fields: [...insightScopeFields, ...limitFields, simplifyField, contextField, insightFilterFields],
	permission: {
		zone: permissions.insightsZoneRead,
		account: permissions.insightsAccountRead,
	},
	async execute(item) {
		const query = insightQuery(item.collection('filters'));
		const limit = item.limit();
		const withContext = item.flag('includeContext');
		const path = insightsPath(await item.scope());
		const insights = await allRows(
			pageNumberRows<Insight>(item.client, {
				path,
				query,
				pageSize: insightPageSize,
				rowsIn: INSIGHT_ROWS,
				limit,
			}),
		);
		const simplify = item.flag('simplify', true);
		if (!withContext) return insights.map((insight) => presentInsight(insight, simplify));
		const complete = inOrder(insights, async (insight): Promise<IDataObject> => {
			const record = presentInsight(insight, simplify);
			if (!insight.has_extended_context) return record;
			return { ...record, context: await readContext(item.client, path, insight) };
		});
		return await collect(complete);
	},
};
