import { limitFields } from '../../descriptions/output';
import { collect, pageNumberRows } from '../../transport/paginate';
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
		const limit = item.limit() ?? Infinity;
		const { query, only } = readFilters(item);
		const scope = await item.scope();
		const rows = pageNumberRows<AccessRule>(item.client, {
			...accessRuleList(scope),
			query,
			limit: only || !Number.isFinite(limit) ? undefined : limit,
		});
		if (!only) return (await collect(rows)).map((rule) => presentAccessRule(rule, scope));
		const found: AccessRule[] = [];
		for await (const rule of rows) {
			if (rule.configuration.target === only) found.push(rule);
			if (found.length >= limit) break;
		}
		return found.map((rule) => presentAccessRule(rule, scope));
	},
};
