import type { INodeProperties } from 'n8n-workflow';
import type { Fields } from '../fields';

/** What an action adds to a rule. */
export interface ActionParts {
	action_parameters?: Readonly<Record<string, unknown>>;
	logging?: Readonly<Record<string, unknown>>;
}

export interface RuleAction {
	value: string;
	name: string;
	description: string;
	/** Its own fields. */
	fields?: INodeProperties[];
	/** Reads them. @throws InputError when one is missing or wrong */
	read?: (fields: Fields) => ActionParts;
	/** The parameters that its fields speak for: when they do not give one, a rule that has it loses it. */
	ownParameters?: readonly string[];
}
