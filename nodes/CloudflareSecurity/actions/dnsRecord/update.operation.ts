import type { IDataObject } from 'n8n-workflow';
import { recordTypes, type RecordType } from '../../dns/recordTypes';
import { readValue } from '../../dns/recordValue';
import { zoneField } from '../../descriptions/targets';
import { InputError, shown } from '../../input/inputError';
import { recordPath, type DnsRecord } from '../../targets/dnsRecord';
import type { Item } from '../item';
import { jsonObject } from '../jsonValue';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { attributeFields, checkAttributes, readAttributes, type Attributes } from './attributes';
import { previousOf, type Changes } from './changes';
import { nameField, readName } from './newRecord';
import { presentRecord, readRecordId, recordField } from './record';
import { changeFields, DATA_LABEL, fieldNames, ownParts } from './valueFields';

/** What shall change, before it is known which type the record has. */
interface Wish {
	name?: string;
	attributes: Attributes;
	/** Parts of the value by the names of their fields; `data` stands apart. */
	parts: Readonly<Record<string, unknown>>;
	data?: Readonly<Record<string, unknown>>;
}

const partNames = changeFields.map(({ name }) => name).filter((name) => name !== 'data');

/** @throws InputError when nothing shall change, or a field cannot be used whatever the record is */
function readWish(item: Item): Wish {
	const fields = item.collection('updateFields');
	if (Object.keys(fields).length === 0) {
		throw new InputError('Update Fields', 'nothing was added', 'At least one field to change');
	}
	const has = (name: string) => Object.hasOwn(fields, name);
	return {
		...(has('name') ? { name: readName(fields.name) } : {}),
		attributes: readAttributes(fields),
		parts: Object.fromEntries(partNames.filter(has).map((name) => [name, fields[name]])),
		...(has('data') ? { data: jsonObject(fields.data, DATA_LABEL) } : {}),
	};
}

const labels = new Map(changeFields.map(({ name, displayName }) => [name, displayName]));

/** What all records can be given, also those of a type that only a later version knows. */
const typeOf = (type: string): RecordType => recordTypes.get(type) ?? {};

/** @throws InputError for a part that records of this type do not have */
function checkParts(type: string, { parts, data }: Wish): void {
	const definition = typeOf(type);
	const names = [...Object.keys(parts), ...(data ? ['data'] : [])];
	const fits = (name: string) =>
		name === 'data'
			? definition.data !== undefined
			: ownParts(type).includes(name) ||
				(name === 'content' && definition.content !== undefined) ||
				(name === 'priority' && definition.priority !== undefined);
	const wrong = names.find((name) => !fits(name));
	if (wrong === undefined) return;
	const known = [
		...(definition.content ? ['Content'] : []),
		...(definition.priority ? ['Priority'] : []),
		...Object.keys(definition.data ?? {}).map(
			(part) => labels.get(part) ?? `${DATA_LABEL} → ${part}`,
		),
	];
	throw new InputError(
		labels.get(wrong) ?? wrong,
		`the record is of type ${/^\w{1,20}$/.test(type) ? type : shown(type)}, which has no such part`,
		known.length > 0
			? `One of: ${known.join(', ')}`
			: 'The fields of every record, such as Comment',
	);
}

/** The body of the PATCH. @throws InputError when the wish does not fit the record */
function changesFor(before: DnsRecord, wish: Wish): Changes {
	const { name, attributes, parts } = wish;
	const type = typeof before.type === 'string' ? before.type : '';
	const definition = typeOf(type);
	checkParts(type, wish);
	checkAttributes(type, attributes, before);
	const known = Object.keys(definition.data ?? {});
	const newData = {
		...Object.fromEntries(Object.entries(parts).filter(([part]) => known.includes(part))),
		...wish.data,
	};
	// The whole data goes out: whether the API keeps the parts that a PATCH leaves out is not documented.
	const kept = known.flatMap((part) => {
		const value = before.data?.[part];
		return value === undefined ? [] : [[part, value] as const];
	});
	const value = readValue(
		{
			...('content' in parts ? { content: definition.content } : {}),
			...('priority' in parts ? { priority: definition.priority } : {}),
			...(Object.keys(newData).length > 0 ? { data: definition.data } : {}),
		},
		{ ...parts, data: { ...Object.fromEntries(kept), ...newData } },
		fieldNames(type),
	);
	const settings = attributes.settings && {
		...(before.settings as object | undefined),
		...attributes.settings,
	};
	return {
		...(name === undefined ? {} : { name }),
		...value,
		...attributes,
		...(settings ? { settings } : {}),
	};
}

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update DNS record',
	description:
		'Change some fields of a DNS record; the others stay. The output holds the previous values too, so that a later step can put them back.',
	fields: [
		zoneField,
		recordField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'The type of a record cannot be changed: create another and delete this one',
			options: [...attributeFields, ...changeFields, nameField].sort((one, other) =>
				one.displayName.localeCompare(other.displayName, 'en'),
			),
		},
	],
	permission: { zone: permissions.dnsEdit },
	writes: true,
	async execute(item) {
		const wish = readWish(item);
		const id = readRecordId(item);
		const zone = await item.zoneTarget();
		const path = recordPath(zone, id);
		const { result: before } = await item.client.send<DnsRecord>({
			method: 'GET',
			path,
			expect: 'object',
		});
		const changes = changesFor(before, wish);
		const { result: after } = await item.client.send<DnsRecord>({
			method: 'PATCH',
			path,
			body: changes,
			expect: 'object',
		});
		return [
			{ ...presentRecord(after, zone), previous: previousOf(before, changes) } as IDataObject,
		];
	},
};
