// The audit log: all filters of both versions, and those of one zone.
import { ago, DAY } from '../../support/auditLog.cjs';
import { mainAccount, seedIds } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, lastMonth, zone, type SdkCalls } from '../sdkCalls/helpers.cjs';
import { zoneById } from './shared.cjs';

const range = { since: ago(20 * DAY), before: ago(0) };
const auditLog = pairsOf('auditLog', { account: mainAccount, timeRange: 'between', ...range });
const recent = pairsOf('auditLog', { account: mainAccount, lastAmount: 30, lastUnit: 'days' });

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

export const auditLogPairs: readonly Pair[] = [
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
	recent('getAll', 'version 2, of a zone', { filters: { zone: zoneById } }, async (sdk) => {
		await sdk.zones.get(zone);
		await sdk.accounts.logs.audit.list({
			...account,
			...lastMonth(),
			direction: 'desc',
			limit: 50,
		});
	}),
];
