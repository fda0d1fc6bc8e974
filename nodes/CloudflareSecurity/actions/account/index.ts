import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	description: 'The accounts that the credential reaches',
	operations: [getAll],
};
