import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
const zones = async (query: string) => (await send('GET', `/zones?${query}`)).json;
const names = async (query: string): Promise<string[]> =>
	(await zones(query)).result.map(({ name }: { name: string }) => name);

test.each([
	['', { page: 1, per_page: 20, count: 20, total_count: 132, total_pages: 7 }],
	['per_page=1000', { per_page: 50, count: 50, total_pages: 3 }],
	['per_page=50&page=3', { page: 3, count: 32 }],
	['name=example.com&per_page=1', { per_page: 1, count: 1, total_pages: 1 }],
	['page=99', { page: 99, count: 0 }],
	[`account.id=${seedIds.mainAccount}`, { total_count: 130 }],
	['account.name=contains:Branch', { total_count: 2 }],
	['status=pending', { total_count: 6 }],
	['type=internal', { total_count: 1 }],
	['type=full,partial,secondary,internal', { total_count: 133 }],
	['match=any&status=pending&name=example.com', { total_count: 7 }],
	['match=all&status=pending&name=example.com', { total_count: 0 }],
])('GET /zones?%s', async (query, expected) => {
	expect((await zones(query)).result_info).toMatchObject(expected);
});

test('a slash after a list is no part of it, and after one thing it is', async () => {
	const records = `${zonePath('example.com')}/dns_records`;
	for (const path of ['/zones', records])
		expect((await send('GET', `${path}/?per_page=5`)).json).toEqual(
			(await send('GET', `${path}?per_page=5`)).json,
		);
	expect(refusal(await send('GET', `${zonePath('example.com')}/`))).toBe('404 7003');
	expect(refusal(await send('DELETE', `${records}/`))).toBe('404 7003');
});

test.each([
	['name=example.com', ['example.com']],
	['name=EXAMPLE.com', ['example.com']],
	['name=starts_with:example.', ['example.com', 'example.net', 'example.org']],
	['name=ends_with:.org', ['example.org']],
	['name=contains_case_sensitive:EXAMPLE', []],
	[
		'name=contains:example.&order=name&direction=desc',
		['example.org', 'example.net', 'example.com'],
	],
])('filters zones by %s', async (query, expected) => {
	expect(await names(query)).toEqual(expected);
});

test.each([
	'/zones?per_page=0',
	'/accounts?per_page=4',
	'/zones?per_page=many',
	'/zones?page=0',
	'/zones?status=read%20only',
	'/zones?type=whole',
	'/zones?type=full&type=partial',
	'/zones?order=size',
	'/zones?direction=up',
	'/zones?match=some',
	'/zones?name=like:x',
	'/accounts?direction=up',
	`${zonePath('example.com')}/rulesets?cursor=x`,
])('%s is refused', async (path) => {
	expect((await send('GET', path)).status).toBe(400);
});

test('each credential sees its own accounts and zones', async () => {
	const count = async (token: string, path: string) =>
		(await sender(cloudflare, token)('GET', path)).json.result_info.total_count;
	const { userToken, accountToken, zoneOnlyToken } = sandboxCredentials;
	expect(await count(userToken, '/accounts')).toBe(4);
	expect(await count(accountToken, '/accounts')).toBe(1);
	expect(await count(accountToken, '/zones')).toBe(130);
	expect(await count(zoneOnlyToken, '/zones')).toBe(1);
});

test.each(['cursor', 'cursors.after'] as const)('rulesets page by cursor, in %s', async (place) => {
	cloudflare.state.cursorPlace = place;
	const ids: string[] = [];
	let cursor: string | undefined = '';
	while (cursor !== undefined) {
		const path: string = `${zonePath('example.com')}/rulesets?per_page=2&cursor=${cursor}`;
		const { result, result_info: info } = (await send('GET', path)).json;
		ids.push(...result.map(({ id }: { id: string }) => id));
		for (const ruleset of result) expect(ruleset).not.toHaveProperty('rules');
		cursor = place === 'cursor' ? info.cursor : info.cursors?.after;
	}
	const { exampleComCustom, accountCustom, cloudflareManaged, owaspCore } = seedIds.rulesets;
	expect(ids).toEqual([exampleComCustom, accountCustom, cloudflareManaged, owaspCore]);
});

test('the quota counts per credential, and once exceeded blocks for a whole window', async () => {
	let now = 1_800_000_000_000;
	const own = createCloudflare({ now: () => now, rateLimit: { quota: 2, windowSeconds: 300 } });
	const limited = sender(own);
	const first = await limited('GET', '/ips');
	expect(first.headers.get('ratelimit')).toBe('"default";r=1;t=300');
	expect(first.headers.get('ratelimit-policy')).toBe('"default";q=2;w=300');
	expect(first.headers.get('cf-ray')).toMatch(/^[0-9a-f]{16}-[A-Z]{3}$/);
	expect(first.headers.get('date')).toBe(new Date(now).toUTCString());
	await limited('GET', '/ips');
	now += 100_000;
	const refused = await limited('GET', '/ips');
	expect(refusal(refused)).toBe('429 10100');
	expect(refused.headers.get('retry-after')).toBe('300');
	expect((await sender(own, sandboxCredentials.accountToken)('GET', '/ips')).status).toBe(200);
	now += 299_000;
	expect((await limited('GET', '/ips')).status).toBe(429);
	now += 2_000;
	expect((await limited('GET', '/ips')).status).toBe(200);
});
