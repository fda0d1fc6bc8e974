import type { Scope } from '../types.cjs';

/** What a caller may write of a rule. */
export interface RuleDefinition {
	action: string;
	action_parameters?: Record<string, unknown>;
	/** Absent in managed rulesets only. */
	expression?: string;
	description: string;
	enabled: boolean;
	/** The id of the rule, unless set. */
	ref?: string;
	logging?: { enabled: boolean };
	ratelimit?: Record<string, unknown>;
	exposed_credential_check?: Record<string, unknown>;
}

export interface Rule extends RuleDefinition {
	id: string;
	version: string;
	last_updated: string;
	ref: string;
	categories?: string[];
}

export type Kind = 'managed' | 'custom' | 'root' | 'zone';

/** One version of a ruleset. Never changed once stored. */
export interface Ruleset {
	id: string;
	name: string;
	description: string;
	kind: Kind;
	phase: string;
	version: string;
	last_updated: string;
	rules: Rule[];
}

export interface RulesetRecord {
	owner: Scope | { level: 'cloudflare' };
	/** Oldest first, never empty. */
	versions: Ruleset[];
}

export const latest = (record: RulesetRecord): Ruleset =>
	record.versions[record.versions.length - 1];
