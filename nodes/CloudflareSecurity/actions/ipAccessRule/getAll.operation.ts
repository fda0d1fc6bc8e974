import { limitFields } from '../../descriptions/output';
import { mapRows, pageNumberRows } from '../../transport/paginate';
import { readAccessRules } from '../../permissions';
import type { Operation } from '../operation';
import { accessRuleList, presentAccessRule, type AccessRule } from './accessRule';
import { filterFields, readFilters, sortFields } from './ruleFilters';
import { accessRuleScopeFields } from './scopeFields';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many IP access rules',
	description:
		'Retrieve a list of IP access rules. The list of a zone also has those of its account and user, marked as inherited.',
	fields: [...accessRuleScopeFields, ...limitFields, filterFields, sortFields],
	permission: readAccessRules,
	async execute(item) {
		const limit = item.limit();
		const { query, only } = readFilters(item);
		const scope = await item.scope();
		const rows = pageNumberRows<AccessRule>(item.client, {
			...accessRuleList(scope),
			query,
			limit: only ? undefined : limit,
		});
		const present = (rule: AccessRule) =>
			!only || rule.configuration.target === only ? presentAccessRule(rule, scope) : undefined;
		return await mapRows(rows, present, limit);
	},
};
