import type { INodeProperties } from 'n8n-workflow';
import type { ScopeKind } from '../targets/scope';

export const accountField: INodeProperties = {
	displayName: 'Account',
	name: 'account',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		"The Cloudflare account. Left empty: the credential's Account ID, else the only account that the credential reaches.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account…',
			typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			hint: "32 characters, or the dashboard's address of the account",
		},
	],
};

export const zoneField: INodeProperties = {
	displayName: 'Zone',
	name: 'zone',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: "The domain at Cloudflare. Left empty: the credential's Zone ID.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a zone…',
			typeOptions: { searchListMethod: 'searchZones', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			hint: '32 characters, on the overview page of the domain under API',
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. example.com',
		},
	],
};

/**
 * Zone or account, and the field of the chosen level.
 * @param first the level that is chosen until the user chooses
 * @param accountText what the account level means
 */
export const scopeFieldsFor = (first: ScopeKind, accountText: string): INodeProperties[] => [
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Zone', value: 'zone', description: 'For one domain' },
			{
				name: 'Account',
				value: 'account',
				description: accountText,
			},
		],
		default: first,
		description: 'The level to work on',
	},
	{ ...zoneField, displayOptions: { show: { scope: ['zone'] } } },
	{ ...accountField, displayOptions: { show: { scope: ['account'] } } },
];

export const scopeFields = scopeFieldsFor(
	'zone',
	'For all domains of an account. Rules at this level need the Enterprise plan.',
);
