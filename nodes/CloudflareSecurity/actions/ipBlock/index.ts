import type { Resource } from '../operation';
import { block } from './block.operation';
import { find } from './find.operation';
import { removeExpired } from './removeExpired.operation';
import { unblock } from './unblock.operation';

export const ipBlock: Resource = {
	value: 'ipBlock',
	name: 'IP Block',
	description:
		'Block addresses in one step and for a time, unblock them, and find what blocks them',
	operations: [block, find, removeExpired, unblock],
};
