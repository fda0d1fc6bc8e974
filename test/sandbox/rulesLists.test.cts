import {
	addToken,
	createCloudflare,
	sandboxCredentials,
	seedIds,
} from '../../sandbox/cloudflare/index.cjs';
import { entryPointPath, LISTS, refusal, sender, zonePath, type Answer } from './support.cjs';

const START = Date.UTC(2027, 0, 15, 8);
let now = START;
const cloudflare = createCloudflare({ now: () => now });
const send = sender(cloudflare);
beforeEach(() => {
	now = START;
	cloudflare.reset();
});

const lists = (accountId: string) => `/accounts/${accountId}/rules/lists`;
const create = (more: object = {}, path = LISTS) =>
	send('POST', path, { name: 'n8n_blocklist', kind: 'ip', ...more });
const message = ({ json }: Answer): string => json.errors[0].message;
const office = `${LISTS}/${seedIds.lists.officeNetwork}`;

test('a fresh account has the list of the office, with two items and one rule that names it', async () => {
	const { json } = await send('GET', LISTS);
	expect(json.result).toEqual([
		{
			id: seedIds.lists.officeNetwork,
			name: 'office_network',
			kind: 'ip',
			description: 'Where our people work',
			num_items: 2,
			num_referencing_filters: 1,
			created_on: '2025-03-17T09:12:44Z',
			modified_on: '2025-03-17T09:12:44Z',
		},
	]);
	expect(json).not.toHaveProperty('result_info');
	expect((await send('GET', office)).json.result).toEqual(json.result[0]);
});

test('create, get, describe, delete', async () => {
	const { json } = await create({ description: 'Blocked by playbooks' });
	const list = json.result;
	expect(list).toEqual({
		id: expect.stringMatching(/^[0-9a-f]{32}$/),
		name: 'n8n_blocklist',
		kind: 'ip',
		description: 'Blocked by playbooks',
		num_items: 0,
		num_referencing_filters: 0,
		created_on: '2027-01-15T08:00:00Z',
		modified_on: '2027-01-15T08:00:00Z',
	});
	now += 60_000;
	const updated = await send('PUT', `${LISTS}/${list.id}`, { description: 'x' });
	expect(updated.json.result).toEqual({
		...list,
		description: 'x',
		modified_on: '2027-01-15T08:01:00Z',
	});
	expect((await send('GET', LISTS)).json.result).toHaveLength(2);
	expect((await send('DELETE', `${LISTS}/${list.id}`)).json.result).toEqual({ id: list.id });
	for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const)
		expect(refusal(await send(method, `${LISTS}/${list.id}`, body))).toBe('404 10001');
});

test.each([
	[{ name: 'no-hyphen' }, '400 10027'],
	[{ name: 'no space' }, '400 10027'],
	[{ name: '' }, '400 10027'],
	[{ name: undefined }, '400 10027'],
	[{ name: 'x'.repeat(51) }, '400 10027'],
	[{ name: 'cf.open_proxies' }, '400 10027'],
	[{ kind: 'ips' }, '400 10027'],
	[{ kind: undefined }, '400 10027'],
	[{ description: 'x'.repeat(501) }, '400 10027'],
	[{ description: 7 }, '400 10027'],
	[{ items: [] }, '400 10026'],
	[{ name: 'office_network' }, '400 10032'],
	[{ name: 'office_network', kind: 'asn' }, '400 10032'],
])('a list with %j is refused', async (more, expected) => {
	expect(refusal(await create(more))).toBe(expected);
	expect((await send('GET', LISTS)).json.result).toHaveLength(1);
});

test('capitals and 50 characters are a name', async () => {
	expect((await create({ name: 'Blocked_2027' })).status).toBe(200);
	expect((await create({ name: 'x'.repeat(50) })).status).toBe(200);
});

test('an update changes the description alone', async () => {
	for (const body of [{ name: 'other' }, { kind: 'ip', description: 'x' }, []]) {
		const answer = await send('PUT', office, body);
		expect([refusal(answer), message(answer)]).toEqual(['400 10026', 'filters.api.invalid_json']);
	}
	expect(refusal(await send('PUT', office, { description: 5 }))).toBe('400 10027');
});

