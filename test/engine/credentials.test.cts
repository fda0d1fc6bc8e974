import fc from 'fast-check';
import { interceptWithNock } from '../../sandbox/fronts/nock.cjs';
import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import {
	hasFeature,
	runNode,
	testCredential,
	type TestCredential,
} from '../support/engine/index.cjs';
import { pasteJunk } from '../support/pasteJunk.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const cf = createCloudflare();
/** The credential headers of every request, as they arrived. */
const received: Array<Record<string, string>> = [];
let front: { restore(): void } | undefined;

beforeAll(() => {
	front = interceptWithNock({
		async fetch(request) {
			const names = ['authorization', 'x-auth-email', 'x-auth-key'];
			const entries = [...request.headers].filter(([name]) => names.includes(name));
			received.push(Object.fromEntries(entries));
			return await cf.fetch(request);
		},
	});
});
beforeEach(() => {
	cf.reset();
	received.length = 0;
});
afterAll(() => front?.restore());

const account = seedIds.mainAccount;

const token = (data: Record<string, unknown>): TestCredential => ({
	type: 'cloudflareSecurityTokenApi',
	data: { ownedBy: 'automatic', accountId: '', zoneId: '', ...data },
});
const globalKey = (data: Record<string, unknown> = {}): TestCredential => ({
	type: 'cloudflareSecurityGlobalKeyApi',
	data: { ...sandboxCredentials.globalKey, accountId: '', zoneId: '', ...data },
});

const kinds: Array<[kind: string, secret: string, make: (secret: string) => TestCredential]> = [
	['user token', sandboxCredentials.userToken, (apiToken) => token({ apiToken })],
	[
		'account-owned token',
		sandboxCredentials.accountToken,
		(apiToken) => token({ apiToken, accountId: account }),
	],
	[
		'older account-owned token',
		sandboxCredentials.oldAccountToken,
		(apiToken) => token({ apiToken, ownedBy: 'account', accountId: account }),
	],
	['Global API key', sandboxCredentials.globalKey.apiKey, (apiKey) => globalKey({ apiKey })],
];

const zones = { resource: 'zone', operation: 'getAll', limit: 1 };
const authenticationOf = ({ type }: TestCredential) =>
	type === 'cloudflareSecurityTokenApi' ? 'token' : 'globalKey';
const headersFor = ({ type }: TestCredential, secret: string) =>
	type === 'cloudflareSecurityTokenApi'
		? { authorization: `Bearer ${secret}` }
		: { 'x-auth-email': sandboxCredentials.globalKey.email, 'x-auth-key': secret };

