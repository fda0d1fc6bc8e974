import {
	createCloudflare,
	sandboxCredentials,
	seedIds,
	type AuditEvent,
} from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender } from './support.cjs';

const START = 1_800_000_000_000;
let now = START;
const cloudflare = createCloudflare({
	now: () => now,
	rateLimit: { quota: 1e6, windowSeconds: 1 },
});
const send = sender(cloudflare);
const main = `/accounts/${seedIds.mainAccount}`;
const v1Path = `${main}/audit_logs`;
const v2Path = `${main}/logs/audit`;
beforeEach(() => {
	now = START;
	cloudflare.reset();
});

const ago = (days: number) => new Date(now - days * 86_400_000).toISOString();
const range = () => `since=${ago(31)}&before=${ago(-1)}`;
const v1 = async (query = '') =>
	(await send('GET', `${v1Path}?per_page=1000&${query}`)).json.result;
const v2 = async (query = '') =>
	(await send('GET', `${v2Path}?${range()}&limit=1000&${query}`)).json.result;

// Rows have whatever shape a test looks for.
type Row = Record<string, Record<string, unknown>>;

const byV1: Array<[string, (row: Row) => boolean]> = [
	['action.type=token_create', ({ action }) => action.type === 'token_create'],
	['actor.email=ALICE@example.com', ({ actor }) => actor.email === 'alice@example.com'],
	['actor.ip=203.0.113.66', ({ actor }) => actor.ip === '203.0.113.66'],
	['actor.ip=203.0.113.0/24', ({ actor }) => /^203\.0\.113\./.test(String(actor.ip))],
	['actor.ip=2001:db8::/32', ({ actor }) => /^2001:db8:/.test(String(actor.ip))],
	['zone.name=example.org', ({ metadata }) => metadata.zone_name === 'example.org'],
	['hide_user_logs=true', ({ owner }) => owner.id === seedIds.mainAccount],
];
test.each(byV1)('version 1 filters by %s', async (query, matches) => {
	const found: Row[] = await v1(query);
	expect(found.length).toBeGreaterThan(0);
	expect(found.every(matches)).toBe(true);
});

const byV2: Array<[string, (row: Row) => boolean]> = [
	['account_name=Example%20Corp', ({ account }) => account.name === 'Example Corp'],
	['action_result=failure', ({ action }) => action.result === 'failure'],
	['action_type=login', ({ action }) => action.type === 'login'],
	['actor_context=api_key', ({ actor }) => actor.context === 'api_key'],
	['actor_email=Bob@example.com', ({ actor }) => actor.email === 'bob@example.com'],
	['actor_ip_address=203.0.113.66', ({ actor }) => actor.ip_address === '203.0.113.66'],
	['actor_token_name=terraform', ({ actor }) => actor.token_name === 'terraform'],
	['actor_type=Cloudflare_admin', ({ actor }) => actor.type === 'cloudflare_admin'],
	['raw_method=DELETE', ({ raw }) => raw.method === 'DELETE'],
	['raw_status_code=500', ({ raw }) => raw.status_code === 500],
	['resource_product=logpush', ({ resource }) => resource.product === 'logpush'],
	['resource_scope=user', ({ resource }) => resource.scope === 'user'],
	['resource_type=member', ({ resource }) => resource.type === 'member'],
	[`zone_id=${seedIds.zones['example.com']}`, ({ zone }) => zone.name === 'example.com'],
	['zone_name=example.net', ({ zone }) => zone.name === 'example.net'],
	['product_category=DNS', ({ resource }) => resource.product === 'dns_records'],
	[
		'product_category=dns&resource_product=logpush',
		({ resource }) => ['dns_records', 'logpush'].includes(String(resource.product)),
	],
	[
		'action_type.not=update&action_type.not=create',
		({ action }) => ['delete', 'login'].includes(String(action.type)),
	],
	['zone_name.not=example.com', ({ zone }) => zone?.name !== 'example.com'],
	['product_category=dns&resource_product.not=dns_records', () => false],
	['actor_ip_address=203.0.113.0/24', () => false],
];
test.each(byV2)('version 2 filters by %s', async (query, matches) => {
	const found: Row[] = await v2(query);
	// The last two find nothing at all.
	expect(found.length > 0).toBe(matches.length > 0);
	expect(found.every(matches)).toBe(true);
});

