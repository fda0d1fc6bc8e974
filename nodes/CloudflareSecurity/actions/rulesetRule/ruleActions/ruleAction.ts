import type { INodeProperties } from 'n8n-workflow';
import type { ScopeKind } from '../../../targets/scope';
import type { Item } from '../../item';

/** What an action adds to a rule. */
export type ActionParts = Readonly<Record<string, unknown>>;

export interface RuleAction {
	value: string;
	name: string;
	description: string;
	/** Where it exists; everywhere when left out. */
	scope?: ScopeKind;
	/** Its own fields. */
	fields?: INodeProperties[];
	/** Reads them. @throws InputError when one is missing or wrong */
	read?: (item: Item) => ActionParts;
}