describe.each(kinds)('%s', (_kind, secret, make) => {
	test.each<[what: string, paste: (text: string) => string]>([
		['as it is', (text) => text],
		['blanks', (text) => `  ${text}\t `],
		['double quotes', (text) => `"${text}"`],
		['single quotes and blanks', (text) => ` ' ${text} ' `],
		['Bearer', (text) => `Bearer ${text}`],
		['bearer in quotes', (text) => `"bearer  ${text}"`],
		['a line break', (text) => `${text}\r\n`],
	])('with %s passes the test', async (_what, paste) => {
		const credential = make(paste(secret));
		expect(await testCredential(credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(received).toEqual([headersFor(credential, secret)]);
	});

	test('whatever is pasted around it: exactly the right headers', async () => {
		await fc.assert(
			fc.asyncProperty(pasteJunk, async ([before, after]) => {
				received.length = 0;
				const credentials = make(before + secret + after);
				const parameters = { ...zones, authentication: authenticationOf(credentials) };
				const result = await runNode({ parameters, credentials });
				expect(result.error).toBeUndefined();
				expect(received).toEqual([headersFor(credentials, secret)]);
				expectNoSecret([result.outputs, result.logs], [secret]);
			}),
			{ numRuns: 15 },
		);
	});
});

test('numbers that expressions make are asked about like texts', async () => {
	const numbers = { apiToken: '={{ 1 }}', ownedBy: 'account', accountId: '={{ 1 + 1 }}' };
	await testCredential(token(numbers));
	expect(cf.calls.map(({ path }) => path)).toEqual(['/accounts/2/tokens/verify']);
	await testCredential(globalKey({ email: '={{ 3 }}', apiKey: '={{ 4 }}' }));
	expect(received.at(-1)).toEqual({ 'x-auth-email': '3', 'x-auth-key': '4' });
});

test.each(['={{ Symbol("x") }}', '={{ ({ toString: 1, valueOf: 2 }) }}'])(
	'an Account ID that is no text asks no other address: %s',
	async (accountId) => {
		const { userToken } = sandboxCredentials;
		await testCredential(token({ apiToken: userToken, ownedBy: 'account', accountId }));
		expect(received).toEqual([]);
	},
);

describe('a test that fails says what to change', () => {
	const unknown = `cfut_${'a'.repeat(48)}`;
	const { userToken, accountToken, oldAccountToken, disabledToken, expiredToken } =
		sandboxCredentials;
	const { ipRestrictedToken } = sandboxCredentials;
	const wrongToken = /^Cloudflare does not know this token: it may be mistyped, revoked or expired/;
	// An n8n that loses the cause of an error shows a text of its own.
	const shown = (message: RegExp) =>
		hasFeature['errors that keep their cause'] ? message : /\w+ \w+/;
	const orKey = /API Token holds something else, such as a Global API key/;

	// n8n itself repeats a credential test once after a 401.
	test.each<[what: string, credential: TestCredential, message: RegExp, requests: number]>([
		['wrong token', token({ apiToken: unknown }), wrongToken, 2],
		['expired token', token({ apiToken: expiredToken }), wrongToken, 2],
		['disabled token', token({ apiToken: disabledToken }), /^The token is switched off/, 1],
		[
			'restricted token',
			token({ apiToken: ipRestrictedToken }),
			/not limited to other client IP addresses/,
			1,
		],
		['key as token', token({ apiToken: sandboxCredentials.globalKey.apiKey }), orKey, 1],
		['half a token', token({ apiToken: userToken.slice(0, 20) }), orKey, 1],
		['a token with a blank inside', token({ apiToken: 'abc def' }), orKey, 1],
		['an empty token', token({ apiToken: '' }), orKey, 1],
		[
			'account-owned token without account',
			token({ apiToken: accountToken }),
			/^Account ID is missing\. This token belongs to an account/,
			0,
		],
		[
			'the same, pasted with Bearer',
			token({ apiToken: ` "Bearer ${accountToken}"`, accountId: ' "" ' }),
			/^Account ID is missing/,
			0,
		],
		[
			'older account-owned token without account',
			token({ apiToken: oldAccountToken, ownedBy: 'account' }),
			/^Account ID is missing/,
			0,
		],
		[
			'older account-owned token on automatic',
			token({ apiToken: oldAccountToken, accountId: account }),
			/choose Owned By → Account and fill in Account ID/,
			2,
		],
		[
			'user token said to be of an account',
			token({ apiToken: userToken, ownedBy: 'account', accountId: account }),
			/^Cloudflare does not know this token: .* belong to another account/,
			2,
		],
		[
			'account-owned token said to be of a user',
			token({ apiToken: accountToken, ownedBy: 'user' }),
			/choose Owned By → Account/,
			2,
		],
		[
			'domain as account',
			token({ apiToken: accountToken, accountId: 'example.com' }),
			/Account ID must be the 32 characters|Account ID is not the 32 characters/,
			1,
		],
		[
			'path as account',
			token({ apiToken: accountToken, accountId: '../user' }),
			/Account ID must be the 32 characters|Account ID is not the 32 characters/,
			1,
		],
		[
			'wrong key',
			globalKey({ apiKey: `cfk_${'a'.repeat(48)}` }),
			/^Cloudflare does not know this pair/,
			1,
		],
		[
			'wrong address',
			globalKey({ email: 'who@example.com' }),
			/^Cloudflare does not know this pair/,
			1,
		],
		[
			'token as key',
			globalKey({ apiKey: userToken }),
			/If this is an API token, choose the credential "Cloudflare Token API"/,
			1,
		],
		[
			'malformed address',
			globalKey({ email: 'sandbox' }),
			/cannot read the key or the e-mail address/,
			1,
		],
		['empty address', globalKey({ email: '' }), /cannot read the key or the e-mail address/, 1],
	])('%s', async (_what, credential, message, requests) => {
		const result = await testCredential(credential);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(shown(message));
		expect(cf.calls).toHaveLength(requests);
		const { apiToken, apiKey } = credential.data as Record<string, string | undefined>;
		expectNoSecret(
			result,
			[apiToken, apiKey].filter((text) => text !== undefined && text !== '') as string[],
		);
	});

	describe.each<[string, TestCredential]>([
		['token', token({ apiToken: userToken })],
		['Global API key', globalKey()],
	])('%s', (_kind, credential) => {
		test.each<[what: string, fault: Parameters<typeof cf.faults.add>[0], message: RegExp]>([
			['429', { kind: 'rateLimited' }, /too many requests from this user\. Wait five minutes/],
			['success false', { kind: 'successFalse' }, /^Cloudflare does not accept the (?:token|key)/],
			['errors null', { kind: 'successFalse', errors: null }, /^Cloudflare does not accept/],
			['a web page, 500', { kind: 'html' }, /Internal Server Error/],
			[
				'a web page, 200',
				{ kind: 'html', status: 200 },
				/^Something other than Cloudflare answered/,
			],
			['JSON of something else', { kind: 'body', body: '{"login":1}' }, /^Something other than/],
			['a redirect', { kind: 'redirect' }, /^Something other than Cloudflare answered/],
			['a cut connection', { kind: 'cutBefore' }, /ECONNRESET/],
		])('%s', async (_what, fault, message) => {
			cf.faults.add(fault);
			const result = await testCredential(credential);
			expect(result.status).toBe('Error');
			expect(result.message).toMatch(shown(message));
			expect(cf.calls).toHaveLength(1);
		});
	});

	test('expired by its own word', async () => {
		const body = JSON.stringify({ success: true, result: { status: 'expired' } });
		cf.faults.add({ kind: 'body', body });
		const { message } = await testCredential(token({ apiToken: userToken }));
		expect(message).toMatch(/^The token has expired/);
	});
});

test('an address with an apostrophe is sent whole', async () => {
	await testCredential(globalKey({ email: ` "o'neil@example.com"\n` }));
	expect(received).toEqual([
		{ 'x-auth-email': "o'neil@example.com", 'x-auth-key': sandboxCredentials.globalKey.apiKey },
	]);
});
