import { readLocator } from '../../../targets/locator';
import { hexId } from '../../../transport/path';
import type { Fields } from '../fields';
import { rulesetModes } from '../../ruleset/rulesetFields';
import type { ActionParts, RuleAction } from './ruleAction';

function readExecute(fields: Fields): ActionParts {
	const chosen = readLocator(fields.value('executeRuleset', ''), 'Ruleset to Execute');
	const id = hexId(chosen?.value ?? '', {
		field: 'Ruleset to Execute',
		mistakes: fields.mistakes(),
	});
	return { action_parameters: { id } };
}

export const execute: RuleAction = {
	value: 'execute',
	name: 'Execute Ruleset',
	description: 'Run the rules of a custom ruleset',
	fields: [
		{
			displayName: 'Ruleset to Execute',
			name: 'executeRuleset',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description:
				'The custom ruleset to run. At account level, the rule must limit itself to Enterprise zones: cf.zone.plan eq "ENT".',
			...rulesetModes,
		},
	],
	read: readExecute,
};
