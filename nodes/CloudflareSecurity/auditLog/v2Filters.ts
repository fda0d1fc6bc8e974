import type { INodePropertyOptions } from 'n8n-workflow';

/** A filter that v2 applies itself, as `<wire>` with one value and as `<wire>.not` with several. */
export interface V2Filter {
	/** Fixed: saved workflows hold it. */
	key: string;
	/** The API's name of it. */
	wire: string;
	name: string;
	/** Completes "Only events …" and "No events …". */
	events: string;
	placeholder?: string;
	/** What a value must be: text unless said otherwise. */
	kind?: 'hexId' | 'statusCode' | 'uuid';
	/** The only values that the API knows. */
	words?: readonly INodePropertyOptions[];
}

const option = (name: string, value: string, description?: string): INodePropertyOptions => ({
	name,
	value,
	...(description ? { description } : {}),
});

export const resultFilter = {
	key: 'result',
	wire: 'action_result',
	name: 'Result',
	events: 'with this result',
	words: [option('Failure', 'failure'), option('Success', 'success')],
} as const satisfies V2Filter;

/**
 * The filters of `GET /accounts/{account_id}/logs/audit`, in the order of their names; Actor IP, Product Category and
 * Zone are special and stand elsewhere. Source: SDK 7.3, and login from Cloudflare's own MCP server.
 */
export const v2Filters: readonly V2Filter[] = [
	{
		key: 'accountName',
		wire: 'account_name',
		name: 'Account Name',
		events: 'of the account with this name',
	},
	{
		key: 'actionType',
		wire: 'action_type',
		name: 'Action Type',
		events: 'with this kind of action',
		words: [
			option('Create', 'create'),
			option('Delete', 'delete'),
			option('Log In', 'login'),
			option('Update', 'update'),
			option('View', 'view', 'Cloudflare logs no reads at present'),
		],
	},
	{
		key: 'actorContext',
		wire: 'actor_context',
		name: 'Actor Context',
		events: 'of actions made in this way',
		words: [
			option('API', 'api', 'Through the API, with an unrecorded kind of credential'),
			option('API Key', 'api_key', 'With a Global API Key'),
			option('API Token', 'api_token'),
			option('Dashboard', 'dash'),
			option('OAuth', 'oauth'),
			option('Origin CA Key', 'origin_ca_key'),
		],
	},
	{
		key: 'actorCredentialId',
		wire: 'actor_token_id',
		name: 'Actor Credential ID',
		events: 'made with the API token that has this ID',
	},
	{
		key: 'actorCredentialName',
		wire: 'actor_token_name',
		name: 'Actor Credential Name',
		events: 'made with the API token of this name',
		placeholder: 'e.g. Terraform',
	},
	{
		key: 'actorEmail',
		wire: 'actor_email',
		name: 'Actor Email',
		events: 'of the person with this e-mail address',
		placeholder: 'e.g. name@email.com',
	},
	{
		key: 'actorId',
		wire: 'actor_id',
		name: 'Actor ID',
		events: 'of the user or account with this ID',
	},
	{
		key: 'actorType',
		wire: 'actor_type',
		name: 'Actor Type',
		events: 'of this kind of actor',
		words: [
			option('Account', 'account', 'A token that the account owns'),
			option('Cloudflare Admin', 'cloudflare_admin', "Cloudflare's staff"),
			option('Delegated Service', 'delegated_service'),
			option('System', 'system'),
			option('User', 'user'),
		],
	},
	{
		key: 'eventId',
		wire: 'id',
		name: 'Event ID',
		events: 'with this ID',
		kind: 'uuid',
		placeholder: 'e.g. f174be97-19b1-40d6-954d-70cd5fbd52db',
	},
	{
		key: 'method',
		wire: 'raw_method',
		name: 'HTTP Method',
		events: 'of requests with this HTTP method',
		placeholder: 'e.g. DELETE',
	},
	{
		key: 'rayId',
		wire: 'raw_cf_ray_id',
		name: 'Ray ID',
		events: 'of the request with this Ray ID',
		placeholder: 'e.g. 8e9b1c60ef9e1c9a',
	},
	{
		key: 'resourceId',
		wire: 'resource_id',
		name: 'Resource ID',
		events: 'about the resource with this ID',
	},
	{
		key: 'resourceProduct',
		wire: 'resource_product',
		name: 'Resource Product',
		events: 'about resources of this product',
		placeholder: 'e.g. members',
	},
	{
		key: 'resourceScope',
		wire: 'resource_scope',
		name: 'Resource Scope',
		events: 'about resources of this level',
		words: [
			option('Accounts', 'accounts'),
			option('Memberships', 'memberships'),
			option('User', 'user'),
			option('Zones', 'zones'),
		],
	},
	{
		key: 'resourceType',
		wire: 'resource_type',
		name: 'Resource Type',
		events: 'about this kind of resource',
	},
	resultFilter,
	{
		key: 'statusCode',
		wire: 'raw_status_code',
		name: 'Status Code',
		events: 'of requests that were answered with this HTTP status',
		kind: 'statusCode',
		placeholder: 'e.g. 403',
	},
	{
		key: 'uri',
		wire: 'raw_uri',
		name: 'URI',
		events: 'of requests to this path of the API',
		placeholder: 'e.g. /accounts/4bb334f7c94c4a29a045f03944f072e5/members',
	},
	{
		key: 'zoneName',
		wire: 'zone_name',
		name: 'Zone Name',
		events: 'about the zone of this name, also one that was deleted since',
		placeholder: 'e.g. example.com',
	},
];

/** Only to leave zones out; to choose one there is the Zone field. */
export const zoneIdFilter: V2Filter = {
	key: 'zoneId',
	wire: 'zone_id',
	name: 'Zone ID',
	events: 'about the zone with this ID',
	kind: 'hexId',
	placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
};
