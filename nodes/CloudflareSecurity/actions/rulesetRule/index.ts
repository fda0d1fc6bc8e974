import type { Resource } from '../operation';
import { create } from './create.operation';
import { deleteRule } from './delete.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const rulesetRule: Resource = {
	value: 'rulesetRule',
	name: 'Ruleset Rule',
	description: 'Single WAF custom rules and rate limiting rules',
	operations: [create, upsert, deleteRule, getAll, update],
};
