import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import { CUSTOM_PHASE, type Phase } from '../../targets/phases';

const phaseOptions = (list: readonly Phase[]) =>
	byName(list.map(({ name, value }) => ({ name, value })));

/** The phase fields for a list of phases: one per scope, each with the phases that exist there. */
export function phaseFields(list: readonly Phase[]): INodeProperties[] {
	return (['zone', 'account'] as const).map((scope) => ({
		displayName: 'Phase',
		name: 'phase',
		type: 'options',
		options: phaseOptions(list.filter(({ scopes }) => scopes.includes(scope))),
		default: CUSTOM_PHASE,
		description: 'The step of request handling in which the rules run',
		displayOptions: { show: { scope: [scope] } },
	}));
}

/** How a ruleset is given. */
export const rulesetModes: Pick<INodeProperties, 'modes'> = {
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a ruleset…',
			typeOptions: { searchListMethod: 'searchRulesets', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 2f2feab2026849078ba485f918791bdc',
		},
	],
};

/**
 * Fields that choose a ruleset: the entry point of a phase, or any by ID.
 * @param phaseOfRuleset whether the phase is asked for beside a ruleset too, because other fields depend on it
 */
export const rulesetFields = (
	phases: readonly Phase[],
	{ phaseOfRuleset = false } = {},
): INodeProperties[] => [
	{
		displayName: 'Ruleset From',
		name: 'rulesetFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Phase',
				value: 'phase',
				description: 'The entry point of a phase: the rules that the dashboard shows',
			},
			{ name: 'Ruleset', value: 'ruleset', description: 'A ruleset from the list or by its ID' },
		],
		default: 'phase',
		description: 'How the ruleset is chosen',
	},
	...phaseFields(phases).map((field) => ({
		...field,
		...(phaseOfRuleset
			? { description: `${field.description}. A ruleset from the list must belong to it.` }
			: { displayOptions: { show: { ...field.displayOptions?.show, rulesetFrom: ['phase'] } } }),
	})),
	{
		displayName: 'Ruleset',
		name: 'ruleset',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		displayOptions: { show: { rulesetFrom: ['ruleset'] } },
		description: 'The ruleset to work on',
		...rulesetModes,
	},
];
