import type { INodeProperties } from 'n8n-workflow';
import { directionOption, directions } from '../../descriptions/sort';

/** The words of `GET /zones`, Cloudflare API reference. */
export const nameOperators = [
	'contains',
	'contains_case_sensitive',
	'ends_with',
	'ends_with_case_sensitive',
	'equal',
	'not_equal',
	'starts_with',
	'starts_with_case_sensitive',
] as const;
export const zoneTypes = ['full', 'internal', 'partial', 'secondary'] as const;
export const words = {
	status: ['active', 'initializing', 'moved', 'pending'],
	match: ['all', 'any'],
	order: ['account.id', 'account.name', 'name', 'plan.id', 'status'],
	direction: directions,
} as const;

const operatorOptions: INodeProperties['options'] = [
	{ name: 'Contains', value: 'contains' },
	{ name: 'Contains (Case-Sensitive)', value: 'contains_case_sensitive' },
	{ name: 'Does Not Equal', value: 'not_equal' },
	{ name: 'Ends With', value: 'ends_with' },
	{ name: 'Ends With (Case-Sensitive)', value: 'ends_with_case_sensitive' },
	{ name: 'Equals', value: 'equal' },
	{ name: 'Starts With', value: 'starts_with' },
	{ name: 'Starts With (Case-Sensitive)', value: 'starts_with_case_sensitive' },
];

export const filterFields = (accountField: INodeProperties): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{ ...accountField, description: 'Only zones of this account' },
		{
			displayName: 'Account Name',
			name: 'accountName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example Corp',
			description: 'Only zones of accounts with this name',
		},
		{
			displayName: 'Account Name Operator',
			name: 'accountNameOperator',
			type: 'options',
			options: operatorOptions,
			default: 'equal',
			description: 'How the account name is compared',
		},
		{
			displayName: 'Match',
			name: 'match',
			type: 'options',
			options: [
				{ name: 'All Filters', value: 'all' },
				{ name: 'Any Filter', value: 'any' },
			],
			default: 'all',
			description: 'Whether a zone must pass all filters or one of them',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. example.com',
			description: 'Only zones with this domain name',
		},
		{
			displayName: 'Name Operator',
			name: 'nameOperator',
			type: 'options',
			options: operatorOptions,
			default: 'equal',
			description: 'How the domain name is compared',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active' },
				{ name: 'Initializing', value: 'initializing' },
				{ name: 'Moved', value: 'moved' },
				{ name: 'Pending', value: 'pending' },
			],
			default: 'active',
			description: 'Only zones with this status',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'multiOptions',
			options: [
				{ name: 'Full', value: 'full', description: 'Cloudflare is the DNS provider' },
				{ name: 'Internal', value: 'internal', description: 'Left out unless chosen here' },
				{ name: 'Partial', value: 'partial', description: 'CNAME set-up' },
				{ name: 'Secondary', value: 'secondary', description: 'Another provider is the primary' },
			],
			default: ['full'],
			description: 'Only zones of these types',
		},
	],
});

export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		directionOption('the zones'),
		{
			displayName: 'Sort By',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Account ID', value: 'account.id' },
				{ name: 'Account Name', value: 'account.name' },
				{ name: 'Name', value: 'name' },
				{ name: 'Plan', value: 'plan.id' },
				{ name: 'Status', value: 'status' },
			],
			default: 'name',
			description: 'What the zones are sorted by',
		},
	],
};
