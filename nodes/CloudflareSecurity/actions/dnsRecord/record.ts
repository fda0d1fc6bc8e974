import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { DnsRecord } from '../../targets/dnsRecord';
import { readLocator } from '../../targets/locator';
import type { ZoneTarget } from '../../targets/zone';
import { hexId, type PathSegment } from '../../transport/path';
import type { Item } from '../item';

export const recordField: INodeProperties = {
	displayName: 'Record',
	name: 'record',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The DNS record. Type into the list to search names and contents.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a record…',
			typeOptions: { searchListMethod: 'searchRecords', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			hint: 'Get Many finds a record by its name or content, with its ID',
		},
	],
};

/** Sends nothing. @throws InputError when the field holds no record ID */
export function readRecordId(item: Item): PathSegment {
	const chosen = readLocator(item.value('record', ''), 'Record');
	return hexId(chosen?.value, {
		field: 'Record',
		byName: 'Get Many finds its ID',
		mistakes: item.mistakes(),
	});
}

/** In which zone: Cloudflare's records have not said it themselves since November 2024. */
export const zoneFacts = ({ id, name }: ZoneTarget): IDataObject => ({
	zone_id: id,
	...(name ? { zone_name: name } : {}),
});

/**
 * A record as an output item: simplified to what playbooks use, or as the API sends it; always with its zone.
 * @param record is the one that comes out, where it is not simplified: to copy 20,000 takes longer than to read them
 */
export function presentRecord(record: DnsRecord, zone: ZoneTarget, simplify = false): IDataObject {
	if (!simplify) return Object.assign(record as IDataObject, zoneFacts(zone));
	const { id, type, name, content, proxied, ttl, comment, modified_on } = record as IDataObject;
	return {
		id,
		type,
		name,
		content,
		...('priority' in record ? { priority: record.priority } : {}),
		proxied,
		ttl,
		comment,
		modified_on,
		...zoneFacts(zone),
	};
}
