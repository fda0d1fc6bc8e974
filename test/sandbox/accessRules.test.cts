import { addToken, createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender, zonePath, type Answer } from './support.cjs';

const cloudflare = createCloudflare({ rateLimit: { quota: 1e6, windowSeconds: 1 } });
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

const RULES = '/firewall/access_rules/rules';
const zone = `${zonePath('example.com')}${RULES}`;
const account = `/accounts/${seedIds.mainAccount}${RULES}`;
const user = `/user${RULES}`;
interface Rule {
	id: string;
	mode: string;
	notes: string;
	configuration: { target: string; value: string };
	scope: { type: string };
}
const create = (target: string, value: unknown, more: object = {}, path = zone) =>
	send('POST', path, { mode: 'block', configuration: { target, value }, ...more });
const list = async (query = '', path = zone): Promise<Rule[]> =>
	(await send('GET', `${path}?${query}`)).json.result;
const values = async (query = '', path = zone) =>
	(await list(query, path)).map(({ configuration }) => configuration.value);
const message = ({ json }: Answer): string => json.errors[0].message;

const id = expect.stringMatching(/^[0-9a-f]{32}$/);

test.each([
	['zone', zone, { id: seedIds.zones['example.com'], name: 'example.com', type: 'zone' }],
	['account', account, { id: seedIds.mainAccount, name: 'Example Corp', type: 'organization' }],
	['user', user, { id, email: 'sandbox@example.com', type: 'user' }],
])('a rule of a %s: create, edit, delete', async (_level, path, scope) => {
	const created = await create('ip', '203.0.113.7', { notes: 'Scanner' }, path);
	const rule = created.json.result;
	expect(rule).toEqual({
		id,
		paused: false,
		modified_on: expect.any(String),
		allowed_modes: ['whitelist', 'block', 'challenge', 'js_challenge', 'managed_challenge'],
		mode: 'block',
		notes: 'Scanner',
		configuration: { target: 'ip', value: '203.0.113.7' },
		scope,
		created_on: expect.any(String),
	});
	const one = `${path}/${rule.id}`;
	expect((await send('GET', one)).status).toBe(path === user ? 405 : 200);
	const edited = await send('PATCH', one, { mode: 'challenge', notes: 'Was wrong' });
	expect(edited.json.result).toMatchObject({ id: rule.id, mode: 'challenge', notes: 'Was wrong' });
	expect((await send('PATCH', one, { mode: 'block' })).json.result.notes).toBe('Was wrong');
	expect((await send('DELETE', one)).json.result).toEqual({ id: rule.id });
	const gone = await send('DELETE', one);
	expect([refusal(gone), message(gone)]).toEqual([
		'404 10001',
		'firewallaccessrules.api.not_found',
	]);
	expect(await list('', path)).toEqual([]);
});

test.each([
	['ip', '203.0.113.7', '203.0.113.7'],
	['ip6', '2001:DB8:100::1', '2001:0db8:0100:0000:0000:0000:0000:0001'],
	['ip_range', '203.0.113.0/24', '203.0.113.0/24'],
	['ip_range', '203.0.0.0/16', '203.0.0.0/16'],
	['ip_range', '203.0.113.7/24', '203.0.113.0/24'],
	['ip_range', '2001:db8::/32', '2001:0db8:0000:0000:0000:0000:0000:0000/32'],
	['ip_range', '2001:db8:1::/48', '2001:0db8:0001:0000:0000:0000:0000:0000/48'],
	['ip_range', '2001:db8:1:2::/64', '2001:0db8:0001:0002:0000:0000:0000:0000/64'],
	['asn', 'AS64496', 'AS64496'],
	['country', 'T1', 'T1'],
	['country', 'XX', 'XX'],
])('%s %s is kept as %s, once', async (target, value, kept) => {
	const challenge = { mode: 'challenge' };
	const created = await create(target, value, challenge);
	expect(created.json.result.configuration).toEqual({ target, value: kept });
	for (const mode of ['challenge', 'whitelist']) {
		const again = await create(target, kept, { mode });
		expect([refusal(again), message(again)]).toEqual([
			'400 10009',
			'firewallaccessrules.api.duplicate_of_existing',
		]);
	}
	// Another place is another matter.
	expect((await create(target, value, challenge, account)).status).toBe(200);
});

test.each([
	['ip', '203.0.113.256', /invalid ip provided/],
	['ip', '203.0.113.0/24', /invalid ip provided/],
	['ip', '2001:db8::1', /invalid ip provided/],
	['ip', '0177.0.0.1', /invalid ip provided/],
	['ip6', '203.0.113.7', /invalid ip provided/],
	['ip6', 'fe80::1%eth0', /invalid ip provided/],
	['ip_range', '203.0.113.7', /invalid ip provided/],
	['ip_range', '203.0.0.0/8', /invalid ip provided/],
	['ip_range', '203.0.113.7/32', /invalid ip provided/],
	['ip_range', '203.0.113.0/22', /invalid ip provided/],
	['ip_range', '2001:db8::/56', /invalid ip provided/],
	['ip_range', '2001:db8::1/128', /invalid ip provided/],
	['asn', '64496', /invalid asn provided/],
	['asn', 'AS4294967296', /invalid asn provided/],
	['asn', 64496, /invalid asn provided/],
	['country', 'Germany', /invalid country provided/],
	['country', 'QQ', /invalid country provided/],
	['hostname', 'example.com', /unsupported target received: hostname/],
])('%s %s is refused', async (target, value, text) => {
	const answer = await create(target, value);
	expect(refusal(answer)).toBe('400 10002');
	expect(message(answer)).toMatch(/^firewallaccessrules\.api\.validation_error:/);
	expect(message(answer)).toMatch(text);
	expect(await list()).toEqual([]);
});

