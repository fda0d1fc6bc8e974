// All filters and sorting that an operation offers, each value in its own parameter.
import { locator, mainAccount, seedIds } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, attempt, zone, type SdkCalls } from '../sdkCalls/helpers.cjs';

const ofAccount = { scope: 'account', account: mainAccount };
const zoneById = locator('id', zone.zone_id);
const firstPage = { page: 1, per_page: 50 } as const;

const zones = pairsOf('zone');
const records = pairsOf('dnsRecord', { zone: zoneById });
const insights = pairsOf('insight', ofAccount);
const applications = pairsOf('accessApplication', ofAccount);
const accessRules = pairsOf('ipAccessRule', ofAccount);
const auditLog = pairsOf('auditLog', {
	account: mainAccount,
	timeRange: 'between',
	since: '2026-11-01T00:00:00.000Z',
	before: '2026-11-21T00:00:00.000Z',
});
const range = { since: '2026-11-01T00:00:00.000Z', before: '2026-11-21T00:00:00.000Z' };

const lists: readonly Pair[] = [
	zones(
		'getAll',
		'all filters',
		{
			filters: {
				account: mainAccount,
				accountName: 'Corp',
				accountNameOperator: 'contains',
				match: 'all',
				name: 'store',
				nameOperator: 'starts_with',
				status: 'pending',
				type: ['full', 'partial'],
			},
			options: { order: 'plan.id', direction: 'desc' },
		},
		// The stand-in refuses how the SDK writes the types.
		async (sdk) =>
			await attempt(
				sdk.zones.list({
					account: { id: account.account_id, name: 'contains:Corp' },
					match: 'all',
					name: 'starts_with:store',
					status: 'pending',
					type: ['full', 'partial'],
					order: 'plan.id',
					direction: 'desc',
					...firstPage,
				}),
			),
	),
	records(
		'getAll',
		'all filters of text',
		{
			filters: {
				name: 'a.example.com',
				nameContains: 'a',
				nameStartsWith: 'a',
				nameEndsWith: 'com',
				content: '203.0.113.7',
				contentContains: '0.113',
				contentStartsWith: '203',
				contentEndsWith: '.7',
				comment: 'Case 42',
				commentContains: 'ase',
				commentStartsWith: 'C',
				commentEndsWith: '2',
				hasComment: true,
				match: 'any',
			},
			options: { order: 'content', direction: 'desc' },
		},
		async (sdk) =>
			await sdk.dns.records.list({
				...zone,
				name: { exact: 'a.example.com', contains: 'a', startswith: 'a', endswith: 'com' },
				content: { exact: '203.0.113.7', contains: '0.113', startswith: '203', endswith: '.7' },
				comment: {
					exact: 'Case 42',
					contains: 'ase',
					startswith: 'C',
					endswith: '2',
					present: 'true',
				},
				match: 'any',
				order: 'content',
				direction: 'desc',
				...firstPage,
			}),
	),
	records(
		'getAll',
		'all other filters',
		{
			filters: {
				proxied: false,
				search: 'vpn',
				tag: 'owner:it',
				tagContains: 'owner:i',
				tagStartsWith: 'owner:i',
				tagEndsWith: 'owner:t',
				tagPresent: 'owner',
				tagAbsent: 'critical',
				tagMatch: 'any',
				type: 'A',
				shadowedByName: 'dev.example.com',
				shadowingName: 'app.dev.example.com',
			},
			options: { includeShadowMetadata: true },
		},
		async (sdk) =>
			await sdk.dns.records.list({
				...zone,
				proxied: false,
				search: 'vpn',
				tag: {
					exact: 'owner:it',
					contains: 'owner:i',
					startswith: 'owner:i',
					endswith: 'owner:t',
					present: 'owner',
					absent: 'critical',
				},
				tag_match: 'any',
				type: 'A',
				shadowed_by_name: 'dev.example.com',
				shadowing_name: 'app.dev.example.com',
				include_shadow_metadata: true,
				...firstPage,
			}),
	),
	insights(
		'getAll',
		'all filters',
		{
			filters: {
				dismissed: 'false',
				issueClass: 'dmarc',
				issueClassNot: 'spf',
				issueType: ['email_security'],
				issueTypeNot: ['configuration_suggestion'],
				product: 'dns',
				productNot: 'access',
				severity: ['critical', 'low'],
				severityNot: ['moderate'],
				source: ['cloudflare'],
				subject: 'example.com',
				subjectNot: 'example.net',
			},
		},
		async (sdk) =>
			await sdk.securityCenter.insights.list({
				...account,
				dismissed: false,
				issue_class: ['dmarc'],
				'issue_class~neq': ['spf'],
				issue_type: ['email_security'],
				'issue_type~neq': ['configuration_suggestion'],
				product: ['dns'],
				'product~neq': ['access'],
				severity: ['critical', 'low'],
				'severity~neq': ['moderate'],
				source: ['cloudflare'],
				subject: ['example.com'],
				'subject~neq': ['example.net'],
				...firstPage,
			}),
	),
	applications(
		'getAll',
		'all filters',
		{
			filters: {
				aud: 'a'.repeat(64),
				domain: 'admin.example.com',
				exact: true,
				name: 'Admin Site',
				search: 'admin',
				targetAttributes: 'hostname=web-1',
			},
		},
		async (sdk) =>
			await sdk.zeroTrust.access.applications.list({
				...account,
				aud: 'a'.repeat(64),
				domain: 'admin.example.com',
				exact: true,
				name: 'Admin Site',
				search: 'admin',
				target_attributes: 'hostname=web-1',
				...firstPage,
			}),
	),
	accessRules(
		'getAll',
		'all filters',
		{
			filters: {
				match: 'any',
				mode: 'challenge',
				notes: 'Case 42',
				target: 'country',
				value: 'T1',
			},
			options: { order: 'configuration.value', direction: 'desc' },
		},
		async (sdk) =>
			await sdk.firewall.accessRules.list({
				...account,
				match: 'any',
				mode: 'challenge',
				notes: 'Case 42',
				configuration: { target: 'country', value: 'T1' },
				order: 'configuration.value',
				direction: 'desc',
				...firstPage,
			}),
	),
];

