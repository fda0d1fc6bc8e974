import fc from 'fast-check';
import type { AuditEvent } from '../../../nodes/CloudflareSecurity/auditEvents/auditEvent';
import { eventFromV1 } from '../../../nodes/CloudflareSecurity/auditEvents/fromV1';
import { eventFromV2 } from '../../../nodes/CloudflareSecurity/auditEvents/fromV2';

const account = '023e105f4ecef8ad9ca31a8372d0c353';

/** Cloudflare API reference, "Get account audit logs". */
const v1Row = {
	action: { result: true, type: 'change_setting' },
	actor: {
		email: 'michelle@example.com',
		id: 'f6b5de0326bb5182b8a4840ee01ec774',
		ip: '198.41.129.166',
		type: 'user',
	},
	id: 'd5b0f326-1232-4452-8858-1089bd7168ef',
	interface: 'API',
	metadata: { name: 'security_level', type: 'firewall', value: 'high', zone_name: 'example.com' },
	newValue: 'low',
	oldValue: 'high',
	owner: { id: account },
	resource: { id: 'a1b2', type: 'zone' },
	when: '2017-04-26T17:31:07.123456Z',
};

/** Cloudflare API reference, "Get account audit logs (Version 2)". */
const v2Row = {
	account: { id: '4bb334f7c94c4a29a045f03944f072e5', name: 'Example Account' },
	action: {
		description: 'Add Member',
		result: 'success',
		time: '2024-04-26T17:31:07Z',
		type: 'create',
	},
	actor: {
		context: 'api_token',
		email: 'alice@example.com',
		id: 'f6b5de0326bb5182b8a4840ee01ec774',
		ip_address: '198.41.129.166',
		token_id: '10001',
		token_name: 'CI',
		type: 'user',
	},
	id: 'f174be97-19b1-40d6-954d-70cd5fbd52db',
	raw: {
		cf_ray_id: '8e9b1c60ef9e1c9a',
		method: 'POST',
		status_code: 200,
		uri: '/accounts/4bb334f7c94c4a29a045f03944f072e5/members',
		user_agent: 'Mozilla/5.0',
	},
	resource: {
		id: 'b1c2',
		product: 'members',
		request: {},
		response: {},
		scope: 'accounts',
		type: 'member',
	},
	zone: { id: 'c1d2', name: 'example.com' },
};

test('a row of v1', () => {
	expect(eventFromV1(v1Row, account)).toEqual({
		id: 'd5b0f326-1232-4452-8858-1089bd7168ef',
		source: 'v1',
		time: '2017-04-26T17:31:07.123456Z',
		time_ms: Date.UTC(2017, 3, 26, 17, 31, 7, 123),
		result: 'success',
		action_type: 'change_setting',
		action_description: null,
		actor_id: 'f6b5de0326bb5182b8a4840ee01ec774',
		actor_email: 'michelle@example.com',
		actor_type: 'user',
		actor_ip: '198.41.129.166',
		actor_context: 'api',
		credential_id: null,
		credential_name: null,
		resource_id: 'a1b2',
		resource_type: 'zone',
		resource_product: null,
		resource_scope: null,
		account_id: account,
		account_name: null,
		zone_id: 'a1b2',
		zone_name: 'example.com',
		ray_id: null,
		method: null,
		uri: null,
		status_code: null,
		user_agent: null,
		changes: [{ field: '(whole value)', before: 'high', after: 'low' }],
		metadata: v1Row.metadata,
	} satisfies AuditEvent);
});

test('a row of v2', () => {
	expect(eventFromV2(v2Row)).toEqual({
		id: 'f174be97-19b1-40d6-954d-70cd5fbd52db',
		source: 'v2',
		time: '2024-04-26T17:31:07Z',
		time_ms: Date.UTC(2024, 3, 26, 17, 31, 7),
		result: 'success',
		action_type: 'create',
		action_description: 'Add Member',
		actor_id: 'f6b5de0326bb5182b8a4840ee01ec774',
		actor_email: 'alice@example.com',
		actor_type: 'user',
		actor_ip: '198.41.129.166',
		actor_context: 'api_token',
		credential_id: '10001',
		credential_name: 'CI',
		resource_id: 'b1c2',
		resource_type: 'member',
		resource_product: 'members',
		resource_scope: 'accounts',
		account_id: '4bb334f7c94c4a29a045f03944f072e5',
		account_name: 'Example Account',
		zone_id: 'c1d2',
		zone_name: 'example.com',
		ray_id: '8e9b1c60ef9e1c9a',
		method: 'POST',
		uri: '/accounts/4bb334f7c94c4a29a045f03944f072e5/members',
		status_code: 200,
		user_agent: 'Mozilla/5.0',
		changes: [],
		metadata: null,
	} satisfies AuditEvent);
});

test('values of v1 that come as records beside empty texts', () => {
	const row = { oldValueJson: { ttl: 60 }, oldValue: '', newValueJson: { ttl: 0 }, newValue: '' };
	expect(eventFromV1(row).changes).toEqual([{ field: 'ttl', before: 60, after: 0 }]);
	expect(eventFromV1({ newValueJson: {}, newValue: 'on' }).changes).toEqual([
		{ field: '(whole value)', after: 'on' },
	]);
});

test.each<[given: unknown, result: AuditEvent['result']]>([
	[true, 'success'],
	[false, 'failure'],
	['success', 'success'],
	['Failure', 'failure'],
	['', null],
	[undefined, null],
	[{}, null],
])('the result %j is %j in both', (result, expected) => {
	expect(eventFromV1({ action: { result } }).result).toBe(expected);
	expect(eventFromV2({ action: { result } }).result).toBe(expected);
});

test('a scope that is a record', () => {
	expect(eventFromV2({ resource: { scope: { type: 'zones' } } }).resource_scope).toBe('zones');
	expect(eventFromV2({ resource: { scope: {} } }).resource_scope).toBeNull();
});

/** A row with some parts replaced by anything, or missing. */
const damaged = (row: object) =>
	fc
		.dictionary(fc.constantFrom(...Object.keys(row)), fc.anything())
		.map((parts) => ({ ...row, ...parts }));
const keys = Object.keys(eventFromV2({}));

test.each<[name: string, fromRow: (row: unknown) => AuditEvent, row: object]>([
	['v1', (row) => eventFromV1(row), v1Row],
	['v2', eventFromV2, v2Row],
])(
	'%s: any JSON gives an event with every key, and texts where texts belong',
	(source, fromRow, row) => {
		const given = fc.oneof(fc.jsonValue(), fc.anything(), damaged(row));
		fc.assert(
			fc.property(given, (value) => {
				const event = fromRow(value);
				expect(Object.keys(event)).toEqual(keys);
				expect(event.source).toBe(source);
				const { changes, metadata, time_ms, status_code, ...texts } = event;
				expect(
					Object.values(texts).every((text) => text === null || typeof text === 'string'),
				).toBe(true);
				expect(Array.isArray(changes)).toBe(true);
				expect(metadata === null || typeof metadata === 'object').toBe(true);
				expect(time_ms === null || Number.isSafeInteger(time_ms)).toBe(true);
				expect(status_code === null || Number.isInteger(status_code)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	},
);
