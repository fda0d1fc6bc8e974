import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { CloudflareSecurityTokenApi } from '../../../credentials/CloudflareSecurityTokenApi.credentials';
import { connect, credentialTypeFor } from '../../../nodes/CloudflareSecurity/transport/connect';
import { redact } from '../../../nodes/CloudflareSecurity/transport/errors';
import type { RequestHost } from '../../../nodes/CloudflareSecurity/transport/client';
import { fakeHost, good } from '../../support/fakeHost.cjs';
import { pasteJunk } from '../../support/pasteJunk.cjs';

const TOKEN = 'cfut_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEf';

async function connection(data: ICredentialDataDecryptedObject) {
	const { host } = fakeHost(() => good([]));
	const getCredentials = async () => data;
	return await connect({ ...host, getCredentials } as RequestHost, 'cloudflareSecurityTokenApi', {
		maxQuotaWaitMs: 0,
	});
}

describe('the token that is sent', () => {
	const { authenticate } = new CloudflareSecurityTokenApi();
	const request: IHttpRequestOptions = { url: '/zones', headers: { Accept: 'application/json' } };

	test('is the bare token, whatever was pasted around it', async () => {
		await fc.assert(
			fc.asyncProperty(pasteJunk, async ([before, after]) => {
				const sent = await authenticate({ apiToken: before + TOKEN + after }, request);
				expect(sent.headers).toEqual({
					Accept: 'application/json',
					Authorization: `Bearer ${TOKEN}`,
				});
			}),
		);
	});

	test.each(['bearer_of_news', 'Bearertoken', "a'b", 'a"b'])(
		'is not cut inside: %s',
		async (apiToken) => {
			const sent = await authenticate({ apiToken }, request);
			expect(sent.headers).toMatchObject({ Authorization: `Bearer ${apiToken}` });
		},
	);

	test.each([undefined, null, '', '  '])('may be missing: %j', async (apiToken) => {
		const data = { apiToken } as ICredentialDataDecryptedObject;
		expect((await authenticate(data, request)).headers).toMatchObject({ Authorization: 'Bearer ' });
	});
});

describe('a token that is no text, as an expression may make it', () => {
	const { authenticate } = new CloudflareSecurityTokenApi();
	const values = [{ toString: 1, valueOf: 2 }, Object.create(null), Symbol('x'), ['cfut_x']];

	test.each(values)('is not sent: %p', async (apiToken) => {
		const data = { apiToken } as ICredentialDataDecryptedObject;
		const { headers } = await authenticate(data, { url: '/zones' });
		expect(headers).toEqual({ Authorization: 'Bearer ' });
		expect(await connection(data)).toMatchObject({ tokenOwner: undefined, secrets: [] });
	});
});

describe('connect', () => {
	test.each(['apiToken', 'apiKey'])('hides what is really sent of %s', async (field) => {
		await fc.assert(
			fc.asyncProperty(pasteJunk, async ([before, after]) => {
				const { secrets } = await connection({ [field]: before + TOKEN + after });
				// No blank before it: one that was pasted with the token is hidden as well.
				expect(redact(`got:${TOKEN}!`, secrets)).toBe('got:[hidden]!');
				expect(redact(before + TOKEN + after, secrets)).toBe('[hidden]');
			}),
		);
	});

	test('hides a secret from which the sender takes line breaks and other signs', async () => {
		const { secrets } = await connection({
			apiKey: `\u201c${TOKEN.slice(0, 9)}\n${TOKEN.slice(9)}\u201d`,
		});
		expect(redact(`got ${TOKEN}!`, secrets)).toBe('got [hidden]!');
	});

	test.each<[typed: unknown, read: string | undefined]>([
		[' "0123" ', '0123'],
		["'0123'\n", '0123'],
		['', undefined],
		['  ', undefined],
		['""', undefined],
		[undefined, undefined],
		[7, undefined],
	])('reads the default account %j', async (typed, read) => {
		const { accountId, zoneId, secrets } = await connection({
			accountId: typed,
			zoneId: typed,
		} as ICredentialDataDecryptedObject);
		expect([accountId, zoneId]).toEqual([read, read]);
		expect(secrets).toEqual([]);
	});

	test.each([
		['globalKey', 'cloudflareSecurityGlobalKeyApi'],
		['token', 'cloudflareSecurityTokenApi'],
		[undefined, 'cloudflareSecurityTokenApi'],
	])('chooses the credential for %j', (authentication, type) => {
		expect(credentialTypeFor(authentication)).toBe(type);
	});
});