test('a list that a rule names cannot go, be the rule disabled or of the account', async () => {
	const inUse = async () => {
		const answer = await send('DELETE', office);
		return [refusal(answer), message(answer)];
	};
	const expected = ['400 10031', 'filters.api.ip_list_in_use'];
	expect(await inUse()).toEqual(expected);
	const counted = async () => (await send('GET', office)).json.result.num_referencing_filters;
	const expression = 'not ip.src in $office_network and http.host eq "$office_network"';
	const rule = { action: 'block', expression, enabled: false };
	const put = (rules: object[]) => send('PUT', entryPointPath('example.com'), { rules });
	await put([rule, rule]);
	expect(await counted()).toBe(2);
	expect(await inUse()).toEqual(expected);
	await put([{ action: 'block', expression: 'http.host eq "$office_network"' }]);
	expect(await counted()).toBe(0);
	const root = `/accounts/${seedIds.mainAccount}/rulesets/${seedIds.rulesets.accountRoot}/rules`;
	const account = await send('POST', root, { action: 'block', expression });
	expect(await inUse()).toEqual(expected);
	await send('DELETE', `${root}/${account.json.result.rules.at(-1).id}`);
	expect((await send('DELETE', office)).status).toBe(200);
	const rules = `${zonePath('example.com')}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
	expect((await send('POST', rules, rule)).json.errors[0].message).toContain('does not exist');
});

test('lists of redirects have no place in expressions', async () => {
	await create({ name: 'moved', kind: 'redirect' });
	await create({ name: 'hosts', kind: 'hostname' });
	await create({ name: 'networks', kind: 'asn' });
	const put = async (expression: string) =>
		(await send('PUT', entryPointPath('example.com'), { rules: [{ action: 'block', expression }] }))
			.status;
	expect(await put('http.host in $moved')).toBe(400);
	expect(await put('ip.src in $hosts')).toBe(400);
	expect(await put('http.host in $hosts or ip.src.asnum in $networks')).toBe(200);
});

describe('room', () => {
	test('a Free account has one list, a Pro account ten, each of addresses only', async () => {
		const free = [...cloudflare.state.accounts.values()][2].id;
		expect((await create({}, lists(free))).status).toBe(200);
		const second = await create({ name: 'second' }, lists(free));
		expect([refusal(second), message(second)]).toEqual([
			'400 10033',
			'exceeded maximum number of lists: 1',
		]);
		for (const kind of ['hostname', 'asn'])
			expect(refusal(await create({ kind }, lists(free)))).toMatch(/10032|10034/);
		const pro = lists(seedIds.secondAccount);
		for (let count = 0; count < 10; count += 1)
			expect((await create({ name: `list_${count}` }, pro)).status).toBe(200);
		expect(refusal(await create({ name: 'one_more' }, pro))).toBe('400 10033');
		expect(refusal(await create({ name: 'hosts', kind: 'hostname' }, pro))).toBe('403 10034');
		expect((await create({ name: 'moved', kind: 'redirect' }, pro)).status).toBe(200);
	});

	test('a limit can be set for an account', async () => {
		cloudflare.state.lists.limits.set(seedIds.mainAccount, { lists: 1 });
		expect(refusal(await create())).toBe('400 10033');
	});
});

test('each account has its own lists', async () => {
	const foreign = `${lists(seedIds.secondAccount)}/${seedIds.lists.officeNetwork}`;
	expect(refusal(await send('GET', foreign))).toBe('404 10001');
	expect((await send('GET', lists(seedIds.secondAccount))).json.result).toEqual([]);
	expect((await create({ name: 'office_network' }, lists(seedIds.secondAccount))).status).toBe(200);
});

test.each([
	[['Account Rule Lists Read'], [200, 405]],
	[['Account Filter Lists Write'], [200, 200]],
	[['Zone WAF Write'], [403, 403]],
])('a token with %j reads and writes: %j', async (permissions, expected) => {
	const own = sender(cloudflare, addToken(cloudflare.state, { permissions }));
	const statuses = [
		await own('GET', LISTS),
		await own('POST', LISTS, { name: 'mine', kind: 'ip' }),
	].map(({ status }) => status);
	expect(statuses).toEqual(expected);
});

test.each([
	['served', '200 undefined'],
	['forbidden', '403 10000'],
	['methodNotAllowed', '405 10405'],
] as const)('account-owned tokens can be %s', async (accountTokens, expected) => {
	cloudflare.state.lists.accountTokens = accountTokens;
	const answer = await sender(cloudflare, sandboxCredentials.accountToken)(
		'GET',
		`${office}/items`,
	);
	expect(refusal(answer)).toBe(expected);
	expect((await send('GET', office)).status).toBe(200);
});

test('every change is in both audit logs', async () => {
	const { id } = (await create()).json.result;
	await send('PUT', `${LISTS}/${id}`, { description: 'x' });
	await send('DELETE', `${LISTS}/${id}`);
	const range = `since=2027-01-15T07:59:30Z&before=2027-01-16T00:00:00Z&direction=asc`;
	const account = `/accounts/${seedIds.mainAccount}`;
	const old = (await send('GET', `${account}/audit_logs?${range}`)).json.result;
	const recent = (await send('GET', `${account}/logs/audit?${range}`)).json.result;
	expect(old).toMatchObject(
		['add', 'update', 'delete'].map((type) => ({
			action: { type },
			resource: { type: 'list', id },
			metadata: { name: 'n8n_blocklist' },
		})),
	);
	expect(JSON.parse(old[1].newValue).description).toBe('x');
	expect(recent).toMatchObject(
		['create', 'update', 'delete'].map((type) => ({
			action: { type },
			resource: { product: 'lists', type: 'list', id, scope: 'accounts' },
		})),
	);
});
