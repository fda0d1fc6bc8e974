import { InputError, shown } from '../../input/inputError';
import { attemptRuleset, type Rule, type Ruleset } from '../../targets/ruleset';
import { hasCode, type Outcome } from '../../transport/failure';
import type { Item } from '../item';
import { hasDefinition } from './definition';
import { choosePlace, ruleAt, type PlaceWish, type Position } from './place';
import { readRuleset, withRef, type RuleTarget, type StoredRule } from './ruleTarget';
import { additionTo, firstOf, nameOf, type Plan, type RuleWrite } from './ruleWrites';
import { keepEarliest, readSettled, takeBack } from './sameRef';

export interface NewRule {
	/** Always with a ref, by which the rule is found again. */
	definition: Rule & { ref: string };
	/** The ref was made for this very item of this run: a rule that has it is the work of an earlier try. */
	refIsOurs: boolean;
	/** Of its rules. */
	phase: string;
	/** Last when left out. */
	position?: PlaceWish;
}

/** A round is only repeated because somebody else created, changed or deleted the same thing in between. */
export const MAX_ROUNDS = 5;

/** The rule, if it is there already. @throws InputError when another rule has its ref */
function findExisting(
	ruleset: Ruleset | undefined,
	{ definition, refIsOurs }: NewRule,
): StoredRule | undefined {
	const found = ruleset ? withRef(ruleset, definition.ref) : [];
	const rule = found.find((each) => refIsOurs || hasDefinition(each, definition)) ?? found[0];
	if (!ruleset || !rule) return undefined;
	if (refIsOurs || hasDefinition(rule, definition)) return { rule, ruleset };
	throw new InputError(
		'Ref',
		`the rule ${shown(rule.id)} of this ruleset has the ref ${shown(definition.ref)} and another definition`,
		'A ref that no other rule of the ruleset has; Create or Update changes the rule that has it',
	);
}

/** @throws InputError when the ruleset has no such place */
export function planAddition(
	{ scope }: RuleTarget,
	ruleset: Ruleset | undefined,
	{ definition, phase, position }: NewRule,
): Plan & { write: RuleWrite; place?: Position } {
	const place = choosePlace(position, ruleset?.rules ?? []);
	if (!ruleset) {
		return {
			write: firstOf(scope, phase, definition),
			effect: 'The phase has no rules yet: its entry point would be created with this rule',
		};
	}
	const count = ruleset.rules?.length ?? 0;
	return {
		write: additionTo(scope, ruleset, definition, place),
		place,
		ruleset,
		effect: `The rule would be added to the ruleset ${nameOf(ruleset)}, which has ${count} rules`,
	};
}

const nothing: Outcome<undefined> = { ok: true, envelope: { result: undefined, resultInfo: {} } };

/**
 * Adds one rule, once, without touching the others. Of several rules with its ref that runs add at the same moment the
 * earliest stays, and each run takes back its own: the answers show all that were there before.
 * @returns undefined when another round is needed: somebody else created or deleted the ruleset, or was earlier with
 * the ref
 * @throws InputError, NodeApiError
 */
export async function addOnce(
	item: Item,
	target: RuleTarget,
	before: Ruleset | undefined,
	wanted: NewRule,
	isLast: boolean,
): Promise<StoredRule | undefined> {
	const { definition, refIsOurs } = wanted;
	const { write, place } = planAddition(target, before, wanted);
	const earlier = new Set(before?.rules?.map(({ id }) => id));
	const isNew = ({ id }: Rule) => typeof id === 'string' && !earlier.has(id);
	/** Those that may be ours. A ref that the user chose is not enough: another run may have used it since. */
	const candidates = (ruleset: Ruleset) =>
		withRef(ruleset, definition.ref)
			.filter(isNew)
			.filter((rule) => refIsOurs || hasDefinition(rule, definition));
	let wasReadBack = false;
	const outcome = await item.client.attempt<Ruleset>({
		...write,
		// The API has no idempotency keys; the ref tells whether a POST whose answer was lost took effect.
		readBack: async () => {
			const now = await attemptRuleset(item.client, target.scope, target.choice);
			if (!now.ok) return now;
			const { result } = now.envelope;
			if (!result || candidates(result).length === 0) return nothing;
			wasReadBack = true;
			return now;
		},
	});
	if (!outcome.ok) {
		const { failure } = outcome;
		// 20217: another run created the entry point first. Not found: somebody deleted the ruleset meanwhile.
		const raced = hasCode(failure, 20217) || (before && failure.kind === 'notFound');
		if (!raced || isLast) item.client.unwrap(outcome);
		return undefined;
	}
	const ruleset = outcome.envelope.result;
	const rules = ruleset.rules ?? [];
	const ours = candidates(ruleset);
	const fresh = withRef(ruleset, definition.ref).filter(isNew);
	if (fresh.length < 2) {
		// What the answer leaves out is as it was sent.
		return { rule: ours[0] ?? { ...definition, ...rules.find(isNew) }, ruleset };
	}
	if (wasReadBack) {
		return await keepEarliest(item, target, { before, now: ruleset }, { fresh, ours });
	}
	// The answer to a POST is the ruleset right after it: the others with the ref were there before ours.
	const placed = ruleAt(rules, place)?.id;
	const rule = ours.find(({ id }) => id === placed) ?? ours[ours.length - 1];
	if (rule) await takeBack(item, target, { rule, ruleset });
	return undefined;
}

/**
 * Adds one rule beside those that are there, also when several runs add rules or create the entry point at once.
 * @returns `created` false when a rule with the chosen ref and this definition was there already
 * @throws InputError, NodeApiError
 */
export async function addRule(
	item: Item,
	target: RuleTarget,
	wanted: NewRule,
): Promise<StoredRule & { created: boolean }> {
	for (let round = 1; ; round += 1) {
		const ruleset = await readSettled(item, target, wanted);
		const existing = findExisting(ruleset, wanted);
		// With a ref of ours, an earlier try of this very item added it: for the playbook it is new.
		if (existing) return { ...existing, created: wanted.refIsOurs };
		const isLast = round >= MAX_ROUNDS;
		const added = await addOnce(item, target, ruleset, wanted, isLast);
		if (added) return { ...added, created: true };
		if (isLast) {
			throw new InputError(
				'Ref',
				`other runs kept adding and deleting rules with the ref ${shown(wanted.definition.ref)}`,
				'No change by others meanwhile: run the operation again',
			);
		}
	}
}

/** @throws InputError, NodeApiError as `addRule` would */
export async function planRule(item: Item, target: RuleTarget, wanted: NewRule): Promise<Plan> {
	const ruleset = await readRuleset(item, target, wanted.phase);
	const existing = findExisting(ruleset, wanted);
	if (!existing) return planAddition(target, ruleset, wanted);
	return {
		ruleset,
		effect: `Nothing would change: the rule ${existing.rule.id} has this ref and definition`,
	};
}
