import type { Difference } from './compare.cjs';

/** A difference that is meant, with why. */
interface MeantDifference {
	endpoint: string;
	/** As in `Difference`. */
	where: readonly string[];
	ours: string;
	sdk: string;
	reason: string;
}

const AUDIT_FILTERS = [
	'account_name',
	'action_result',
	'action_type',
	'actor_context',
	'actor_email',
	'actor_id',
	'actor_ip_address',
	'actor_token_id',
	'actor_token_name',
	'actor_type',
	'id',
	'raw_cf_ray_id',
	'raw_method',
	'raw_status_code',
	'raw_uri',
	'resource_id',
	'resource_product',
	'resource_scope',
	'resource_type',
	'zone_id',
	'zone_name',
];

/** All differences that are tolerated. One that does not occur any more fails the tests. */
export const meantDifferences: readonly MeantDifference[] = [
	{
		endpoint: 'GET /accounts/{account_id}/logs/audit',
		where: AUDIT_FILTERS.map((name) => `query.${name}`),
		ours: 'the filter with one value',
		sdk: 'no such parameter, only `….not`',
		reason:
			"The SDK has types only for the exclusions. Cloudflare's own MCP server and Terraform provider send the plain filters. The exclusions are compared too, and are the same.",
	},
	{
		endpoint: 'PATCH /zones/{zone_id}/dns_records/{dns_record_id}',
		where: ['body.name', 'body.ttl', 'body.type'],
		ours: 'only what changes',
		sdk: 'name, ttl and type too, as they are',
		reason:
			"The SDK's types demand them, as for a PUT. A PATCH leaves alone what is not named, and so does not undo what somebody else changes meanwhile.",
	},
	{
		endpoint: 'GET /zones',
		where: ['query.type'],
		ours: 'one value: `type=full,partial`',
		sdk: 'one for each: `type=full&type=partial`',
		reason:
			'The SDK writes every list so, but documents for this parameter itself: "Multiple types can be specified as a comma-separated list". The stand-in takes only that.',
	},
];

export const isMeant = ({ endpoint, where }: Difference): boolean =>
	meantDifferences.some((meant) => meant.endpoint === endpoint && meant.where.includes(where));

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
