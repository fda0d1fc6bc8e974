import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError, shown } from '../../input/inputError';
import { filledText } from '../../input/values';
import { summary, type Rule, type Ruleset } from '../../targets/ruleset';
import type { Item } from '../item';
import type { ItemOperation } from '../operation';
import { editRulesets } from '../../permissions';
import { addOnce, MAX_ROUNDS, planAddition, type NewRule } from './addRule';
import { changeRule, planChange, type Change, type Previous } from './changeRule';
import { keptPositionFields } from './position';
import { readWantedRule, ruleFields } from './ruleForm';
import { additionalFieldsWithoutRef, readDryRun } from './ruleOptions';
import { readRuleset, withRef, type RuleTarget, type StoredRule } from './ruleTarget';
import { tryOut, type Plan } from './ruleWrites';
import { readSettled } from './sameRef';

const refField: INodeProperties = {
	displayName: 'Ref',
	name: 'ref',
	type: 'string',
	default: '',
	placeholder: 'e.g. soar-block-4711',
	description:
		'A name of your own for the rule, by which it is found. When no rule of the ruleset has it, one is created; else that rule gets exactly the definition below: what is left out takes the default that a new rule has.',
};

function readRule(item: Item): NewRule {
	const ref = filledText(item.value('ref', ''), 'Ref', 'A name of your own for the rule').trim();
	const { definition, ...where } = readWantedRule(item, 'keep');
	return { definition: { ...definition, ref }, refIsOurs: false, ...where };
}

interface Done extends StoredRule {
	created: boolean;
	previous: Previous | null;
	changed: string[];
}

const severalRules = (rules: readonly Rule[], { definition }: NewRule) =>
	new InputError(
		'Ref',
		`several rules of the ruleset have the ref ${shown(definition.ref)}: ${rules.map(({ id }) => id).join(', ')}`,
		'At most one: delete the others by their IDs',
	);

const changeTo = ({ definition, position }: NewRule): Change => ({
	apply: () => definition,
	...(position ? { position } : {}),
});

/** One look and one write. @returns undefined when somebody else wrote in between */
async function upsertOnce(
	item: Item,
	target: RuleTarget,
	ruleset: Ruleset | undefined,
	wanted: NewRule,
	isLast: boolean,
): Promise<Done | undefined> {
	const [rule, ...others] = ruleset ? withRef(ruleset, wanted.definition.ref) : [];
	if (others.length > 0) throw severalRules([rule, ...others], wanted);
	if (!ruleset || !rule) {
		const added = await addOnce(item, target, ruleset, wanted, isLast);
		return added && { ...added, created: true, previous: null, changed: [] };
	}
	const done = await changeRule(item, target, { rule, ruleset }, changeTo(wanted));
	if (!done) return undefined;
	const { changed, previous } = done;
	return { ...done, created: false, previous: changed.length > 0 ? previous : null };
}

async function upsertRule(item: Item, target: RuleTarget, wanted: NewRule): Promise<Done> {
	for (let round = 1; round <= MAX_ROUNDS; round += 1) {
		const ruleset = await readSettled(item, target, wanted);
		const done = await upsertOnce(item, target, ruleset, wanted, round === MAX_ROUNDS);
		if (done) return done;
	}
	throw new InputError(
		'Ref',
		`other runs kept changing the rule with the ref ${shown(wanted.definition.ref)}`,
		'No change by others meanwhile: run the operation again',
	);
}

async function planUpsert(item: Item, target: RuleTarget, wanted: NewRule): Promise<Plan> {
	const ruleset = await readRuleset(item, target, wanted.phase);
	const [rule, ...others] = ruleset ? withRef(ruleset, wanted.definition.ref) : [];
	if (others.length > 0) throw severalRules([rule, ...others], wanted);
	if (!ruleset || !rule) return planAddition(target, ruleset, wanted);
	return planChange(target, { rule, ruleset }, changeTo(wanted));
}

export const upsert: ItemOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update ruleset rule',
	// The linter asks for this sentence.
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: ruleFields({
		ownFields: [refField],
		position: keptPositionFields,
		additional: additionalFieldsWithoutRef,
	}),
	permission: editRulesets,
	writes: true,
	async execute(item) {
		const choice = item.ruleset();
		const wanted = readRule(item);
		const dryRun = readDryRun(item);
		const target = { scope: await item.scope(), choice };
		if (dryRun) return [await tryOut(item, await planUpsert(item, target, wanted))];
		const { rule, ruleset, created, changed, previous } = await upsertRule(item, target, wanted);
		return [
			{
				...(rule as IDataObject),
				ruleset: summary(ruleset),
				created,
				changed,
				previous: previous as IDataObject | null,
			},
		];
	},
};
