import type { INodeProperties } from 'n8n-workflow';
import { InputError, shown } from '../../input/inputError';
import type { Query } from '../../transport/client';
import { filterList, filterText, yesOrNo } from '../../input/values';

type Filters = Readonly<Record<string, unknown>>;

/** The API's words (SDK 7.3) with the dashboard's. */
const types: ReadonlyArray<readonly [value: string, name: string]> = [
	['app_launcher', 'App Launcher'],
	['bookmark', 'Bookmark'],
	['biso', 'Browser Isolation'],
	['dash_sso', 'Dashboard SSO'],
	['infrastructure', 'Infrastructure'],
	['mcp_portal', 'MCP Portal'],
	['mcp', 'MCP Server'],
	['proxy_endpoint', 'Proxy Endpoint'],
	['rdp', 'RDP'],
	['saas', 'SaaS'],
	['self_hosted', 'Self-Hosted'],
	['ssh', 'SSH'],
	['vnc', 'VNC'],
	['warp', 'WARP'],
];

export const applicationFilterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'AUD',
			name: 'aud',
			type: 'string',
			default: '',
			placeholder: 'e.g. 737646a56ab1df6ec9bddc7e5ca84eaf3b0768850f3ffb5d74f1534911fe3893',
			description:
				'Only the application with this audience tag, as in the tokens that Access issues',
		},
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			placeholder: 'e.g. admin.example.com',
			description: 'Only applications with this text in their domain',
		},
		{
			displayName: 'Exact',
			name: 'exact',
			type: 'boolean',
			default: true,
			description: 'Whether name and domain must be exactly as given, not only contain it',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Admin Site',
			description: 'Only applications with this text in their name',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. admin',
			description: 'Only applications with this text in their name, domain or audience tag',
		},
		{
			displayName: 'Target Attribute',
			name: 'targetAttributes',
			type: 'string',
			default: '',
			placeholder: 'e.g. hostname=web-1',
			description: 'Only applications for targets with this attribute, written name=value',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'multiOptions',
			options: types.map(([value, name]) => ({ name, value })),
			default: ['self_hosted'],
			description: 'Only applications of these types',
		},
	],
};

function audFilter(filters: Filters): string | undefined {
	const aud = filterText(filters, 'aud', 'AUD')?.toLowerCase();
	if (aud === undefined || /^[0-9a-f]{64}$/.test(aud)) return aud;
	throw new InputError('AUD', `got ${shown(filters.aud)}`, 'A tag of 64 hexadecimal characters');
}

function targetFilter(filters: Filters): string | undefined {
	const field = 'Target Attribute';
	const text = filterText(filters, 'targetAttributes', field);
	if (text === undefined || /^[^=\s][^=]*=\s*\S/.test(text)) return text;
	throw new InputError(field, `got ${shown(text)}`, 'A text such as hostname=web-1');
}

export interface ApplicationFilters {
	query: Query;
	/** The API has no such filter; undefined for all types. */
	types?: string[];
}

/** Sends nothing. @throws InputError for a filter without a value, or with one that cannot be */
export function readApplicationFilters(filters: Filters): ApplicationFilters {
	return {
		query: {
			aud: audFilter(filters),
			domain: filterText(filters, 'domain', 'Domain'),
			exact: Object.hasOwn(filters, 'exact') ? yesOrNo(filters.exact, 'Exact') : undefined,
			name: filterText(filters, 'name', 'Name'),
			search: filterText(filters, 'search', 'Search'),
			target_attributes: targetFilter(filters),
		},
		types: filterList(
			filters,
			'type',
			'Type',
			types.map(([value]) => value),
		),
	};
}
