import type { IDataObject } from 'n8n-workflow';
import type { Scope } from '../../targets/scope';
import { apiPath, type ApiPath, type PathSegment } from '../../transport/path';

/** An IP access rule as the API sends it; only the fields that this package reads are named. */
export interface AccessRule {
	[key: string]: unknown;
	id: string;
	mode: string;
	notes?: string;
	configuration: { target: string; value: string };
	scope?: { id?: string; name?: string; email?: string; type?: string };
}

/** What an answer with a rule must be. */
export const ACCESS_RULE = {
	record: {
		id: 'text',
		mode: 'text',
		'notes?': 'text',
		configuration: { target: 'text', value: 'text' },
		'scope?': { 'id?': 'text', 'name?': 'text', 'email?': 'text', 'type?': 'text' },
	},
} as const;

/** No maximum is documented; pages of 100 are in use. */
export const accessRulePageSize = { min: 5, max: 100 } as const;

export const accessRulesPath = ({ path }: Scope): ApiPath =>
	apiPath`${path}/firewall/access_rules/rules`;

/** The list of the rules that hold in a scope. */
export const accessRuleList = (scope: Scope) => ({
	path: accessRulesPath(scope),
	pageSize: accessRulePageSize,
	row: ACCESS_RULE.record,
});

export const accessRulePath = (scope: Scope, id: PathSegment): ApiPath =>
	apiPath`${accessRulesPath(scope)}/${id}`;

/** Who owns a rule that a zone lists although it belongs to its account or to a user; undefined for the zone's own. */
export function inheritedFrom({ scope: owner }: AccessRule, scope: Scope): string | undefined {
	if (scope.kind !== 'zone' || !owner || owner.id === scope.id) return undefined;
	const name = owner.name ?? owner.email ?? owner.id;
	if (owner.type === 'organization') return `the account ${String(name)}`;
	return owner.type === 'user' ? `the user ${String(name)}` : undefined;
}

/** A rule as an output item; in a zone with whether it comes from above. */
export const presentAccessRule = (rule: AccessRule, scope: Scope): IDataObject => ({
	...(rule as IDataObject),
	...(scope.kind === 'zone' ? { inherited: inheritedFrom(rule, scope) !== undefined } : {}),
});
