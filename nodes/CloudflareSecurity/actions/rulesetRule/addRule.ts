import { InputError, shown } from '../../input/inputError';
import { CUSTOM_PHASE } from '../../targets/phases';
import { attemptRuleset, type Rule, type Ruleset, type RulesetChoice } from '../../targets/ruleset';
import type { Scope } from '../../targets/scope';
import type { ApiRequest } from '../../transport/client';
import { hasCode } from '../../transport/failure';
import { apiPath, hexId } from '../../transport/path';
import type { Item } from '../item';
import { checkPosition, type Position } from './position';

export interface NewRule {
	/** Always with a ref, by which the rule is found again. */
	definition: Rule & { ref: string };
	/** The ref was made for this very item of this run: a rule that has it is the work of an earlier try. */
	refIsOurs: boolean;
	/** Last when left out. */
	position?: Position;
}

export interface AddedRule {
	rule: Rule;
	ruleset: Ruleset;
	/** False when a rule with the chosen ref and this definition was there already. */
	created: boolean;
}

/** A round is only repeated because somebody else created or deleted the ruleset in between. */
const MAX_ROUNDS = 5;

/** Same values under the same keys, whatever their order. */
function same(one: unknown, other: unknown): boolean {
	const isObject = (value: unknown) => typeof value === 'object' && value !== null;
	if (!isObject(one) || !isObject(other)) return one === other;
	const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
	const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
	return [...keys].every((key) => same(left[key], right[key]));
}

/** What a rule does, without what the API adds: identity, categories, logging, the version that an execute rule runs. */
function behaviour(rule: Rule, { logging }: Rule): Rule {
	return {
		action: rule.action,
		action_parameters: { ...(rule.action_parameters as object | undefined), version: undefined },
		expression: rule.expression,
		description: rule.description ?? '',
		enabled: rule.enabled ?? true,
		ratelimit: rule.ratelimit,
		exposed_credential_check: rule.exposed_credential_check,
		...(logging === undefined ? {} : { logging: rule.logging }),
	};
}

const hasDefinition = (rule: Rule, definition: Rule): boolean =>
	same(behaviour(rule, definition), behaviour(definition, definition));

/** @throws InputError when a rule of this kind cannot be added to the ruleset */
function checkRuleset({ kind, phase, id }: Ruleset): void {
	if (kind === 'managed') {
		throw new InputError(
			'Ruleset',
			`${shown(id)} is managed by Cloudflare and cannot be changed`,
			"One of the account's or zone's own rulesets",
		);
	}
	if (phase !== CUSTOM_PHASE) {
		throw new InputError(
			'Ruleset',
			`${shown(id)} belongs to the phase ${shown(phase)}`,
			`A ruleset of the phase ${CUSTOM_PHASE}`,
		);
	}
}

/** The rule, if it is there already. @throws InputError when another rule has its ref */
function findExisting(ruleset: Ruleset, { definition, refIsOurs }: NewRule): Rule | undefined {
	const existing = ruleset.rules?.find(({ ref }) => ref === definition.ref);
	if (!existing || refIsOurs || hasDefinition(existing, definition)) return existing;
	throw new InputError(
		'Ref',
		`the rule ${shown(existing.id)} of this ruleset has the ref ${shown(definition.ref)} and another definition`,
		'A ref that no other rule of the ruleset has',
	);
}

/**
 * The rule that was added. A ref that the user chose is not enough: another run may have added its own rule with it
 * since the ruleset was read.
 */
function findAdded(
	now: Ruleset | undefined,
	before: Ruleset | { phase: string },
	{ definition, refIsOurs }: NewRule,
): Rule | undefined {
	const earlier = new Set('rules' in before ? before.rules?.map(({ id }) => id) : []);
	return now?.rules
		?.filter(({ id, ref }) => !earlier.has(id) && ref === definition.ref)
		.filter((rule) => refIsOurs || hasDefinition(rule, definition))
		.pop();
}

/** The request that adds the rule: to the ruleset, or as the first rule of an entry point that does not exist yet. */
function addRequest(
	scope: Scope,
	ruleset: Ruleset | { phase: string },
	{ definition, position }: NewRule,
): Pick<ApiRequest<Ruleset>, 'method' | 'path' | 'body' | 'expect'> {
	if ('id' in ruleset) {
		const id = hexId(ruleset.id, { field: 'Ruleset' });
		return {
			method: 'POST',
			path: apiPath`${scope.path}/rulesets/${id}/rules`,
			body: { ...definition, ...(position ? { position } : {}) },
			expect: 'object',
		};
	}
	// Not a PUT of the entry point: that would replace the rules that somebody else adds at the same time.
	return {
		method: 'POST',
		path: apiPath`${scope.path}/rulesets`,
		body: {
			name: 'default',
			kind: scope.kind === 'zone' ? 'zone' : 'root',
			phase: ruleset.phase,
			rules: [definition],
		},
		expect: 'object',
	};
}

