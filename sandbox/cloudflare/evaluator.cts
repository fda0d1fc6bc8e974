import { isAbout } from './accessRules/matching.cjs';
import type { AccessRule } from './accessRules/types.cjs';
import { holds } from './lists/membership.cjs';
import { evaluate, parse, type Facts } from './rulesLanguage.cjs';
import { requestFields, type SandboxRequest } from './requestFields.cjs';
import { latest, type Rule, type Ruleset } from './rulesets/types.cjs';
import type { State } from './state.cjs';
import type { Scope, Zone } from './types.cjs';

export type { SandboxRequest } from './requestFields.cjs';

export interface RuleName {
	kind: 'rule';
	/** The rule, once more. */
	id: string;
	ruleset: string;
	rule: string;
	description: string;
	action: string;
}
export interface AccessRuleName {
	kind: 'accessRule';
	id: string;
	level: 'account' | 'zone' | 'user';
	/** Its notes. */
	description: string;
	/** Its mode. */
	action: string;
}
export interface Verdict {
	/** Whether a block rule stops the request. A challenge does not count: a person may pass it. */
	blocked: boolean;
	outcome: 'pass' | 'challenge' | 'block';
	/** What decided: a rule, or an IP access rule, be it one that allows. */
	by?: RuleName | AccessRuleName;
	/** Everything that matched: IP access rules first, then rules in order. */
	matched: Array<RuleName | AccessRuleName>;
}

const PHASE = 'http_request_firewall_custom';
const CHALLENGES = ['challenge', 'js_challenge', 'managed_challenge'];

function factsOf(state: State, zone: Zone, request: SandboxRequest): Facts {
	const fields = requestFields(zone, request);
	return {
		field: (name) => fields.get(name),
		listHas: (name, value) => {
			const list = state.lists.named(zone.account.id, name);
			return list !== undefined && holds(list, value);
		},
	};
}

interface Walk {
	state: State;
	facts: Facts;
	matched: Verdict['matched'];
	skippedRulesets: Set<string>;
	phaseSkipped: boolean;
}

/** Walks the rules until one decides; gives that one. */
function walk(ruleset: Ruleset, progress: Walk): Rule | undefined {
	for (const rule of ruleset.rules) {
		if (!rule.enabled || rule.expression === undefined) continue;
		if (!evaluate(parse(rule.expression), progress.facts)) continue;
		const { action, action_parameters: parameters = {} } = rule;
		if (action === 'execute') {
			const inner = progress.state.rulesets.get(String(parameters.id));
			if (inner === undefined || progress.skippedRulesets.has(String(parameters.id))) continue;
			const decided = walk(latest(inner), progress);
			if (decided !== undefined || progress.phaseSkipped) return decided;
			continue;
		}
		progress.matched.push({
			kind: 'rule',
			id: rule.id,
			ruleset: ruleset.id,
			rule: rule.id,
			description: rule.description,
			action,
		});
		if (action === 'block' || CHALLENGES.includes(action)) return rule;
		if (action !== 'skip') continue;
		for (const id of (parameters.rulesets ?? []) as string[]) progress.skippedRulesets.add(id);
		if (parameters.phase === 'current') progress.phaseSkipped = true;
		if (parameters.phase === 'current' || parameters.ruleset === 'current') return undefined;
	}
	return undefined;
}

function entryPoint(state: State, scope: Scope): Ruleset | undefined {
	const found = [...state.rulesets.values()].find(
		({ owner, versions }) =>
			owner.level === scope.level &&
			owner.id === scope.id &&
			versions[0].phase === PHASE &&
			['zone', 'root'].includes(versions[0].kind),
	);
	return found && latest(found);
}

// What is not said is a stand-in: that of several challenges, and of several scopes, the first decides.
const STRENGTH = ['whitelist', 'block', 'managed_challenge', 'js_challenge', 'challenge'];

/** The IP access rules about a request, the one that decides first. Source: Cloudflare docs: allow goes before block. */
function accessRulesAbout(state: State, zone: Zone, request: SandboxRequest): AccessRule[] {
	const found = state.accessRules.forZone(zone).filter((rule) => isAbout(rule, request));
	return found.sort((left, right) => STRENGTH.indexOf(left.mode) - STRENGTH.indexOf(right.mode));
}

/**
 * What the IP access rules, then the custom rules of the account, then those of the zone do with a request, all as they
 * are at that moment. One access rule that allows ends it: custom rules come later. Throws for an unknown zone.
 */
export function wouldBlock(state: State, zoneId: string, request: SandboxRequest): Verdict {
	const zone = state.zones.get(zoneId);
	if (zone === undefined) throw new Error(`There is no zone ${zoneId}`);
	const matched: Verdict['matched'] = accessRulesAbout(state, zone, request).map(
		({ id, scope, mode, notes }) => ({
			kind: 'accessRule',
			id,
			level: scope.level,
			description: notes,
			action: mode,
		}),
	);
	if (matched.length > 0) {
		const [by] = matched;
		const blocked = by.action === 'block';
		const outcome = blocked ? 'block' : by.action === 'whitelist' ? 'pass' : 'challenge';
		return { blocked, outcome, by, matched };
	}
	const facts = factsOf(state, zone, request);
	const scopes: Scope[] = [
		{ level: 'account', id: zone.account.id },
		{ level: 'zone', id: zone.id },
	];
	for (const scope of scopes) {
		const ruleset = entryPoint(state, scope);
		if (ruleset === undefined) continue;
		// A skip at one level leaves the other level alone.
		const fresh = { skippedRulesets: new Set<string>(), phaseSkipped: false };
		const decided = walk(ruleset, { state, facts, matched, ...fresh });
		if (decided === undefined) continue;
		const outcome = decided.action === 'block' ? 'block' : 'challenge';
		return { blocked: outcome === 'block', outcome, by: matched.at(-1), matched };
	}
	return { blocked: false, outcome: 'pass', matched };
}
