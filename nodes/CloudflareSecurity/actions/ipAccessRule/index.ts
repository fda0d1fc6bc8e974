import type { Resource } from '../operation';
import { deleteRule } from './delete.operation';
import { getAll } from './getAll.operation';
import { upsert } from './upsert.operation';

export const ipAccessRule: Resource = {
	value: 'ipAccessRule',
	name: 'IP Access Rule',
	description:
		'Single rules that allow, block or challenge an address, range, country or autonomous system',
	operations: [upsert, deleteRule, getAll],
};
