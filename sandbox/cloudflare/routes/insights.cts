import type { Call, Routes } from '../call.cjs';
import { ok, type Reply } from '../envelope.cjs';
import { badQuery, notFound } from '../errors.cjs';
import { classify, contextOf, dismiss, type Edit } from '../insights/edits.cjs';
import { insightFilter } from '../insights/filters.cjs';
import { historyPage } from '../insights/history.cjs';
import type { InsightRecord } from '../insights/types.cjs';
import { whole } from '../query.cjs';
import type { Scope } from '../types.cjs';

interface Place {
	scope: Scope;
	records: InsightRecord[];
}
type Handler = (call: Call, place: Place) => Reply;

/** The zone or account of the path with its insights. Throws 403 when it is out of reach. */
function placeOf(call: Call, level: Scope['level']): Place {
	const { id } = level === 'zone' ? call.zone() : call.account();
	const records = call.state.insights.value.filter(
		({ accountId, zoneId }) => (level === 'zone' ? zoneId : accountId) === id,
	);
	return { scope: { level, id }, records };
}

const found = ({ query }: Call, { records }: Place): InsightRecord[] =>
	records.filter(insightFilter(query));

const list: Handler = (call, place) => {
	const { query } = call;
	const page = whole(query, 'page', 1, 1);
	const per_page = whole(query, 'per_page', 25, 5);
	// Source: OpenAPI document (1 to 1000), and an integration that met the refusal (a multiple of 5).
	if (per_page > 1000 || per_page % 5 !== 0) throw badQuery('per_page', String(per_page));
	const all = found(call, place);
	const issues = all.slice((page - 1) * per_page, page * per_page).map(({ insight }) => insight);
	// Unlike other lists: the total is here, and there is no result_info.
	return ok({ count: all.length, issues, page, per_page });
};

const counts =
	(of: (record: InsightRecord) => string): Handler =>
	(call, place) => {
		const byValue = new Map<string, number>();
		for (const record of found(call, place)) {
			const value = of(record);
			byValue.set(value, (byValue.get(value) ?? 0) + 1);
		}
		return ok([...byValue].map(([value, count]) => ({ value, count })));
	};

function recordOf({ params }: Call, { records }: Place): InsightRecord {
	const record = records.find(({ insight }) => insight.id === params.issue);
	if (record === undefined) throw notFound('insight');
	return record;
}

const edit =
	(change: (record: InsightRecord, body: unknown, edit: Edit) => void): Handler =>
	(call, place) => {
		const record = recordOf(call, place);
		const before = { ...record.insight };
		change(record, call.json(), { time: call.state.now(), actor: call.credential.name });
		call.state.record({
			action: 'update',
			resource: { product: 'security_center', type: 'insight', id: record.insight.id },
			scope: place.scope,
			actor: call.credential.name,
			before,
			after: { ...record.insight },
		});
		// Source: SDK 7.3: the envelope comes without a result.
		return { status: 200 };
	};

const history: Handler = (call, place) => ({
	status: 200,
	...historyPage(recordOf(call, place), call.query),
});

const HANDLERS: Readonly<Record<string, Handler>> = {
	'GET /insights': list,
	'GET /insights/class': counts(({ insight }) => insight.issue_class),
	'GET /insights/type': counts(({ insight }) => insight.issue_type),
	'GET /insights/severity': counts(({ insight }) => insight.severity),
	'GET /insights/:issue/audit-log': history,
	'PUT /insights/:issue/dismiss': edit(dismiss),
	'PATCH /insights/:issue/classification': edit(classify),
};

/** The same calls below a zone and below an account; the full payload is at account level alone. */
export const insightRoutes: Routes = {
	...Object.fromEntries(
		(['zone', 'account'] as const).flatMap((level) =>
			Object.entries(HANDLERS).map(([route, handle]) => [
				route.replace(' ', ` /${level}s/:${level}_id/security-center`),
				(call: Call) => handle(call, placeOf(call, level)),
			]),
		),
	),
	'GET /accounts/:account_id/security-center/insights/:issue/context': (call) =>
		ok(contextOf(recordOf(call, placeOf(call, 'account')))),
};
