// Part of sdk.test.cts: audit logs of both versions.
import Cloudflare from 'cloudflare';
import type { AuditListResponse } from 'cloudflare/resources/accounts/logs/audit';
import type { AuditLog } from 'cloudflare/resources/shared';
import { seedIds } from '../../sandbox/cloudflare/index.cjs';
import { client, collect, sandbox } from './referee.cjs';

const account = { account_id: seedIds.mainAccount };
const { audit } = client.accounts.logs;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const range = { since: ago(31), before: ago(0) };

test('audit logs, version 1: filters, and pages until an empty one', async () => {
	const filters = {
		...account,
		since: ago(3),
		before: ago(1),
		actor: { email: 'bob@example.com', ip: '203.0.113.66/32' },
		action: { type: 'token_create' },
		direction: 'asc' as const,
		hide_user_logs: false,
		per_page: 1000,
	};
	const [entry]: AuditLog[] = await collect(client.auditLogs.list(filters));
	expect(entry).toEqual({
		id: uuid,
		when: date,
		action: { type: 'token_create', result: true },
		actor: { id: expect.any(String), email: 'bob@example.com', ip: '203.0.113.66', type: 'user' },
		interface: 'UI',
		resource: { type: 'api_token', id: expect.any(String) },
		owner: { id: expect.any(String) },
		oldValue: '',
		newValue: expect.stringContaining('DNS Write'),
		metadata: { name: 'backup' },
	});
	expect(await collect(client.auditLogs.list({ ...account, id: entry.id }))).toEqual([entry]);
	const all = await collect(client.auditLogs.list({ ...account, per_page: 1000 }));
	expect(all.length).toBeGreaterThan(3500);
	const ofZone = client.auditLogs.list({ ...account, zone: { name: 'example.com' } });
	expect((await collect(ofZone)).length).toBeGreaterThan(50);
});

test('audit logs, version 2: every entry once, over cursors', async () => {
	const entries: AuditListResponse[] = await collect(
		audit.list({ ...account, ...range, limit: 1000 }),
	);
	expect(entries.length).toBeGreaterThan(3500);
	expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
	for (const entry of entries.slice(0, 200))
		expect(entry).toMatchObject({
			id: uuid,
			account: { id: account.account_id, name: 'Example Corp' },
			action: { result: expect.stringMatching(/^success|failure$/), time: date },
			actor: { type: expect.any(String), context: expect.any(String) },
			resource: { product: expect.any(String) },
		});
});

test('audit logs, version 2: filters, negated as the SDK writes them', async () => {
	const entries = await collect(
		audit.list({
			...account,
			...range,
			direction: 'asc',
			limit: 1000,
			product_category: ['DNS', 'authentication'],
			actor_email: { not: ['alice@example.com'] },
			action_type: { not: ['view', 'delete'] },
			action_result: { not: ['failure'] },
			actor_type: { not: ['system', 'account'] },
			actor_context: { not: ['api_key'] },
			resource_product: { not: ['login'] },
			raw_status_code: { not: [500] },
			zone_name: { not: ['example.org'] },
		}),
	);
	expect(entries.length).toBeGreaterThan(10);
	const values = (of: (entry: AuditListResponse) => unknown) => new Set(entries.map(of));
	expect(values(({ resource }) => resource?.product)).toEqual(
		new Set(['dns_records', 'api_tokens']),
	);
	expect(values(({ action }) => action?.type)).toEqual(new Set(['create', 'update']));
	expect(values(({ actor }) => actor?.context)).not.toContain('api_key');
	expect(sandbox.calls[0].query).toContainEqual(['actor_type.not', 'account']);
	expect(sandbox.calls[0].query.filter(([name]) => name === 'product_category')).toHaveLength(2);
});

test('audit logs, version 2: history and product categories', async () => {
	const page = await audit.list({ ...account, ...range, product_category: ['dns'], limit: 1 });
	const [entry] = page.result;
	const history = await audit.history(entry.id ?? '', {
		...account,
		...range,
		action_time: entry.action?.time ?? '',
		direction: 'asc',
		limit: 1000,
	});
	expect(history.map(({ id }) => id)).toContain(entry.id);
	expect(new Set(history.map(({ resource }) => resource?.id))).toEqual(
		new Set([entry.resource?.id]),
	);
	const categories = await collect(audit.productCategories(account));
	expect(categories).toContainEqual({
		value: 'dns',
		label: 'DNS',
		products: expect.arrayContaining([{ value: 'dns_records', label: 'DNS records' }]),
	});
	const unknown = audit.list({ ...account, ...range, product_category: ['weather'] });
	await expect(collect(unknown)).rejects.toBeInstanceOf(Cloudflare.BadRequestError);
});
