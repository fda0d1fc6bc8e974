import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

const records = (zone: keyof typeof seedIds.zones = 'example.com') =>
	`${zonePath(zone)}/dns_records`;
const names = async (query: string): Promise<string[]> =>
	(await send('GET', `${records()}?${query}`)).json.result.map(({ name }: { name: string }) =>
		name.replace(/\.?example\.com$/, ''),
	);
const address = (more: object = {}) => ({
	type: 'A',
	name: 'case',
	content: '203.0.113.99',
	...more,
});
const create = (more: object = {}, zone: keyof typeof seedIds.zones = 'example.com') =>
	send('POST', records(zone), address(more));

test.each([
	['type=MX', ['', '']],
	['name=www.example.com', ['www']],
	['name=WWW.EXAMPLE.COM', ['www']],
	['name=www', []],
	['name=contains:www', []],
	['name.exact=vpn.example.com&type=A', ['vpn']],
	['name.contains=GIN.', ['origin']],
	['name.startswith=old-', ['old-shop', 'old-blog']],
	['name.endswith=.dev.example.com', ['app.dev', 'ns1.dev']],
	['content=203.0.113.7', ['origin']],
	['content.contains=letsencrypt', ['']],
	['content.startswith=198.51.100.5', ['app.dev', 'ns1.dev']],
	['content.endswith=.example', ['old-blog', '', '', 'dev']],
	['comment=vpn%20gateway', ['vpn']],
	['comment.exact=Glue', ['ns1.dev']],
	['comment.contains=host%20in', ['old-shop']],
	['comment.startswith=hidden', ['app.dev']],
	['comment.endswith=only', ['intranet']],
	['comment.present=&type=A', ['app.dev', 'intranet', 'ns1.dev', 'old-shop', 'origin', 'vpn']],
	['comment.absent&type=A', ['*.preview', '']],
	['tag=critical', ['vpn']],
	['tag=owner:IT', ['vpn']],
	['tag.present=OWNER', ['old-shop', 'origin', 'vpn']],
	['tag.exact=owner:platform', ['origin']],
	['tag.contains=owner:arket', ['old-shop']],
	['tag.startswith=owner:plat', ['origin']],
	['tag.endswith=env:rod', ['origin']],
	['tag.absent=owner&comment.present', ['app.dev', 'intranet', 'ns1.dev']],
	['tag.present=owner&tag.exact=env:prod', ['origin']],
	['tag.present=critical&tag.exact=env:prod&tag_match=any', ['origin', 'vpn']],
	['match=any&name=vpn.example.com&type=MX', ['', '', 'vpn', 'vpn']],
	['match=any&name=origin.example.com&tag=owner&tag=critical', ['origin', 'vpn']],
	['match=any&type=MX&search=mx1', ['']],
	['search=gateway', ['vpn']],
	['proxied=true', ['*.preview', '', '', 'www']],
	['shadowing_name=x.app.dev.example.com', ['dev', 'dev']],
])('GET dns_records?%s', async (query, expected) => {
	expect((await names(query)).sort()).toEqual([...expected].sort());
});

test.each([
	['type=A&order=content&per_page=3', ['intranet', 'vpn', 'ns1.dev']],
	['type=A&order=name&direction=desc&per_page=2', ['vpn', 'origin']],
	['order=ttl&direction=desc&per_page=2', ['old-blog', 'origin']],
	['order=proxied&direction=desc&per_page=4', ['*.preview', '', '', 'www']],
	['per_page=3', ['*.preview', 'app.dev', '']],
])('order of %s', async (query, expected) => {
	expect(await names(query)).toEqual(expected);
});

test.each([
	'type=A,AAAA',
	'type=a',
	'proxied=yes',
	'order=size',
	'direction=up',
	'match=some',
	'tag_match=none',
	'tag.exact=owner',
	'page=0',
	'per_page=0',
	'shadowed_by_name=dev.example.com',
	'shadowing_name=example.com',
	'include_shadow_metadata=1',
])('%s is refused', async (query) => {
	expect((await send('GET', `${records()}?${query}`)).status).toBe(400);
});

test('pages: 100 by default, large ones as asked for, unless the maximum is set lower', async () => {
	const { dns } = cloudflare.state;
	dns.fill(seedIds.zones['enterprise.example'], 12_000);
	const info = async (query: string) =>
		(await send('GET', `${records('enterprise.example')}?${query}`)).json.result_info;
	expect(await info('')).toMatchObject({ per_page: 100, count: 100, total_count: 12_000 });
	expect(await info('per_page=5000&page=3')).toEqual({
		page: 3,
		per_page: 5000,
		count: 2000,
		total_count: 12_000,
		total_pages: 3,
	});
	expect(await info('per_page=50000')).toMatchObject({ count: 12_000 });
	dns.mostPerPage = 1000;
	expect(await info('per_page=5000')).toMatchObject({ per_page: 1000, total_pages: 12 });
});

