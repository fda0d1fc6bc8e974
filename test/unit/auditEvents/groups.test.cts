import fc from 'fast-check';
import type { AuditEvent } from '../../../nodes/CloudflareSecurity/auditEvents/auditEvent';
import { eventFromV1 } from '../../../nodes/CloudflareSecurity/auditEvents/fromV1';
import { eventFromV2 } from '../../../nodes/CloudflareSecurity/auditEvents/fromV2';
import {
	eventGroups,
	isInGroups,
	type EventGroup,
} from '../../../nodes/CloudflareSecurity/auditEvents/groups';
import { createCloudflare, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { expectInProportion } from '../../support/proportion.cjs';
import { block, entryPointPath, sender, zonePath } from '../../sandbox/support.cjs';

type Group = EventGroup['value'];

const ALL = eventGroups.map(({ value }) => value);
/** The groups of an event without "everything", to which all belong. */
const groupsOf = (event: AuditEvent): Group[] => {
	expect(isInGroups(event, ['everything'])).toBe(true);
	return ALL.filter((value) => value !== 'everything' && isInGroups(event, [value]));
};

const v1 = (action: string, type: string, metadata: object = {}) =>
	eventFromV1({ action: { type: action, result: true }, resource: { id: 'a1', type }, metadata });
const v2 = (action: string, product?: string, type?: string, uri?: string, more: object = {}) =>
	eventFromV2({
		action: { type: action, result: 'success', ...more },
		resource: { id: 'a1', product, type },
		raw: { uri },
	});
/** An event whose product and type say nothing, as of a product that got another name. */
const at = (uri: string, method = 'PATCH') =>
	eventFromV2({
		action: { type: 'update', result: 'success' },
		resource: { id: 'a1', product: 'Thing', type: 'Item' },
		raw: { uri, method },
	});

const account = '/accounts/4bb334f7c94c4a29a045f03944f072e5';
const zone = '/zones/023e105f4ecef8ad9ca31a8372d0c353';

type Case = [what: string, event: AuditEvent, groups: Group[]];

const caught: Case[] = [
	['a sign-in, v1', v1('login', 'account'), ['signIns']],
	["a sign-in of Cloudflare's staff, v1", v1('cloudflare_login', 'account'), ['signIns']],
	['enforced two-factor authentication, v1', v1('add_enforce_twofactor', 'account'), ['signIns']],
	['two-factor authentication switched off', v1('2FA_disabled', 'user'), ['signIns']],
	[
		'a sign-in, by the description',
		v2('create', undefined, undefined, undefined, { description: 'Log in' }),
		['signIns'],
	],
	['two-factor authentication, by the action', v1('two_factor_disable', 'user'), ['signIns']],
	['a session, v1', v1('delete', 'session'), ['signIns']],
	['a sign-out, v1', v1('logout', 'account'), ['signIns']],
	['a new password, v1', v1('password_change', 'user'), ['signIns']],
	['a sign-in, v2', v2('login', 'Accounts', 'Session', '/login'), ['signIns']],
	[
		'a sign-in that only the description tells',
		v2('create', undefined, undefined, undefined, { description: 'SSO_LOGIN' }),
		['signIns'],
	],
	['another password', v2('update', 'User', 'Password', '/user'), ['signIns']],
	['a single sign-on connector', at(`${account}/sso_connectors/a1`), ['signIns']],

	['a new token, v1', v1('token_create', 'account'), ['credentials']],
	['a rolled token, v1', v1('token_roll', 'account'), ['credentials']],
	['a changed token, v1', v1('token_update', 'account'), ['credentials']],
	['a deleted token, v1', v1('token_delete', 'account'), ['credentials']],
	['a rotated token, v1', v1('token_rotate', 'account'), ['credentials']],
	['a revoked token, v1', v1('token_revoke', 'account'), ['credentials']],
	['somebody looked at the Global API Key', v1('API_key_view', 'user'), ['credentials']],
	['a rotated Global API Key', v1('rotate_API_key', 'account'), ['credentials']],
	['a new key', v1('API_key_created', 'api_key'), ['credentials']],
	['a token of a user, v2', v2('create', 'API Tokens', 'Token', '/user/tokens'), ['credentials']],
	['a token, by its product alone', v2('create', 'tokens', 'thing'), ['credentials']],
	['a token of the account', at(`${account}/tokens/a1/value`), ['credentials']],
	['a token, written together', v2('create', 'User', 'APIToken'), ['credentials']],
	['an OAuth client', at(`${account}/oauth_clients/a1/rotate_secret`), ['credentials']],
	['an OAuth client, by its words', v2('create', 'Dashboard', 'OAuthClient'), ['credentials']],
	['a service token, v1', v1('create', 'service_token'), ['credentials', 'access']],
	['an Origin CA key', v2('create', 'SSL', 'Origin CA Key'), ['credentials']],
	['an access key of R2', v2('create', 'R2', 'Access Keys'), ['credentials']],
	[
		'temporary credentials of R2',
		v2('create', 'R2', 'temp_access_credentials', `${account}/r2/temp-access-credentials`),
		['credentials'],
	],
	[
		'a service token of Access, v2',
		v2('create', 'Access', 'Service Token', `${account}/access/service_tokens`),
		['credentials', 'access'],
	],
	[
		'a service token of Access, by its path',
		at(`${account}/access/service_tokens`),
		['credentials', 'access'],
	],
	[
		'a service token of Access, v1',
		v1('create', 'access.service_token'),
		['credentials', 'access'],
	],

	['a new member, v1', v1('add', 'account_member'), ['members']],
	['a new member, by the action', v1('add_member', 'account'), ['members']],
	['another role, v1', v1('change_role', 'account'), ['members']],
	['a new member, v2', v2('create', 'members', 'type', `${account}/members`), ['members']],
	['an invitation', at('/user/invites/a1'), ['members']],
	['an invitation, v1', v1('invite_user', 'account'), ['members']],
	['somebody leaves', at('/memberships/a1'), ['members']],
	['a user group', at(`${account}/iam/user_groups/a1/members`), ['members']],
	['a permission policy', v2('update', 'Accounts', 'PermissionPolicies'), ['members']],

	['a new DNS record, v1', v1('rec_add', 'DNS_record'), ['dns']],
	['a DNS record, by its action alone', v1('rec_del', 'zone'), ['dns']],
	['a DNS record, v2', v2('update', 'DNS Records', 'Record', `${zone}/dns_records/a1`), ['dns']],
	['a DNS record, by another action', v1('rec_set', 'zone'), ['dns']],
	['a new DNS record, by the action', v1('rec_add', 'zone'), ['dns']],
	['DNSSEC', at(`${zone}/dnssec`), ['dns']],
	['DNSSEC, v1', v1('update', 'dnssec'), ['dns']],
	['name servers', v2('update', 'Zones', 'Nameservers'), ['dns']],
	['a zone transfer', at(`${account}/secondary_dns/peers`), ['dns']],
	['a cluster of DNS Firewall', v2('update', 'DNS Firewall', 'Cluster'), ['dns']],
	['records for e-mail', at(`${zone}/email/routing/dns`), ['dns']],

	['a ruleset, v1', v1('update', 'ruleset'), ['waf']],
	['a rule switched off', v2('update', 'Rulesets', 'Rule', `${zone}/rulesets/a/rules/b`), ['waf']],
	[
		'an override of managed rules',
		at(`${zone}/rulesets/phases/http_request_firewall_managed/entrypoint`),
		['waf'],
	],
	['the custom rules of an account', at(`${account}/rulesets/a1`), ['waf']],
	['a ruleset, without a request', v2('update', 'WAF', 'CustomRules'), ['waf']],
	['a rule, by the action', v1('ruleset_update', 'zone'), ['waf']],
	['the WAF, by the action', v1('waf_toggle', 'zone'), ['waf']],
	['the firewall, by the action', v1('firewall_rule_add', 'zone'), ['waf']],
	[
		'a firewall setting',
		v1('change_setting', 'zone', { name: 'Challenge', type: 'firewall' }),
		['waf'],
	],
	['an IP list', v2('create', 'Lists', 'List', `${account}/rules/lists`), ['waf']],
	['an IP list, v1', v1('update', 'list'), ['waf']],
	['an address on an IP list', at(`${account}/rules/lists/a1/items`), ['waf']],
	['an IP access rule, v1', v1('add', 'firewall.access_rule'), ['waf']],
	['an IP access rule, v2', v2('create', 'IP Access Rules', 'Access Rule'), ['waf']],
	['an IP access rule of a user', at('/user/firewall/access_rules/rules'), ['waf']],
	['a filter of the old firewall', at(`${zone}/filters`), ['waf']],
	['a rate limit', v2('delete', 'Rate Limiting', 'Rule'), ['waf']],
	['a rate limit, v1', v1('delete', 'rate_limit'), ['waf']],
	['Page Shield', at(`${zone}/page_shield/policies/a1`), ['waf']],
	['bots', at(`${zone}/bot_management`), ['waf']],
	['checks of leaked credentials', at(`${zone}/leaked-credential-checks`), ['waf']],
	['protection of APIs', v2('update', 'API Shield', 'Configuration'), ['waf']],
	[
		'tokens of visitors that API Shield checks',
		v2('update', 'API Shield', 'Token Configuration', `${zone}/token_validation/config/a1`),
		['waf'],
	],
	[
		'Under Attack mode, v1',
		v1('change_setting', 'zone', { name: 'security_level', type: 'firewall', value: 'high' }),
		['waf'],
	],
	['the WAF switched off, v1', v1('change_setting', 'zone', { name: 'WAF' }), ['waf']],
	['Under Attack mode, v2', at(`${zone}/settings/security_level`), ['waf']],
	[
		'the browser check, without a request',
		eventFromV2({ resource: { product: 'zones', type: 'zone_setting', id: 'browser_check' } }),
		['waf'],
	],
	['several settings at once', at(`${zone}/settings`), ['waf']],

	['an Access application, v1', v1('add', 'access_application'), ['access']],
	[
		'an Access application, v2',
		v2('update', 'Access', 'App', `${account}/access/apps`),
		['access'],
	],
	['an Access policy of a zone', at(`${zone}/access/apps/a1/policies/b1`), ['access']],
	['an Access group', v2('delete', 'Zero Trust Access', 'Groups'), ['access']],
	['an identity provider', v2('update', 'Zero Trust', 'Identity Providers'), ['access']],

	['a Logpush job, v1', v1('job_create', 'logpush job'), ['logging']],
	['a Logpush job, v1, as other events write it', v1('delete', 'logpush.job'), ['logging']],
	['a Logpush job, v2', v2('delete', 'Logpush', 'Job', `${zone}/logpush/jobs/1`), ['logging']],
	['Logpush, by the action', v1('logpush_disable', 'zone'), ['logging']],
	['a notification, by the action', v1('notification_mute', 'account'), ['logging']],
	['log retention', at(`${zone}/logs/control/retention/flag`), ['logging']],
	['the logs of Gateway', at(`${account}/gateway/logging`), ['logging']],
	['settings of logs', v2('update', 'Logs', 'cmb_config'), ['logging']],
	['a notification policy, v1', v1('delete', 'notification_policy'), ['logging']],
	[
		'a webhook for notifications',
		v2('update', 'Notifications', 'Webhook', `${account}/alerting/v3/destinations/webhooks/a1`),
		['logging'],
	],
	['a notification policy, by its path', at(`${account}/alerting/v3/policies/a1`), ['logging']],
];

const passedOver: Case[] = [
	['how people sign in to Access', v2('update', 'Access', 'Login Method'), ['access']],
	['the sign-in page of Access', v2('update', 'Access', 'login_page'), ['access']],
	['a Turnstile widget', at(`${account}/challenges/widgets/a1/rotate_secret`), []],
	['a token of AI Search', v2('create', 'AI Search', 'Tokens', `${account}/ai-search/tokens`), []],
	['a token of a tunnel', v1('tunnel_token_rotate', 'tunnel'), []],
	[
		'a key in Workers KV',
		v2('update', 'Workers KV', 'Key', `${account}/storage/kv/namespaces`),
		[],
	],
	['a signing key of Stream', v2('create', 'Stream', 'Keys', `${account}/stream/keys`), []],
	['a pool of a load balancer', v1('update', 'load_balancer.pool_member'), []],
	['Gateway, v1', v1('gateway_create', 'gateway.rule'), []],
	['a DNS location of Gateway', v2('create', 'Gateway', 'DNS Location'), []],
	[
		'DNS policies of Gateway',
		v2('create', 'Gateway DNS', 'Policy', `${account}/gateway/rules`),
		[],
	],
	['a list of Gateway', v2('update', 'Gateway', 'List', `${account}/gateway/lists/a1`), []],
	['a page rule, v1', v1('add', 'page_rule'), []],
	['a page rule, v2', v2('create', 'Page Rules', 'Rule', `${zone}/pagerules`), []],
	[
		'a rule for e-mail',
		v2('create', 'Email Routing', 'Routing Rules', `${zone}/email/routing/rules`),
		[],
	],
	['something that lists', v1('list', 'queue'), []],
	['a filter of BGP', at(`${account}/magic/bgp/filter_profiles/a1`), []],
	['a TLS setting, v1', v1('change_setting', 'zone', { name: 'min_tls_version', type: 'ssl' }), []],
	['a network setting, v1', v1('change_setting', 'zone', { name: 'IPv6', type: 'network' }), []],
	['one new setting', at(`${zone}/settings`, 'POST'), []],
	['a TLS setting, v2', at(`${zone}/settings/min_tls_version`), []],
	['a Worker whose name says WAF', v1('update', 'worker', { name: 'waf', type: 'firewall' }), []],
	['a public bucket', v2('update', 'R2', 'Public Access', `${account}/r2/buckets/a1`), []],
	['the log of who reads a bucket', v2('update', 'R2', 'Data Access Logs'), []],
	['accessibility', v2('update', 'Browser Rendering', 'accessibilityTree'), []],
	['help for Cloudflare', v1('revoke_access', 'support'), []],
	['an event notification of R2', v2('create', 'R2', 'Event Notifications'), []],
	['a catalogue', at(`${account}/r2-catalog/logs`), []],
	['a query of logs', at(`${account}/logs/explorer/query/sql`), []],
	['a webhook of Stream', v2('update', 'Stream', 'Webhook', `${account}/stream/webhook`), []],
	['a purged cache', v1('purge', 'zone'), []],
	['words in the query of a request', at(`${zone}/purge_cache?x=/zones/a/rulesets`), []],
	['an id that is a word', at('/zones/rulesets/purge_cache'), []],
	['texts that together make a word', v2('create', 'Stream API', 'Token'), []],
	['a description of v1', eventFromV1({ action: { type: 'create', info: 'api token' } }), []],
	['names of members of objects', v1('constructor', '__proto__'), []],
];

/** Names of resources in either log, and requests whose product says nothing. */
const recognised: Array<[group: Group, types: string[], paths: string[]]> = [
	[
		'signIns',
		['login', 'SSO Connectors', 'Two-Factor Authentication', '2FA', 'twofactor'],
		['/login'],
	],
	[
		'credentials',
		['api_key', 'API Keys', 'oauth_client', 'temp_access_credentials'],
		[`${account}/r2/temp-access-credentials`],
	],
	[
		'members',
		[
			'Memberships',
			'Roles',
			'Invite',
			'invitations',
			'IAM',
			'User Groups',
			'ResourceGroup',
			'SCIM User',
		],
		[`${account}/members/a1`, `${account}/roles`],
	],
	[
		'dns',
		['Name Servers', 'custom_ns', 'Zone Transfers', 'TSIG'],
		[
			`${zone}/dns_records/batch`,
			`${account}/dns_settings`,
			`${account}/dns_firewall`,
			`${zone}/custom_ns`,
		],
	],
	[
		'waf',
		[
			...[
				'WAF Package',
				'Firewall Rules',
				'filter',
				'Custom Rules',
				'firewall.lockdown',
				'Zone Lockdown',
				'UA Rules',
				'IP Lists',
				'Rules Lists',
				'rule_list',
			],
			...[
				'Managed Rules',
				'Super Bot Fight Mode',
				'DDoS Override',
				'Page Shield',
				'Leaked Credential Checks',
			],
			...[
				'Content Upload Scan',
				'api_gateway',
				'Schema Validation',
				'Token Validation',
				'Fraud Detection',
			],
			...['AI Security', 'security_level', 'URL Normalization'],
		],
		[
			...[
				`${zone}/rate_limits/a1`,
				`${zone}/content-upload-scan/disable`,
				`${zone}/api_gateway/settings`,
			],
			...[
				`${zone}/schema_validation/settings`,
				`${zone}/token_validation/rules`,
				`${zone}/url_normalization`,
			],
			...[
				`${zone}/fraud_detection/settings`,
				`${zone}/ai-security/settings`,
				`${zone}/settings/waf`,
			],
			...[
				`${zone}/settings/challenge_ttl`,
				`${zone}/settings/advanced_ddos`,
				`${zone}/settings/bot_fight`,
			],
		],
	],
	['access', ['IdP', 'idp', 'access.policy'], [`${zone}/access/groups`]],
	[
		'logging',
		[
			'Logpull',
			'Gateway Logging',
			'Log Retention',
			'Log Settings',
			'Alerting',
			'alerts',
			'webhook',
		],
		[`${account}/logpush/jobs`, `${account}/logs/explorer/datasets`, `${zone}/ct/alerting`],
	],
];

describe('A group', () => {
	test.each(caught)('catches %s', (_what, event, groups) => {
		expect(groupsOf(event)).toEqual(groups);
	});

	test.each(passedOver)('passes over %s', (_what, event, groups) => {
		expect(groupsOf(event)).toEqual(groups);
	});

	test.each(recognised)(
		'%s knows its resources by their type and by the request',
		(group, types, paths) => {
			const events = [...types.map((type) => v1('update', type)), ...paths.map((path) => at(path))];
			expect(events.map((event) => groupsOf(event))).toEqual(events.map(() => [group]));
		},
	);

	test('catches what failed, beside its subject', () => {
		const failed = eventFromV1({ action: { type: 'login', result: false } });
		expect(groupsOf(failed)).toEqual(['signIns', 'failures']);
		expect(groupsOf(eventFromV2({ action: { type: 'create', result: 'failure' } }))).toEqual([
			'failures',
		]);
	});

	test('reads an address with a host and the version of the API', () => {
		expect(groupsOf(at(`https://api.cloudflare.com/client/v4${zone}/dns_records`))).toEqual([
			'dns',
		]);
		expect(groupsOf(at(`/api/v4${account}/MEMBERS?page=1`))).toEqual(['members']);
	});
});

test.each([eventFromV1({}), eventFromV2({})])(
	'an event of nulls is only in everything',
	(event) => {
		expect(groupsOf(event)).toEqual([]);
	},
);

test('no group chosen catches nothing, nor does one that is not known', () => {
	const event = v1('login', 'account');
	expect(isInGroups(event, [])).toBe(false);
	for (const unknown of ['', 'toString', '__proto__', undefined])
		expect(isInGroups(event, [unknown as Group])).toBe(false);
});

test('every choice has its own value, a name in title case and one sentence', () => {
	expect(new Set(ALL).size).toBe(eventGroups.length);
	expect(eventGroups.map(({ name }) => name)).toEqual([
		'Everything',
		'Sign-Ins',
		'API Tokens and Keys',
		'Members and Roles',
		'DNS',
		'WAF and Rulesets',
		'Access',
		'Logging and Notification Settings',
		'Failed Actions',
	]);
	for (const { catches } of eventGroups) expect(catches).toMatch(/^[A-Z].*[^.\s]$/);
});

describe('The events of the sandbox', () => {
	const START = 1_800_000_000_000;
	/** By product, and the setting where it is one. */
	const EXPECTED: Record<string, Group[]> = {
		access: ['access'],
		alerting: ['logging'],
		api_tokens: ['credentials'],
		cache: [],
		dns_records: ['dns'],
		login: ['signIns'],
		logpush: ['logging'],
		members: ['members'],
		rulesets: ['waf'],
		security_center: [],
		ssl: [],
		'zone_settings always_use_https': [],
		'zone_settings min_tls_version': [],
		'zone_settings security_level': ['waf'],
		'zone_settings ssl': [],
	};

	test('are in the groups that one expects, in both logs', async () => {
		const cloudflare = createCloudflare({ now: () => START });
		const send = sender(cloudflare);
		const main = `/accounts/${seedIds.mainAccount}`;
		const zonePathOf = zonePath('example.com');
		const [insight] = (await send('GET', `${main}/security-center/insights`)).json.result.issues;
		const changes: Array<[method: string, path: string, body: object]> = [
			['POST', `${zonePathOf}/dns_records`, { type: 'A', name: 'case', content: '203.0.113.99' }],
			['PATCH', `${zonePathOf}/settings/security_level`, { value: 'under_attack' }],
			['POST', `${zonePathOf}/purge_cache`, { purge_everything: true }],
			['PUT', entryPointPath('example.com'), { rules: [block('203.0.113.7')] }],
			['PUT', `${main}/security-center/insights/${insight.id}/dismiss`, { dismiss: true }],
		];
		for (const [method, path, body] of changes)
			expect([path, (await send(method, path, body)).status]).toEqual([path, 200]);

		const since = new Date(START - 31 * 86_400_000).toISOString();
		const before = new Date(START + 86_400_000).toISOString();
		const range = `since=${since}&before=${before}&direction=asc`;
		const found: AuditEvent[] = [];
		for (let page = 1, more = true; more; page += 1) {
			const path = `${main}/audit_logs?${range}&per_page=1000&page=${page}`;
			const { result } = (await send('GET', path)).json;
			found.push(...result.map((row: unknown) => eventFromV1(row)));
			more = result.length > 0;
		}
		let cursor: string | undefined = '';
		do {
			const path: string = `${main}/logs/audit?${range}&limit=1000&cursor=${cursor}`;
			const { result, result_info: info } = (await send('GET', path)).json;
			found.push(...result.map((row: unknown) => eventFromV2(row)));
			cursor = info.cursors?.after;
		} while (cursor !== undefined);

		const entries = cloudflare.state.audit.entriesOf(seedIds.mainAccount);
		const kindOf = new Map<string | null, string>();
		for (const { ids, resource } of entries) {
			const { product, id } = resource;
			const kind = product === 'zone_settings' ? `${product} ${id}` : product;
			kindOf.set(ids.v1, kind);
			kindOf.set(ids.v2, kind);
		}
		const expected = (event: AuditEvent): Group[] => [
			...EXPECTED[kindOf.get(event.id) ?? ''],
			...(event.result === 'failure' ? (['failures'] as const) : []),
		];
		expect(new Set(found.map(({ id }) => kindOf.get(id)))).toEqual(new Set(Object.keys(EXPECTED)));
		for (const source of ['v1', 'v2'] as const)
			expect(found.filter((event) => event.source === source).length).toBeGreaterThan(3500);
		const wrong = found
			.map((event) => ({
				kind: kindOf.get(event.id),
				source: event.source,
				groups: ALL.filter((value) => isInGroups(event, [value])),
				expected: ['everything', ...expected(event)],
			}))
			.filter(({ groups, expected }) => groups.join() !== expected.join());
		expect(wrong).toEqual([]);
	});
});

describe('Whatever an event says', () => {
	const words = fc.constantFrom(
		...['api', 'token', 'ACCESS', 'rule', 'firewall', 'Logpush', 'setting', 'settings', 'zones'],
		...['/', '_', '.', '%', '<', '>', '|', '$1', '\u0000', 'é', '__proto__', 'İ'],
	);
	const text = fc.option(
		fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(words).map((all) => all.join('')),
		),
	);
	const keys = ['action_type', 'action_description', 'resource_id', 'resource_type'] as const;
	const event = fc
		.record({
			...Object.fromEntries([...keys, 'resource_product', 'uri'].map((key) => [key, text])),
			source: fc.constantFrom('v1', 'v2'),
			result: fc.constantFrom('success', 'failure', null),
			metadata: fc.option(
				fc.dictionary(fc.constantFrom('name', 'type', '__proto__'), fc.oneof(text, fc.anything())),
			),
		})
		.map((fields) => ({ ...eventFromV2({}), ...fields }) as AuditEvent);
	const groups = fc.subarray(ALL);

	test('nothing is thrown, everything is everything, and another group takes no event away', () => {
		fc.assert(
			fc.property(event, groups, groups, (given, some, more) => {
				expect(isInGroups(given, ['everything', ...some])).toBe(true);
				const together = isInGroups(given, some) || isInGroups(given, more);
				expect(isInGroups(given, [...some, ...more])).toBe(together);
			}),
			{ numRuns: 1000 },
		);
	});

	test.each(['A', 'aA', 'access_rule_', '/', '?#', 's', 's/'])(
		'a huge text of %j takes time in proportion to its length',
		(piece) => {
			expectInProportion((length) => {
				const huge = piece.repeat(length / piece.length);
				const event = v2(huge, huge, huge, huge, { description: huge });
				const setting = v2('update', 'zones', 'setting', `/zones/a/settings/${huge}`);
				return () => {
					isInGroups(event, ALL);
					isInGroups(setting, ALL);
				};
			}, 300_000);
		},
	);
});
