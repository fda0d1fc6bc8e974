import { Hono, type Context } from 'hono';
import { API_PREFIX, apiPath } from './apiPath.cjs';
import { auditRequest } from './audit/request.cjs';
import { authenticate } from './authenticate.cjs';
import { Call, type Routes } from './call.cjs';
import { fail, succeed } from './envelope.cjs';
import { ApiError, methodNotAllowed, noRoute } from './errors.cjs';
import type { Fault } from './faults.cjs';
import type { Lockout } from './lockout.cjs';
import { inZone, require as requirePermission, REQUIREMENTS } from './permissions.cjs';
import { accessAppRoutes } from './routes/accessApps.cjs';
import { accountRoutes } from './routes/accounts.cjs';
import { alertingRoutes } from './routes/alerting.cjs';
import { insightRoutes } from './routes/insights.cjs';
import { auditLogRoutes } from './routes/auditLogs.cjs';
import { dnsRecordRoutes } from './routes/dnsRecords.cjs';
import { accessRuleRoutes } from './routes/accessRules.cjs';
import { ipsRoutes } from './routes/ips.cjs';
import { listItemRoutes } from './routes/listItems.cjs';
import { listRoutes } from './routes/lists.cjs';
import { purgeRoutes } from './routes/purge.cjs';
import { rulesetRoutes } from './routes/rulesets.cjs';
import { userRoutes } from './routes/user.cjs';
import { zoneRoutes } from './routes/zones.cjs';
import { zoneSettingRoutes } from './routes/zoneSettings.cjs';
import type { State } from './state.cjs';

export type Bindings = { text: string; ray: string; fault?: Fault };
export type Api = Hono<{ Bindings: Bindings }>;

const ID = /^[0-9a-f]{32}$/;
const ROUTES: Routes = {
	...userRoutes,
	...accountRoutes,
	...zoneRoutes,
	...ipsRoutes,
	...rulesetRoutes,
	...auditLogRoutes,
	...dnsRecordRoutes,
	...zoneSettingRoutes,
	...purgeRoutes,
	...insightRoutes,
	...accessAppRoutes,
	...alertingRoutes,
	...listRoutes,
	...listItemRoutes,
	...accessRuleRoutes,
};

// Source: programs in use, ddclient's GET /zones/?name=… among them: a list may be asked for with a slash at its end.
const spellings = (method: string, path: string): string[] =>
	method === 'GET' && !/:\w+$/.test(path) ? [path, `${path}/`] : [path];
const pathOf = (context: Context): string => apiPath(context.req.path);

/** The API itself: every route behind the same checks, in the order in which the gateway makes them. */
export function createApi(state: State, lockout: Lockout): Api {
	const app: Api = new Hono<{ Bindings: Bindings }>().basePath(API_PREFIX);

	for (const [route, handle] of Object.entries(ROUTES)) {
		const [method, path] = route.split(' ');
		const requirement = REQUIREMENTS[route];
		if (requirement === undefined) throw new Error(`No permission is stated for ${route}`);
		app.on(method, spellings(method, path), (context) => {
			const params: Record<string, string> = context.req.param();
			const { raw } = context.req;
			for (const [name, value] of Object.entries(params))
				if (name.endsWith('_id') && !ID.test(value)) throw noRoute(pathOf(context));
			const caller = lockout.guard(() => authenticate(raw.headers, state, requirement.style));
			const credential = inZone(caller, params.zone_id);
			requirePermission(credential, requirement);
			const query = new URL(raw.url).searchParams;
			const { text, ray, fault } = context.env;
			// What the clock has completed meanwhile comes first.
			state.lists.settle();
			state.audit.request = () => auditRequest(raw, text, ray);
			const call = new Call(
				state,
				credential,
				requirement,
				params,
				query,
				raw.headers,
				text,
				fault,
			);
			return succeed(handle(call));
		});
	}
	// What exists under another method only is refused as a method, as is POST …/entrypoint/rules.
	const paths = new Set(Object.keys(ROUTES).map((route) => route.split(' ')[1]));
	for (const path of paths) app.all(path, refuseMethod);
	for (const scope of ['/zones/:zone_id', '/accounts/:account_id'])
		app.all(`${scope}/rulesets/phases/:phase/entrypoint/rules`, refuseMethod);

	app.notFound((context) => answer(noRoute(pathOf(context))));
	app.onError((error) => {
		if (error instanceof ApiError) return answer(error);
		throw error;
	});
	return app;
}

function refuseMethod(): never {
	throw methodNotAllowed();
}

function answer(error: ApiError): Response {
	return fail(error.status, error.errors, error.headers);
}