test('what a delegation hides is marked', async () => {
	const query = 'include_shadow_metadata=true&shadowed_by_name=dev.example.com';
	const { result } = (await send('GET', `${records()}?${query}`)).json;
	const marks = result.map(({ type, name, meta }: Record<string, unknown>) => [type, name, meta]);
	expect(marks).toEqual([
		['A', 'app.dev.example.com', { shadowed_by: [expect.any(String), expect.any(String)] }],
		['A', 'ns1.dev.example.com', { is_glue: true }],
		['DS', 'dev.example.com', {}],
	]);
	const marked = await send('GET', `${records()}?include_shadow_metadata=true&type=NS`);
	expect(marked.json.result[0].meta).toEqual({ shadowed_records_count: 2 });
});

test('PATCH keeps what it leaves out, PUT resets it', async () => {
	const { id } = (await create({ proxied: true, comment: 'x', tags: ['a:b'] })).json.result;
	const path = `${records()}/${id}`;
	const patched = (await send('PATCH', path, { content: '203.0.113.98' })).json.result;
	expect(patched).toMatchObject({ content: '203.0.113.98', proxied: true, ttl: 1, comment: 'x' });
	expect((await send('PATCH', path, { comment: null })).json.result).not.toHaveProperty(
		'comment_modified_on',
	);
	const put = (await send('PUT', path, address())).json.result;
	expect(put).toMatchObject({ id, proxied: false, ttl: 1, comment: null, tags: [] });
	expect(put).not.toHaveProperty('tags_modified_on');
	expect((await send('DELETE', path)).json.result).toEqual({ id });
	expect(refusal(await send('GET', path))).toBe('404 81044');
});

test.each([
	[{ name: '@' }, { name: 'example.com' }],
	[{ name: 'a.b' }, { name: 'a.b.example.com' }],
	[{ name: 'Bücher.example.com' }, { name: 'xn--bcher-kva.example.com' }],
	[{ name: '*.wild' }, { name: '*.wild.example.com' }],
	[{ ttl: 600 }, { ttl: 600, proxied: false }],
	[
		{ ttl: 600, proxied: true },
		{ ttl: 1, proxied: true },
	],
	[{ content: '192.168.7.7' }, { proxiable: false }],
	[
		{ type: 'AAAA', content: '2001:DB8:0:0::1' },
		{ content: '2001:db8::1', proxiable: true },
	],
	[
		{ type: 'TXT', content: 'x'.repeat(300) },
		{ content: `"${'x'.repeat(255)}" "${'x'.repeat(45)}"` },
	],
	[
		{ type: 'MX', content: '.', priority: 0 },
		{ content: '.', priority: 0 },
	],
])('stores %j as %j', async (body, expected) => {
	expect((await create(body)).json.result).toMatchObject(expected);
});