/** Reads the ruleset as it is now and checks that the rule can be added. @throws InputError, NodeApiError */
async function readTarget(
	item: Item,
	scope: Scope,
	choice: RulesetChoice,
	rule: NewRule,
): Promise<{ target: Ruleset | { phase: string }; existing?: Rule }> {
	const { result } = item.client.unwrap(await attemptRuleset(item.client, scope, choice));
	if (result) {
		checkRuleset(result);
		const existing = findExisting(result, rule);
		if (!existing) checkPosition(rule.position, result.rules ?? []);
		return { target: result, existing };
	}
	checkPosition(rule.position, []);
	return { target: { phase: 'phase' in choice ? choice.phase : CUSTOM_PHASE } };
}

/**
 * Adds one rule without touching the others, also when several runs add rules or create the entry point at once.
 * @throws InputError, NodeApiError
 */
export async function addRule(
	item: Item,
	scope: Scope,
	choice: RulesetChoice,
	rule: NewRule,
): Promise<AddedRule> {
	for (let round = 1; ; round += 1) {
		const { target, existing } = await readTarget(item, scope, choice, rule);
		if (existing) {
			// With a ref of ours, an earlier try of this very item added it: for the playbook it is new.
			return { rule: existing, ruleset: target as Ruleset, created: rule.refIsOurs };
		}
		const outcome = await item.client.attempt<Ruleset>({
			...addRequest(scope, target, rule),
			// The API has no idempotency keys; the ref tells whether a POST whose answer was lost took effect.
			readBack: async () => {
				const now = await attemptRuleset(item.client, scope, choice);
				if (!now.ok) return now;
				return findAdded(now.envelope.result, target, rule)
					? now
					: { ok: true, envelope: { result: undefined, resultInfo: {} } };
			},
		});
		if (outcome.ok) {
			const ruleset = outcome.envelope.result;
			const earlier = new Set('rules' in target ? target.rules?.map(({ id }) => id) : []);
			const added =
				findAdded(ruleset, target, rule) ?? ruleset.rules?.find(({ id }) => !earlier.has(id));
			return { rule: added ?? rule.definition, ruleset, created: true };
		}
		const { failure } = outcome;
		// 20217: another run created the entry point first. Not found: somebody deleted the ruleset meanwhile.
		const raced = hasCode(failure, 20217) || ('id' in target && failure.kind === 'notFound');
		if (!raced || round === MAX_ROUNDS) item.client.unwrap(outcome);
	}
}

export interface PlannedRule {
	/** The exact request that adding the rule would send; undefined when nothing would be sent. */
	request?: { method: string; path: string; body: unknown };
	ruleset?: Ruleset;
	effect: string;
}

/**
 * Lets Cloudflare check the rule without storing it (`dry_run=true`: full authorization and validation).
 * @throws InputError, NodeApiError as `addRule` would
 */
export async function planRule(
	item: Item,
	scope: Scope,
	choice: RulesetChoice,
	rule: NewRule,
): Promise<PlannedRule> {
	const { target, existing } = await readTarget(item, scope, choice, rule);
	const ruleset = 'id' in target ? (target as Ruleset) : undefined;
	if (existing) {
		return {
			ruleset,
			effect: `Nothing would change: the rule ${existing.id} has this ref and definition`,
		};
	}
	const request = addRequest(scope, target, rule);
	await item.client.send<unknown>({
		...request,
		query: { dry_run: true },
		expect: 'nothing',
		// Nothing is stored, so repeating it after a broken connection does no harm.
		readBack: async () => ({ ok: true, envelope: { result: undefined, resultInfo: {} } }),
	});
	return {
		request: { method: request.method, path: request.path.text, body: request.body },
		ruleset,
		effect: ruleset
			? `The rule would be added to the ruleset ${ruleset.name ?? ruleset.id}, which has ${ruleset.rules?.length ?? 0} rules`
			: `The phase has no rules yet: its entry point would be created with this rule`,
	};
}
