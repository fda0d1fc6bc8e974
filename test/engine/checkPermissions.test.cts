import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { refuses } from '../support/badInput.cjs';
import {
	callLines,
	locator,
	refusal,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';
import {
	check,
	permissionsThat,
	report,
	unnamed,
	withToken,
} from '../support/permissionReport.cjs';

const cf = useCloudflare();

const account = seedIds.mainAccount;
const com = seedIds.zones['example.com'];

/** As the stand-in names the group, in the words of the dashboard. */
const groupOf = (permission: string): string => {
	const [level, group, right] = permission.split(' → ');
	const access = { Edit: 'Write', Purge: 'Write' }[right] ?? right;
	const insights = group === 'Security Center Insights' ? `${level} ` : '';
	return `${insights}${group} ${access}`;
};

/** Nothing harmless tells whether these are there, unless a lesser right is missing already. */
const UNTRIED = / → (?:Edit|Purge)$/;
const isUntried = (permission: string) => UNTRIED.test(permission) && !/WAF/.test(permission);

const noChanges = () => {
	for (const { method, query } of cf.calls)
		if (method !== 'GET') expect(query).toEqual([['dry_run', 'true']]);
	expect(cf.state.changes).toEqual([]);
};

describe('Connection: Check Permissions', () => {
	test('a user token that may do everything', async () => {
		const result = await report();
		expect(result.credential).toEqual({
			kind: 'userToken',
			status: 'active',
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
			not_before: '2026-01-01T00:00:00Z',
			expires_on: null,
			usable: true,
		});
		expect(result.accounts?.count).toBe(4);
		expect(result.accounts?.first[0]).toEqual({ id: account, name: 'Example Corp' });
		expect(result.zones?.count).toBe(132);
		expect(result.zones?.first).toHaveLength(5);
		expect(result.missing).toBe(0);
		expect(result.missing_permissions).toEqual([]);
		expect(permissionsThat(result, 'unknown').every(isUntried)).toBe(true);
		for (const { result: found, reason } of result.operations)
			expect(found === 'allowed').toBe(reason === undefined);
		expect(result.allowed + result.unknown).toBe(result.operations.length);
		noChanges();
		console.log(`connection:checkPermissions: ${cf.calls.length} calls`);
	});

	test('asks for each permission once', async () => {
		const { operations } = await report();
		const asked = new Set(operations.map(({ permission }) => permission)).size;
		const lines = callLines(cf);
		expect(new Set(lines).size).toBe(lines.length);
		// Verify, accounts and zones come first.
		expect(lines.length).toBeLessThanOrEqual(asked + 3);
	});

	test('knows every operation of the node, also itself', async () => {
		const { operations } = await report();
		expect(operations).toContainEqual({
			resource: 'connection',
			operation: 'checkPermissions',
			level: null,
			permission: null,
			result: 'allowed',
		});
		const names = operations.map(({ resource, operation, level }) => [resource, operation, level]);
		expect(names).toContainEqual(['rulesetRule', 'create', 'zone']);
		expect(names).toContainEqual(['rulesetRule', 'create', 'account']);
		expect(names).toContainEqual(['insight', 'archive', 'account']);
	});

	const rights: Array<[what: string, permissions: string[]]> = [
		['zones alone', ['Zone Read']],
		['zones and their WAF', ['Zone Read', 'Zone WAF Write']],
		['WAF reading in zone and account', ['Zone Read', 'Zone WAF Read', 'Account WAF Read']],
		['insights of the account', ['Account Security Center Insights Write']],
		['insights of zones', ['Zone Security Center Insights Read', 'Zone Read']],
		['Access', ['Access: Apps and Policies Read']],
		['the account', ['Account Settings Read']],
		['notifications', ['Notifications Read', 'Zone Read', 'Account WAF Write']],
	];

	test.each(rights)(
		'a token for %s: exactly the others are missing',
		async (_what, permissions) => {
			const token = addToken(cf.state, { permissions });
			const result = await report(check, withToken(token));
			const declared = [
				...new Set(
					result.operations.map(({ permission }) => permission).filter((name) => name !== null),
				),
			];
			const has = (permission: string) => {
				const group = groupOf(permission);
				return (
					permissions.includes(group) || permissions.includes(group.replace(/ Read$/, ' Write'))
				);
			};
			// The API takes Account Settings for notifications too.
			const byAnother = (permission: string) =>
				permission.includes('Notifications') && permissions.includes('Account Settings Read');
			const readOf = (permission: string) => permission.replace(UNTRIED, ' → Read');
			const expected = declared.filter((permission) => {
				if (permission.endsWith('Purge')) return false;
				if (isUntried(permission)) return !has(readOf(permission));
				return !has(permission) && !byAnother(permission);
			});
			expect([...result.missing_permissions].sort()).toEqual(expected.sort());
			expect(permissionsThat(result, 'missing')).toEqual(expected);
			for (const permission of permissionsThat(result, 'unknown'))
				expect(isUntried(permission)).toBe(true);
			noChanges();
		},
	);

	test('says why something is missing or unknown', async () => {
		const token = addToken(cf.state, { permissions: ['Zone Read', 'Zone WAF Read'] });
		const { operations } = await report(check, withToken(token));
		const reasonOf = (resource: string, operation: string, level: string) =>
			operations.find(
				(each) =>
					each.resource === resource && each.operation === operation && each.level === level,
			)?.reason;
		expect(reasonOf('rulesetRule', 'create', 'zone')).toContain('code 10405');
		expect(reasonOf('rulesetRule', 'create', 'account')).toContain(
			'It includes Account → Account WAF → Read, which is missing',
		);
		expect(reasonOf('insight', 'getAll', 'zone')).toContain('or its resources leave out this zone');
	});

	test('where reading is allowed, an untried right stays unknown, with the reason', async () => {
		const permissions = ['Zone Read', 'Account Security Center Insights Read'];
		const { operations } = await report(check, withToken(addToken(cf.state, { permissions })));
		const archive = operations.find(
			({ operation, level }) => operation === 'archive' && level === 'account',
		);
		expect(archive).toMatchObject({
			result: 'unknown',
			reason: expect.stringContaining('no way to try it without changing something'),
		});
	});

	test('takes the first zone and account that it sees when none is chosen', async () => {
		const { asked_about } = await report(unnamed);
		expect(asked_about).toMatchObject({ account_id: account, account_name: 'Example Corp' });
		expect(asked_about.zone_name).toEqual(expect.any(String));
	});

	test("takes the credential's zone and account, and a zone by name", async () => {
		const credentials = tokenCredential({ accountId: account, zoneId: com });
		expect((await report(unnamed, credentials)).asked_about).toMatchObject({
			account_id: account,
			zone_id: com,
		});
		const byName = { ...unnamed, zone: locator('name', 'example.org') };
		expect((await report(byName)).asked_about).toMatchObject({
			zone_id: seedIds.zones['example.org'],
			zone_name: 'example.org',
		});
	});

	test('a token for one zone: no account to see, and the account of the zone is asked about', async () => {
		const result = await report(unnamed, withToken(sandboxCredentials.zoneOnlyToken));
		expect(result.accounts).toMatchObject({ count: 0, first: [] });
		expect(result.zones).toMatchObject({ count: 1, first: [{ id: com, name: 'example.com' }] });
		expect(result.asked_about).toMatchObject({ account_id: account, zone_id: com });
		expect(permissionsThat(result, 'allowed')).toEqual([
			'Zone → Zone WAF → Edit',
			'Zone → Zone WAF → Read',
			'Zone → Zone → Read',
		]);
	});

	test('with nothing to ask about, what is not known is said', async () => {
		const result = await report(unnamed, withToken(sandboxCredentials.noPermissionToken));
		expect(result.credential).toMatchObject({ kind: 'userToken', status: 'active' });
		expect(result.missing_permissions).toEqual(['Zone → Zone → Read']);
		const waf = result.operations.find(({ permission }) => permission?.includes('WAF'));
		expect(waf).toMatchObject({ result: 'unknown', reason: expect.stringContaining('choose one') });
	});

	test('a zone that is not visible is named', async () => {
		const parameters = { ...check, zone: locator('name', 'foreign.example') };
		expect(await refusal(parameters)).toContain('no zone named "foreign.example" is visible');
	});

	test('a zone without rules yet counts as allowed', async () => {
		const result = await report({ ...check, zone: locator('id', seedIds.zones['example.net']) });
		expect(permissionsThat(result, 'allowed')).toEqual(
			expect.arrayContaining(['Zone → Zone WAF → Read', 'Zone → Zone WAF → Edit']),
		);
		noChanges();
	});

	test('a failure that says nothing about rights leaves unknown what it touched', async () => {
		cf.state.withoutZeroTrust.add(account);
		const result = await report();
		expect(permissionsThat(result, 'unknown')).toContain(
			'Account → Access: Apps and Policies → Read',
		);
		const access = result.operations.find(
			({ resource, level }) => resource === 'accessApplication' && level === 'account',
		);
		expect(access?.reason).toContain('Access is not enabled');
	});
});

refuses('Connection: Check Permissions, bad input', cf, [
	['a domain as account', { ...check, account: locator('id', 'example.com') }, 'Account:', '32'],
	['a short zone', { ...check, zone: locator('id', 'abc') }, 'Zone:', '32'],
	['an address as name', { ...check, zone: locator('name', 'a b') }, 'Zone:', 'A domain name'],
	['an empty name', { ...check, zone: locator('name', '') }, 'Zone:', 'An ID or a name'],
]);