const LOC = {
	lat_degrees: 1,
	lat_direction: 'N',
	long_degrees: 2,
	long_direction: 'E',
	altitude: 0,
};
test.each<[string, object, string, RegExp]>([
	['no type', { type: undefined }, '400 1004', /type/],
	['an unknown type', { type: 'SPF' }, '400 1004', /type/],
	['no name', { name: undefined }, '400 9000', /name/],
	['a bad name', { name: 'a b' }, '400 9000', /name/],
	['no content', { content: undefined }, '400 1004', /content/],
	['no IPv4 address', { content: '300.1.1.1' }, '400 9005', /valid IPv4/],
	['no IPv6 address', { type: 'AAAA' }, '400 9006', /valid IPv6/],
	['an address as alias', { type: 'CNAME' }, '400 9007', /CNAME/],
	['an alias of itself', { type: 'CNAME', content: 'case.example.com' }, '400 9007', /CNAME/],
	['a bad mail host', { type: 'MX', content: 'a b', priority: 1 }, '400 9008', /MX/],
	['no priority', { type: 'MX', content: 'mx.example.org' }, '400 9101', /priority/],
	['a bad priority', { type: 'MX', content: 'a.b', priority: 70000 }, '400 1004', /priority/],
	['a line break', { type: 'TXT', content: 'a\nb' }, '400 9051', /TXT/],
	['a short TTL', { ttl: 30 }, '400 9021', /between 60 and 86400/],
	['a proxied text', { type: 'TXT', content: 'x', proxied: true }, '400 9041', /proxied/],
	['a proxied inner address', { content: '10.0.0.1', proxied: true }, '400 9041', /proxied/],
	['a long comment', { comment: 'x'.repeat(501) }, '400 1004', /comment/],
	['a comment of two lines', { comment: 'a\nb' }, '400 1004', /comment/],
	['a bad tag', { tags: ['a b'] }, '400 1004', /tag/],
	['too many tags', { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, '400 9300', /21 tags/],
	['no data', { type: 'CAA' }, '400 9101', /data/],
	['a missing part', { type: 'CAA', data: { flags: 0, tag: 'issue' } }, '400 9101', /value/],
	[
		'a bad part',
		{ type: 'CAA', data: { flags: 300, tag: 'issue', value: 'x' } },
		'400 1004',
		/flags/,
	],
	[
		'a bad choice',
		{ type: 'CAA', data: { flags: 0, tag: 'x', value: 'x' } },
		'400 1004',
		/data.tag/,
	],
	[
		'text for a number',
		{ type: 'SSHFP', data: { algorithm: '4', type: 2, fingerprint: 'ab' } },
		'400 1004',
		/algorithm/,
	],
	['a foreign part', { type: 'LOC', data: { ...LOC, depth: 1 } }, '400 1004', /depth/],
	[
		'a bad direction',
		{ type: 'LOC', data: { ...LOC, lat_direction: 'E' } },
		'400 1004',
		/lat_direction/,
	],
	[
		'no host',
		{ type: 'SRV', data: { priority: 1, weight: 1, port: 1, target: 'a b' } },
		'400 1004',
		/target/,
	],
	[
		'no digest',
		{ type: 'DS', data: { key_tag: 1, algorithm: 1, digest_type: 1, digest: 'xyz' } },
		'400 1004',
		/digest/,
	],
	['too much', { type: 'OPENPGPKEY', content: 'A'.repeat(4096) }, '400 1004', /4096/],
	['an address beside an alias', { name: 'www' }, '400 81054', /CNAME record with that host/],
	[
		'an alias beside an address',
		{ type: 'CNAME', name: 'vpn', content: 'a.b' },
		'400 81053',
		/A, AAAA, or/,
	],
	['a delegation beside others', { type: 'NS', name: 'vpn', content: 'a.b' }, '400 81056', /NS/],
	['a copy', { name: 'origin', content: '203.0.113.7' }, '400 81058', /identical/],
	['a body that is a list', [], '400 9207', /json/],
])('refuses %s', async (_what, body, expected, message) => {
	const answer = await send('POST', records(), Array.isArray(body) ? body : address(body));
	expect(refusal(answer)).toBe(expected);
	expect(answer.text).toMatch(message);
});

test('the same name and type with other content is another record', async () => {
	expect((await create({ name: 'origin' })).status).toBe(200);
});

test('the other code for identical records', async () => {
	cloudflare.state.dns.duplicateCode = 81057;
	expect(refusal(await create({ name: 'origin', content: '203.0.113.7' }))).toBe('400 81057');
});

test('the type of a record stays, and content does not stand in for data', async () => {
	const { id } = (await create()).json.result;
	const body = address({ type: 'TXT', content: 'x' });
	for (const method of ['PATCH', 'PUT'])
		expect(refusal(await send(method, `${records()}/${id}`, body))).toBe('400 1004');
	const [caa] = (await send('GET', `${records()}?type=CAA`)).json.result;
	const change = { content: '0 issue "pki.example"' };
	expect(refusal(await send('PATCH', `${records()}/${caa.id}`, change))).toBe('400 1004');
});

test('plans: quota, tags, shortest TTL', async () => {
	const { dns } = cloudflare.state;
	dns.fill(seedIds.zones['example.net'], 1000);
	expect(refusal(await create({}, 'example.net'))).toBe('400 81045');
	dns.quotas.set(seedIds.zones['example.com'], 10);
	expect(refusal(await create())).toBe('400 81045');
	expect(refusal(await create({ tags: ['a'] }, 'example.net'))).toBe('400 9300');
	expect((await create({ ttl: 30 }, 'enterprise.example')).status).toBe(200);
});

test('one address is found in several zones', async () => {
	const found: string[] = [];
	for (const { id } of cloudflare.state.zones.values()) {
		const { json } = await send('GET', `/zones/${id}/dns_records?content=203.0.113.7`);
		found.push(...json.result.map(({ name }: { name: string }) => name));
	}
	expect(found).toHaveLength(17);
	expect(found).toEqual(
		expect.arrayContaining([
			'origin.example.com',
			'shop.example.net',
			'origin.example.org',
			'api.enterprise.example',
			'origin.store-010.example',
			'test.lab.example',
		]),
	);
});

test.each([
	['readOnlyToken', 'GET', '200 undefined'],
	['readOnlyToken', 'POST', '405 10405'],
	['zoneOnlyToken', 'GET', '403 10000'],
	['noPermissionToken', 'POST', '403 10000'],
] as const)('%s: %s', async (token, method, expected) => {
	const limited = sender(cloudflare, sandboxCredentials[token]);
	const body = method === 'POST' ? address() : undefined;
	expect(refusal(await limited(method, records(), body))).toBe(expected);
});
