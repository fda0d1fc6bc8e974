import type { INodeProperties } from 'n8n-workflow';
import { toAscii } from '../../dns/names';
import { recordTypes, type RecordType, type RecordTypeName } from '../../dns/recordTypes';
import { readValue, type RecordValue } from '../../dns/recordValue';
import { InputError, shown } from '../../input/inputError';
import type { Item } from '../item';
import { jsonObject } from '../jsonValue';
import { attributeFields, checkAttributes, readAttributes, type Attributes } from './attributes';
import {
	DATA_LABEL,
	fieldNames,
	ownParts,
	parseRecordType,
	typeField,
	valueFields,
} from './valueFields';

/** A record as the user wants it. */
export interface WantedRecord {
	type: RecordTypeName;
	/** As typed: complete, or below the zone. */
	name: string;
	value: RecordValue;
	attributes: Attributes;
}

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. www',
	description:
		'The name within the zone, such as www, or the complete one, such as www.example.com; @ for the zone itself',
};

export const newRecordFields: INodeProperties[] = [
	typeField,
	nameField,
	...valueFields,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: attributeFields,
	},
];

/** @throws InputError when it cannot be the name of a record */
export function readName(value: unknown): string {
	const name = typeof value === 'string' ? value.trim().replace(/(?<=.)\.$/, '') : '';
	const isName = name.length <= 253 && /^[^\s/:@.]{1,63}(?:\.[^\s/:@.]{1,63})*$/u.test(name);
	if (isName || name === '@') return name;
	throw new InputError(
		'Name',
		`got ${shown(value)}`,
		'A name such as www or www.example.com, or @ for the zone itself',
	);
}

export const typeOf = (name: string): RecordType => recordTypes.get(name) as RecordType;

/** Sends nothing. @throws InputError that names each field that does not fit */
export function readWantedRecord(item: Item): WantedRecord {
	const type = parseRecordType(item.value('type', ''));
	const definition = typeOf(type);
	const name = readName(item.value('name', ''));
	const own = ownParts(type);
	const readData = () =>
		own.length > 0
			? Object.fromEntries(own.map((part) => [part, item.value(part, '')]))
			: jsonObject(item.value('data', '{}'), DATA_LABEL);
	const value = readValue(
		definition,
		{
			content: item.value('content', ''),
			priority: item.value('priority', ''),
			data: definition.data ? readData() : undefined,
		},
		fieldNames(type),
	);
	if (type === 'CNAME' && value.content === toAscii(name)) {
		throw new InputError(
			'Target',
			`got ${shown(value.content)}, the name itself`,
			'Another host name',
		);
	}
	const attributes = readAttributes(item.collection('additionalFields'));
	checkAttributes(type, attributes);
	return { type, name, value, attributes };
}