test.each([
	'id',
	'audit_log_id',
	'raw_cf_ray_id',
	'raw_uri',
	'resource_id',
	'actor_id',
	'actor_token_id',
])('version 2 finds the values of one row again by %s', async (name) => {
	const [row] = await v2('actor_token_name=backup&direction=asc');
	const values: Record<string, string> = {
		id: row.id,
		audit_log_id: row.id,
		raw_cf_ray_id: row.raw.cf_ray_id,
		raw_uri: row.raw.uri,
		resource_id: row.resource.id,
		actor_id: row.actor.id,
		actor_token_id: row.actor.token_id,
	};
	const ids = (rows: Row[]) => rows.map(({ id }) => id);
	const value = encodeURIComponent(values[name]);
	expect(ids(await v2(`${name}=${value}`))).toContain(row.id);
	expect(ids(await v2(`${name}.not=${value}`))).not.toContain(row.id);
});

test.each([
	'since=yesterday',
	'since=2026-02-30',
	'before=2026-01-01T25:00:00Z',
	'since=2026-01-01T00:00:00+01:00',
	'actor.ip=203.0.113.0/40',
	'actor.ip=somewhere',
	'id=17',
	'hide_user_logs=maybe',
	'direction=up',
	'page=0',
	'per_page=0',
])('version 1 refuses %s', async (query) => {
	// A plus that is not encoded is a space.
	expect(refusal(await send('GET', `${v1Path}?${query}`))).toBe('400 1001');
});

test.each([
	['since=2026-01-01', /before is required/],
	['before=2026-01-01', /since is required/],
	['since=x&before=2026-01-01', /since must be/],
	['since=2026-01-02&before=2026-01-01', /later/],
	['since=2026-01-01&before=2026-01-02&limit=1001', /limit/],
	['since=2026-01-01&before=2026-01-02&limit=0', /limit/],
	['since=2026-01-01&before=2026-01-02&direction=up', /direction/],
	['since=2026-01-01&before=2026-01-02&cursor=x', /cursor/],
	['since=2026-01-01&before=2026-01-02&action_type=add', /action_type/],
	['since=2026-01-01&before=2026-01-02&action_result.not=ok', /action_result/],
	['since=2026-01-01&before=2026-01-02&raw_status_code=many', /raw_status_code/],
	['since=2026-01-01&before=2026-01-02&id=17', /id/],
	['since=2026-01-01&before=2026-01-02&zone_name=a&zone_name=b', /one value/],
	['since=2026-01-01&before=2026-01-02&product_category=weather', /unknown product category/],
])('version 2 refuses %s, without a code', async (query, message) => {
	const answer = await send('GET', `${v2Path}?${query}`);
	expect(answer.status).toBe(400);
	expect(answer.json.errors).toEqual([{ message: expect.stringMatching(message) }]);
});

test('version 1 pages without totals, and cuts large pages down', async () => {
	const { json } = await send('GET', `${v1Path}?per_page=5000`);
	expect(json).not.toHaveProperty('result_info');
	expect(json.result).toHaveLength(1000);
	expect((await send('GET', v1Path)).json.result).toHaveLength(100);
	expect(await v1('page=99')).toEqual([]);
	cloudflare.state.audit.mostPerPage = 100;
	expect(await v1()).toHaveLength(100);
});

test.each(['cursor', 'cursors.after'] as const)(
	'version 2 pages by cursor, in %s',
	async (place) => {
		cloudflare.state.audit.cursorPlace = place;
		const path = `${v2Path}?${range()}&limit=1000&direction=asc`;
		const ids: string[] = [];
		const times: string[] = [];
		let cursor: string | undefined = '';
		let calls = 0;
		while (cursor !== undefined) {
			const { json }: Awaited<ReturnType<typeof send>> = await send(
				'GET',
				`${path}&cursor=${cursor}`,
			);
			const { result, result_info: info } = json;
			ids.push(...result.map(({ id }: Row) => id));
			times.push(...result.map(({ action }: Row) => new Date(String(action.time)).toISOString()));
			expect(info.count).toBe(String(result.length));
			cursor = place === 'cursor' ? info.cursor : info.cursors?.after;
			calls += 1;
		}
		expect(ids.length).toBeGreaterThan(3500);
		expect(calls).toBe(Math.ceil(ids.length / 1000));
		expect(new Set(ids).size).toBe(ids.length);
		expect(times).toEqual([...times].sort());
	},
);

