import { createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { LISTS, refusal, sender, type Answer } from './support.cjs';

let now = 1_800_000_000_000;
const cloudflare = createCloudflare({
	now: () => now,
	rateLimit: { quota: 1e6, windowSeconds: 1 },
});
const send = sender(cloudflare);
let items: string;
beforeEach(async () => {
	cloudflare.reset();
	items = await newList('ip');
});

async function newList(kind: string): Promise<string> {
	const { json } = await send('POST', LISTS, { name: `a_list_${kind}`, kind });
	return `${LISTS}/${json.result.id}/items`;
}

/** Writes, and lets the time pass that it takes. */
async function write(method: string, body: unknown, path = items): Promise<Answer> {
	const answer = await send(method, path, body);
	now += 1000;
	return answer;
}
interface Item {
	id: string;
	ip: string;
	comment?: string;
}
const list = async (query = '', path = items): Promise<Item[]> =>
	(await send('GET', `${path}?per_page=500&${query}`)).json.result;
const addresses = async (query = '') => (await list(query)).map(({ ip }) => ip);
const ips = (...values: unknown[]) => values.map((ip) => ({ ip }));

test.each([
	['203.0.113.7', '203.0.113.7'],
	['203.0.113.7/32', '203.0.113.7'],
	['203.0.113.7/24', '203.0.113.0/24'],
	['203.255.0.0/8', '203.0.0.0/8'],
	['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
	['2001:db8::1/128', '2001:db8::1'],
	['2001:0db8:1:2:3::/64', '2001:db8:1:2::/64'],
	['2001:db8:ffff::/12', '2000::/12'],
	['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
	['2001:db8:1:0:1:0:0:0/127', '2001:db8:1:0:1::/127'],
])('%s is kept as %s', async (given, kept) => {
	expect((await write('POST', ips(given))).status).toBe(200);
	expect(await addresses()).toEqual([kept]);
});

test.each([
	'203.0.113.7/7',
	'0.0.0.0/0',
	'203.0.113.7/33',
	'203.0.113.7/024',
	'203.0.113.7/',
	'203.0.113.7/24/24',
	'203.0.113.256',
	'203.0.113',
	'0x7f.0.0.1',
	'0177.0.0.1',
	'2130706433',
	'2001:db8::/11',
	'2001:db8::/129',
	'fe80::1%eth0',
	' 203.0.113.7',
	'example.com',
	'',
	7,
	null,
])('%j is refused with everything beside it', async (value) => {
	expect(refusal(await write('POST', ips('198.51.100.1', value)))).toBe('400 10027');
	expect(await addresses()).toEqual([]);
});

test('IPv6 can be networks only, as an earlier page has it', async () => {
	cloudflare.state.lists.prefixes.ipv6 = { least: 4, most: 64 };
	expect(refusal(await write('POST', ips('2001:db8::1')))).toBe('400 10027');
	expect((await write('POST', ips('2001:db8::/64', 'f000::/4'))).status).toBe(200);
});

test('one value twice in a call is refused, however it is written', async () => {
	for (const pair of [
		ips('203.0.113.7', '203.0.113.7/32'),
		ips('203.0.113.1/24', '203.0.113.2/24'),
		ips('2001:db8::1', '2001:0DB8::1'),
	]) {
		const answer = await write('POST', pair);
		expect(refusal(answer)).toBe('400 10028');
		expect(answer.json.errors[0].message).toMatch(
			/ is not a valid value for ip because filters\.api\.duplicate_item_value$/,
		);
	}
});

test('an item that is there stays and takes the new comment, or none', async () => {
	await write('POST', [{ ip: '203.0.113.7', comment: 'first' }]);
	const [first] = await list();
	await write('POST', [{ ip: '203.0.113.7/32', comment: 'second' }, { ip: '203.0.113.8' }]);
	const [second, other] = await list();
	expect(second).toMatchObject({ id: first.id, comment: 'second' });
	expect(other).not.toHaveProperty('comment');
	expect(second).toEqual({
		...first,
		comment: 'second',
		modified_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
	});
	await write('POST', ips('203.0.113.7'));
	expect((await list())[0]).not.toHaveProperty('comment');
	expect((await send('GET', items.replace('/items', ''))).json.result.num_items).toBe(2);
});

test.each([
	[[{ ip: '203.0.113.7', comment: 'x'.repeat(501) }], '400 10027'],
	[[{ ip: '203.0.113.7', comment: 7 }], '400 10027'],
	[[{ ip: '203.0.113.7', note: 'x' }], '400 10026'],
	[[{ asn: 64496 }], '400 10027'],
	[[{ ip: '203.0.113.7', asn: 64496 }], '400 10026'],
	[[], '400 10027'],
	[{ ip: '203.0.113.7' }, '400 10026'],
	[['203.0.113.7'], '400 10026'],
	['{"ip":', '400 6007'],
])('POST of %j is refused', async (body, expected) => {
	expect(refusal(await write('POST', body))).toBe(expected);
});

test('a comment has room for 500 characters, whatever their bytes', async () => {
	const comment = 'ü😀'.repeat(250);
	expect((await write('POST', [{ ip: '203.0.113.7', comment }])).status).toBe(200);
	expect((await list())[0].comment).toBe(comment);
});

test('a call takes 1,000 items, and its body has a limit', async () => {
	const many = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ ip: `10.0.${index >> 8}.${index & 255}` }));
	expect(refusal(await write('POST', many(1001)))).toBe('413 10035');
	expect((await write('POST', many(1000))).status).toBe(200);
	cloudflare.state.lists.largestBody = 100;
	expect(refusal(await write('PUT', many(10)))).toBe('413 10035');
	expect(refusal(await write('DELETE', { items: many(10) }))).toBe('413 10035');
});

