import { CUSTOM_PHASE, parsePhase } from '../../targets/phases';
import type { Rule } from '../../targets/ruleset';
import { collect, inOrder } from '../../transport/inOrder';
import type { PathSegment } from '../../transport/path';
import type { Item } from '../item';
import { addRule, planAddition, type NewRule } from '../rulesetRule/addRule';
import type { PlaceWish } from '../rulesetRule/place';
import { readRuleset, withRef, type RuleTarget } from '../rulesetRule/ruleTarget';
import { tryOut } from '../rulesetRule/ruleWrites';
import type { PlaceResult } from './job';
import { checkPlace, type Place } from './method';
import { PlaceFailures, reasonOf } from './placeFailures';

/** By the name the rule is found again, whoever made it and in which order. */
export const refOf = (list: string): string => `n8n-block-${list}`;

export const expressionOf = (list: string): string => `ip.src in $${list}`;

/** Without blanks and brackets around the whole, in which the dashboard and people write it. */
function plain(expression: string): string {
	const text = expression.replace(/\s+/g, ' ').trim();
	return text.startsWith('(') && text.endsWith(')') && !/[()]/.test(text.slice(1, -1))
		? plain(text.slice(1, -1))
		: text;
}

const namesList = ({ expression }: Rule, list: string): boolean =>
	plain(expression ?? '') === expressionOf(list);

/** Why a rule does not block what is in the list; undefined when it does. */
function inactiveReason(rule: Rule, list: string): string | undefined {
	if (rule.enabled === false) return `the rule ${rule.id} is switched off`;
	if (rule.action !== 'block')
		return `the rule ${rule.id} does not block; its action is ${rule.action}`;
	if (!namesList(rule, list)) {
		return `the rule ${rule.id} has another expression than ${expressionOf(list)}`;
	}
	return undefined;
}

export interface RuleWish {
	/** Whose the list is. */
	account: PathSegment;
	list: string;
	position: PlaceWish;
	dryRun: boolean;
	/** A rule cannot be tried out before the list that it names exists. */
	listExists: boolean;
}

const newRule = ({ list, position }: RuleWish): NewRule => ({
	definition: {
		action: 'block',
		description: `Blocks the addresses in the list ${list} (n8n)`,
		enabled: true,
		expression: expressionOf(list),
		ref: refOf(list),
	},
	refIsOurs: false,
	phase: CUSTOM_PHASE,
	position,
});

async function ensureRule(item: Item, place: Place, wish: RuleWish): Promise<PlaceResult> {
	const { account, list, dryRun, listExists } = wish;
	await checkPlace(item, account, place);
	const target: RuleTarget = {
		scope: place.scope,
		choice: { phase: parsePhase(CUSTOM_PHASE, place.scope.kind) },
	};
	const ruleset = await readRuleset(item, target);
	const rules = ruleset?.rules ?? [];
	const active = rules.find((rule) => inactiveReason(rule, list) === undefined);
	if (active) return { place, outcome: 'blocked', ruleId: active.id };
	const ours = ruleset ? withRef(ruleset, refOf(list))[0] : undefined;
	if (ours) {
		const reason = inactiveReason(ours, list);
		return { place, outcome: 'ruleInactive', ruleId: ours.id, reason };
	}
	if (dryRun) {
		const plan = planAddition(target, ruleset, newRule(wish));
		if (listExists) await tryOut(item, plan);
		const { method, path, body } = plan.write;
		return { place, outcome: 'blocked', request: { method, path: path.text, body: { ...body } } };
	}
	const { rule } = await addRule(item, target, newRule(wish));
	const reason = inactiveReason(rule, list);
	return {
		place,
		outcome: reason === undefined ? 'blocked' : 'ruleInactive',
		ruleId: rule.id,
		...(reason === undefined ? {} : { reason }),
	};
}

/**
 * Makes sure that each zone has a rule that blocks what is in the list. A rule of the zone counts when it is switched on,
 * blocks and names the list; one of ours that was changed is left as it is, because somebody had a reason.
 * @returns a result for each place, in their order
 * @throws the first failure when no place is left
 */
export async function ensureRules(
	item: Item,
	places: readonly Place[],
	wish: RuleWish,
): Promise<PlaceResult[]> {
	const failures = new PlaceFailures();
	const ensure = async (place: Place) => ({
		place,
		tried: await failures.attempt(place, async () => await ensureRule(item, place, wish)),
	});
	const attempts = await collect(inOrder(places, ensure));
	const [failure] = attempts.flatMap(({ tried }) => ('error' in tried ? [tried] : []));
	if (failure && attempts.every(({ tried }) => 'error' in tried)) throw failure.error;
	return attempts.map(({ place, tried }) =>
		'done' in tried ? tried.done : { place, outcome: 'failed', reason: reasonOf(tried.error) },
	);
}
