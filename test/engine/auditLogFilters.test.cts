import type { AuditListParams } from 'cloudflare/resources/accounts/logs/audit';
import {
	ago,
	auditLog,
	DAY,
	filtersOnWire,
	lastMonth,
	v1Path,
	v2Path,
} from '../support/auditLog.cjs';
import { callLines, output, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const zone_id = seedIds.zones['example.com'];
const uuid = 'f174be97-19b1-40d6-954d-70cd5fbd52db';
const times = { since: ago(20 * DAY), before: ago(-300 * DAY) };
const v2 = { ...auditLog, timeRange: 'between', ...times };
const v1 = { ...v2, source: 'v1' };

/** Every filter that v2 applies itself: the field, the API's name, a value. */
const v2Wire: Array<[field: string, wire: string, value: string]> = [
	['accountName', 'account_name', 'Example Corp'],
	['actionType', 'action_type', 'delete'],
	['actorContext', 'actor_context', 'api_token'],
	['actorCredentialId', 'actor_token_id', '10001'],
	['actorCredentialName', 'actor_token_name', 'CI, nightly'],
	['actorEmail', 'actor_email', 'alice+soc@example.com'],
	['actorId', 'actor_id', 'f6b5de0326bb5182b8a4840ee01ec774'],
	['actorIp', 'actor_ip_address', '198.51.100.10'],
	['actorType', 'actor_type', 'cloudflare_admin'],
	['eventId', 'id', uuid],
	['method', 'raw_method', 'DELETE'],
	['rayId', 'raw_cf_ray_id', '8e9b1c60ef9e1c9a'],
	['resourceId', 'resource_id', '01/a b'],
	['resourceProduct', 'resource_product', 'members'],
	['resourceScope', 'resource_scope', 'memberships'],
	['resourceType', 'resource_type', 'dns_record'],
	['result', 'action_result', 'failure'],
	['statusCode', 'raw_status_code', '403'],
	['uri', 'raw_uri', '/zones/x?a=1&b=2'],
	['zoneName', 'zone_name', 'example.com'],
];

describe('Filters of v2 on the wire', () => {
	// The SDK's types have only the negated halves, and its code writes what it is given: the names of the plain halves
	// are those of the API reference.
	test.each(v2Wire)('%s → %s', async (field, wire, value) => {
		await output({ ...v2, filters: { [field]: value } });
		expect(callLines(cf)).toEqual([`GET ${v2Path} 200`]);
		expect(filtersOnWire(cf.calls[0])).toEqual({ [wire]: [value] });
	});

	const second: Record<string, string> = {
		actionType: 'view',
		actorContext: 'dash',
		actorIp: '2001:db8::1',
		actorType: 'system',
		eventId: uuid.replace('f', 'a'),
		resourceScope: 'zones',
		result: 'success',
		statusCode: '500',
	};
	test.each([...v2Wire, ['zoneId', 'zone_id', zone_id]])(
		'excluded, as the official SDK sends it: %s → %s.not',
		async (field, wire, value) => {
			const not = [value, second[field] ?? (field === 'zoneId' ? 'b'.repeat(32) : 'another')];
			await output({ ...v2, exclude: { [field]: not } });
			const params = {
				account_id: seedIds.mainAccount,
				...times,
				direction: 'desc',
				limit: 50,
				[wire]: { not },
			} as unknown as AuditListParams;
			const { method, path, query } = cf.calls[0];
			expect(comparable({ method, path, query })).toEqual(
				await sdkRequest((client) => client.accounts.logs.audit.list(params)),
			);
			expect(filtersOnWire(cf.calls[0])).toEqual({ [`${wire}.not`]: not });
		},
	);

	test('product categories, as the official SDK sends them', async () => {
		await output({ ...v2, filters: { productCategories: ['dns', 'logs'] } });
		const { method, path, query } = cf.calls[0];
		expect(comparable({ method, path, query })).toEqual(
			await sdkRequest((client) =>
				client.accounts.logs.audit.list({
					account_id: seedIds.mainAccount,
					...times,
					direction: 'desc',
					limit: 50,
					product_category: ['dns', 'logs'],
				}),
			),
		);
	});

	test('one text with commas stands for several where several are possible', async () => {
		await output({ ...v2, exclude: { actorEmail: 'a@example.com, b@example.com' } });
		expect(filtersOnWire(cf.calls[0])).toEqual({
			'actor_email.not': ['a@example.com', 'b@example.com'],
		});
	});

	test.each<[filters: object, exclude: object, fits: (event: Record<string, unknown>) => boolean]>([
		[{ actorEmail: 'Alice@Example.com' }, {}, (e) => e.actor_email === 'alice@example.com'],
		[{ result: 'failure' }, {}, (e) => e.result === 'failure'],
		[{ actionType: 'delete' }, {}, (e) => e.action_type === 'delete'],
		[
			{ productCategories: ['dns'] },
			{ actorContext: ['dash'] },
			(e) => e.resource_product === 'dns_records' && e.actor_context !== 'dash',
		],
		[{ zoneName: 'example.com' }, { actionType: ['create'] }, (e) => e.zone_name === 'example.com'],
		[{ actorIp: '2001:DB8:FF1:B0B:0:0:0:1' }, {}, (e) => e.actor_ip === '2001:db8:ff1:b0b::1'],
	])('filters %j, exclude %j give what they say', async (filters, exclude, fits) => {
		const all = { ...auditLog, ...lastMonth, returnAll: true };
		const events = await output({ ...all, filters, exclude });
		expect(events.length).toBeGreaterThan(0);
		expect(events.every(fits)).toBe(true);
	});
});

describe('Filters of v1 on the wire', () => {
	// The SDK has these calls with the same names; compared with what it sends.
	test.each<[filters: Record<string, unknown>, sdk: object, wire: Record<string, string[]>]>([
		[{ eventId: uuid }, { id: uuid }, { id: [uuid] }],
		[{ actionType: 'rec_add' }, { action: { type: 'rec_add' } }, { 'action.type': ['rec_add'] }],
		[
			{ actorEmail: 'alice@example.com' },
			{ actor: { email: 'alice@example.com' } },
			{ 'actor.email': ['alice@example.com'] },
		],
		[
			{ actorIp: '198.51.100.10' },
			{ actor: { ip: '198.51.100.10' } },
			{ 'actor.ip': ['198.51.100.10'] },
		],
		[
			{ actorIp: '198.51.100.99/24' },
			{ actor: { ip: '198.51.100.0/24' } },
			{ 'actor.ip': ['198.51.100.0/24'] },
		],
		[
			{ zoneName: 'example.com' },
			{ zone: { name: 'example.com' } },
			{ 'zone.name': ['example.com'] },
		],
		[{ hideUserEvents: true }, { hide_user_logs: true }, { hide_user_logs: ['true'] }],
		[{ hideUserEvents: false }, { hide_user_logs: false }, { hide_user_logs: ['false'] }],
	])('%j', async (filters, sdk, wire) => {
		await output({ ...v1, filters });
		expect(callLines(cf)).toEqual([`GET ${v1Path} 200`]);
		expect(filtersOnWire(cf.calls[0])).toEqual(wire);
		const { method, path, query } = cf.calls[0];
		expect(comparable({ method, path, query: query.filter(([name]) => name !== 'page') })).toEqual(
			await sdkRequest((client) =>
				client.auditLogs.list({
					account_id: seedIds.mainAccount,
					...times,
					direction: 'desc',
					...sdk,
				}),
			),
		);
	});

	test.each<[filters: object, fits: (event: Record<string, unknown>) => boolean]>([
		[{ result: 'failure' }, (e) => e.result === 'failure'],
		[{ resourceType: 'DNS_record' }, (e) => e.resource_type === 'DNS_record'],
		[{ resourceId: zone_id }, (e) => e.resource_id === zone_id],
	])('%j is applied by the node, and Limit counts afterwards', async (filters, fits) => {
		const all = await output({ ...v1, ...lastMonth, timeRange: 'last', returnAll: true });
		const expected = all.filter(fits).slice(0, 5);
		expect(expected.length).toBeGreaterThan(1);
		cf.calls.length = 0;
		expect(await output({ ...v1, ...lastMonth, timeRange: 'last', filters, limit: 5 })).toEqual(
			expected,
		);
		expect(filtersOnWire(cf.calls[0])).toEqual({});
	});
});
