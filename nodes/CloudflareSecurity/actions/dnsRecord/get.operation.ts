import { simplifyField } from '../../descriptions/output';
import { zoneField } from '../../descriptions/targets';
import { recordPath, type DnsRecord } from '../../targets/dnsRecord';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { presentRecord, readRecordId, recordField } from './record';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get DNS record',
	description: 'Retrieve one DNS record by its ID',
	fields: [zoneField, recordField, simplifyField],
	permission: { zone: permissions.dnsRead },
	async execute(item) {
		const id = readRecordId(item);
		const zone = await item.zoneTarget();
		const { result } = await item.client.send<DnsRecord>({
			method: 'GET',
			path: recordPath(zone, id),
			expect: 'object',
		});
		return [presentRecord(result, zone, item.flag('simplify', true))];
	},
};
