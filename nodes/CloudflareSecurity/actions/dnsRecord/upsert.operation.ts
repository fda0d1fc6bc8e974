import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { zoneField } from '../../descriptions/targets';
import { InputError, shown } from '../../input/inputError';
import { oneOf } from '../../input/values';
import type { DnsRecord } from '../../targets/dnsRecord';
import type { ZoneTarget } from '../../targets/zone';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { checkAttributes } from './attributes';
import { changesOf, previousOf, type Changes } from './changes';
import { newRecordFields, readWantedRecord, type WantedRecord } from './newRecord';
import { presentRecord } from './record';
import { addRecord, attemptNamesakes, patchRecord, sameRecords } from './writeRecord';

const otherContentField: INodeProperties = {
	displayName: 'Other Content',
	name: 'otherContent',
	type: 'options',
	options: [
		{
			name: 'Update It',
			value: 'update',
			description: 'One record with other content is updated; several are refused',
		},
		{
			name: 'Add Beside It',
			value: 'add',
			description: 'Records with other content stay, and one is added',
		},
	],
	default: 'update',
	description:
		'What happens when there are records with this name and type, but none with this content. One with this content is always the one that is updated.',
};

interface Done {
	record: DnsRecord;
	outcome: 'created' | 'unchanged' | 'updated';
	previous: IDataObject | null;
}

/** @throws InputError when several records could be meant */
function recordToChange(
	namesakes: readonly DnsRecord[],
	wanted: WantedRecord,
	mode: string,
): DnsRecord | undefined {
	const [same] = sameRecords(namesakes, wanted);
	if (same || mode === 'add' || namesakes.length === 0) return same;
	if (namesakes.length === 1) return namesakes[0];
	const list = namesakes.slice(0, 5).map(({ content }) => shown(content));
	throw new InputError(
		'Name',
		`${namesakes.length} ${wanted.type} records have this name and other content: ${list.join(', ')}${namesakes.length > list.length ? ', …' : ''}`,
		'At most one to update; or choose "Add Beside It" under Other Content, or change one of them by its ID with Update',
	);
}

/** One look and one write. @returns undefined when somebody else wrote in between */
async function upsertOnce(
	item: Item,
	zone: ZoneTarget,
	wanted: WantedRecord,
	{ mode, isLast }: { mode: string; isLast: boolean },
): Promise<Done | undefined> {
	const namesakes = item.client.unwrap(await attemptNamesakes(item, zone, wanted)).result;
	const before = recordToChange(namesakes, wanted, mode);
	if (!before) {
		const added = await addRecord(item, zone, wanted);
		if ('record' in added) return { record: added.record, outcome: 'created', previous: null };
		if (isLast) item.client.unwrap(added.duplicate);
		return undefined;
	}
	checkAttributes(wanted.type, wanted.attributes, before);
	const changes: Changes = changesOf(before, wanted);
	if (Object.keys(changes).length === 0) {
		return { record: before, outcome: 'unchanged', previous: null };
	}
	const record = await patchRecord(item, zone, before, changes);
	return record && { record, outcome: 'updated', previous: previousOf(before, changes) };
}

/** A round is only repeated because somebody else created or deleted such a record in between. */
const MAX_ROUNDS = 4;

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update DNS record',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [zoneField, ...newRecordFields, otherContentField],
	permission: { zone: permissions.dnsEdit },
	writes: true,
	async execute(item) {
		const wanted = readWantedRecord(item);
		const mode = oneOf(item.value('otherContent', 'update'), ['add', 'update'], 'Other Content');
		const zone = await item.zoneTarget();
		for (let round = 1; round <= MAX_ROUNDS; round += 1) {
			const done = await upsertOnce(item, zone, wanted, { mode, isLast: round === MAX_ROUNDS });
			if (done) {
				const { record, outcome, previous } = done;
				return [{ ...presentRecord(record, zone), outcome, previous }];
			}
		}
		throw new InputError(
			'Name',
			'somebody else kept changing the records of this name',
			'No change by others meanwhile: run the operation again',
		);
	},
};
