import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../../descriptions/options';
import type { ScopeKind } from '../../../targets/scope';
import { oneOf } from '../../../input/values';
import type { Item } from '../../item';
import { block } from './block';
import { execute } from './execute';
import { rewrite } from './rewrite';
import type { ActionParts, RuleAction } from './ruleAction';
import { skip } from './skip';

/** Every action of the custom rules phase (Cloudflare docs, "Rules language actions"). */
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

const optionsFor = (scope: ScopeKind) =>
	byName(
		ruleActions
			.filter((action) => (action.scope ?? scope) === scope)
			.map(({ name, value, description }) => ({ name, value, description })),
	);

/** The action selector and every action's own fields. */
export const actionFields: INodeProperties[] = [
	...(['zone', 'account'] as const).map(
		(scope): INodeProperties => ({
			displayName: 'Action',
			name: 'ruleAction',
			type: 'options',
			options: optionsFor(scope),
			default: 'block',
			description: 'What happens to a matching request',
			displayOptions: { show: { scope: [scope] } },
		}),
	),
	...ruleActions.flatMap(({ value, fields = [] }) =>
		fields.map((field) => ({ ...field, displayOptions: { show: { ruleAction: [value] } } })),
	),
];

/**
 * The action with its parameters, as members of a rule.
 * @throws InputError when the action does not exist at this level, or a parameter is missing or wrong
 */
export function readAction(item: Item): ActionParts {
	const scope = item.scopeKind();
	const available = ruleActions.filter((action) => (action.scope ?? scope) === scope);
	const value = oneOf(
		item.value('ruleAction', ''),
		available.map((action) => action.value),
		'Action',
	);
	const action = available.find((one) => one.value === value);
	return { action: value, ...action?.read?.(item) };
}
