import {
	addToken,
	createCloudflare,
	sandboxCredentials,
	seedIds,
} from '../../sandbox/cloudflare/index.cjs';
import { block, entryPointPath, refusal, sender, zonePath } from './support.cjs';

const START = 1_800_000_000_500;
let now = START;
const cloudflare = createCloudflare({
	now: () => now,
	rateLimit: { quota: 1e6, windowSeconds: 1 },
});
const send = sender(cloudflare);
const main = `/accounts/${seedIds.mainAccount}`;
beforeEach(() => {
	now = START;
	cloudflare.reset();
});

// Nothing of the seed lies in the last minute before the start.
const since = new Date(START - 30_000).toISOString();
const before = new Date(START + 86_400_000).toISOString();
const v1 = async () =>
	(await send('GET', `${main}/audit_logs?since=${since}&direction=asc&per_page=1000`)).json.result;
const v2 = async (more = '') =>
	(
		await send(
			'GET',
			`${main}/logs/audit?since=${since}&before=${before}&direction=asc&limit=1000${more}`,
		)
	).json.result;
const record = { type: 'A', name: 'case', content: '203.0.113.99' };

test('a changed DNS record is in both versions, and only the first tells the values', async () => {
	const created = await send('POST', `${zonePath('example.com')}/dns_records`, record);
	const { id } = created.json.result;
	await send('PATCH', `${zonePath('example.com')}/dns_records/${id}`, { ttl: 600 });
	await send('DELETE', `${zonePath('example.com')}/dns_records/${id}`);
	const old = await v1();
	expect(old.map(({ action }: { action: object }) => action)).toEqual([
		{ type: 'rec_add', result: true },
		{ type: 'rec_set', result: true },
		{ type: 'rec_del', result: true },
	]);
	expect(old[1]).toMatchObject({
		when: '2027-01-15T08:00:00Z',
		interface: 'API',
		actor: { email: 'sandbox@example.com', ip: '192.0.2.200', type: 'user' },
		resource: { id, type: 'DNS_record' },
		metadata: { name: 'case.example.com', type: 'A', zone_name: 'example.com' },
	});
	expect(JSON.parse(old[1].oldValue).ttl).toBe(1);
	expect(JSON.parse(old[1].newValue).ttl).toBe(600);
	const [first] = await v2();
	const token = cloudflare.state.credentials[0];
	expect(first).toEqual({
		id: expect.any(String),
		account: { id: seedIds.mainAccount, name: 'Example Corp' },
		action: {
			description: 'Create dns record',
			result: 'success',
			time: '2027-01-15T08:00:00Z',
			type: 'create',
		},
		actor: {
			id: cloudflare.state.user.id,
			context: 'api_token',
			email: 'sandbox@example.com',
			ip_address: '192.0.2.200',
			token_id: token.id,
			token_name: 'userToken',
			type: 'user',
		},
		raw: {
			cf_ray_id: created.headers.get('cf-ray')?.replace(/-.*/, ''),
			method: 'POST',
			status_code: 200,
			uri: `${zonePath('example.com')}/dns_records`,
			user_agent: expect.any(String),
		},
		resource: {
			id,
			product: 'dns_records',
			type: 'dns_record',
			scope: 'zones',
			request: record,
			response: { id },
		},
		zone: { id: seedIds.zones['example.com'], name: 'example.com' },
	});
	expect(first.id).not.toBe(old[0].id);
});

test('settings, purges and rulesets are written, reads and refusals are not', async () => {
	const zone = zonePath('example.com');
	await send('PATCH', `${zone}/settings/security_level`, { value: 'under_attack' });
	await send('POST', `${zone}/purge_cache`, { purge_everything: true });
	await send('PUT', entryPointPath('example.com'), { rules: [block('203.0.113.7')] });
	await send('GET', `${zone}/settings/ssl`);
	await send('PATCH', `${zone}/settings/ssl`, { value: 'wrong' });
	const old = await v1();
	expect(old).toHaveLength(3);
	expect(old[0]).toMatchObject({
		action: { type: 'change_setting' },
		resource: { type: 'zone', id: seedIds.zones['example.com'] },
		oldValue: 'medium',
		newValue: 'under_attack',
		metadata: { name: 'security_level', zone_name: 'example.com' },
	});
	expect(
		(await v2()).map(({ resource }: { resource: { product: string } }) => resource.product),
	).toEqual(['zone_settings', 'cache', 'rulesets']);
});

test.each([
	['accountToken', { type: 'account', id: seedIds.mainAccount, context: 'api_token' }],
	['globalKey', { type: 'user', email: 'sandbox@example.com', context: 'api_key' }],
] as const)('the actor of %s', async (name, actor) => {
	const secret = sandboxCredentials[name];
	const headers =
		typeof secret === 'string'
			? secret
			: { 'X-Auth-Email': secret.email, 'X-Auth-Key': secret.apiKey };
	await sender(cloudflare, headers)('POST', `${zonePath('example.com')}/dns_records`, record);
	const [entry] = await v2();
	expect(entry.actor).toMatchObject(actor);
	expect('email' in entry.actor).toBe(name === 'globalKey');
	expect('token_id' in entry.actor).toBe(name === 'accountToken');
});

