import type { Resource } from '../operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';

export const rulesetRule: Resource = {
	value: 'rulesetRule',
	name: 'Ruleset Rule',
	operations: [create, getAll],
};
