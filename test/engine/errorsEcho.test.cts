import { inspect } from 'node:util';
import { runNode as run, runListSearch, type TestCredential } from '../support/engine/index.cjs';
import {
	locator,
	sandboxCredentials,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { expectNoSecret } from '../support/secrets.cjs';

const cf = useCloudflare();

// Signs that JSON and URLs write in another way.
const ODD_TOKEN = 'cfut_"quoted"\\and/slashed+plus and blank-000000000000';

const { apiKey, email } = sandboxCredentials.globalKey;
const keyCredential: TestCredential = {
	type: 'cloudflareSecurityGlobalKeyApi',
	data: { apiKey, email, accountId: '', zoneId: '' },
};

const credentials: Array<[kind: string, secret: string, credential: TestCredential]> = [
	['token', sandboxCredentials.userToken, tokenCredential()],
	['token with odd signs', ODD_TOKEN, tokenCredential({ apiToken: ODD_TOKEN })],
	[
		'token pasted with Bearer and quotes',
		sandboxCredentials.userToken,
		tokenCredential({ apiToken: ` Bearer "${sandboxCredentials.userToken}"\n` }),
	],
	['Global API key', apiKey, keyCredential],
];

type Echo = (secret: string) => string;
const spellings: Array<[string, Echo]> = [
	['as it is', (secret) => secret],
	['in a URL', encodeURIComponent],
	['in JSON', (secret) => JSON.stringify(secret)],
	['after 590 other signs', (secret) => '.'.repeat(590) + secret],
];

function echoes(secret: string): Array<Parameters<typeof cf.faults.add>[0]> {
	const entry = (message: string, more: object = {}) => ({ code: 6003, message, ...more });
	const errors = [
		entry('Invalid', { error_chain: [{ code: 6111, message: `got ${secret}` }] }),
		entry(`Bearer ${secret}`),
		entry('a', { source: { pointer: `/${secret}` } }),
	];
	return [
		{ kind: 'status', status: 400, errors, times: 9 },
		{ kind: 'status', status: 403, errors: [errors[1]], times: 9 },
		{ kind: 'successFalse', errors, times: 9 },
		{ kind: 'text', status: 500, text: secret, times: 9 },
		{ kind: 'body', body: `{"success":true,"result":${JSON.stringify(secret)}}`, times: 9 },
		{ kind: 'body', body: `{"errors":[${JSON.stringify(secret)}]}`, status: 400, times: 9 },
	];
}

describe.each(credentials)('an answer that echoes a %s', (_kind, secret, credential) => {
	const authentication = credential === keyCredential ? 'globalKey' : 'token';
	const parameters = { resource: 'zone', operation: 'getAll', authentication };

	test.each(spellings)('%s: it is in no error, item or log', async (_how, spell) => {
		for (const fault of echoes(spell(secret))) {
			cf.faults.clear();
			cf.faults.add({ ...fault, match: { method: 'GET' } });
			const failed = await run({ parameters, credentials: credential });
			expect(failed.error).toBeDefined();
			expectNoSecret([failed, inspect(failed.error, { depth: 12 })], [secret]);

			cf.faults.clear();
			cf.faults.add({ ...fault, match: { method: 'GET' } });
			const onError = 'continueRegularOutput' as const;
			const continued = await run({ parameters, credentials: credential, onError });
			expect(continued.items[0].json.error).toEqual(expect.any(String));
			expectNoSecret(continued, [secret]);
		}
	});
});

describe.each(credentials)('%s in a broken connection', (_kind, secret, credential) => {
	const authentication = credential === keyCredential ? 'globalKey' : 'token';

	test('is in no error, item or log', async () => {
		cf.faults.add({ kind: 'cutBefore', times: 9 });
		const parameters = { resource: 'zone', operation: 'getAll', authentication };
		const result = await run({ parameters, credentials: credential });
		expect(result.error?.message).toBe('Cloudflare could not be reached: ECONNRESET');
		expectNoSecret([result, inspect(result.error, { depth: 12 })], [secret]);
	});
});

test('a token that was pasted into another field is not shown', async () => {
	const { userToken } = sandboxCredentials;
	const command = `curl -H "Authorization: Bearer ${userToken}"`;
	for (const value of [userToken, command]) {
		const zone = locator('id', value);
		const result = await run({ parameters: { resource: 'zone', operation: 'get', zone } });
		expect(result.error?.message).toMatch(/^Zone: got ".*\[hidden\]/);
		expectNoSecret(result.error?.message, [userToken.slice(0, 30)]);
	}
	expect(cf.calls).toEqual([]);
});

test('a list of the editor shows it neither', async () => {
	const { userToken } = sandboxCredentials;
	for (const fault of echoes(userToken)) {
		cf.faults.clear();
		cf.faults.add(fault);
		let thrown: unknown;
		try {
			await runListSearch('searchZones', { parameters: { authentication: 'token' } });
		} catch (error) {
			thrown = error;
		}
		expect(thrown).toMatchObject({ name: 'NodeApiError' });
		expectNoSecret([thrown, inspect(thrown, { depth: 12 })], [userToken]);
	}
});
