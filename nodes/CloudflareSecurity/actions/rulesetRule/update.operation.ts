import type { IDataObject } from 'n8n-workflow';
import { showWhen } from '../../descriptions/show';
import { scopeFields } from '../../descriptions/targets';
import { summary, type RulesetChoice } from '../../targets/ruleset';
import type { Item } from '../item';
import type { ItemOperation } from '../operation';
import { editRulesets } from '../../permissions';
import { rulesetFields } from '../ruleset/rulesetFields';
import { changeRule, gone, planChange, type Change } from './changeRule';
import { checkForPhase, definitionFields, readDefinedBy, readDefinition } from './definitionField';
import { findRule, readRuleChoice, ruleField } from './ruleField';
import { dryRunField, readDryRun } from './ruleOptions';
import { tryOut } from './ruleWrites';
import { readUpdate, updateFields } from './updateFields';
import { wafPhases } from './wafPhases';

const { choice: defineBy, definition } = definitionFields({
	fields: 'Only the fields that are added change',
	definition:
		'The whole definition is replaced, for example by the previous one of an earlier step, to put it back',
});

function readWhole(item: Item): (phase: string) => Change {
	const whole = readDefinition(item);
	return (phase) => {
		checkForPhase(whole.definition, phase, { scope: item.scopeKind(), field: 'Definition' });
		return { apply: () => whole.definition, position: whole.position };
	};
}

/** The change, given the phase of the rule. Sends nothing. @throws InputError when a field is of no use */
function readChange(item: Item, choice: RulesetChoice): (phase: string) => Change {
	const change = readDefinedBy(item) === 'fields' ? readUpdate(item) : readWhole(item);
	// Where the phase is known already, what does not fit it is refused before any request.
	if ('phase' in choice) change(choice.phase);
	return change;
}

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update ruleset rule',
	description:
		'Change some parts of a rule, such as switching it off, or its place; the others stay. The output holds the previous definition too, so that a later step can put it back.',
	fields: [
		...scopeFields,
		...rulesetFields(wafPhases),
		ruleField,
		defineBy,
		...showWhen({ defineBy: ['fields'] }, [updateFields]),
		definition,
		dryRunField,
	],
	permission: editRulesets,
	writes: true,
	async execute(item) {
		const choice = item.ruleset();
		const wanted = readRuleChoice(item);
		const changeFor = readChange(item, choice);
		const dryRun = readDryRun(item);
		const target = { scope: await item.scope(), choice };
		const stored = await findRule(item, target, wanted);
		// Of a ruleset by ID, the phase is known only now.
		const change = changeFor(String(stored.ruleset.phase));
		if (dryRun) return [await tryOut(item, planChange(target, stored, change))];
		const done = await changeRule(item, target, stored, change);
		if (!done) throw gone(stored.rule);
		const { rule, ruleset, previous, changed } = done;
		return [
			{
				...(rule as IDataObject),
				ruleset: summary(ruleset),
				previous: previous as IDataObject,
				changed,
				changedAnything: changed.length > 0,
			},
		];
	},
};
