import type { INodeProperties } from 'n8n-workflow';
import { zoneField } from '../descriptions/targets';
import { resultFilter, v2Filters, zoneIdFilter, type V2Filter } from './v2Filters';

const byDisplayName = (fields: INodeProperties[]): INodeProperties[] =>
	[...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));

const collection = (name: string, text: string, fields: INodeProperties[]): INodeProperties => ({
	displayName: text,
	name,
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: byDisplayName(fields),
});

const oneValue = ({ key, name, events, placeholder, words }: V2Filter): INodeProperties => ({
	displayName: name,
	name: key,
	...(words
		? { type: 'options', options: [...words], default: words[0].value }
		: { type: 'string', default: '', ...(placeholder ? { placeholder } : {}) }),
	description: `Only events ${events}`,
});

const severalValues = ({ key, name, events, placeholder, words }: V2Filter): INodeProperties => ({
	displayName: name,
	name: key,
	...(words
		? { type: 'multiOptions', options: [...words], default: [] }
		: {
				type: 'string',
				typeOptions: { multipleValues: true },
				default: [],
				...(placeholder ? { placeholder } : {}),
			}),
	description: `No events ${events}. Several are possible.`,
});

const zoneFilterField: INodeProperties = {
	...zoneField,
	description:
		'Only events about this zone of the account. To look it up, the credential needs Zone → Zone → Read, also for a zone by its ID.',
};

const actorIpField = (description: string): INodeProperties => ({
	displayName: 'Actor IP',
	name: 'actorIp',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7 or 203.0.113.0/24',
	description,
});

const appliedHere = 'The API has no such filter: the node reads the events and picks them out';

export const v2FilterFields = collection('filters', 'Filters', [
	...v2Filters.map(oneValue),
	actorIpField(
		'Only events of actors at this address, or in this CIDR network. A network is picked out by the node, which reads all events of the time range that pass the other filters.',
	),
	{
		displayName: 'Product Category Names or IDs',
		name: 'productCategories',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getProductCategories',
			loadOptionsDependsOn: ['account.value'],
		},
		default: [],
		description:
			'Only events about products of these categories, or of the Resource Product filter. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	zoneFilterField,
]);

export const v2ExcludeFields: INodeProperties = {
	...collection('exclude', 'Exclude', [
		...[...v2Filters, zoneIdFilter].map(severalValues),
		{
			...actorIpField('No events of actors at these addresses, or in these CIDR networks'),
			typeOptions: { multipleValues: true },
			default: [],
		},
	]),
	placeholder: 'Add Exclusion',
};

export const v1FilterFields = collection('filters', 'Filters', [
	{
		displayName: 'Action Type',
		name: 'actionType',
		type: 'string',
		default: '',
		placeholder: 'e.g. rec_add',
		description: 'Only events with this action, in the spelling of the events',
	},
	...v2Filters
		.filter(({ key }) => ['actorEmail', 'eventId', 'zoneName'].includes(key))
		.map(oneValue),
	actorIpField('Only events of actors at this address, or in this CIDR network'),
	{
		displayName: 'Hide User Events',
		name: 'hideUserEvents',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out events about users instead of the account, such as sign-ins',
	},
	{
		displayName: 'Resource ID',
		name: 'resourceId',
		type: 'string',
		default: '',
		description: `Only events about the resource with this ID. ${appliedHere}.`,
	},
	{
		displayName: 'Resource Type',
		name: 'resourceType',
		type: 'string',
		default: '',
		placeholder: 'e.g. DNS_record',
		description: `Only events about this kind of resource. ${appliedHere}.`,
	},
	{ ...oneValue(resultFilter), description: `Only events with this result. ${appliedHere}.` },
	zoneFilterField,
]);
