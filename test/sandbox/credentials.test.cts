import {
	createCloudflare,
	sandboxCredentials as secrets,
	seedIds,
} from '../../sandbox/cloudflare/index.cjs';
import { entryPointPath, refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const main = seedIds.mainAccount;
const verify = '/user/tokens/verify';
const accountVerify = `/accounts/${main}/tokens/verify`;
const unknownToken = `cfut_${'x'.repeat(48)}`;
const { email, apiKey } = secrets.globalKey;
const key = { 'X-Auth-Email': email, 'X-Auth-Key': apiKey };
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

test.each<[string, string | Record<string, string>, string, string, RegExp]>([
	['nothing', {}, '/zones', '400 9106', /Missing/],
	['a key as a token', bearer(apiKey), '/zones', '400 6003', /6111/],
	['a short token', bearer('abc'), verify, '400 6003', /6111/],
	['Bearer twice', bearer(`Bearer ${secrets.userToken}`), verify, '400 6003', /6111/],
	['a token as a key', { ...key, 'X-Auth-Key': secrets.userToken }, '/user', '400 6003', /6103/],
	['no e-mail address', { ...key, 'X-Auth-Email': 'nobody' }, '/user', '400 6003', /6102/],
	['a wrong pair', { ...key, 'X-Auth-Email': 'a@example.com' }, '/user', '403 9103', /Unknown/],
	['an unknown token', unknownToken, verify, '401 1000', /Invalid API Token/],
	['an unknown token', unknownToken, '/zones', '403 9109', /Invalid access token/],
	['an unknown token', unknownToken, entryPointPath('example.com'), '403 10000', /Authentication/],
	['an expired token', secrets.expiredToken, verify, '401 1000', /Invalid/],
	['a disabled token', secrets.disabledToken, '/zones', '403 9109', /Invalid/],
	['an account token', secrets.accountToken, verify, '401 1000', /Invalid API Token/],
	['an account token', secrets.accountToken, '/user', '403 9109', /user-level/],
	['a user token', secrets.userToken, accountVerify, '401 1000', /Invalid/],
	['the wrong place', secrets.ipRestrictedToken, verify, '403 9109', /location: 203\.0\.113\.7/],
	['no permission', secrets.noPermissionToken, '/zones', '403 9109', /Unauthorized/],
	['no permission', secrets.noPermissionToken, entryPointPath('example.com'), '403 10000', /./],
	['another zone', secrets.zoneOnlyToken, zonePath('example.net'), '403 9109', /Unauthorized/],
	['another zone', secrets.zoneOnlyToken, entryPointPath('example.net'), '403 10000', /./],
	[
		'a foreign zone',
		secrets.accountToken,
		`/zones/${seedIds.secondAccountZones['lab.example']}`,
		'403 9109',
		/./,
	],
	['an unknown zone', secrets.userToken, `/zones/${'a'.repeat(32)}`, '403 9109', /./],
	['a domain as id', secrets.userToken, '/zones/example.com', '404 7003', /identifier is invalid/],
	['no such route', secrets.userToken, '/nowhere', '404 7003', /7000/],
])('refuses %s (%#)', async (_what, credentials, path, expected, message) => {
	const answer = await sender(cloudflare, credentials)('GET', path);
	expect(refusal(answer)).toBe(expected);
	expect(answer.text).toMatch(message);
	expect(answer.json).toMatchObject({ success: false, result: null });
});

test.each([
	['user token', secrets.userToken, verify, 'active'],
	['account token', secrets.accountToken, accountVerify, 'active'],
	['old account token', secrets.oldAccountToken, accountVerify, 'active'],
	['disabled token', secrets.disabledToken, verify, 'disabled'],
])('verifies the %s', async (_what, token, path, status) => {
	const { json } = await sender(cloudflare, token)('GET', path);
	expect(json.result).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), status });
});

test('a read-only token may read, and is refused a write as a wrong method', async () => {
	const send = sender(cloudflare, secrets.readOnlyToken);
	expect((await send('GET', entryPointPath('example.com'))).status).toBe(200);
	expect(refusal(await send('PUT', entryPointPath('example.com'), {}))).toBe('405 10405');
});

test('the phase decides which permission group is asked', async () => {
	const send = sender(cloudflare, secrets.zoneOnlyToken);
	const path = `${zonePath('example.com')}/rulesets/phases/http_request_origin/entrypoint`;
	expect(refusal(await send('GET', path))).toBe('403 10000');
});

test('the Global API key reads the user, and anyone reads the networks', async () => {
	expect((await sender(cloudflare, key)('GET', '/user')).json.result.email).toBe(email);
	const { json } = await sender(cloudflare, {})('GET', '/ips?networks=jdcloud');
	expect(json.result).toMatchObject({
		ipv4_cidrs: expect.any(Array),
		jdcloud_cidrs: expect.any(Array),
	});
});

test('calls are recorded with the name of the credential, never with the secret', () => {
	expect(new Set(cloudflare.calls.map(({ credential }) => credential))).toEqual(
		new Set([...Object.keys(secrets), 'anonymous', 'unknown']),
	);
	expect(JSON.stringify(cloudflare.calls)).not.toMatch(/sandbox-user-token-0/);
});

test('repeated bad credentials lock out good ones for a while', async () => {
	let now = 1_800_000_000_000;
	const own = createCloudflare({ now: () => now });
	own.state.lockout.enabled = true;
	for (let i = 0; i < 10; i += 1) await sender(own, unknownToken)('GET', '/zones');
	const locked = await sender(own)('GET', '/zones');
	expect(refusal(locked)).toBe('403 9109');
	expect(locked.text).toContain('Max auth failures');
	now += 601_000;
	expect((await sender(own)('GET', '/zones')).status).toBe(200);
});
