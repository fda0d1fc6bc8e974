import type { AuditEvent } from './auditEvent';

/**
 * One choice of Trigger On. An event belongs to it when one of the signs below fits. Neither log's words are published as
 * a list, so single words are looked for: "api token" fits API_token, "API Tokens" and apiToken. Plurals count as the word.
 */
export interface EventGroup {
	/** Fixed: saved workflows hold it. */
	value:
		| 'everything'
		| 'signIns'
		| 'credentials'
		| 'members'
		| 'dns'
		| 'waf'
		| 'access'
		| 'logging'
		| 'failures';
	/** As the editor shows it. */
	name: string;
	/** As the editor's list of nodes shows it, which else would make "On waf and rulesets" of the name. */
	action: string;
	/** One sentence for the option's description. */
	catches: string;
	results?: ReadonlyArray<AuditEvent['result']>;
	/** Words in the product or the type of the resource. */
	resources?: readonly string[];
	/** Words that say enough only as the whole product, or as the whole type when no product is told. */
	wholeResources?: readonly string[];
	/** Words in the type of the action, and in what version 2 adds to its few types as a description. */
	actions?: readonly string[];
	/** Words in the name or the kind of a setting. */
	settings?: readonly string[];
	/**
	 * How the path of the request starts behind /zones/{id}, /accounts/{id}, /organizations/{id} or /user; with $ also how
	 * it ends, and with a method in front only for that. Source, unless said otherwise: SDK 7.3.
	 */
	paths?: readonly string[];
	/** Words that mean something else than those they contain: they are passed over. */
	falseFriends?: readonly string[];
}

