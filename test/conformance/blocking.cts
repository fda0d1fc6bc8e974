// Part of sdk.test.cts: lists with their items and operations, IP access rules, rate limiting rules.
import Cloudflare from 'cloudflare';
import type { AccessRuleListResponse } from 'cloudflare/resources/firewall/access-rules';
import type { ItemListResponse } from 'cloudflare/resources/rules/lists/items';
import type { ListsList } from 'cloudflare/resources/rules/lists/lists';
import type { AccessRule } from '../../sandbox/cloudflare/accessRules/types.cjs';
import { seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { ListItem, ListRecord } from '../../sandbox/cloudflare/lists/types.cjs';
import { client, collect, sandbox } from './referee.cjs';

const account = { account_id: seedIds.mainAccount };
const zone = { zone_id: seedIds.zones['example.com'] };
const { lists } = client.rules;
const { accessRules } = client.firewall;
const id = expect.stringMatching(/^[0-9a-f]{32}$/);
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

type Assert<T extends true> = T;
type Fits<Ours, Theirs> = Ours extends Theirs ? true : false;
/** Checked by the compiler: what is kept has the shape that the SDK promises. */
export type BlockingFits = [
	Assert<Fits<ListItem, ItemListResponse>>,
	Assert<Fits<ListRecord['kind'], ListsList['kind']>>,
	Assert<Fits<ListsList['kind'], ListRecord['kind']>>,
	Assert<Fits<AccessRule['mode'], AccessRuleListResponse['mode']>>,
	Assert<Fits<AccessRuleListResponse['mode'], AccessRule['mode']>>,
];

/** Waits for an operation as a client does; the sandbox's own clock says when it is done. */
async function done({ operation_id }: { operation_id: string }) {
	for (;;) {
		const operation = await lists.bulkOperations.get(operation_id, account);
		if (operation.status === 'completed' || operation.status === 'failed') return operation;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

test('lists: create, list, get, update, delete', async () => {
	const created = await lists.create({
		...account,
		kind: 'ip',
		name: 'n8n_blocklist',
		description: 'x',
	});
	expect(created).toEqual({
		id,
		name: 'n8n_blocklist',
		kind: 'ip',
		description: 'x',
		num_items: 0,
		num_referencing_filters: 0,
		created_on: date,
		modified_on: date,
	});
	const all: ListsList[] = await collect(lists.list(account));
	expect(all).toMatchObject([{ name: 'office_network', num_referencing_filters: 1 }, created]);
	expect(await lists.get(created.id, account)).toEqual(created);
	const updated = await lists.update(created.id, { ...account, description: 'changed' });
	expect(updated).toMatchObject({ id: created.id, description: 'changed' });
	expect(await lists.delete(created.id, account)).toEqual({ id: created.id });
	await expect(lists.get(created.id, account)).rejects.toBeInstanceOf(Cloudflare.NotFoundError);
	const inUse = lists.delete(seedIds.lists.officeNetwork, account);
	await expect(inUse).rejects.toMatchObject({ status: 400, errors: [{ code: 10031 }] });
});

test('items: append, list over cursors, get, replace, delete; operations awaited', async () => {
	// Neither finished nor begun before the requests that are to find it so.
	sandbox.state.lists.held = true;
	const { id: listId } = await lists.create({ ...account, kind: 'ip', name: 'blocked' });
	const body = Array.from({ length: 60 }, (_, index) => ({
		ip: `203.0.113.${index}`,
		comment: `case ${index}`,
	}));
	const begun = await lists.items.create(listId, { ...account, body });
	const pending = await lists.bulkOperations.get(begun.operation_id, account);
	expect(pending).toEqual({ id: begun.operation_id, status: 'pending' });
	const second = lists.items.create(listId, { ...account, body });
	await expect(second).rejects.toBeInstanceOf(Cloudflare.RateLimitError);
	sandbox.state.lists.held = false;
	expect(await done(begun)).toEqual({
		id: begun.operation_id,
		status: 'completed',
		completed: date,
	});

	const items = await collect(lists.items.list(listId, { ...account, per_page: 25 }));
	expect(items).toHaveLength(60);
	expect(
		sandbox.calls.filter(({ query }) => query.some(([name]) => name === 'cursor')),
	).toHaveLength(2);
	const [item] = items as Array<ItemListResponse.ListsListItemIPFull>;
	expect(item).toEqual({
		id,
		ip: '203.0.113.0',
		comment: 'case 0',
		created_on: date,
		modified_on: date,
	});
	expect(await lists.items.get(item.id, { ...account, list_id: listId })).toEqual(item);
	const searched = await collect(lists.items.list(listId, { ...account, search: '203.0.113.5' }));
	expect(searched).toHaveLength(11);

	await done(await lists.items.delete(listId, { ...account, items: [{ id: item.id }] }));
	expect((await lists.get(listId, account)).num_items).toBe(59);
	await done(await lists.items.update(listId, { ...account, body: [{ ip: '2001:DB8::/48' }] }));
	expect(await collect(lists.items.list(listId, account))).toMatchObject([{ ip: '2001:db8::/48' }]);
});

test('items: a failed operation tells why', async () => {
	sandbox.state.lists.limits.set(seedIds.mainAccount, { items: 2 });
	const begun = lists.items.create(seedIds.lists.officeNetwork, {
		...account,
		body: [{ ip: '203.0.113.7' }],
	});
	expect(await done(await begun)).toEqual({
		id,
		status: 'failed',
		completed: date,
		error: 'This list is at the maximum number of items',
	});
});

test.each([
	['asn' as const, { asn: 64496 }],
	['hostname' as const, { hostname: { url_hostname: 'a.example' } }],
	[
		'redirect' as const,
		{ redirect: { source_url: 'a.example/', target_url: 'https://b.example/' } },
	],
])('items of kind %s', async (kind, item) => {
	const { id: listId } = await lists.create({ ...account, kind, name: 'other' });
	await done(await lists.items.create(listId, { ...account, body: [item] }));
	expect(await collect(lists.items.list(listId, account))).toMatchObject([item]);
});

test.each([
	['zone', zone, { type: 'zone', name: 'example.com' }],
	['account', account, { type: 'organization', name: 'Example Corp' }],
])(
	'IP access rules of the %s: create, list over pages, get, edit, delete',
	async (_level, scope, shown) => {
		const made: AccessRuleListResponse[] = [];
		for (let index = 0; index < 45; index += 1) {
			const configuration = { target: 'ip' as const, value: `203.0.113.${index}` };
			const notes = index % 2 === 0 ? 'Attack' : 'Other';
			made.push(await accessRules.create({ ...scope, mode: 'block', configuration, notes }));
		}
		const [rule] = made;
		expect(rule).toMatchObject({
			id,
			allowed_modes: expect.arrayContaining(['block', 'whitelist']),
			mode: 'block',
			configuration: { target: 'ip', value: '203.0.113.0' },
			scope: shown,
			created_on: date,
			modified_on: date,
		});
		expect(await collect(accessRules.list(scope))).toEqual(made);
		const filtered = accessRules.list({
			...scope,
			mode: 'block',
			notes: 'attack',
			configuration: { target: 'ip', value: '203.0.113.4' },
			match: 'all',
			order: 'configuration.value',
			direction: 'desc',
			per_page: 5,
		});
		expect(await collect(filtered)).toEqual([made[4]]);
		expect(await accessRules.get(rule.id, scope)).toEqual(rule);
		const { configuration } = rule;
		const edited = await accessRules.edit(rule.id, { ...scope, mode: 'challenge', configuration });
		expect(edited).toMatchObject({ id: rule.id, mode: 'challenge', notes: 'Attack' });
		const again = accessRules.create({ ...scope, mode: 'challenge', configuration });
		await expect(again).rejects.toMatchObject({
			status: 400,
			errors: [{ code: 10009, message: 'firewallaccessrules.api.duplicate_of_existing' }],
		});
		expect(await accessRules.delete(rule.id, scope)).toEqual({ id: rule.id });
		await expect(accessRules.get(rule.id, scope)).rejects.toMatchObject({
			status: 404,
			errors: [{ message: 'firewallaccessrules.api.not_found' }],
		});
	},
);

test('IP access rules of the user, which this SDK does not know', async () => {
	const path = '/user/firewall/access_rules/rules';
	const body = { mode: 'block', configuration: { target: 'ip', value: '203.0.113.7' } };
	type Answer<T> = { result: T };
	const created = await client.post<Answer<AccessRuleListResponse>>(path, { body });
	const { id: rule, scope } = created.result;
	expect(scope).toMatchObject({ type: 'user', email: 'sandbox@example.com' });
	await client.patch(`${path}/${rule}`, { body: { mode: 'challenge' } });
	const { result } = await client.get<Answer<AccessRuleListResponse[]>>(path);
	expect(result).toMatchObject([{ id: rule, mode: 'challenge' }]);
	expect(await client.delete(`${path}/${rule}`)).toMatchObject({ result: { id: rule } });
});

test('rate limiting rules: create, edit, delete', async () => {
	const ratelimit = {
		characteristics: ['cf.colo.id', 'ip.src'],
		period: 60,
		requests_per_period: 100,
		mitigation_timeout: 600,
		requests_to_origin: false,
	};
	const definition = {
		action: 'block' as const,
		expression: 'http.request.uri.path eq "/login"',
		ratelimit,
	};
	const created = await client.rulesets.create({
		...zone,
		kind: 'zone',
		name: 'default',
		phase: 'http_ratelimit',
		rules: [definition],
	});
	expect(created).toMatchObject({ rules: [{ ...definition, id, enabled: true }] });
	const { id: ruleset_id, rules } = created as { id: string; rules: Array<{ id: string }> };
	const path = { ...zone, ruleset_id };
	const challenge = {
		...definition,
		action: 'managed_challenge' as const,
		ratelimit: { ...ratelimit, mitigation_timeout: 0 },
	};
	const edited = await client.rulesets.rules.edit(rules[0].id, { ...path, ...challenge });
	expect(edited).toMatchObject({ rules: [challenge] });
	const wrong = client.rulesets.rules.edit(rules[0].id, {
		...path,
		...definition,
		ratelimit: { ...ratelimit, characteristics: ['ip.src'] },
	});
	await expect(wrong).rejects.toMatchObject({ status: 400, errors: [{ code: 20155 }] });
	const deleted = await client.rulesets.rules.delete(rules[0].id, path);
	expect((deleted as { rules: unknown[] }).rules).toEqual([]);
});