test('replacing drops what is left out, and an empty list is a way to empty one', async () => {
	await write('POST', ips('203.0.113.7', '203.0.113.8'));
	await write('PUT', ips('203.0.113.8', '203.0.113.9'));
	expect(await addresses()).toEqual(['203.0.113.8', '203.0.113.9']);
	await write('PUT', []);
	expect(await addresses()).toEqual([]);
});

test('items go by id', async () => {
	await write('POST', ips('203.0.113.7', '203.0.113.8', '203.0.113.9'));
	const [first, second] = await list();
	expect((await send('GET', `${items}/${first.id}`)).json.result).toEqual(first);
	await write('DELETE', { items: [{ id: first.id }, { id: first.id }] });
	expect(await addresses()).toEqual(['203.0.113.8', '203.0.113.9']);
	expect(refusal(await send('GET', `${items}/${first.id}`))).toBe('404 10001');
	const both = { items: [{ id: first.id }, { id: second.id }] };
	expect(refusal(await write('DELETE', both))).toBe('404 10001');
	cloudflare.state.lists.unknownItems = 'ignored';
	await write('DELETE', both);
	expect(await addresses()).toEqual(['203.0.113.9']);
});

test.each([
	[{ items: [] }, '400 10027'],
	[{}, '400 10026'],
	[[], '400 10026'],
	[{ items: [{ ip: '203.0.113.7' }] }, '400 10026'],
	[undefined, '400 6007'],
])('DELETE of %j is refused', async (body, expected) => {
	expect(refusal(await write('DELETE', body))).toBe(expected);
});