/** Every filter of version 2 in its own words; what is left out rather than looked for is what the SDK knows. */
const left = {
	accountName: ['Example Branch Office'],
	actionType: ['create', 'view'],
	actorContext: ['dash', 'api_key'],
	actorCredentialId: ['10001'],
	actorCredentialName: ['CI'],
	actorEmail: ['alice@example.com'],
	actorId: ['f6b5de0326bb5182b8a4840ee01ec774'],
	actorIp: ['198.51.100.10'],
	actorType: ['system'],
	eventId: ['f174e90a-fafe-4643-bbbc-4a0ed4fc8415'],
	method: ['DELETE'],
	rayId: ['8e9b1c60ef9e1c9a'],
	resourceId: ['record-1'],
	resourceProduct: ['members'],
	resourceScope: ['zones'],
	resourceType: ['dns_record'],
	result: ['failure'],
	statusCode: ['403', '500'],
	uri: ['/zones'],
	zoneId: [seedIds.zones['example.net']],
	zoneName: ['example.org'],
};
const withoutThem: SdkCalls = async (sdk) =>
	await sdk.accounts.logs.audit.list({
		...account,
		...range,
		account_name: { not: ['Example Branch Office'] },
		action_type: { not: ['create', 'view'] },
		actor_context: { not: ['dash', 'api_key'] },
		actor_token_id: { not: ['10001'] },
		actor_token_name: { not: ['CI'] },
		actor_email: { not: ['alice@example.com'] },
		actor_id: { not: ['f6b5de0326bb5182b8a4840ee01ec774'] },
		actor_ip_address: { not: ['198.51.100.10'] },
		actor_type: { not: ['system'] },
		id: { not: ['f174e90a-fafe-4643-bbbc-4a0ed4fc8415'] },
		raw_method: { not: ['DELETE'] },
		raw_cf_ray_id: { not: ['8e9b1c60ef9e1c9a'] },
		resource_id: { not: ['record-1'] },
		resource_product: { not: ['members'] },
		resource_scope: { not: ['zones'] },
		resource_type: { not: ['dns_record'] },
		action_result: { not: ['failure'] },
		raw_status_code: { not: [403, 500] },
		raw_uri: { not: ['/zones'] },
		zone_id: { not: [seedIds.zones['example.net']] },
		zone_name: { not: ['example.org'] },
		direction: 'asc',
		limit: 50,
	});
const ascending = { options: { direction: 'asc' } };

const logs: readonly Pair[] = [
	auditLog('getAll', 'version 2, all exclusions', { exclude: left, ...ascending }, withoutThem),
	auditLog(
		'getAll',
		'version 2, product categories',
		{ filters: { productCategories: ['dns', 'logs'] } },
		async (sdk) =>
			await sdk.accounts.logs.audit.list({
				...account,
				...range,
				direction: 'desc',
				limit: 50,
				product_category: ['dns', 'logs'],
			}),
	),
	auditLog(
		'getAll',
		'version 2, all filters',
		{
			filters: Object.fromEntries(
				Object.entries(left)
					.filter(([name]) => name !== 'zoneId')
					.map(([name, [value]]) => [name, value]),
			),
			...ascending,
		},
		// It has types for no filter but those that leave out.
		async (sdk) =>
			await sdk.accounts.logs.audit.list({ ...account, ...range, direction: 'asc', limit: 50 }),
	),
	auditLog(
		'getAll',
		'version 1, all filters',
		{
			source: 'v1',
			filters: {
				actionType: 'add',
				actorEmail: 'bob@example.com',
				actorIp: '203.0.113.0/24',
				eventId: 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
				hideUserEvents: true,
				zoneName: 'example.com',
			},
			...ascending,
		},
		async (sdk) =>
			await sdk.auditLogs.list({
				...account,
				...range,
				id: 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
				action: { type: 'add' },
				actor: { email: 'bob@example.com', ip: '203.0.113.0/24' },
				zone: { name: 'example.com' },
				hide_user_logs: true,
				direction: 'asc',
				page: 1,
				per_page: 50,
			}),
	),
];

export const filterPairs: readonly Pair[] = [...lists, ...logs];
