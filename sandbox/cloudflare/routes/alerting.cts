import type { AlertRecord } from '../alerting/types.cjs';
import type { Call, Routes } from '../call.cjs';
import { ok } from '../envelope.cjs';
import { ApiError, badQuery } from '../errors.cjs';
import { paged } from '../query.cjs';
import { AVAILABLE_ALERTS } from '../seed/availableAlerts.cjs';

const DAY = 86_400_000;
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Throws 400 for anything but RFC 3339: no dates alone, no numbers, no times without a zone. */
function time(query: URLSearchParams, name: string, fallback: number): number {
	const given = query.get(name);
	if (given === null) return fallback;
	const milliseconds = RFC_3339.test(given) ? Date.parse(given) : NaN;
	if (Number.isNaN(milliseconds)) throw badQuery(name, given);
	return milliseconds;
}

/** What the account still sees: 30 days, and 90 with Enterprise. Source: SDK 7.3. Older is left out without a word. */
function history(call: Call): AlertRecord[] {
	const { id, type } = call.account();
	const { state, query } = call;
	const kept = state.now() - (type === 'enterprise' ? 90 : 30) * DAY;
	const since = Math.max(time(query, 'since', kept), kept);
	const before = time(query, 'before', Infinity);
	return (state.alerting.value.history.get(id) ?? []).filter(({ sent }) => {
		const at = Date.parse(sent);
		return at >= since && at < before;
	});
}

const policies = (call: Call) => call.state.alerting.value.policies.get(call.account().id) ?? [];
const scope = '/accounts/:account_id/alerting/v3';

export const alertingRoutes: Routes = {
	[`GET ${scope}/history`]: (call) => {
		const sizes = { default: 25, least: 5, most: 1000 };
		const { result, result_info } = paged(history(call), call.query, sizes);
		return ok(result, { result_info });
	},
	[`GET ${scope}/available_alerts`]: (call) => {
		call.account();
		return ok(AVAILABLE_ALERTS);
	},
	[`GET ${scope}/policies`]: (call) => ok(policies(call)),
	[`GET ${scope}/policies/:policy`]: (call) => {
		const policy = policies(call).find(({ id }) => id === call.params.policy);
		// This service gives no codes: only the message counts.
		if (policy === undefined) throw new ApiError(404, { code: 0, message: 'Policy not found' });
		return ok(policy);
	},
};
