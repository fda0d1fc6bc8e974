import type { Rule, Ruleset } from '../../targets/ruleset';
import { apiPath } from '../../transport/path';
import type { Item } from '../item';
import type { NewRule } from './addRule';
import { readEarliest } from './history';
import { readRuleset, withRef, type RuleTarget, type StoredRule } from './ruleTarget';
import { removalOf } from './ruleWrites';

/** A run that lost a race takes its rule back at once, or after the waits of a broken connection. */
const MAX_LOOKS = 8;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 4_000;

/**
 * The ruleset as it is now. While several rules have the ref, other runs are about to take theirs back: that is waited
 * for, some seconds long.
 * @throws InputError when the rule cannot go there, NodeApiError
 */
export async function readSettled(
	item: Item,
	target: RuleTarget,
	{ definition, phase, refIsOurs }: NewRule,
): Promise<Ruleset | undefined> {
	const path = apiPath`${target.scope.path}/rulesets`.text;
	for (let look = 1; ; look += 1) {
		const ruleset = await readRuleset(item, target, phase);
		const isSettled = !ruleset || refIsOurs || withRef(ruleset, definition.ref).length < 2;
		if (isSettled || look === MAX_LOOKS) return ruleset;
		const pause = Math.min(FIRST_PAUSE_MS * 2 ** (look - 1), MAX_PAUSE_MS);
		await item.client.pause(pause * (0.5 + item.client.random() / 2), {
			method: 'GET',
			path,
			effectUnknown: false,
		});
	}
}

/** Takes away a rule of ours. @returns the ruleset without it, unless it was gone already @throws NodeApiError */
export async function takeBack(
	item: Item,
	{ scope }: RuleTarget,
	{ rule, ruleset }: StoredRule,
): Promise<Ruleset | undefined> {
	const outcome = await item.client.attempt<Ruleset>(removalOf(scope, ruleset, rule.id));
	if (!outcome.ok && outcome.failure.kind === 'notFound') return undefined;
	return item.client.unwrap(outcome).result;
}

/**
 * Settles who stays when our answer was lost, so that it does not tell which rules were there before ours.
 * @param fresh all new rules with the ref
 * @param ours those of them that may be ours: another run that made the same one takes it back as well
 * @returns undefined when another run's rule stays
 * @throws NodeApiError
 */
export async function keepEarliest(
	item: Item,
	target: RuleTarget,
	versions: { before: Ruleset | undefined; now: Ruleset },
	{ fresh, ours }: { fresh: readonly Rule[]; ours: readonly Rule[] },
): Promise<StoredRule | undefined> {
	const winner = await readEarliest(item, target, versions, fresh);
	let ruleset = versions.now;
	for (const rule of ours.filter(({ id }) => id !== winner.id)) {
		ruleset = (await takeBack(item, target, { rule, ruleset })) ?? ruleset;
	}
	const isOurs = ours.some(({ id }) => id === winner.id);
	return isOurs ? { rule: winner, ruleset } : undefined;
}