// Sources of the words of version 1: Elastic's integration "cloudflare" (its sample events and pipeline) and Sekoia's
// format "Cloudflare audit logs"; of version 2: Cloudflare docs, "Audit Logs - version 2", which name only members, and
// an example of an older SDK (product Stream, type Video). Words without a source are the names that the SDK and the
// dashboard use.
export const eventGroups: readonly EventGroup[] = [
	{
		value: 'everything',
		name: 'Everything',
		action: 'On any audit log event',
		catches: 'Every event of the audit log, also of products that no other choice knows',
		results: ['success', 'failure', null],
	},
	{
		value: 'signIns',
		name: 'Sign-Ins',
		action: 'On sign-in',
		catches:
			'Sign-ins to the Cloudflare dashboard, also failed ones, and changes of passwords, two-factor authentication and single sign-on',
		resources: ['login', 'sso', 'password', 'two factor', 'twofactor', '2fa'],
		wholeResources: ['session'],
		// login, add_enforce_twofactor: Elastic; cloudflare_login: Cyderes' parser; SSO_LOGIN: Cloudflare docs.
		actions: ['login', 'log in', 'logout', 'sso', 'password', 'two factor', 'twofactor', '2fa'],
		// /login: the sandbox's guess; no source tells the path of a sign-in.
		paths: ['login', 'sso_connectors'],
		// How Access asks people to sign in to applications.
		falseFriends: ['login method', 'login page'],
	},
	{
		value: 'credentials',
		name: 'API Tokens and Keys',
		action: 'On change of API tokens and keys',
		catches:
			'API tokens, the Global API Key, Origin CA keys, R2 access keys, OAuth clients and Access service tokens: created, changed, rolled, revoked or viewed',
		resources: [
			'api token',
			'api key',
			'origin ca key',
			'access key',
			'temp access credential',
			'service token',
			'oauth',
			// OAuthClient, where the capitals start words.
			'o auth',
		],
		wholeResources: ['token'],
		// token_create, token_revoke, token_roll, API_key_view, rotate_API_key, API_key_created: Elastic.
		actions: [
			'token create',
			'token update',
			'token revoke',
			'token roll',
			'token rotate',
			'token delete',
			'api key',
		],
		paths: ['tokens', 'oauth_clients', 'access/service_tokens', 'r2/temp-access-credentials'],
		// The token with which a machine joins a tunnel opens no API.
		falseFriends: ['tunnel token'],
	},
	{
		value: 'members',
		name: 'Members and Roles',
		action: 'On change of members and roles',
		catches: 'Members of the account, invitations, roles, permission policies and user groups',
		// member(s): Cloudflare docs; iam with user_groups and resource_groups: SDK.
		resources: [
			'member',
			'membership',
			'role',
			'invite',
			'invitation',
			'iam',
			'user group',
			'resource group',
			'permission policy',
			'scim',
		],
		// Version 2's description "Add Member": Cloudflare docs.
		actions: ['member', 'role', 'invite'],
		paths: ['members', 'memberships', 'roles', 'iam', 'invites'],
		falseFriends: ['pool member'],
	},
	{
		value: 'dns',
		name: 'DNS',
		action: 'On change of DNS',
		catches: 'DNS records, DNSSEC, name servers, zone transfers and other DNS settings',
		// DNS_record: Elastic.
		resources: ['dns', 'dnssec', 'nameserver', 'name server', 'custom ns', 'zone transfer', 'tsig'],
		// rec_add, rec_del: Elastic; rec_set: tools that read the log.
		actions: ['rec add', 'rec set', 'rec del'],
		paths: [
			'dns_records',
			'dns_settings',
			'dns_firewall',
			'dnssec',
			'secondary_dns',
			'custom_ns',
			// Adds the records that e-mail needs.
			'email/routing/dns',
		],
		// What Gateway filters for people is not the zone's DNS.
		falseFriends: ['gateway dns', 'dns location'],
	},
	{
		value: 'waf',
		name: 'WAF and Rulesets',
		action: 'On change of WAF and rulesets',
		catches:
			'Rulesets and their rules, IP lists, IP access rules, rate limits, bot, DDoS, API and page protection, and security settings of zones such as Under Attack mode',
		resources: [
			'waf',
			'firewall',
			'ruleset',
			'custom rule',
			'managed rule',
			'rate limit',
			'rate limiting',
			'access rule',
			'lockdown',
			'ua rule',
			'ip list',
			'rule list',
			'bot',
			'ddos',
			'page shield',
			'leaked credential',
			'content upload scan',
			'api gateway',
			'api shield',
			'schema validation',
			'token validation',
			'fraud detection',
			'ai security',
			'security level',
			'url normalization',
		],
		wholeResources: ['list', 'filter'],
		actions: ['waf', 'firewall', 'ruleset'],
		// Version 1 says security_level in the metadata, and firewall as its kind: API reference, "Get account audit logs".
		settings: [
			'firewall',
			'security level',
			'waf',
			'browser check',
			'challenge ttl',
			'ddos',
			'bot',
		],
		paths: [
			'rulesets',
			'firewall',
			'filters',
			'rate_limits',
			'rules/lists',
			'page_shield',
			'bot_management',
			'leaked-credential-checks',
			'content-upload-scan',
			'api_gateway',
			'schema_validation',
			'token_validation',
			'fraud_detection',
			'ai-security',
			// Rules match what this leaves of an address.
			'url_normalization',
			// Several settings in one call (API reference, deprecated). Only the body says which: better an event too many.
			'PATCH settings$',
		],
		falseFriends: ['dns firewall'],
	},
	{
		value: 'access',
		name: 'Access',
		action: 'On change of Access',
		catches:
			'Zero Trust Access: applications, policies, groups, identity providers and service tokens',
		// Gateway (gateway.rule, gateway_create: Sekoia) is left out: it decides where people inside may go, Access who comes in.
		resources: ['access', 'identity provider', 'idp', 'service token'],
		paths: ['access'],
		// IP access rules are the firewall's; keys, credentials, public access and data access logs R2's.
		falseFriends: [
			'access rule',
			'access key',
			'temp access credential',
			'data access',
			'public access',
		],
	},
	{
		value: 'logging',
		name: 'Logging and Notification Settings',
		action: 'On change of logging and notification settings',
		catches:
			'Logpush jobs, log retention and other log settings, and notification policies, destinations and webhooks: what an intruder switches off first',
		// "logpush job" with job_create and job_update: Sekoia.
		resources: [
			'logpush',
			'logpull',
			'logging',
			'log retention',
			'log setting',
			'alerting',
			'alert',
			'notification',
		],
		wholeResources: ['log', 'webhook'],
		actions: ['logpush', 'notification'],
		paths: [
			'logpush',
			'logs/control',
			'logs/explorer/datasets',
			'alerting',
			// Of certificates that somebody issues for the domain.
			'ct/alerting',
			'gateway/logging',
		],
		// R2 tells a queue of new objects.
		falseFriends: ['event notification'],
	},
	{
		value: 'failures',
		name: 'Failed Actions',
		action: 'On failed action',
		catches: 'Whatever was tried and failed, in every product',
		results: ['failure'],
	},
];
