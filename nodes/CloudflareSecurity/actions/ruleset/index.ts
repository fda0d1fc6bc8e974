import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const ruleset: Resource = {
	value: 'ruleset',
	name: 'Ruleset',
	description: 'Custom, rate limiting, managed and other rules, each kind as a whole',
	operations: [get, getAll],
};