describe('reading', () => {
	test('pages follow cursors, in ascending order, and items that go meanwhile skip nobody', async () => {
		const all = Array.from({ length: 60 }, (_, index) => `10.0.0.${index}`);
		await write('POST', ips(...all));
		const first = await send('GET', items);
		expect(first.json.result).toHaveLength(25);
		const read = first.json.result.map(({ ip }: Item) => ip);
		await write('DELETE', { items: [{ id: first.json.result[3].id }] });
		let { after } = first.json.result_info.cursors;
		while (after !== undefined) {
			const { result, result_info: info } = (await send('GET', `${items}?cursor=${after}`)).json;
			read.push(...result.map(({ ip }: Item) => ip));
			after = info.cursors?.after;
		}
		expect(read).toEqual([...all].sort());
	});

	test.each(['per_page=0', 'per_page=501', 'per_page=x', 'cursor=x', 'cursor=YWZ0ZXI'])(
		'?%s is refused',
		async (query) => {
			expect((await send('GET', `${items}?${query}`)).status).toBe(400);
		},
	);

	test.each([
		['203.0.113.1', ['203.0.113.1', '203.0.113.16/28']],
		['203.0.113.0/24', []],
		['2001:db8', ['2001:db8:1::/48']],
		['113', []],
		['', ['198.51.100.1', '2001:db8:1::/48', '203.0.113.1', '203.0.113.16/28']],
	])('search=%s is the beginning of the text', async (search, expected) => {
		await write('POST', ips('203.0.113.1', '203.0.113.16/28', '198.51.100.1', '2001:db8:1::/48'));
		expect(await addresses(`search=${encodeURIComponent(search)}`)).toEqual(expected);
	});
});

describe('other kinds', () => {
	const REDIRECT = { source_url: 'example.com/a', target_url: 'https://example.org/' };

	test('networks', async () => {
		const path = await newList('asn');
		await write('POST', [{ asn: 64496 }, { asn: 644 }, { asn: 0 }], path);
		expect(await list('search=644', path)).toMatchObject([{ asn: 644 }]);
		for (const asn of [-1, 2 ** 32, 1.5, '64496', 'AS64496'])
			expect(refusal(await write('POST', [{ asn }], path))).toBe('400 10027');
	});

	test('hostnames', async () => {
		const path = await newList('hostname');
		const hostname = { url_hostname: '*.Example.com', exclude_exact_hostname: false };
		await write('POST', [{ hostname }, { hostname: { url_hostname: 'a.example' } }], path);
		expect(await list('search=example.c', path)).toMatchObject([
			{ hostname: { url_hostname: '*.example.com', exclude_exact_hostname: false } },
		]);
		for (const url_hostname of ['a.*.example', 'ex ample.com', 'https://a.example', '', 7])
			expect(refusal(await write('POST', [{ hostname: { url_hostname } }], path))).toBe(
				'400 10027',
			);
	});

	test('redirects, with their defaults', async () => {
		const path = await newList('redirect');
		await write('POST', [{ redirect: REDIRECT }], path);
		expect(await list('search=example.org', path)).toMatchObject([
			{
				redirect: {
					...REDIRECT,
					status_code: 301,
					include_subdomains: false,
					subpath_matching: false,
					preserve_query_string: false,
					preserve_path_suffix: false,
				},
			},
		]);
	});

	test.each([
		[{ source_url: `example.com/${'x'.repeat(17_000)}` }, 10043],
		[{ target_url: `https://example.com/${'x'.repeat(33_000)}` }, 10044],
		[{ source_url: 'ftp://example.com/' }, 10045],
		[{ target_url: '/b' }, 10046],
		[{ status_code: 303 }, 10047],
		[{ preserve_path_suffix: true }, 10048],
		[{ preserve_path_suffix: 'yes' }, 10027],
		[{ extra: true }, 10026],
	])('a redirect with %j is refused', async (more, code) => {
		const path = await newList('redirect');
		const answer = await write('POST', [{ redirect: { ...REDIRECT, ...more } }], path);
		expect(refusal(answer)).toBe(`400 ${code}`);
	});
});

test('the office has its items', async () => {
	const office = `${LISTS}/${seedIds.lists.officeNetwork}/items`;
	expect(await list('', office)).toMatchObject([
		{ ip: '192.0.2.0/28', comment: 'Head office' },
		{ ip: '2001:db8:ff1::/48', comment: 'Head office' },
	]);
});