test.each([
	[{ mode: 'allow' }, /invalid mode received: allow/],
	[{ mode: undefined }, /invalid mode received/],
	[{ notes: 'x'.repeat(501) }, /invalid notes/],
	[{ notes: 5 }, /invalid notes/],
	[{ comment: 'x' }, /unknown field received: comment/],
	[{ configuration: undefined }, /unsupported target received/],
])('a body with %j is refused', async (more, text) => {
	expect(message(await create('ip', '203.0.113.7', more))).toMatch(text);
});

test('a rule keeps what it is about', async () => {
	const { id: rule } = (await create('ip', '203.0.113.7')).json.result;
	const edit = (body: object) => send('PATCH', `${zone}/${rule}`, body);
	const same = { configuration: { target: 'ip', value: '203.0.113.7' }, mode: 'whitelist' };
	expect((await edit(same)).json.result.mode).toBe('whitelist');
	const other = { ...same, configuration: { target: 'ip', value: '203.0.113.8' } };
	expect(refusal(await edit(other))).toBe('400 10002');
	expect(refusal(await edit({ mode: 'allow' }))).toBe('400 10002');
});

test('blocking a country needs Enterprise, whatever else is done with it does not', async () => {
	const enterprise = `${zonePath('enterprise.example')}${RULES}`;
	const refused = await create('country', 'KP');
	expect([refusal(refused), message(refused)]).toEqual([
		'403 10010',
		'firewallaccessrules.api.not_entitled',
	]);
	const challenged = await create('country', 'KP', { mode: 'managed_challenge' });
	const edit = send('PATCH', `${zone}/${challenged.json.result.id}`, { mode: 'block' });
	expect(refusal(await edit)).toBe('403 10010');
	expect((await create('country', 'KP', {}, enterprise)).status).toBe(200);
	expect((await create('country', 'KP', {}, account)).status).toBe(200);
	const second = `/accounts/${seedIds.secondAccount}${RULES}`;
	expect((await create('country', 'KP', {}, second)).status).toBe(403);
});

describe('listing', () => {
	beforeEach(async () => {
		await create('ip', '203.0.113.7', { notes: 'Attack 26/02' });
		await create('ip_range', '198.51.100.0/24', { mode: 'whitelist', notes: 'Office' });
		await create('asn', 'AS64496', { mode: 'challenge', notes: 'attack 27/02' });
		await create('ip6', '2001:db8::1', { notes: 'Scanner' });
	});
	const IPV6 = '2001:0db8:0000:0000:0000:0000:0000:0001';

	test.each([
		['', ['203.0.113.7', '198.51.100.0/24', 'AS64496', IPV6]],
		['direction=desc', [IPV6, 'AS64496', '198.51.100.0/24', '203.0.113.7']],
		['mode=block', ['203.0.113.7', IPV6]],
		['configuration.target=ip_range', ['198.51.100.0/24']],
		['configuration.value=203.0.113.7', ['203.0.113.7']],
		['configuration_target=ip&configuration_value=203.0.113.7', ['203.0.113.7']],
		['configuration_target=ip&configuration_value=203.0.113.8', []],
		['configuration.value=203.0.113', []],
		['configuration.value=2001:db8::1', []],
		[`configuration.value=${IPV6}`, [IPV6]],
		['notes=ATTACK', ['203.0.113.7', 'AS64496']],
		['notes=attack&mode=block', ['203.0.113.7']],
		['notes=attack&mode=block&match=any', ['203.0.113.7', 'AS64496', IPV6]],
		['match=any', ['203.0.113.7', '198.51.100.0/24', 'AS64496', IPV6]],
		['order=configuration.value', ['198.51.100.0/24', IPV6, '203.0.113.7', 'AS64496']],
		['order=mode&direction=desc', ['198.51.100.0/24', 'AS64496', '203.0.113.7', IPV6]],
		['order=configuration.target', ['AS64496', '203.0.113.7', IPV6, '198.51.100.0/24']],
		['per_page=1&page=2', ['198.51.100.0/24']],
	])('?%s', async (query, expected) => {
		expect(await values(query)).toEqual(expected);
	});

	test.each([
		'mode=allow',
		'configuration.target=hostname',
		'configuration.target=ip6',
		'match=some',
		'order=notes',
		'direction=up',
		'page=0',
		'per_page=x',
	])('?%s is refused', async (query) => {
		expect((await send('GET', `${zone}?${query}`)).status).toBe(400);
	});

	test('ip6 can be a filter', async () => {
		cloudflare.state.accessRules.searchesIp6 = true;
		expect(await values('configuration.target=ip6')).toEqual([IPV6]);
	});

	test('pages are 20 long and cut down to 100, or to what is set', async () => {
		const info = async (query: string) =>
			(await send('GET', `${zone}?${query}`)).json.result_info.per_page;
		expect([await info(''), await info('per_page=1000')]).toEqual([20, 100]);
		cloudflare.state.accessRules.mostPerPage = 7;
		expect(await info('per_page=1000')).toBe(7);
	});

	test('a zone lists what holds there: rules of its account and of the user too', async () => {
		await create('ip', '203.0.113.1', {}, account);
		await create('ip', '203.0.113.2', {}, user);
		const inherited = (await list('per_page=50')).slice(4);
		expect(inherited.map(({ scope }) => scope.type)).toEqual(['organization', 'user']);
		expect(await values('', account)).toEqual(['203.0.113.1']);
		expect(await values('', user)).toEqual(['203.0.113.2']);
		// They belong to where they were made.
		for (const { id: rule } of inherited)
			expect(refusal(await send('DELETE', `${zone}/${rule}`))).toBe('404 10001');
		cloudflare.state.accessRules.listsInherited = false;
		expect(await list()).toHaveLength(4);
	});
});

