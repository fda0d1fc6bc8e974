import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

let now = 1_800_000_000_000;
const cloudflare = createCloudflare({ now: () => now });
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

type Name = keyof typeof seedIds.zones;
const setting = (name: string, zone: Name = 'example.com') => `${zonePath(zone)}/settings/${name}`;

test.each<[string, unknown, Name, string]>([
	['security_level', 'under_attack', 'example.net', '200 undefined'],
	['security_level', 'off', 'example.com', '400 1015'],
	['security_level', 'off', 'enterprise.example', '200 undefined'],
	['security_level', 'extreme', 'example.com', '400 1007'],
	['ssl', 'strict', 'example.com', '200 undefined'],
	['ssl', 'origin_pull', 'example.org', '400 1015'],
	['always_use_https', true, 'example.com', '400 1007'],
	['min_tls_version', '1.3', 'example.com', '200 undefined'],
	['min_tls_version', 1.3, 'example.com', '400 1007'],
	['challenge_ttl', 1801, 'example.com', '400 1007'],
	['browser_cache_ttl', 0, 'example.com', '200 undefined'],
	['polish', 'lossy', 'example.net', '400 1015'],
	['advanced_ddos', 'on', 'enterprise.example', '400 1015'],
	['mirage', 'on', 'enterprise.example', '400 1006'],
	['cname_flattening', 'flatten_all', 'example.com', '400 1006'],
	['toString', 'on', 'example.com', '400 1006'],
])('PATCH %s to %j in %s', async (name, value, zone, expected) => {
	expect(refusal(await send('PATCH', setting(name, zone), { value }))).toBe(expected);
});

test('a setting remembers its value and when it was changed', async () => {
	const first = (await send('GET', setting('ssl'))).json.result;
	expect(first).toEqual({ id: 'ssl', value: 'full', editable: true, modified_on: null });
	const { result } = (await send('PATCH', setting('ssl'), { value: 'strict' })).json;
	expect(result).toEqual({ ...first, value: 'strict', modified_on: expect.any(String) });
	expect((await send('GET', setting('ssl'))).json.result).toEqual(result);
	expect((await send('GET', setting('ssl', 'example.net'))).json.result).toEqual(first);
	expect((await send('GET', setting('polish', 'example.net'))).json.result.editable).toBe(false);
});

test('development mode ends by itself after three hours', async () => {
	const path = setting('development_mode');
	const seconds = async () =>
		(await send('GET', zonePath('example.com'))).json.result.development_mode;
	expect((await send('GET', path)).json.result).toMatchObject({ value: 'off', time_remaining: 0 });
	await send('PATCH', path, { value: 'on' });
	now += 600_000;
	expect((await send('GET', path)).json.result).toMatchObject({
		value: 'on',
		time_remaining: 10200,
	});
	expect(await seconds()).toBe(10200);
	now += 3 * 3600_000;
	expect((await send('GET', path)).json.result).toMatchObject({
		value: 'off',
		time_remaining: -600,
	});
	expect(await seconds()).toBe(-600);
	const { result } = (await send('GET', '/zones?name=example.com')).json;
	expect(result[0].development_mode).toBe(-600);
});

test.each([
	['GET', undefined],
	['PATCH', { items: [{ id: 'ssl', value: 'full' }] }],
])('%s of all settings at once is gone', async (method, body) => {
	const answer = await send(method, `${zonePath('example.com')}/settings`, body);
	expect(refusal(answer)).toBe('404 7003');
});

const purge = (body: unknown, zone: Name = 'example.com') =>
	send('POST', `${zonePath(zone)}/purge_cache`, body);
const urls = (count: number, host = 'www.example.com') =>
	Array.from({ length: count }, (_, index) => `https://${host}/${index}`);

test.each<[unknown, Name, string]>([
	[{ purge_everything: true }, 'example.com', '200 undefined'],
	[{ files: urls(100) }, 'example.com', '200 undefined'],
	[{ files: urls(500, 'enterprise.example') }, 'enterprise.example', '200 undefined'],
	[{ tags: ['a'], hosts: ['www.example.com'] }, 'example.com', '400 1012'],
	[{}, 'example.com', '400 1012'],
	[{ purge_everything: false }, 'example.com', '400 1012'],
	[{ tags: [] }, 'example.com', '400 1012'],
	[{ files: urls(101) }, 'example.com', '400 1094'],
	[{ tags: Array.from({ length: 101 }, String) }, 'enterprise.example', '400 1094'],
	[{ files: ['www.example.com/a'] }, 'example.com', '400 1016'],
	[{ files: ['https://example.org/a'] }, 'example.com', '400 1016'],
	[{ hosts: ['example.org'] }, 'example.com', '400 1016'],
	[{ prefixes: ['https://www.example.com/a'] }, 'example.com', '400 1016'],
])('purge %j', async (body, zone, expected) => {
	const answer = await purge(body, zone);
	expect(refusal(answer)).toBe(expected);
	if (answer.status === 200) expect(answer.json.result).toEqual({ id: seedIds.zones[zone] });
});

test('purging has a limit of its own, which fills up again', async () => {
	const everything = { purge_everything: true };
	for (let i = 0; i < 25; i += 1) expect((await purge(everything, 'example.net')).status).toBe(200);
	const limited = await purge(everything, 'example.net');
	expect(refusal(limited)).toBe('429 1134');
	expect(limited.headers.get('retry-after')).toBe('12');
	expect((await purge({ files: ['https://example.net/'] }, 'example.net')).status).toBe(200);
	expect((await purge(everything)).status).toBe(200);
	now += 12_000;
	expect((await purge(everything, 'example.net')).status).toBe(200);
});

test('permissions: settings and purging are separate groups', async () => {
	const token = sandboxCredentials.zoneOnlyToken;
	const limited = sender(cloudflare, token);
	const rights = cloudflare.state.credentials.find(({ secret }) => secret === token);
	if (rights === undefined) throw new Error('There is no such token');
	const purged = () => limited('POST', `${zonePath('example.com')}/purge_cache`, { tags: ['a'] });
	expect(refusal(await limited('GET', setting('ssl')))).toBe('403 10000');
	expect(refusal(await purged())).toBe('403 10000');
	rights.permissions = ['Zone Settings Read', 'Cache Purge'];
	expect((await limited('GET', setting('ssl'))).status).toBe(200);
	expect(refusal(await limited('PATCH', setting('ssl'), { value: 'full' }))).toBe('405 10405');
	expect((await purged()).status).toBe(200);
});
