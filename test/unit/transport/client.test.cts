import { apiPath, hexId } from '../../../nodes/CloudflareSecurity/transport/path';
import type { ApiFailure } from '../../../nodes/CloudflareSecurity/transport/failure';
import type {
	ApiRequest,
	CloudflareClient,
} from '../../../nodes/CloudflareSecurity/transport/client';
import { clientOn, fakeHost, good, refused } from '../../support/fakeHost.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const zones = apiPath`/zones`;
const get: ApiRequest<unknown> = { method: 'GET', path: zones, expect: 'array' };
const post: ApiRequest<unknown> = { method: 'POST', path: zones, body: { a: 1 }, expect: 'object' };

async function failureOf(
	client: CloudflareClient,
	request: ApiRequest<unknown>,
	clock: VirtualClock,
): Promise<ApiFailure> {
	const outcome = await clock.run(client.attempt(request));
	if (outcome.ok) throw new Error('It succeeded');
	return outcome.failure;
}

/** An error as n8n's request helper throws it: the system's code stands in its cause, with the headers beside. */
function thrown(code: string | undefined, message = 'it broke'): Error {
	const cause = Object.assign(new Error(message), {
		...(code === undefined ? {} : { code }),
		config: { headers: { Authorization: 'Bearer cfut_secret' } },
	});
	return Object.assign(new Error(message), { name: 'NodeApiError', httpCode: code ?? null, cause });
}

describe('what is sent', () => {
	test('goes to Cloudflare alone, once, without following anything', async () => {
		const { host, requests } = fakeHost(() => good([]));
		const path = apiPath`/zones/${hexId('0'.repeat(32), { field: 'Zone' })}/rulesets`;
		await clientOn(host).send({
			...get,
			path,
			query: { name: 'a&b', list: ['x', 'y'], left: undefined, page: 1, on: false },
		});
		expect(requests).toEqual([
			{
				baseURL: 'https://api.cloudflare.com/client/v4',
				url: `/zones/${'0'.repeat(32)}/rulesets`,
				method: 'GET',
				headers: { Accept: 'application/json' },
				qs: { name: 'a&b', list: ['x', 'y'], page: 1, on: false },
				arrayFormat: 'repeat',
				encoding: 'text',
				timeout: 60_000,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				disableFollowRedirect: true,
			},
		]);
	});

	test.each<[body: unknown, text: string]>([
		[{}, '{}'],
		[[], '[]'],
		[{ a: [1, { b: 'ü' }] }, '{"a":[1,{"b":"ü"}]}'],
		[null, 'null'],
	])('a body %j', async (body, text) => {
		const { host, requests } = fakeHost(() => good({}));
		await clientOn(host).send({ ...post, body });
		expect(requests[0].body).toBe(text);
		expect(requests[0].headers).toMatchObject({ 'Content-Type': 'application/json' });
	});
});

describe('a broken connection', () => {
	test.each<[code: string, kind: string, mayHaveHadEffect: boolean]>([
		['ECONNRESET', 'network', true],
		['ECONNABORTED', 'network', true],
		['ETIMEDOUT', 'network', true],
		['EPIPE', 'network', true],
		['EPROTO', 'network', true],
		['ERR_BAD_RESPONSE', 'network', true],
		['HPE_INVALID_CONSTANT', 'network', true],
		['Z_BUF_ERROR', 'network', true],
		['UND_ERR_SOCKET', 'network', true],
		['ECONNREFUSED', 'network', false],
		['ENOTFOUND', 'network', false],
		['EAI_AGAIN', 'network', false],
		['CERT_HAS_EXPIRED', 'network', false],
		['SELF_SIGNED_CERT_IN_CHAIN', 'network', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'network', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'network', false],
		['ERR_INVALID_CHAR', 'local', false],
		['ERR_INVALID_URL', 'local', false],
		['ERR_HTTP_INVALID_HEADER_VALUE', 'local', false],
	])('%s: %s, may have had an effect: %s', async (code, kind, effectUnknown) => {
		const clock = new VirtualClock();
		const { host, requests } = fakeHost(() => {
			throw thrown(code);
		});
		const client = clientOn(host, { clock });
		expect(await failureOf(client, post, clock)).toMatchObject({ kind, effectUnknown });
		const repeats = kind === 'network' && !effectUnknown;
		expect(requests).toHaveLength(repeats ? 4 : 1);
	});

	test.each<[thrown: unknown, detail: string]>([
		[thrown(undefined, 'Account ID is missing.'), 'Account ID is missing.'],
		[new Error('Credentials not found'), 'Credentials not found'],
		[undefined, 'unknown reason'],
		[null, 'unknown reason'],
		['text', 'unknown reason'],
		[{ code: 404, message: 7 }, 'unknown reason'],
	])('what never was a connection is reported once: %p', async (error, detail) => {
		const clock = new VirtualClock();
		const { host, requests } = fakeHost(() => {
			throw error;
		});
		const failure = await failureOf(clientOn(host, { clock }), post, clock);
		expect(failure).toMatchObject({ kind: 'local', detail, effectUnknown: false });
		expect(requests).toHaveLength(1);
	});

	test('a body that is no JSON is reported, not thrown', async () => {
		const clock = new VirtualClock();
		const { host, requests } = fakeHost(() => good({}));
		const body: { self?: unknown } = {};
		body.self = body;
		const failure = await failureOf(clientOn(host, { clock }), { ...post, body }, clock);
		expect(failure.kind).toBe('local');
		expect(requests).toHaveLength(0);
	});
});

