import type { IDataObject } from 'n8n-workflow';
import { scopeFields } from '../../descriptions/targets';
import { summary, type Ruleset } from '../../targets/ruleset';
import type { Item } from '../item';
import type { ItemOperation } from '../operation';
import { editRulesets } from '../../permissions';
import { rulesetFields } from '../ruleset/rulesetFields';
import { attemptVersion, ruleWithId } from './history';
import { placeOf } from './place';
import { findRule, readRuleChoice, ruleField } from './ruleField';
import { dryRunField, readDryRun } from './ruleOptions';
import type { RuleTarget, StoredRule } from './ruleTarget';
import { nameOf, removalOf, tryOut, type Plan } from './ruleWrites';
import { wafPhases } from './wafPhases';

function planRemoval({ scope }: RuleTarget, { rule, ruleset }: StoredRule): Plan {
	const left = (ruleset.rules?.length ?? 0) - 1;
	return {
		write: removalOf(scope, ruleset, rule.id),
		ruleset,
		effect: `The rule ${rule.id} would be deleted; the ruleset ${nameOf(ruleset)} would keep ${left} rules`,
	};
}

/** @returns the rule as it was, and the ruleset without it @throws NodeApiError */
async function remove(
	item: Item,
	target: RuleTarget,
	stored: StoredRule,
): Promise<{ last: StoredRule; ruleset: Ruleset }> {
	const outcome = await item.client.attempt<Ruleset>(
		removalOf(target.scope, stored.ruleset, stored.rule.id),
	);
	// It was there a moment ago: an earlier try, or somebody else, has deleted it.
	if (!outcome.ok && outcome.failure.kind === 'notFound') {
		return { last: stored, ruleset: stored.ruleset };
	}
	const { result: ruleset } = item.client.unwrap(outcome);
	const number = Number(ruleset.version ?? 0) - 1;
	const isUnchanged = number === Number(stored.ruleset.version);
	if (isUnchanged || number < 1) return { last: stored, ruleset };
	// Somebody may have changed it since it was read.
	const history = await attemptVersion(item, target, ruleset, number);
	const earlier = history.ok ? history.envelope.result : stored.ruleset;
	const rule = ruleWithId(earlier, stored.rule.id);
	return { last: rule ? { rule, ruleset: earlier } : stored, ruleset };
}

export const deleteRule: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete ruleset rule',
	description:
		'Delete a rule for good; the other rules stay. The output holds the rule as it was with its place, so that a later step can create it again.',
	fields: [...scopeFields, ...rulesetFields(wafPhases), ruleField, dryRunField],
	permission: editRulesets,
	writes: true,
	async execute(item) {
		const choice = item.ruleset();
		const wanted = readRuleChoice(item);
		const dryRun = readDryRun(item);
		const target = { scope: await item.scope(), choice };
		const stored = await findRule(item, target, wanted);
		if (dryRun) return [await tryOut(item, planRemoval(target, stored))];
		const { last, ruleset } = await remove(item, target, stored);
		const position = placeOf(last.ruleset.rules ?? [], last.rule.id);
		return [
			{
				deleted: true,
				rule: { ...(last.rule as IDataObject), position },
				ruleset: summary(ruleset),
			},
		];
	},
};
