import type { INodeProperties } from 'n8n-workflow';
import { InputError, shown } from '../../input/inputError';
import { readLocator } from '../../targets/locator';
import type { Ruleset } from '../../targets/ruleset';
import { hexId } from '../../transport/path';
import type { Item } from '../item';
import { isMembers } from './fields';
import { readRuleset, withRef, type RuleTarget, type StoredRule } from './ruleTarget';

export const ruleField: INodeProperties = {
	displayName: 'Rule',
	name: 'rule',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The rule; the list has the rules in the order in which they run',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a rule…',
			typeOptions: { searchListMethod: 'searchRules', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3a03d665bac047339bb530ecb439a90d',
		},
		{
			displayName: 'By Ref',
			name: 'ref',
			type: 'string',
			placeholder: 'e.g. soar-block-4711',
			hint: 'The name that a playbook gave the rule when it created it',
		},
	],
};

/** Which rule is meant. */
export type RuleChoice = { id: string } | { ref: string };

const HEX_ID = /^[0-9a-f]{32}$/i;

/**
 * Sends nothing. An expression or an AI agent may give a value that does not say what it is.
 * @throws InputError when the field names no rule
 */
export function readRuleChoice(item: Item): RuleChoice {
	const field = item.value('rule', '');
	const chosen = readLocator(field, 'Rule');
	if (!chosen && isMembers(field) && field.mode === 'ref') {
		throw new InputError('Rule', 'By Ref was chosen, and the value is empty', 'The ref of a rule');
	}
	const isRef =
		chosen?.mode === undefined ? !HEX_ID.test(chosen?.value ?? '') : chosen.mode === 'ref';
	if (chosen && isRef) return { ref: chosen.value };
	return { id: hexId(chosen?.value, { field: 'Rule', mistakes: item.mistakes() }) };
}

/** @throws InputError when the ruleset does not have the rule, or several with the ref */
function findIn(ruleset: Ruleset, choice: RuleChoice): StoredRule {
	const isId = 'id' in choice;
	const found = isId
		? (ruleset.rules ?? []).filter(({ id }) => id === choice.id)
		: withRef(ruleset, choice.ref);
	if (found.length === 1) return { rule: found[0], ruleset };
	if (found.length === 0) {
		throw new InputError(
			'Rule',
			`the ruleset ${shown(ruleset.id)} has no rule with the ${isId ? 'ID' : 'ref'} ${shown(isId ? choice.id : choice.ref)}`,
			'A rule of the chosen ruleset, if it has not been deleted already',
		);
	}
	throw new InputError(
		'Rule',
		`several rules have this ref: ${found.map(({ id }) => id).join(', ')}`,
		'One of these IDs, chosen By ID',
	);
}

/** Reads the ruleset and finds the rule in it. @throws InputError when it is not there, NodeApiError */
export async function findRule(
	item: Item,
	target: RuleTarget,
	choice: RuleChoice,
): Promise<StoredRule> {
	const ruleset = await readRuleset(item, target);
	if (ruleset) return findIn(ruleset, choice);
	throw new InputError('Rule', 'the phase has no rules', 'A phase or a ruleset that has the rule');
}
