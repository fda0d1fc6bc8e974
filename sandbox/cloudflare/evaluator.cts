import { contains } from './language/compare.cjs';
import { evaluate, parse, type Facts, type Literal } from './rulesLanguage.cjs';
import { requestFields, type SandboxRequest } from './requestFields.cjs';
import { latest, type Rule, type Ruleset } from './rulesets/types.cjs';
import type { State } from './state.cjs';
import type { Scope, Zone } from './types.cjs';

export type { SandboxRequest } from './requestFields.cjs';

export interface RuleName {
	ruleset: string;
	rule: string;
	description: string;
	action: string;
}
export interface Verdict {
	/** Whether a block rule stops the request. A challenge does not count: a person may pass it. */
	blocked: boolean;
	outcome: 'pass' | 'challenge' | 'block';
	/** The rule that decided. */
	by?: RuleName;
	/** Every rule that matched, in order. */
	matched: RuleName[];
}

const PHASE = 'http_request_firewall_custom';
const CHALLENGES = ['challenge', 'js_challenge', 'managed_challenge'];

function item(text: string, kind: string): Literal {
	if (kind === 'asn') return { kind: 'int', value: Number(text) };
	if (kind === 'hostname') return { kind: 'string', value: text };
	return text.includes('/') ? { kind: 'cidr', value: text } : { kind: 'ip', value: text };
}

function factsOf(state: State, zone: Zone, request: SandboxRequest): Facts {
	const fields = requestFields(zone, request);
	return {
		field: (name) => fields.get(name),
		listHas: (name, value) => {
			const list = state.lists.find(
				(each) => each.accountId === zone.account.id && each.name === name,
			);
			return list?.items.some((text) => contains(item(text, list.kind), value)) ?? false;
		},
	};
}

interface Walk {
	state: State;
	facts: Facts;
	matched: RuleName[];
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

/** What the custom rules of the account, then of the zone, do with a request. Throws for an unknown zone. */
export function wouldBlock(state: State, zoneId: string, request: SandboxRequest): Verdict {
	const zone = state.zones.get(zoneId);
	if (zone === undefined) throw new Error(`There is no zone ${zoneId}`);
	const facts = factsOf(state, zone, request);
	const matched: RuleName[] = [];
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
