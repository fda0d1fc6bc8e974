import { simplifyField } from '../../descriptions/output';
import { zoneField } from '../../descriptions/targets';
import type { Zone } from '../../targets/zone';
import { apiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { presentZone } from './present';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get zone',
	description: 'Retrieve one zone by its domain name or ID, with its plan, status and account',
	fields: [zoneField, simplifyField],
	permission: { zone: permissions.zoneRead },
	async execute(item) {
		const { result } = await item.client.send<Zone>({
			method: 'GET',
			path: apiPath`/zones/${await item.zone()}`,
			expect: 'object',
		});
		return [presentZone(result, item.flag('simplify', true))];
	},
};
