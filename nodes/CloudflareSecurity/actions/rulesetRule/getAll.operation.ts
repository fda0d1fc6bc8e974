import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { limitFields, simplifyField } from '../../descriptions/output';
import { scopeFields } from '../../descriptions/targets';
import { phases } from '../../targets/phases';
import { attemptRuleset, summary, type Rule, type Ruleset } from '../../targets/ruleset';
import type { Operation } from '../operation';
import { readRulesets } from '../../permissions';
import { rulesetFields } from '../ruleset/rulesetFields';
import { filterText, yesOrNo } from '../../input/values';

const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Action',
			name: 'action',
			type: 'string',
			default: '',
			placeholder: 'e.g. block',
			description: "Only rules with this action, in Cloudflare's spelling",
		},
		{
			displayName: 'Description Contains',
			name: 'description',
			type: 'string',
			default: '',
			description: 'Only rules with this text in their description, ignoring case',
		},
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description:
				'Whether to return the rules that are switched on or those that are switched off',
		},
		{
			displayName: 'Expression Contains',
			name: 'expression',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7',
			description: 'Only rules with this text in their expression, ignoring case',
		},
		{
			displayName: 'Ref',
			name: 'ref',
			type: 'string',
			default: '',
			description: 'Only the rule with this ref',
		},
	],
};

type Filter = (rule: Rule) => boolean;

/** The API has no filters for rules. @throws InputError when a filter was added and is empty */
function readFilters(filters: Readonly<Record<string, unknown>>): Filter {
	const action = filterText(filters, 'action', 'Action');
	const ref = filterText(filters, 'ref', 'Ref');
	const description = filterText(filters, 'description', 'Description Contains')?.toLowerCase();
	const expression = filterText(filters, 'expression', 'Expression Contains')?.toLowerCase();
	const enabled = 'enabled' in filters ? yesOrNo(filters.enabled, 'Enabled') : undefined;
	return (rule) =>
		(action === undefined || rule.action === action) &&
		(ref === undefined || rule.ref === ref) &&
		(description === undefined || !!rule.description?.toLowerCase().includes(description)) &&
		(expression === undefined || !!rule.expression?.toLowerCase().includes(expression)) &&
		(enabled === undefined || (rule.enabled ?? true) === enabled);
}

/** @param number the rule's place in its ruleset, counted from 1 */
function present(rule: Rule, number: number, ruleset: Ruleset, simplify: boolean): IDataObject {
	if (!simplify) return { ...(rule as IDataObject), position: number, ruleset: summary(ruleset) };
	const { id, ref, description, action, expression, enabled, last_updated } = rule as IDataObject;
	return {
		id,
		position: number,
		description,
		action,
		expression,
		enabled,
		ref,
		last_updated,
		ruleset_id: ruleset.id,
		phase: ruleset.phase,
	};
}

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many ruleset rules',
	description: 'Retrieve the rules of a phase or ruleset in the order in which they run',
	fields: [...scopeFields, ...rulesetFields(phases), ...limitFields, simplifyField, filterFields],
	permission: readRulesets,
	async execute(item) {
		const choice = item.ruleset();
		const limit = item.limit() ?? Infinity;
		const fits = readFilters(item.collection('filters'));
		const scope = await item.scope();
		const { result: ruleset } = item.client.unwrap(
			await attemptRuleset(item.client, scope, choice),
		);
		// A phase without an entry point has no rules: nothing was found, nothing went wrong.
		if (!ruleset) return [];
		const simplify = item.flag('simplify', true);
		return (ruleset.rules ?? [])
			.map((rule, index) => ({ rule, number: index + 1 }))
			.filter(({ rule }) => fits(rule))
			.slice(0, limit)
			.map(({ rule, number }) => present(rule, number, ruleset, simplify));
	},
};