test('a change of the account itself names no zone', async () => {
	const path = `${main}/rulesets/${seedIds.rulesets.accountCustom}/rules`;
	await send('POST', path, block('203.0.113.7'));
	const [entry] = await v2();
	expect(entry).not.toHaveProperty('zone');
	expect(entry).toMatchObject({ raw: { uri: path }, resource: { scope: 'accounts' } });
	expect((await v1())[0].metadata).not.toHaveProperty('zone_name');
});

test('events can come late, with a time in the past', async () => {
	cloudflare.state.audit.delay = 60_000;
	await send('POST', `${zonePath('example.com')}/dns_records`, record);
	const { ids } = cloudflare.state.audit.add({ time: START - 10_000 }, 120_000);
	expect(await v2()).toEqual([]);
	now += 60_000;
	expect(await v2()).toHaveLength(1);
	now += 60_000;
	expect((await v2()).map(({ id }: { id: string }) => id)[0]).toBe(ids.v2);
	expect((await v1())[0].id).toBe(ids.v1);
});

test('25,000 events at once, in 25 pages', async () => {
	const made = cloudflare.state.audit.burst({ count: 25_000, spacing: 1 });
	const ids = new Set<string>();
	let cursor = '';
	let calls = 0;
	do {
		const path = `${main}/logs/audit?since=${since}&before=${before}&limit=1000&cursor=${cursor}`;
		const { result, result_info: info } = (await send('GET', path)).json;
		for (const { id } of result) ids.add(id);
		cursor = info.cursors?.after ?? '';
		calls += 1;
	} while (cursor !== '');
	expect(calls).toBe(25);
	expect(ids.size).toBe(made.length);
	const page = await send('GET', `${main}/audit_logs?since=${since}&per_page=1000&page=25`);
	expect(page.json.result).toHaveLength(1000);
});

test('events of one instant may come in another order each time, but each once in a walk', async () => {
	cloudflare.state.audit.burst({ count: 50, time: START });
	const walk = async () => {
		const ids: string[] = [];
		let cursor = '';
		do {
			const path = `${main}/logs/audit?since=${since}&before=${before}&limit=20&cursor=${cursor}`;
			const { result, result_info: info } = (await send('GET', path)).json;
			ids.push(...result.map(({ id }: { id: string }) => id));
			cursor = info.cursors?.after ?? '';
		} while (cursor !== '');
		return ids;
	};
	expect(await walk()).toEqual(await walk());
	cloudflare.state.audit.ties = 'shuffled';
	const [first, second] = [await walk(), await walk()];
	expect(first).not.toEqual(second);
	expect(new Set(first).size).toBe(50);
	expect([...first].sort()).toEqual([...second].sort());
	const pages = [];
	for (const page of [1, 2, 3])
		pages.push(
			...(await send('GET', `${main}/audit_logs?since=${since}&per_page=20&page=${page}`)).json
				.result,
		);
	expect(new Set(pages.map(({ id }) => id)).size).toBe(50);
});

test('the control interface sets switches, writes events and fills zones', async () => {
	const control = async (method: string, path: string, body: unknown) => {
		const response = await cloudflare.fetch(
			new Request(`http://localhost/__sandbox/${path}`, { method, body: JSON.stringify(body) }),
		);
		return [response.status, await response.json()];
	};
	expect(await control('PUT', 'audit', { ties: 'shuffled', cursorPlace: 'cursor' })).toEqual([
		200,
		{ done: true },
	]);
	expect(cloudflare.state.audit).toMatchObject({ ties: 'shuffled', cursorPlace: 'cursor' });
	expect((await control('PUT', 'audit', { tie: 'x' }))[0]).toBe(400);
	const [, { ids }] = await control('POST', 'audit', {
		count: 3,
		event: { metadata: { name: 'x' } },
	});
	expect((await v1()).map(({ id }: { id: string }) => id).sort()).toEqual(
		ids.map(({ v1: id }: { v1: string }) => id).sort(),
	);
	const fill = { zone: 'enterprise.example', count: 300 };
	expect(await control('POST', 'dns/fill', fill)).toEqual([200, { records: 300 }]);
	expect((await control('POST', 'dns/fill', { zone: 'nowhere', count: 1 }))[0]).toBe(404);
});

test('a token may have other rights in one zone', async () => {
	const secret = addToken(cloudflare.state, {
		permissions: ['Zone Read', 'DNS Read'],
		exceptions: { [seedIds.zones['example.org']]: ['Zone Read'] },
	});
	const limited = sender(cloudflare, secret);
	expect((await limited('GET', '/zones')).json.result_info.total_count).toBe(132);
	const records = async (zone: 'example.com' | 'example.org') =>
		refusal(await limited('GET', `${zonePath(zone)}/dns_records`));
	expect(await records('example.com')).toBe('200 undefined');
	expect(await records('example.org')).toBe('403 10000');
});