test('a cursor belongs to its call, whatever arrives meanwhile', async () => {
	const path = `${v2Path}?${range()}&limit=10`;
	const first = (await send('GET', path)).json;
	const cursor = first.result_info.cursors.after;
	cloudflare.state.audit.add();
	const second = (await send('GET', `${path}&cursor=${cursor}`)).json.result;
	expect(second.map(({ id }: Row) => id)).not.toContain(first.result[9].id);
	const other = await send('GET', `${path}&cursor=${cursor}&action_type=delete`);
	expect(other.json.errors).toEqual([{ message: expect.stringContaining('other parameters') }]);
});

test('the start of a range belongs to it and its end does not, unless set otherwise', async () => {
	const { audit } = cloudflare.state;
	const day = 86_400_000;
	const event: Partial<AuditEvent> = { metadata: { name: 'edge' } };
	const time = Math.floor(START / day) * day - 60 * day;
	audit.burst({ count: 2, time, spacing: day, event });
	const [since, before] = [0, 1].map((days) => new Date(time + days * day).toISOString());
	const seen = async (path: string) =>
		(await send('GET', `${path}?since=${since}&before=${before}`)).json.result.length;
	expect([await seen(v1Path), await seen(v2Path)]).toEqual([1, 1]);
	audit.includes = { since: false, before: false };
	expect([await seen(v1Path), await seen(v2Path)]).toEqual([1, 0]);
	audit.includes = { since: true, before: true };
	expect([await seen(v1Path), await seen(v2Path)]).toEqual([2, 2]);
	const dates = `since=${since.slice(0, 10)}&before=${before.slice(0, 10)}`;
	expect((await send('GET', `${v2Path}?${dates}`)).json.result).toHaveLength(2);
});

test('history: exact by URI, approximate without a request, unavailable without a resource', async () => {
	const history = async (row: Row, more = range()) =>
		send('GET', `${v2Path}/${row.id}/history?action_time=${row.action.time}&${more}`);
	const [changed] = await v2('resource_product=dns_records&limit=1000');
	const exact = (await history(changed)).json;
	expect(exact.result_info.history_status).toBe('exact');
	expect(exact.result.length).toBeGreaterThan(1);
	expect(new Set(exact.result.map(({ resource }: Row) => resource.id)).size).toBe(1);
	const [automatic] = await v2('actor_type=system');
	expect((await history(automatic)).json.result_info.history_status).toBe('approximate');
	const [purge] = await v2('resource_product=cache');
	expect((await history(purge)).json).toMatchObject({
		result: [],
		result_info: { history_status: 'unavailable' },
	});
	expect((await history(changed, '')).status).toBe(400);
	const elsewhere = { ...changed, action: { time: ago(60) } };
	expect((await history(elsewhere)).status).toBe(404);
});

test('the accounts have logs of their own, the same in every sandbox', async () => {
	const second = await send('GET', `/accounts/${seedIds.secondAccount}/audit_logs?per_page=1000`);
	const ids = (rows: Row[]) => rows.map(({ id }) => id);
	const first = await v1();
	expect(ids(second.json.result).filter((id) => ids(first).includes(id))).toEqual([]);
	cloudflare.reset();
	expect(await v1()).toEqual(first);
});

test.each([
	['noPermissionToken', v1Path],
	['noPermissionToken', v2Path],
	['zoneOnlyToken', `${v2Path}/product_categories`],
] as const)('%s is refused at %s', async (token, path) => {
	expect(refusal(await sender(cloudflare, sandboxCredentials[token])('GET', path))).toBe(
		'403 10000',
	);
});
