import type { Given } from '../sdkCalls/helpers.cjs';
import type { Difference } from './compare.cjs';

/** A difference that is meant, with why. */
interface MeantDifference {
	endpoint: string;
	/** As in `Difference`. */
	where: readonly string[];
	ours: string;
	sdk: string;
	reason: string;
	/** Whether these values differ as is meant. @param given the parameters of the run */
	holds(difference: Difference, given: Given): boolean;
}

/** The field of our form for each filter of the API. */
const AUDIT_FILTERS: Readonly<Record<string, string>> = {
	account_name: 'accountName',
	action_result: 'result',
	action_type: 'actionType',
	actor_context: 'actorContext',
	actor_email: 'actorEmail',
	actor_id: 'actorId',
	actor_ip_address: 'actorIp',
	actor_token_id: 'actorCredentialId',
	actor_token_name: 'actorCredentialName',
	actor_type: 'actorType',
	id: 'eventId',
	raw_cf_ray_id: 'rayId',
	raw_method: 'method',
	raw_status_code: 'statusCode',
	raw_uri: 'uri',
	resource_id: 'resourceId',
	resource_product: 'resourceProduct',
	resource_scope: 'resourceScope',
	resource_type: 'resourceType',
	zone_id: 'zone',
	zone_name: 'zoneName',
};

/** What a run gave for a filter; of a resource locator what was chosen. */
function filterIn({ filters }: Given, place: string): unknown {
	const value = (filters as Given | undefined)?.[AUDIT_FILTERS[place.replace('query.', '')]];
	return typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
}

const isOnly = (values: unknown, wanted: unknown): boolean =>
	typeof wanted === 'string' &&
	Array.isArray(values) &&
	values.length === 1 &&
	values[0] === wanted;

/** All differences that are tolerated. One that does not occur any more fails the tests. */
export const meantDifferences: readonly MeantDifference[] = [
	{
		endpoint: 'GET /accounts/{account_id}/logs/audit',
		where: Object.keys(AUDIT_FILTERS).map((name) => `query.${name}`),
		ours: 'the filter with one value',
		sdk: 'no such parameter, only `….not`',
		reason:
			"The SDK has types only for the exclusions. Cloudflare's own MCP server and Terraform provider send the plain filters. The exclusions are compared too, and are the same.",
		holds: ({ where, ours, sdk }, given) =>
			sdk === undefined && isOnly(ours, filterIn(given, where)),
	},
	{
		endpoint: 'PATCH /zones/{zone_id}/dns_records/{dns_record_id}',
		where: ['body.name', 'body.ttl', 'body.type'],
		ours: 'only what changes',
		sdk: 'name, ttl and type too, as they are',
		reason:
			"The SDK's types demand them, as for a PUT. A PATCH leaves alone what is not named, and so does not undo what somebody else changes meanwhile.",
		holds: ({ ours, sdk }) => ours === undefined && sdk !== undefined,
	},
	{
		endpoint: 'GET /zones',
		where: ['query.type'],
		ours: 'one value: `type=full,partial`',
		sdk: 'one for each: `type=full&type=partial`',
		reason:
			'The SDK writes every list so, but documents for this parameter itself: "Multiple types can be specified as a comma-separated list". The stand-in takes only that.',
		holds: ({ ours, sdk }) => Array.isArray(sdk) && isOnly(ours, sdk.join(',')),
	},
];

/** @param given the parameters of the run in which it occurs */
export const isMeant = (difference: Difference, given: Given): boolean =>
	meantDifferences.some(
		({ endpoint, where, holds }) =>
			endpoint === difference.endpoint &&
			where.includes(difference.where) &&
			holds(difference, given),
	);

/** Endpoints that the sandbox serves and the SDK has no method for, with why. */
export const notInSdk: Readonly<Record<string, string>> = Object.fromEntries(
	[
		'GET /user/firewall/access_rules/rules',
		'POST /user/firewall/access_rules/rules',
		'PATCH /user/firewall/access_rules/rules/{rule_id}',
		'DELETE /user/firewall/access_rules/rules/{rule_id}',
	].map((endpoint) => [
		endpoint,
		'The SDK knows IP access rules of accounts and zones. Our nodes do not use those of users: they are in the stand-in because other programs do.',
	]),
);
