import type { Resource } from '../operation';
import { getAll } from './getAll.operation';
import { getHistory } from './getHistory.operation';

export const auditLog: Resource = {
	value: 'auditLog',
	name: 'Audit Log',
	description: 'Who changed what in the account',
	operations: [getAll, getHistory],
};
