import type { Resource } from '../operation';
import { create } from './create.operation';
import { deleteRecord } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const dnsRecord: Resource = {
	value: 'dnsRecord',
	name: 'DNS Record',
	description: 'Which names a zone has, and where they point',
	operations: [create, upsert, deleteRecord, get, getAll, update],
};
