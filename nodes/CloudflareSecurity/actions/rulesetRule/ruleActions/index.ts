import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../../descriptions/options';
import { oneOf } from '../../../input/values';
import type { Rule } from '../../../targets/ruleset';
import type { ScopeKind } from '../../../targets/scope';
import { isMembers, type Fields } from '../fields';
import { block } from './block';
import { execute } from './execute';
import { actionsIn, rulePhases } from './phaseActions';
import { rewrite } from './rewrite';
import type { ActionParts, RuleAction } from './ruleAction';
import { skip } from './skip';

/** Every action of which a rule can be made of fields; phaseActions says where each exists. */
const ruleActions: readonly RuleAction[] = [
	block,
	execute,
	rewrite,
	skip,
	{
		value: 'challenge',
		name: 'Interactive Challenge',
		description: 'Ask the client to solve a challenge',
	},
	{
		value: 'js_challenge',
		name: 'JS Challenge',
		description: 'Run a script that people do not notice',
	},
	{
		value: 'log',
		name: 'Log',
		description: 'Only record matching requests. Needs the Enterprise plan.',
	},
	{
		value: 'managed_challenge',
		name: 'Managed Challenge',
		description: 'Let Cloudflare choose a challenge that fits the client',
	},
];

const scopes: readonly ScopeKind[] = ['zone', 'account'];

function selector(
	actions: readonly string[],
	show: Readonly<Record<string, string[]>>,
): INodeProperties {
	return {
		displayName: 'Action',
		name: 'ruleAction',
		type: 'options',
		options: byName(
			ruleActions
				.filter(({ value }) => actions.includes(value))
				.map(({ name, value, description }) => ({ name, value, description })),
		),
		default: 'block',
		description: 'What happens to a matching request',
		displayOptions: { show },
	};
}

const parameterFields: INodeProperties[] = ruleActions.flatMap(({ value, fields = [] }) =>
	fields.map((field) => ({ ...field, displayOptions: { show: { ruleAction: [value] } } })),
);

/** The action selector of every phase and every action's own fields. */
export const actionFields: INodeProperties[] = [
	...rulePhases.flatMap((phase) =>
		scopes.map((scope) =>
			selector(actionsIn(phase, scope) ?? [], { scope: [scope], phase: [phase] }),
		),
	),
	...parameterFields,
];

/** The same in a collection, for rules of any phase. */
export const nestedActionFields: INodeProperties[] = [
	...scopes.map((scope) =>
		selector(
			rulePhases.flatMap((phase) => actionsIn(phase, scope) ?? []),
			{ '/scope': [scope] },
		),
	),
	...parameterFields,
];

export type ActionChoice = ActionParts & { action: string };

/**
 * The action with its parameters, as members of a rule.
 * @param phase where it must exist; in any phase when left out
 * @throws InputError when the action does not exist there, or a parameter is missing or wrong
 */
export function readAction(fields: Fields, phase?: string): ActionChoice {
	const scope = fields.scopeKind();
	const available = (phase === undefined ? rulePhases : [phase]).flatMap(
		(each) => actionsIn(each, scope) ?? [],
	);
	const value = oneOf(fields.value('ruleAction', ''), [...new Set(available)], 'Action');
	const action = ruleActions.find((one) => one.value === value);
	return { action: value, ...action?.read?.(fields) };
}

/** The rule with another action, or with other parameters of the same: those that no field speaks for stay then. */
export function withAction(rule: Rule, given: ActionChoice): Rule {
	const { action_parameters: old, logging, ...others } = rule;
	if (rule.action !== given.action) return { ...others, ...given };
	const before = isMembers(old) ? old : {};
	const now = isMembers(given.action_parameters) ? given.action_parameters : {};
	const own = ruleActions.find(({ value }) => value === given.action)?.ownParameters ?? [];
	// What an execute rule overrides belongs to the ruleset that it runs.
	const isOther = given.action === 'execute' && before.id !== now.id;
	const kept = Object.entries(before).filter(([key]) => !isOther && !own.includes(key));
	const parameters = { ...Object.fromEntries(kept), ...now };
	return {
		...others,
		...(logging === undefined ? {} : { logging }),
		...given,
		...(Object.keys(parameters).length > 0 ? { action_parameters: parameters } : {}),
	};
}
