import { zoneField } from '../../descriptions/targets';
import { recordPath, type DnsRecord } from '../../targets/dnsRecord';
import { hasCode } from '../../transport/failure';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { presentRecord, readRecordId, recordField } from './record';
import { GONE } from './writeRecord';

export const deleteRecord: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete DNS record',
	description:
		'Delete a DNS record for good. The output holds the record as it was, so that a later step can create it again.',
	fields: [zoneField, recordField],
	permission: { zone: permissions.dnsEdit },
	writes: true,
	async execute(item) {
		const id = readRecordId(item);
		const zone = await item.zoneTarget();
		const path = recordPath(zone, id);
		const { result: record } = await item.client.send<DnsRecord>({
			method: 'GET',
			path,
			expect: 'object',
		});
		const outcome = await item.client.attempt<unknown>({
			method: 'DELETE',
			path,
			// The API reference shows the whole answer as {"result":{"id":"…"}}.
			expect: { receipt: { id: 'text' } },
		});
		// It was there a moment ago: an earlier try, or somebody else, has deleted it.
		const isGone = !outcome.ok && hasCode(outcome.failure, GONE);
		if (!isGone) item.client.unwrap(outcome);
		return [{ deleted: true, record: presentRecord(record, zone) }];
	},
};