test.each([
	[undefined, 3],
	[{ cascade: 'none' }, 3],
	[{ cascade: 'basic' }, 2],
	[{ cascade: 'aggressive' }, 1],
])('deleting with %j leaves %i similar rules', async (body, left) => {
	const { id: rule } = (await create('ip', '203.0.113.7')).json.result;
	await create('ip', '203.0.113.7', {}, `${zonePath('example.net')}${RULES}`);
	await create('ip', '203.0.113.7', { mode: 'challenge' }, `${zonePath('example.org')}${RULES}`);
	await create('ip', '203.0.113.7', {}, account);
	expect((await send('DELETE', `${zone}/${rule}`, body)).status).toBe(200);
	expect(cloudflare.state.accessRules.all()).toHaveLength(left);
});

test('a wrong cascade deletes nothing', async () => {
	const { id: rule } = (await create('ip', '203.0.113.7')).json.result;
	expect(refusal(await send('DELETE', `${zone}/${rule}`, { cascade: 'all' }))).toBe('400 10002');
	expect(await list()).toHaveLength(1);
});

test('an account has room for so many rules, its zones included', async () => {
	cloudflare.state.accessRules.mostPerAccount = 2;
	await create('ip', '203.0.113.1');
	await create('ip', '203.0.113.2', {}, account);
	expect(refusal(await create('ip', '203.0.113.3'))).toBe('400 10011');
	const second = `/accounts/${seedIds.secondAccount}${RULES}`;
	expect((await create('ip', '203.0.113.3', {}, second)).status).toBe(200);
});

test.each([
	[['Firewall Services Write'], [200, 403]],
	[['Account Firewall Access Rules Write'], [403, 200]],
	[
		['Firewall Services Read', 'Account Firewall Access Rules Read'],
		[405, 405],
	],
])('a token with %j writes for a zone and an account: %j', async (permissions, expected) => {
	const own = sender(cloudflare, addToken(cloudflare.state, { permissions }));
	const body = { mode: 'block', configuration: { target: 'ip', value: '203.0.113.7' } };
	const answers = [await own('POST', zone, body), await own('POST', account, body)];
	expect(answers.map(({ status }) => status)).toEqual(expected);
});

test('reading takes no right to write', async () => {
	const { id: rule } = (await create('ip', '203.0.113.7')).json.result;
	const permissions = ['Firewall Services Read'];
	const own = sender(cloudflare, addToken(cloudflare.state, { permissions }));
	expect((await own('GET', zone)).status).toBe(200);
	expect((await own('GET', `${zone}/${rule}`)).status).toBe(200);
	expect((await own('DELETE', `${zone}/${rule}`)).status).toBe(405);
});

test('every change is in both audit logs', async () => {
	const { id: rule } = (await create('ip', '203.0.113.7')).json.result;
	await send('PATCH', `${zone}/${rule}`, { notes: 'x' });
	await send('DELETE', `${zone}/${rule}`);
	const since = new Date(Date.now() - 30_000).toISOString();
	const before = new Date(Date.now() + 60_000).toISOString();
	const logs = `/accounts/${seedIds.mainAccount}`;
	const range = `since=${since}&before=${before}&direction=asc`;
	const old = (await send('GET', `${logs}/audit_logs?${range}`)).json.result;
	expect(old.slice(-3)).toMatchObject(
		['add', 'update', 'delete'].map((type) => ({
			action: { type },
			resource: { type: 'access_rule', id: rule },
			metadata: { zone_name: 'example.com' },
		})),
	);
	const recent = (await send('GET', `${logs}/logs/audit?${range}`)).json.result;
	expect(recent.slice(-3)).toMatchObject(
		['create', 'update', 'delete'].map((type) => ({
			action: { type },
			resource: { product: 'firewall', type: 'access_rule', scope: 'zones' },
		})),
	);
});
