/** Ordered as answers list them. Source: an answer quoted in a public pull request. */
export const MODES = [
	'whitelist',
	'block',
	'challenge',
	'js_challenge',
	'managed_challenge',
] as const;
export type Mode = (typeof MODES)[number];
export const TARGETS = ['ip', 'ip6', 'ip_range', 'asn', 'country'] as const;
export type Target = (typeof TARGETS)[number];

export interface Configuration {
	target: Target;
	value: string;
}
/** Where rules are written; those of a user hold for all zones that the user sees. */
export interface RuleScope {
	level: 'account' | 'zone' | 'user';
	id: string;
}
export interface AccessRule {
	id: string;
	scope: RuleScope;
	mode: Mode;
	configuration: Configuration;
	notes: string;
	created_on: string;
	modified_on: string;
}
