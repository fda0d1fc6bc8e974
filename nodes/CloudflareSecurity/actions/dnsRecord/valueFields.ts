import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordTypeNames, recordTypes, type RecordTypeName } from '../../dns/recordTypes';
import { oneOf } from '../../input/values';

const number = (
	displayName: string,
	name: string,
	max: number,
	description: string,
	fallback = 0,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, maxValue: max },
	default: fallback,
	description,
});

const content = (
	displayName: string,
	placeholder: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name: 'content',
	type: 'string',
	default: '',
	placeholder,
	description,
	...more,
});

const priority = number(
	'Priority',
	'priority',
	65_535,
	'From 0 to 65535. The smallest is tried first.',
	10,
);
const target = (description: string): INodeProperties => ({
	displayName: 'Target',
	name: 'target',
	type: 'string',
	default: '',
	placeholder: 'e.g. sip.example.com',
	description,
});

/** The fields of the types that people use most. Each field's name is the part that it gives. */
const ownFields: Readonly<Partial<Record<RecordTypeName, INodeProperties[]>>> = {
	A: [content('IPv4 Address', 'e.g. 203.0.113.7', 'The address to which the name points')],
	AAAA: [content('IPv6 Address', 'e.g. 2001:db8::7', 'The address to which the name points')],
	CAA: [
		number('Flags', 'flags', 255, 'Usually 0; 128 makes the record critical'),
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'options',
			options: [
				{ name: 'Only Allow Specific Hostnames', value: 'issue' },
				{ name: 'Only Allow Wildcards', value: 'issuewild' },
				{ name: 'Send Violation Reports to URL', value: 'iodef' },
			],
			default: 'issue',
			description: 'What certificate authorities are told',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			placeholder: 'e.g. letsencrypt.org',
			description: 'The domain of the certificate authority, or the address for reports',
		},
	],
	CNAME: [
		content('Target', 'e.g. www.example.com', 'The host name for which this is another name'),
	],
	MX: [content('Mail Server', 'e.g. mx1.example.com', 'The host that takes the mail'), priority],
	NS: [content('Name Server', 'e.g. ns1.example.com', 'The host that answers for this name')],
	SRV: [
		priority,
		number(
			'Weight',
			'weight',
			65_535,
			'From 0 to 65535. Among equal priorities, more is chosen more often.',
		),
		number('Port', 'port', 65_535, 'The port of the service, from 0 to 65535', 443),
		target(
			'The host that offers the service. The record name has the form _service._protocol.name.',
		),
	],
	TXT: [
		content(
			'Text',
			'e.g. v=spf1 -all',
			'With or without quotation marks. Long text is split by Cloudflare.',
			{
				typeOptions: { rows: 3 },
			},
		),
	],
};

const contentTypes = recordTypeNames.filter((type) => {
	return !ownFields[type] && recordTypes.get(type)?.content !== undefined;
});
const jsonTypes = recordTypeNames.filter((type) => {
	return !ownFields[type] && recordTypes.get(type)?.data !== undefined;
});

export const DATA_LABEL = 'Data (JSON)';
const dataParts = jsonTypes
	.map((type) => `${type}: ${Object.keys(recordTypes.get(type)?.data ?? {}).join(', ')}`)
	.join('; ');

const dataField: INodeProperties = {
	displayName: DATA_LABEL,
	name: 'data',
	type: 'json',
	default: '{}',
	description: `The parts of the record as an object. ${dataParts}.`,
};

export const typeOptions: INodePropertyOptions[] = recordTypeNames.map((type) => ({
	name: type,
	value: type,
}));

export const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: typeOptions,
	default: 'A',
	description: 'The type of the DNS record',
};

const showFor = (types: readonly string[]) => (field: INodeProperties) => ({
	...field,
	displayOptions: { show: { type: [...types] } },
});

/** The value of a new record: own fields for common types, checked JSON for the others. */
export const valueFields: INodeProperties[] = [
	...Object.entries(ownFields).flatMap(([type, fields]) => fields.map(showFor([type]))),
	showFor(contentTypes)(
		content('Content', 'e.g. host.example.com', 'PTR: a host name; OPENPGPKEY: the key in Base64'),
	),
	showFor(jsonTypes)(dataField),
	showFor(['URI'])(priority),
];

/** The parts of records as members of a collection, for changing some of them. */
export const changeFields: INodeProperties[] = [
	content('Content', 'e.g. 203.0.113.7', 'The address, host name or text, depending on the type'),
	{
		...dataField,
		description: `Parts of the record to change, as an object; the others stay. ${dataParts}.`,
	},
	{ ...priority, description: `${priority.description ?? ''} For MX, SRV and URI records.` },
	...(['CAA', 'SRV'] as const).flatMap((type) =>
		(ownFields[type] ?? [])
			.filter(({ name }) => name !== 'priority')
			.map((field) => ({
				...field,
				displayName: `${type} ${field.displayName}`,
			})),
	),
];

/** @throws InputError when it is none of the API's types */
export function parseRecordType(value: unknown): RecordTypeName {
	return oneOf(value, recordTypeNames, 'Type');
}

/** Of any type that the API may answer, names that every object has included. */
const ownFieldsOf = (type: string): INodeProperties[] | undefined =>
	Object.hasOwn(ownFields, type) ? ownFields[type as RecordTypeName] : undefined;

/** What the user sees above the field of a part. */
export function fieldNames(type: string): (part: string) => string {
	const own = ownFieldsOf(type);
	const hasJson = own === undefined;
	return (part) => {
		const field = own?.find(({ name }) => name === part);
		if (field) return field.displayName;
		if (part === 'content') return 'Content';
		if (part === 'priority' && recordTypes.get(type)?.priority) return 'Priority';
		return hasJson ? `${DATA_LABEL} → ${part}` : part;
	};
}

/** Whether a part of the data has a field of its own for this type. */
export const ownParts = (type: string): string[] =>
	(ownFieldsOf(type) ?? []).map(({ name }) => name);
