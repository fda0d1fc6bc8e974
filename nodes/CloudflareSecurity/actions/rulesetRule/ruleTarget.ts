import { InputError, shown } from '../../input/inputError';
import { phasesNamed } from '../../targets/phases';
import { attemptRuleset, type Rule, type Ruleset, type RulesetChoice } from '../../targets/ruleset';
import type { Scope } from '../../targets/scope';
import type { Item } from '../item';

/** Where a rule is written. */
export interface RuleTarget {
	scope: Scope;
	choice: RulesetChoice;
}

/** A rule in the ruleset that holds it. */
export interface StoredRule {
	rule: Rule;
	ruleset: Ruleset;
}

/** @throws InputError when nobody can change the ruleset */
function checkChangeable({ kind, id }: Ruleset): void {
	if (kind !== 'managed') return;
	throw new InputError(
		'Ruleset',
		`${shown(id)} is managed by Cloudflare and cannot be changed`,
		"One of the account's or zone's own rulesets",
	);
}

/** @throws InputError when the ruleset has rules of another kind */
function checkPhase({ phase, id }: Ruleset, wanted: string): void {
	if (phase === wanted) return;
	const [{ name }] = phasesNamed(wanted);
	throw new InputError(
		'Ruleset',
		`${shown(id)} belongs to the phase ${shown(phase)}`,
		`A ruleset of the phase ${wanted} (${name})`,
	);
}

/**
 * The ruleset as it is now; undefined while the phase has no rules.
 * @param phase the one that it must belong to; any when left out
 * @throws InputError when the ruleset cannot be changed, or belongs to another phase; NodeApiError
 */
export async function readRuleset(
	item: Item,
	{ scope, choice }: RuleTarget,
	phase?: string,
): Promise<Ruleset | undefined> {
	const { result } = item.client.unwrap(await attemptRuleset(item.client, scope, choice));
	if (!result) return undefined;
	checkChangeable(result);
	if (phase !== undefined) checkPhase(result, phase);
	return result;
}

/** All rules with a ref, in their order, each once. */
export const withRef = ({ rules }: Ruleset, ref: string): Rule[] => [
	...new Map(
		(rules ?? []).filter((rule) => rule.ref === ref).map((rule) => [rule.id ?? rule, rule]),
	).values(),
];
