// The official SDK as the referee: what it asks is served, and what it is given has the shape that its types promise.
import Cloudflare from 'cloudflare';
import type { Account } from 'cloudflare/resources/accounts/accounts';
import type { RuleCreateParams } from 'cloudflare/resources/rulesets/rules';
import type { Zone } from 'cloudflare/resources/zones/zones';
import { sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { asked, client, collect, sandbox, sdk } from './referee.cjs';
import { notInSdk } from './requests/differences.cjs';
import { servedEndpoints } from './requests/endpoints.cjs';
import { sdkMethods } from './requests/sdkMethods.cjs';
// Tests too: they run here, so that the last test below knows their calls.
import './auditLogs.cjs';
import './blocking.cjs';
import './investigation.cjs';
import './records.cjs';

const accountClient = sdk({ apiToken: sandboxCredentials.accountToken });
const account_id = seedIds.mainAccount;
const zone_id = seedIds.zones['example.com'];
const zone = { zone_id };
const phase = 'http_request_firewall_custom';
const custom = seedIds.rulesets.exampleComCustom;

const id = expect.stringMatching(/^[0-9a-f]{32}$/);
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
const anyRuleset = {
	id,
	name: expect.any(String),
	version: expect.stringMatching(/^\d+$/),
	last_updated: date,
};
const definition = {
	action: 'block' as const,
	expression: 'ip.src in {203.0.113.7}',
	description: 'attacker',
	ref: 'case-1',
};
const rule: RuleCreateParams.BlockRule = { ...zone, ...definition };

test('zones: all pages, filters, one', async () => {
	const zones = await collect(client.zones.list({ account: { id: account_id } }));
	expect(new Set(zones.map(({ name }) => name)).size).toBe(130);
	const one: Zone = await client.zones.get(zone);
	expect(one).toMatchObject({
		id,
		account: { id, name: expect.any(String) },
		activated_on: date,
		created_on: date,
		modified_on: date,
		development_mode: expect.any(Number),
		meta: { page_rule_quota: expect.any(Number), phishing_detected: expect.any(Boolean) },
		name: 'example.com',
		name_servers: [expect.any(String), expect.any(String)],
		original_name_servers: [expect.any(String), expect.any(String)],
		original_dnshost: null,
		original_registrar: null,
		owner: { type: expect.any(String) },
		paused: false,
		permissions: expect.any(Array),
		plan: { id, legacy_id: 'pro', price: 20, currency: 'USD', is_subscribed: true },
		status: 'active',
		tenant: {},
		tenant_unit: {},
		type: 'full',
	});
	const filtered = client.zones.list({
		name: 'starts_with:store-0',
		account: { name: 'contains:example corp' },
		status: 'pending',
		type: ['full'],
		match: 'all',
		order: 'name',
		direction: 'desc',
		per_page: 50,
	});
	expect((await collect(filtered)).map(({ name }) => name)).toEqual([
		'store-080.example',
		'store-060.example',
		'store-040.example',
		'store-020.example',
	]);
});

test('accounts: list and get', async () => {
	const accounts = await collect(client.accounts.list({ direction: 'asc', per_page: 50 }));
	expect(accounts).toHaveLength(4);
	const one: Account = await client.accounts.get({ account_id });
	expect(one).toEqual(accounts[0]);
	expect(one).toEqual({
		id: account_id,
		name: expect.any(String),
		type: 'enterprise',
		created_on: date,
		settings: { enforce_twofactor: expect.any(Boolean), abuse_contact_email: null },
	});
});

test('tokens: verify', async () => {
	const verified = { id, status: 'active', not_before: expect.any(String) };
	expect(await client.user.tokens.verify()).toEqual(verified);
	expect(await accountClient.accounts.tokens.verify({ account_id })).toEqual(verified);
	await expect(accountClient.user.tokens.verify()).rejects.toBeInstanceOf(
		Cloudflare.AuthenticationError,
	);
});

test('user, with either kind of credential, and networks', async () => {
	const { email, apiKey } = sandboxCredentials.globalKey;
	const user = await client.user.get();
	expect(await sdk({ apiKey, apiEmail: email }).user.get()).toEqual(user);
	expect(user).toMatchObject({
		id,
		email,
		betas: [],
		country: 'US',
		first_name: expect.any(String),
		has_enterprise_zones: true,
		organizations: expect.arrayContaining([expect.objectContaining({ id: account_id })]),
		suspended: false,
		telephone: null,
		two_factor_authentication_enabled: expect.any(Boolean),
	});
	const expected = {
		etag: expect.any(String),
		ipv4_cidrs: expect.any(Array),
		ipv6_cidrs: expect.any(Array),
	};
	expect(await client.ips.list()).toEqual(expected);
	expect(await client.ips.list({ networks: 'jdcloud' })).toEqual({
		...expected,
		jdcloud_cidrs: expect.any(Array),
	});
});

test.each([
	['zone', zone, 4],
	['account', { account_id }, 4],
])('rulesets of the %s: list over pages', async (_level, scope, count) => {
	const list = async () => await collect(client.rulesets.list({ ...scope, per_page: 2 }));
	// This pager follows result_info.cursor alone: where the cursor is at cursors.after, it ends after the first page.
	expect(await list()).toHaveLength(2);
	sandbox.state.cursorPlace = 'cursor';
	const rulesets = await list();
	expect(rulesets).toHaveLength(count);
	for (const each of rulesets)
		expect(each).toEqual({
			...anyRuleset,
			kind: expect.any(String),
			phase: expect.any(String),
			description: expect.any(String),
		});
});

test('rulesets: create, get, update, delete', async () => {
	const scope = { zone_id: seedIds.zones['example.net'] };
	const created = await client.rulesets.create({
		...scope,
		kind: 'zone',
		name: 'default',
		phase,
		rules: [definition],
	});
	expect(created).toMatchObject({
		...anyRuleset,
		kind: 'zone',
		phase,
		version: '1',
		rules: [{ ...definition, id, version: '1', enabled: true, last_updated: date }],
	});
	const { id: made } = created as { id: string };
	expect(await client.rulesets.get(made, scope)).toEqual(created);
	const updated = await client.rulesets.update(made, {
		...scope,
		description: 'changed',
		rules: [],
	});
	expect(updated).toMatchObject({ id: made, description: 'changed', version: '2', rules: [] });
	expect(await client.rulesets.delete(made, { ...scope, dry_run: true })).toBeNull();
	expect(await client.rulesets.delete(made, scope)).toBeNull();
	await expect(client.rulesets.get(made, scope)).rejects.toBeInstanceOf(Cloudflare.NotFoundError);
});

test('rules: create, edit, move, delete', async () => {
	const added = await client.rulesets.rules.create(custom, { ...rule, position: { before: '' } });
	const [{ id: ruleId }] = (added as { rules: Array<{ id: string }> }).rules;
	expect(added).toMatchObject({
		...anyRuleset,
		rules: [{ ref: 'case-1' }, { id }, { id }, { id }],
	});
	const path = { ...zone, ruleset_id: custom };
	const edited = await client.rulesets.rules.edit(ruleId, { ...rule, ...path, enabled: false });
	expect(edited).toMatchObject({
		rules: [{ id: ruleId, enabled: false, version: '2' }, {}, {}, {}],
	});
	const moved = await client.rulesets.rules.edit(ruleId, { ...path, position: { index: 4 } });
	expect(moved).toMatchObject({ rules: [{}, {}, {}, { id: ruleId, version: '2' }] });
	const dry = await client.rulesets.rules.delete(ruleId, { ...path, dry_run: true });
	expect(dry).toBeNull();
	const deleted = await client.rulesets.rules.delete(ruleId, path);
	expect((deleted as { rules: unknown[] }).rules).toHaveLength(3);
});

test('phases: get and update the entry point, and its versions', async () => {
	const before = await client.rulesets.phases.get(phase, zone);
	const after = await client.rulesets.phases.update(phase, { ...zone, name: 'renamed', rules: [] });
	expect(after).toMatchObject({ id: custom, name: 'renamed', version: '8', rules: [] });
	const versions = await collect(client.rulesets.phases.versions.list(phase, zone));
	expect(versions).toMatchObject([{ version: '7' }, { version: '8' }]);
	expect(await client.rulesets.phases.versions.get('7', { ...zone, ruleset_phase: phase })).toEqual(
		before,
	);
	const missing = client.rulesets.phases.get(phase, { zone_id: seedIds.zones['example.net'] });
	await expect(missing).rejects.toMatchObject({ status: 404, errors: [{ code: 10003 }] });
});

test('versions: list, get, delete', async () => {
	await client.rulesets.rules.create(custom, rule);
	const path = { ...zone, ruleset_id: custom };
	const list = async () =>
		(await collect(client.rulesets.versions.list(custom, zone))).map(({ version }) => version);
	expect(await list()).toEqual(['7', '8']);
	expect(await client.rulesets.versions.get('7', path)).toMatchObject({
		version: '7',
		rules: [{}, {}, {}],
	});
	await client.rulesets.versions.delete('7', path);
	expect(await list()).toEqual(['8']);
	await expect(client.rulesets.versions.delete('8', path)).rejects.toBeInstanceOf(
		Cloudflare.BadRequestError,
	);
});

test('at account level the same calls work', async () => {
	const scope = { account_id };
	const { accountRoot, accountCustom } = seedIds.rulesets;
	expect(await client.rulesets.phases.get(phase, scope)).toMatchObject({
		id: accountRoot,
		kind: 'root',
	});
	const added = await client.rulesets.rules.create(accountCustom, { ...scope, ...definition });
	expect(added).toMatchObject({ id: accountCustom, kind: 'custom', version: '2' });
	const managed = await client.rulesets.get(seedIds.rulesets.cloudflareManaged, scope);
	expect(managed).toMatchObject({ kind: 'managed', rules: [{ categories: ['sqli'] }, {}] });
});

test('at account level: custom rulesets, their rules and versions', async () => {
	const scope = { account_id };
	const name = 'Case 42';
	const created = await client.rulesets.create({
		...scope,
		kind: 'custom',
		name,
		phase,
		rules: [definition],
	});
	expect(created).toMatchObject({ ...anyRuleset, kind: 'custom', name, version: '1' });
	const { id: ruleset_id, rules } = created as { id: string; rules: Array<{ id: string }> };
	const path = { ...scope, ruleset_id };
	const edited = await client.rulesets.rules.edit(rules[0].id, {
		...path,
		...definition,
		enabled: false,
	});
	expect(edited).toMatchObject({ version: '2', rules: [{ id: rules[0].id, enabled: false }] });
	const emptied = await client.rulesets.rules.delete(rules[0].id, path);
	expect(emptied).toMatchObject({ version: '3', rules: [] });
	const updated = await client.rulesets.update(ruleset_id, { ...scope, rules: [definition] });
	expect(updated).toMatchObject({ version: '4', rules: [definition] });
	const list = async () =>
		(await collect(client.rulesets.versions.list(ruleset_id, scope))).map(({ version }) => version);
	expect(await list()).toEqual(['1', '2', '3', '4']);
	expect(await client.rulesets.versions.get('1', path)).toEqual(created);
	await client.rulesets.versions.delete('1', path);
	expect(await list()).toEqual(['2', '3', '4']);
	await client.rulesets.delete(ruleset_id, scope);
	await expect(client.rulesets.get(ruleset_id, scope)).rejects.toBeInstanceOf(
		Cloudflare.NotFoundError,
	);
});

test('at account level: the entry point and its versions', async () => {
	const scope = { account_id };
	const before = await client.rulesets.phases.get(phase, scope);
	const after = await client.rulesets.phases.update(phase, { ...scope, rules: [] });
	const version = String(Number(before.version) + 1);
	expect(after).toMatchObject({ id: before.id, kind: 'root', version, rules: [] });
	const versions = await collect(client.rulesets.phases.versions.list(phase, scope));
	expect(versions).toMatchObject([{ version: before.version }, { version }]);
	const first = { ...scope, ruleset_phase: phase } as const;
	expect(await client.rulesets.phases.versions.get(before.version, first)).toEqual(before);
});

test('no route was left out, and the table of the docs names the method of each', () => {
	const named = servedEndpoints.map((endpoint) => {
		const methods = [...(asked.get(endpoint) ?? [])].filter((method) => method !== 'unknown');
		const own = methods.filter((method) => method.includes('.'));
		return [endpoint, endpoint in notInSdk ? undefined : own.join(', ')];
	});
	expect(Object.fromEntries(named)).toEqual(
		Object.fromEntries(servedEndpoints.map((endpoint) => [endpoint, sdkMethods[endpoint]])),
	);
});
