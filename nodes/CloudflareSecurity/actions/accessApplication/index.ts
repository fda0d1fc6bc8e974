import type { Resource } from '../operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

export const accessApplication: Resource = {
	value: 'accessApplication',
	name: 'Access Application',
	description: 'What stands behind a sign-in of Cloudflare Access',
	operations: [get, getAll],
};
