import { accessNotEnabled, unknownApplication } from '../access/errors.cjs';
import { appFilter } from '../access/filters.cjs';
import type { AccessApp } from '../access/types.cjs';
import type { Call, Routes } from '../call.cjs';
import { ok, type Reply } from '../envelope.cjs';
import { paged } from '../query.cjs';
import type { Scope } from '../types.cjs';

// Source: an answer quoted in a public issue for the default. The largest is not documented; 1,000 is in use.
const SIZES = { default: 25, least: 1, most: 1000 };

/** The applications of the zone or account in the path. Throws when it is out of reach or has no Zero Trust. */
function appsOf(call: Call, level: Scope['level']): AccessApp[] {
	const zone = level === 'zone' ? call.zone() : undefined;
	const accountId = zone?.account.id ?? call.account().id;
	if (call.state.withoutZeroTrust.has(accountId)) throw accessNotEnabled();
	return call.state.accessApps.value
		.filter((record) => record.accountId === accountId && record.zoneId === zone?.id)
		.map(({ app }) => app);
}

function appOf({ params }: Call, apps: AccessApp[]): AccessApp {
	const app = apps.find(({ id }) => id === params.app);
	if (app === undefined) throw unknownApplication();
	return app;
}

function pageOf<T>(items: T[], { query }: Call): Reply {
	const { result, result_info } = paged(items, query, SIZES);
	return ok(result, { result_info });
}

const HANDLERS: Readonly<Record<string, (call: Call, apps: AccessApp[]) => Reply>> = {
	'GET /apps': (call, apps) => pageOf(apps.filter(appFilter(call.query)), call),
	'GET /apps/:app': (call, apps) => ok(appOf(call, apps)),
	'GET /apps/:app/policies': (call, apps) => pageOf(appOf(call, apps).policies, call),
};

/** The same calls below a zone and below an account. */
export const accessAppRoutes: Routes = Object.fromEntries(
	(['zone', 'account'] as const).flatMap((level) =>
		Object.entries(HANDLERS).map(([route, handle]) => [
			route.replace(' ', ` /${level}s/:${level}_id/access`),
			(call: Call) => handle(call, appsOf(call, level)),
		]),
	),
);
