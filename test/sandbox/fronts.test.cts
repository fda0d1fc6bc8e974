import { get, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { interceptWithNock } from '../../sandbox/fronts/nock.cjs';
import { webRequest } from '../../sandbox/fronts/webRequest.cjs';

const cloudflare = createCloudflare();
const headers = { Authorization: `Bearer ${sandboxCredentials.userToken}` };
afterEach(() => cloudflare.reset());

describe('over HTTP', () => {
	let front: HttpFront;
	beforeAll(async () => {
		front = await serveHttp(cloudflare);
	});
	afterAll(() => front.close());
	const call = (path: string, init: RequestInit = {}) =>
		fetch(front.url + path, { headers, ...init });
	const control = async (path: string, body?: unknown) =>
		(
			await call(`/__sandbox/${path}`, {
				...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
			})
		).json();

	test('the API answers with its status and headers', async () => {
		const answer = await call('/client/v4/zones?per_page=5');
		expect(answer.status).toBe(200);
		expect(answer.headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
		expect(await answer.json()).toMatchObject({ success: true, result_info: { per_page: 5 } });
	});

	test('a cut is a broken connection', async () => {
		cloudflare.faults.add({ kind: 'cutAfter' });
		await expect(call('/client/v4/ips')).rejects.toThrow('fetch failed');
	});

	test('a request without an answer ends when the client leaves', async () => {
		cloudflare.faults.add({ kind: 'timeoutAfter' });
		const client = new AbortController();
		const left = call('/client/v4/ips', { signal: client.signal }).catch(({ name }) => name);
		while (cloudflare.faults.report()[0].left > 0) await pause(5);
		client.abort();
		expect(await left).toBe('AbortError');
		expect((await call('/client/v4/ips')).status).toBe(200);
	});

	test('the control interface shows, breaks and resets', async () => {
		await control('faults', { kind: 'status', status: 503, match: { pathRegex: '^/ip' } });
		expect((await call('/client/v4/ips')).status).toBe(503);
		expect(await control('calls')).toMatchObject([{ path: '/ips', status: 503 }]);
		expect(await control('state')).toMatchObject({ zones: 133, changes: 0, calls: 1 });
		const scanner = { zone: 'example.com', ip: '203.0.113.7', userAgent: 'sqlmap/1.8' };
		expect(await control('request', scanner)).toMatchObject({ blocked: true });
		expect(await control('faults', { kind: 'nothing' })).toMatchObject({
			error: 'Unknown fault kind nothing',
		});
		await control('reset', {});
		expect(await control('calls')).toEqual([]);
		expect((await call('/client/v4/__sandbox/state')).status).toBe(404);
	});
});

describe('through the proxy', () => {
	const url = 'https://api.cloudflare.com/client/v4/zones';
	const arrived = (method: string, rawHeaders: Array<[string, string]>, text = '') =>
		webRequest({ url, method, rawHeaders }, Buffer.from(text));

	test('method, headers and body arrive, without what the decoded body makes wrong', async () => {
		const sent: Array<[string, string]> = [
			['Content-Type', 'application/json'],
			['Content-Encoding', 'gzip'],
			['Content-Length', '99'],
		];
		const request = arrived('POST', sent, '{"name":"x"}');
		expect([request.method, [...request.headers]]).toEqual([
			'POST',
			[['content-type', 'application/json']],
		]);
		expect(await request.json()).toEqual({ name: 'x' });
	});

	test.each(['GET', 'HEAD'])('a body that comes with %s means nothing', async (method) => {
		const request = arrived(method, [], '{}');
		expect([request.method, await request.text()]).toEqual([method, '']);
	});

	test('a body that comes with DELETE is one', async () => {
		expect(await arrived('DELETE', [], '{"cascade":"none"}').text()).toBe('{"cascade":"none"}');
	});
});

describe('through nock', () => {
	const front = interceptWithNock(cloudflare);
	afterAll(() => front.restore());
	const zone = `/client/v4/zones/${seedIds.zones['example.net']}`;
	const send = (method: string, path: string, body?: string): Promise<[number, string]> =>
		new Promise((resolve, reject) => {
			const sent = httpsRequest(
				`https://api.cloudflare.com${path}`,
				{ method, headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) } },
				(response) => {
					let text = '';
					response.on('data', (chunk) => (text += chunk));
					response.on('end', () => resolve([response.statusCode ?? 0, text]));
				},
			);
			sent.on('error', reject).end(body);
		});

	test('queries and bodies arrive, answers come back', async () => {
		expect((await send('GET', '/client/v4/zones?name=contains:example.&per_page=5'))[1]).toMatch(
			/"total_count":3,/,
		);
		const body = { name: 'default', kind: 'zone', phase: 'http_request_firewall_custom' };
		const [status] = await send('POST', `${zone}/rulesets?dry_run=true`, JSON.stringify(body));
		expect(status).toBe(200);
		expect(cloudflare.calls.at(-1)).toMatchObject({
			method: 'POST',
			body,
			query: [['dry_run', 'true']],
		});
	});

	test('a cut is ECONNRESET, and requests at once do not mix', async () => {
		cloudflare.faults.add({ kind: 'cutBefore', match: { path: '/ips' } });
		const [cut, zones] = await Promise.allSettled([
			send('GET', '/client/v4/ips'),
			send('GET', '/client/v4/zones?per_page=5'),
		]);
		expect(cut).toMatchObject({ status: 'rejected', reason: { code: 'ECONNRESET' } });
		expect(zones).toMatchObject({ status: 'fulfilled', value: [200, expect.any(String)] });
	});

	test('other hosts are out of reach', async () => {
		const failed = new Promise((_, reject) =>
			get('https://elsewhere.example/', reject).on('error', reject),
		);
		await expect(failed).rejects.toMatchObject({ code: 'ENETUNREACH' });
	});
});
