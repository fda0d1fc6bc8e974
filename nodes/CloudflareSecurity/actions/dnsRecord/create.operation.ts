import { zoneField } from '../../descriptions/targets';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { newRecordFields, readWantedRecord } from './newRecord';
import { presentRecord } from './record';
import { addRecord } from './writeRecord';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create DNS record',
	description:
		'Add a DNS record to a zone, beside the records that are there. An identical one is refused: Create or Update takes it for done.',
	fields: [zoneField, ...newRecordFields],
	permission: { zone: permissions.dnsEdit },
	writes: true,
	async execute(item) {
		const wanted = readWantedRecord(item);
		const zone = await item.zoneTarget();
		const added = await addRecord(item, zone, wanted);
		const record = 'record' in added ? added.record : item.client.unwrap(added.duplicate).result;
		return [presentRecord(record, zone)];
	},
};