describe('the quota', () => {
	const full = { ratelimit: '"default";r=0;t=100' };

	test('a wait that is too long is reported and not slept', async () => {
		const clock = new VirtualClock();
		const { host, requests } = fakeHost(() => ({ ...good([]), headers: full }));
		const client = clientOn(host, { clock, maxQuotaWaitMs: 60_000 });
		await client.send(get);
		expect(await failureOf(client, get, clock)).toMatchObject({
			kind: 'rateLimited',
			retryAfterMs: 100_000,
			effectUnknown: false,
		});
		await expect(client.send(post)).rejects.toMatchObject({
			message: 'Cloudflare is receiving too many requests: the request quota is used up',
			description: expect.stringMatching(/^Cloudflare allows 1,200 .* asks to wait 100 s\. POST/),
		});
		expect(requests).toHaveLength(1);
		expect(clock.waits).toEqual([]);
	});

	test('a wait that is not, is slept and logged', async () => {
		const clock = new VirtualClock();
		const { host, requests, logs } = fakeHost(() => ({ ...good([]), headers: full }));
		const client = clientOn(host, { clock });
		const start = clock.now();
		await clock.run(client.send(get));
		await clock.run(client.send(get));
		expect(clock.now() - start).toBe(100_000);
		expect(requests).toHaveLength(2);
		expect(logs).toHaveLength(1);
	});
});

describe('cancelling', () => {
	test('before: nothing is sent', async () => {
		const clock = new VirtualClock();
		const { host, requests } = fakeHost(() => good([]));
		const client = clientOn(host, { clock, signal: AbortSignal.abort() });
		expect(await failureOf(client, post, clock)).toMatchObject({
			kind: 'cancelled',
			effectUnknown: false,
		});
		expect(requests).toHaveLength(0);
	});

	test.each([
		[get, false],
		[post, true],
	])('meanwhile: the doubt about a write is told', async (request, effectUnknown) => {
		const clock = new VirtualClock();
		const controller = new AbortController();
		const { host, requests } = fakeHost(() => {
			controller.abort();
			throw thrown('ERR_CANCELED', 'canceled');
		});
		const client = clientOn(host, { clock, signal: controller.signal });
		const failure = await failureOf(client, request, clock);
		expect(failure).toMatchObject({ kind: 'cancelled', effectUnknown });
		expect(requests[0].abortSignal).toBe(controller.signal);
		expect(requests).toHaveLength(1);
	});
});

test('attempt gives a refusal as an answer, send throws it', async () => {
	const { host } = fakeHost(() => refused(404, [{ code: 10003, message: 'no entry point' }]));
	expect(await clientOn(host).attempt(get)).toMatchObject({
		ok: false,
		failure: { kind: 'notFound', status: 404 },
	});
	await expect(clientOn(host).send(get)).rejects.toThrow('no entry point (code 10003)');
});
