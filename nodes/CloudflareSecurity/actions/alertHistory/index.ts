import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

export const alertHistory: Resource = {
	value: 'alertHistory',
	name: 'Alert History',
	description: 'The alerts (notifications) that Cloudflare sent',
	operations: [getAll],
};
