import { CUSTOM_PHASE } from '../../targets/phases';
import type { Scope } from '../../targets/scope';
import type { ApiRequest } from '../../transport/client';
import { hasCode, type ApiFailure } from '../../transport/failure';
import { apiPath, apiWord, type ApiPath } from '../../transport/path';
import { permissions, type PermissionName } from '../../permissions';

/** How it is found out whether a credential has a right, without changing anything. */
export interface Probe {
	/** The cheapest call that asks for this right and no other. */
	request?: (scope: Scope) => ApiRequest<unknown>;
	/** Failures that only somebody who may gets to see. */
	isAllowed?: (failure: ApiFailure) => boolean;
	/** A right that is a part of this one: who lacks it lacks this one too. */
	includes?: PermissionName;
	/** Set where no harmless call exists: why. */
	cannotBeProbed?: string;
}

const get = (path: ApiPath, more: Partial<ApiRequest<unknown>> = {}): ApiRequest<unknown> => ({
	method: 'GET',
	path,
	expect: 'object',
	...more,
});

/** A list with the smallest page that all its documentation allows. */
const list = (path: ApiPath, more: Partial<ApiRequest<unknown>> = {}): ApiRequest<unknown> =>
	get(path, { expect: 'array', query: { per_page: 5 }, ...more });

const account: Probe = { request: ({ path }) => get(path) };
const zone: Probe = { request: ({ path }) => get(path) };

const insights: Probe = {
	request: ({ path }) =>
		list(apiPath`${path}/security-center/insights`, { expect: { record: { issues: [{}] } } }),
};

const access: Probe = { request: ({ path }) => list(apiPath`${path}/access/apps`) };

const accessRules: Probe = {
	request: ({ path }) => list(apiPath`${path}/firewall/access_rules/rules`),
};

const customPhase = apiWord(CUSTOM_PHASE, [CUSTOM_PHASE], 'Phase');

const readRules: Probe = {
	// Not the list of rulesets: rights for any phase open that.
	request: ({ path }) => get(apiPath`${path}/rulesets/phases/${customPhase}/entrypoint`),
	// Nobody has added a rule yet.
	isAllowed: (failure) => failure.status === 404 && hasCode(failure, 10003, 1000),
};

const editRules = (includes: PermissionName): Probe => ({
	// Full authorization and validation, and nothing is stored. An entry point without rules would do no harm either.
	request: ({ kind, path }) => ({
		method: 'POST',
		path: apiPath`${path}/rulesets`,
		query: { dry_run: true },
		body: {
			name: 'default',
			kind: kind === 'zone' ? 'zone' : 'root',
			phase: CUSTOM_PHASE,
			rules: [],
		},
		expect: 'nothing',
		// So that it is repeated after a broken connection.
		readBack: async () => ({ ok: true, envelope: { result: undefined, resultInfo: {} } }),
	}),
	// It exists already, or the rules of the phase say no: both are looked at after the right.
	isAllowed: ({ kind }) => kind === 'conflict' || kind === 'invalid' || kind === 'limit',
	includes,
});

const NO_TRIAL = 'Cloudflare has no way to try it without changing something';
const edit = (includes: PermissionName, what: string): Probe => ({
	includes,
	cannotBeProbed: `${NO_TRIAL}: ${what}`,
});

/** One line for each right that an operation can declare. */
export const probes: Readonly<Record<PermissionName, Probe>> = {
	[permissions.accessAccountRead]: access,
	[permissions.accessZoneRead]: access,
	[permissions.accessRulesAccountRead]: accessRules,
	[permissions.accessRulesAccountEdit]: edit(
		permissions.accessRulesAccountRead,
		'a write would change an IP access rule',
	),
	[permissions.accessRulesZoneRead]: accessRules,
	[permissions.accessRulesZoneEdit]: edit(
		permissions.accessRulesZoneRead,
		'a write would change an IP access rule',
	),
	[permissions.accountSettingsRead]: account,
	[permissions.accountWafRead]: readRules,
	[permissions.accountWafEdit]: editRules(permissions.accountWafRead),
	[permissions.cachePurge]: { cannotBeProbed: `${NO_TRIAL}: a purge empties the cache` },
	[permissions.dnsRead]: { request: ({ path }) => list(apiPath`${path}/dns_records`) },
	[permissions.dnsEdit]: edit(permissions.dnsRead, 'a write would change a DNS record'),
	[permissions.filterListsRead]: {
		request: ({ path }) => get(apiPath`${path}/rules/lists`, { expect: 'array' }),
	},
	[permissions.filterListsEdit]: edit(permissions.filterListsRead, 'a write would change a list'),
	[permissions.insightsAccountRead]: insights,
	[permissions.insightsAccountEdit]: edit(
		permissions.insightsAccountRead,
		'a write would archive or classify an insight',
	),
	[permissions.insightsZoneRead]: insights,
	[permissions.insightsZoneEdit]: edit(
		permissions.insightsZoneRead,
		'a write would archive or classify an insight',
	),
	[permissions.notificationsRead]: {
		request: ({ path }) => list(apiPath`${path}/alerting/v3/history`),
	},
	[permissions.zoneRead]: zone,
	[permissions.zoneSettingsRead]: {
		request: ({ path }) => get(apiPath`${path}/settings/security_level`),
	},
	[permissions.zoneSettingsEdit]: edit(
		permissions.zoneSettingsRead,
		'a write would change a setting',
	),
	[permissions.zoneWafRead]: readRules,
	[permissions.zoneWafEdit]: editRules(permissions.zoneWafRead),
};
