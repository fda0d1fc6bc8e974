import { INSIGHT_ROWS, insightPageSize, insightsPath, type Insight } from '../targets/insight';
import { allRows, pageNumberRows } from '../transport/paginate';
import { matching, named, scopeOfForm, searchMethod } from './searchMethod';

/** Nobody scrolls further; the API has no search by text. */
const MAX_LISTED = 2_000;

export const searchInsights = searchMethod(async (given) => {
	const insights = await allRows(
		pageNumberRows<Insight>(given.connection.client, {
			path: insightsPath(await scopeOfForm(given, 'account')),
			pageSize: insightPageSize,
			rowsIn: INSIGHT_ROWS,
			limit: MAX_LISTED,
		}),
	);
	const items = insights.map(({ id, severity, issue_class, subject }) => ({
		name: [issue_class, named([subject], [severity])]
			.filter((part) => typeof part === 'string' && part !== '')
			.join(': '),
		value: id as string,
	}));
	return { results: matching(items, given.filter) };
});
