import type { Scope } from '../../targets/scope';
import type { CloudflareClient } from '../../transport/client';
import type { Outcome } from '../../transport/failure';
import { pageNumberRows } from '../../transport/paginate';
import {
	ACCESS_RULE,
	accessRuleList,
	accessRulePageSize,
	accessRulesPath,
	inheritedFrom,
	type AccessRule,
} from './accessRule';
import { isAbout, spellings, type Configuration } from './configuration';

/** The rules about one target and value. */
export interface Found {
	/** The one that belongs to the scope itself. */
	own?: AccessRule;
	/** One of the account or user that holds in the zone too. */
	inherited?: AccessRule;
}

function chooseRules(
	rules: readonly AccessRule[],
	scope: Scope,
	isWanted: (rule: AccessRule) => boolean,
): Found {
	const wanted = rules.filter(isWanted);
	const own = wanted.find((rule) => inheritedFrom(rule, scope) === undefined);
	const inherited = wanted.find((rule) => inheritedFrom(rule, scope) !== undefined);
	return { ...(own ? { own } : {}), ...(inherited ? { inherited } : {}) };
}

/** With one request, by the spelling that Cloudflare keeps. */
export async function attemptRules(
	client: CloudflareClient,
	scope: Scope,
	wanted: Configuration,
	spelling = spellings(wanted)[0],
): Promise<Outcome<Found>> {
	const outcome = await client.attempt<AccessRule[]>({
		method: 'GET',
		path: accessRulesPath(scope),
		query: {
			// The documented targets of this call leave out ip6.
			'configuration.target': wanted.target === 'ip6' ? undefined : wanted.target,
			'configuration.value': spelling,
			match: 'all',
			page: 1,
			per_page: accessRulePageSize.max,
		},
		expect: { rows: ACCESS_RULE.record },
	});
	if (!outcome.ok) return outcome;
	const result = chooseRules(outcome.envelope.result, scope, (rule) => isAbout(rule, wanted));
	return { ok: true, envelope: { ...outcome.envelope, result } };
}

/** @throws NodeApiError */
export const readRules = async (
	client: CloudflareClient,
	scope: Scope,
	wanted: Configuration,
): Promise<Found> => client.unwrap(await attemptRules(client, scope, wanted)).result;

/** The first rule that passes, among all that the scope lists. @throws NodeApiError */
export async function lookThrough(
	client: CloudflareClient,
	scope: Scope,
	isWanted: (rule: AccessRule) => boolean,
): Promise<Found> {
	const rows = pageNumberRows<AccessRule>(client, {
		...accessRuleList(scope),
	});
	let found: Found = {};
	for await (const rules of rows) {
		found = { ...chooseRules(rules, scope, isWanted), ...found };
		if (found.own) break;
	}
	return found;
}

/** Also where Cloudflare keeps the value in another spelling than expected. @throws NodeApiError */
export async function readRulesInAnySpelling(
	client: CloudflareClient,
	scope: Scope,
	wanted: Configuration,
): Promise<Found> {
	let found: Found = {};
	for (const spelling of spellings(wanted)) {
		const outcome = await attemptRules(client, scope, wanted, spelling);
		found = { ...found, ...client.unwrap(outcome).result };
		if (found.own) break;
	}
	return found;
}

/** For a rule that Cloudflare says is there: among all of them where nothing else finds it. @throws NodeApiError */
export async function readRulesThoroughly(
	client: CloudflareClient,
	scope: Scope,
	wanted: Configuration,
): Promise<Found> {
	const found = await readRulesInAnySpelling(client, scope, wanted);
	// One that is inherited shows that Cloudflare keeps the value in a spelling that was asked for.
	if (found.own ?? found.inherited) return found;
	return await lookThrough(client, scope, (rule) => isAbout(rule, wanted));
}
