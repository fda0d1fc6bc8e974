import { CATEGORIES } from '../audit/categories.cjs';
import { v2History } from '../audit/history.cjs';
import { v1Page } from '../audit/v1List.cjs';
import { v2Test } from '../audit/v2Filters.cjs';
import { v2Page } from '../audit/v2List.cjs';
import type { Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';

const V2 = '/accounts/:account_id/logs/audit';

export const auditLogRoutes: Routes = {
	// Source: OpenAPI document: the answer of version 1 has no result_info.
	'GET /accounts/:account_id/audit_logs': (call) =>
		ok(v1Page(call.state, call.account().id, call.query)),
	[`GET ${V2}`]: (call) => {
		const { state, query } = call;
		const { result, result_info } = v2Page(state, call.account().id, query, v2Test(query, state));
		return ok(result, { result_info });
	},
	[`GET ${V2}/:entry/history`]: (call) => {
		const { state, query, params } = call;
		const { result, result_info } = v2History(state, call.account().id, params.entry, query);
		return ok(result, { result_info });
	},
	[`GET ${V2}/product_categories`]: (call) => {
		call.account();
		return ok(CATEGORIES);
	},
};
