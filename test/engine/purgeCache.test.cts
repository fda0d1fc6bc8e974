import { refuses } from '../support/badInput.cjs';
import {
	exampleCom,
	locator,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const zone_id = seedIds.zones['example.com'];
const purge = {
	authentication: 'token',
	resource: 'zone',
	operation: 'purgeCache',
	zone: locator('id', zone_id),
};
const urls = (count: number) =>
	Array.from({ length: count }, (_, index) => `https://www.example.com/${index + 1}.js`);
/** A list in place of the text, as an expression gives it. */
const listed = (items: string[]) => `={{ ${JSON.stringify(items)} }}`;
const sizes = () =>
	cf.calls.map(({ body }) => (Object.values(body as object)[0] as unknown[]).length);

describe('Zone: Purge Cache', () => {
	test.each<[kind: string, items: string, body: object]>([
		['everything', '', { purge_everything: true }],
		[
			'hosts',
			'www.example.com, Shop.Example.com',
			{ hosts: ['www.example.com', 'shop.example.com'] },
		],
		['tags', 'product-1\nproduct-2\n\nproduct-1', { tags: ['product-1', 'product-2'] }],
		[
			'prefixes',
			'https://www.example.com/a,b/\nexample.com/Images',
			{ prefixes: ['www.example.com/a,b/', 'example.com/Images'] },
		],
		[
			'urls',
			' https://www.example.com/a,b.css?x=1 \nhttp://example.com/',
			{ files: ['https://www.example.com/a,b.css?x=1', 'http://example.com/'] },
		],
	])('%s, as the SDK sends it', async (kind, items, body) => {
		const [item] = await output({ ...purge, purge: kind, items });
		expect(item).toMatchObject({ success: true, zone_id, purged: kind, requests: 1 });
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((client) => client.cache.purge({ zone_id, ...body } as never)),
		]);
	});

	test('URLs with the parts of a cache key', async () => {
		const options = { deviceType: 'mobile', country: 'US', acceptLanguage: 'en-US' };
		await output({ ...purge, purge: 'urls', items: 'https://example.com/', options });
		const headers = {
			'CF-Device-Type': 'mobile',
			'CF-IPCountry': 'US',
			'Accept-Language': 'en-US',
		};
		expect(cf.calls[0].body).toEqual({ files: [{ url: 'https://example.com/', headers }] });
	});

	test.each([
		[1, [1]],
		[100, [100]],
		[101, [100, 1]],
		[250, [100, 100, 50]],
	])('%i URLs go out in requests of %j', async (count, requests) => {
		const [item] = await output({ ...purge, purge: 'urls', items: listed(urls(count)) });
		expect(item).toMatchObject({ items: urls(count), requests: requests.length });
		expect(sizes()).toEqual(requests);
		if (count === 250) console.log(`zone:purgeCache, 250 URLs: ${cf.calls.length} calls`);
	});

	test('when a later request fails, it is told what was purged and what was not', async () => {
		const match = { method: 'POST', nth: 2 };
		cf.faults.add({ kind: 'status', status: 400, match, errors: [{ code: 1, message: 'No' }] });
		const { error } = await runNode({
			parameters: { ...purge, purge: 'urls', items: listed(urls(250)) },
		});
		expect(error?.description).toContain('100 of 250 URLs were purged before; the other 150');
		expect(error?.context?.cloudflare).toMatchObject({
			kind: 'invalid',
			purged: urls(250).slice(0, 100),
			notPurged: urls(250).slice(100),
		});
		expect(sizes()).toEqual([100, 100]);
	});

	test('a playbook that continues can go on with what is left', async () => {
		const match = { method: 'POST', nth: 2 };
		cf.faults.add({ kind: 'status', status: 400, match, errors: [{ code: 1, message: 'No' }] });
		const { items } = await runNode({
			parameters: { ...purge, purge: 'urls', items: listed(urls(150)) },
			onError: 'continueRegularOutput',
		});
		expect(items[0].json.details).toMatchObject({ notPurged: urls(150).slice(100) });
		await output(
			{ ...purge, purge: 'urls', items: '={{ $json.details.notPurged }}' },
			{ items: items.map(({ json }) => json) },
		);
		expect(cf.calls.at(-1)?.body).toEqual({ files: urls(150).slice(100) });
	});

	test('a broken connection and the rate limit are overcome: purging twice does no harm', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST', nth: 1 } });
		cf.faults.add({ kind: 'rateLimited', match: { method: 'POST', nth: 2 } });
		const [item] = await output({ ...purge, zone: exampleCom, purge: 'everything' });
		expect(item).toMatchObject({ zone_name: 'example.com', items: [] });
		expect(cf.calls.filter(({ method }) => method === 'POST')).toHaveLength(3);
	});

	test('links each result to its item, with one bad item among good ones', async () => {
		const result = await runNode({
			parameters: { ...purge, purge: 'hosts', items: '={{ $json.host }}' },
			items: [{ host: 'a.example.com' }, { host: 'a b' }, { host: 'c.example.com' }],
			onError: 'continueRegularOutput',
		});
		expect(
			result.items.map(({ json, pairedItem }) => [json.items ?? json.error, pairedItem]),
		).toEqual([
			[['a.example.com'], { item: 0 }],
			['Hosts: got "a b"', { item: 1 }],
			[['c.example.com'], { item: 2 }],
		]);
	});

	test('a host of another zone is refused by Cloudflare, in its words', async () => {
		expect(await refusal({ ...purge, purge: 'hosts', items: 'www.example.net' })).toContain(
			'Unable to purge',
		);
	});

	const bad = (kind: string, items: unknown) => ({ ...purge, purge: kind, items });
	refuses('bad input is refused before any request', cf, [
		['nothing', bad('urls', '={{ "" }}'), 'URLs: got nothing', 'At least one'],
		['a list of nothing', bad('tags', '={{ [] }}'), 'Tags: got nothing', 'At least one'],
		['a number in a list', bad('tags', '={{ ["a", 7] }}'), 'Tags: got 7 as number 2', 'Texts'],
		['a URL without scheme', bad('urls', 'www.example.com/a'), 'URLs: got "www', 'complete URL'],
		['a URL with a blank', bad('urls', 'https://example.com/a b'), 'URLs: got', 'complete URL'],
		[
			'a URL as host, which would empty the whole host',
			bad('hosts', 'https://www.example.com/a.css'),
			'Hosts: got "https://www.example.com/a.css"',
			'A host name alone',
		],
		[
			'a wildcard as host',
			bad('hosts', '*.example.com'),
			'Hosts: got "*.example.com"',
			'domain name',
		],
		[
			'a prefix with a query',
			bad('prefixes', 'example.com/a?b'),
			'Prefixes: got',
			'without a query',
		],
		['a tag with a blank', bad('tags', 'product 1'), 'Tags: got "product 1"', 'without spaces'],
		['a tag that is too long', bad('tags', 'x'.repeat(1025)), 'Tags: got', '1,024'],
		['another kind', bad('={{ "files" }}', 'x'), 'Purge: got "files"', 'One of: everything'],
		[
			'one bad URL among 150 good ones',
			bad('urls', listed([...urls(150), 'nonsense'])),
			'URLs: got "nonsense"',
			'complete URL',
		],
	]);
});
