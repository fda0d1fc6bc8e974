import {
	check,
	report,
	unnamed,
	withToken,
	type Credentials,
} from '../support/permissionReport.cjs';
import {
	callLines,
	output,
	refusal,
	sandboxCredentials,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();
const account = seedIds.mainAccount;

describe('Connection: Check Permissions, kinds of credentials', () => {
	const globalKey = (apiKey: string = sandboxCredentials.globalKey.apiKey) => ({
		type: 'cloudflareSecurityGlobalKeyApi' as const,
		data: { email: sandboxCredentials.globalKey.email, apiKey, accountId: '', zoneId: '' },
	});
	const withKey = { ...check, authentication: 'globalKey' };

	test('a Global API key', async () => {
		const result = await report(withKey, globalKey());
		expect(result.credential).toEqual({
			kind: 'globalKey',
			status: 'active',
			id: expect.any(String),
			email: sandboxCredentials.globalKey.email,
			expires_on: null,
			usable: true,
		});
		expect(result.missing).toBe(0);
		expect(callLines(cf)[0]).toBe('GET /user 200');
	});

	test.each<[what: string, token: string, more: Record<string, string>, lines: string[]]>([
		[
			'with a prefix',
			sandboxCredentials.accountToken,
			{},
			[`GET /accounts/${account}/tokens/verify 200`],
		],
		[
			'without one, and the form says it',
			sandboxCredentials.oldAccountToken,
			{ ownedBy: 'account' },
			[`GET /accounts/${account}/tokens/verify 200`],
		],
		[
			'without one, and nobody says it',
			sandboxCredentials.oldAccountToken,
			{},
			['GET /user/tokens/verify 401', `GET /accounts/${account}/tokens/verify 200`],
		],
	])('a token of an account %s', async (_what, token, more, lines) => {
		const result = await report(check, withToken(token, more));
		expect(result.credential).toMatchObject({ kind: 'accountToken', status: 'active' });
		expect(callLines(cf).slice(0, lines.length)).toEqual(lines);
		expect(result.missing).toBe(0);
		expect(result.accounts?.count).toBe(1);
	});

	test('a token of an account that nobody named: the account is looked up', async () => {
		const result = await report(unnamed, withToken(sandboxCredentials.accountToken));
		expect(result.credential).toMatchObject({ kind: 'accountToken', status: 'active' });
		expect(callLines(cf).slice(0, 2)).toEqual([
			'GET /accounts 200',
			`GET /accounts/${account}/tokens/verify 200`,
		]);
		expect(callLines(cf).filter((line) => line === 'GET /accounts 200')).toHaveLength(1);
	});

	const bad: Array<[what: string, parameters: object, credentials: Credentials, calls: number]> = [
		['an unknown token', check, withToken(`cfut_${'x'.repeat(48)}`), 1],
		['an unknown token of an account', check, withToken(`cfat_${'x'.repeat(48)}`), 1],
		['an unknown token without a prefix', check, withToken('x'.repeat(40)), 2],
		['one without a prefix and account', unnamed, withToken('x'.repeat(40)), 2],
		['an expired token', check, withToken(sandboxCredentials.expiredToken), 1],
		['a token for other addresses', check, withToken(sandboxCredentials.ipRestrictedToken), 1],
		['something that is no token', check, withToken('nonsense'), 1],
		['an unknown key', withKey, globalKey('0'.repeat(40)), 1],
	];

	test.each(bad)('%s: nothing else is asked', async (_what, parameters, credentials, calls) => {
		const result = await report(parameters, credentials);
		expect(result.credential).toMatchObject({ status: expect.stringMatching(/refused|unknown/) });
		expect(result.credential.note).toEqual(expect.any(String));
		expect(result.credential.usable ?? false).toBe(false);
		expect(result.unknown).toBe(result.operations.length);
		expect(result.operations.every(({ reason, permission }) => reason || !permission)).toBe(true);
		expect(cf.calls).toHaveLength(calls);
		expect(JSON.stringify(result)).not.toContain('xxxxxxxxxx');
	});

	test('many items with a bad credential do not lead to the lock-out', async () => {
		cf.state.lockout = { enabled: true, threshold: 3, seconds: 600 };
		const items = Array.from({ length: 20 }, () => ({}));
		const credentials = withToken('x'.repeat(40));
		const reports = await output(check, { items, credentials });
		expect(reports).toHaveLength(20);
		expect(cf.calls).toHaveLength(2);
		expect((await report()).credential.status).toBe('active');
	});

	test('a disabled token: Cloudflare verifies it, and says so', async () => {
		const result = await report(check, withToken(sandboxCredentials.disabledToken));
		expect(result.credential).toMatchObject({ kind: 'userToken', status: 'disabled' });
		expect(cf.calls).toHaveLength(1);
		expect(result.accounts).toBeNull();
	});

	test('a credential that goes bad meanwhile ends the asking', async () => {
		cf.faults.add({
			kind: 'status',
			status: 403,
			errors: [{ code: 9109, message: 'Max auth failures reached, please check your header.' }],
			match: { path: /rulesets|access|insights|settings|dns|alerting/ },
			times: 1,
		});
		const result = await report();
		const failed = cf.calls.findIndex(({ status }) => status === 403);
		expect(failed).toBe(cf.calls.length - 1);
		expect(result.unknown).toBeGreaterThan(5);
		expect(result.missing).toBe(0);
	});

	test('a list of accounts that account-owned tokens may not see is no bad credential', async () => {
		const message = 'List accounts endpoint does not support account owned tokens.';
		const errors = [{ code: 1001, message }];
		cf.faults.add({ kind: 'status', status: 400, errors, match: { path: '/accounts' } });
		const result = await report(check, withToken(sandboxCredentials.accountToken));
		expect(result.accounts?.note).toContain(message);
		expect(result.missing).toBe(0);
		expect(result.allowed).toBeGreaterThan(3);
	});

	test('an API that cannot be reached says nothing about the credential', async () => {
		cf.faults.add({ kind: 'html', status: 502, times: 4 });
		expect(await refusal(check)).toContain('Cloudflare could not process the request');
	});
});
