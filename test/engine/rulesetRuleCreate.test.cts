import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { blockRule, createRule, fromAddress } from '../support/createRule.cjs';
import {
	callLines,
	jsonOf,
	locator,
	mainAccount,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { CUSTOM, entryPoints, rulesOf, snapshot, storedRuleset } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const com = zones['example.com'];
const net = zones['example.net'];
const attacker = { ip: '203.0.113.7' };
const innocent = { ip: '203.0.113.8' };
const ofAccount = { scope: 'account', account: mainAccount };

describe('Ruleset Rule: Create', () => {
	test('adds the rule after those that are there, which stay as they were', async () => {
		const before = structuredClone(storedRuleset(cf, rulesets.exampleComCustom));
		const created = await createRule();
		const { rules, version, last_updated, ...rest } = storedRuleset(cf, rulesets.exampleComCustom);
		expect(rules.slice(0, -1)).toEqual(before.rules);
		expect({ ...before, ...rest }).toEqual(before);
		expect([version, typeof last_updated]).toEqual(['8', 'string']);
		expect(rules.at(-1)).toEqual({
			id: created.id,
			ref: created.ref,
			version: '1',
			last_updated: created.last_updated,
			action: 'block',
			expression: 'ip.src in {203.0.113.7}',
			description: '',
			enabled: true,
		});
		expect(callLines(cf)).toEqual([
			'GET /zones 200',
			`GET /zones/${com}/rulesets/phases/${CUSTOM}/entrypoint 200`,
			`POST /zones/${com}/rulesets/${rulesets.exampleComCustom}/rules 200`,
		]);
		expect(cf.state.changes).toHaveLength(1);
	});

	test('blocks the attacker and nobody else', async () => {
		expect(wouldBlock(cf.state, com, attacker).blocked).toBe(false);
		const { id } = await createRule();
		expect(wouldBlock(cf.state, com, attacker)).toMatchObject({
			blocked: true,
			by: { rule: id, action: 'block' },
		});
		expect(wouldBlock(cf.state, com, innocent).blocked).toBe(false);
		expect(wouldBlock(cf.state, net, attacker).blocked).toBe(false);
	});

	test('gives the new rule and a summary of its ruleset', async () => {
		const created = await createRule();
		expect(created).toEqual({
			...rulesOf(cf, com).at(-1),
			ruleset: {
				id: rulesets.exampleComCustom,
				name: 'default',
				kind: 'zone',
				phase: CUSTOM,
				version: '8',
			},
			created: true,
		});
	});

	test('creates the entry point with the rule where there is none', async () => {
		const created = await createRule({ zone: locator('name', 'example.net') });
		const [entryPoint, ...others] = entryPoints(cf, net);
		expect(others).toEqual([]);
		expect(entryPoint).toMatchObject({ kind: 'zone', phase: CUSTOM, version: '1' });
		expect(entryPoint.rules).toEqual([
			expect.objectContaining({ id: created.id, ref: created.ref }),
		]);
		expect(created).toMatchObject({ created: true, ruleset: { id: entryPoint.id, kind: 'zone' } });
		expect(callLines(cf)).toEqual([
			'GET /zones 200',
			`GET /zones/${net}/rulesets/phases/${CUSTOM}/entrypoint 404`,
			`POST /zones/${net}/rulesets 200`,
		]);
		expect(wouldBlock(cf.state, net, attacker).blocked).toBe(true);
		expect(wouldBlock(cf.state, net, innocent).blocked).toBe(false);
	});

	test('adds to the entry point of an Enterprise account, for all its zones', async () => {
		const before = structuredClone(rulesOf(cf, seedIds.mainAccount));
		await createRule(ofAccount);
		const rules = rulesOf(cf, seedIds.mainAccount);
		expect(rules.slice(0, -1)).toEqual(before);
		expect(rules.at(-1)?.expression).toBe('ip.src in {203.0.113.7}');
		for (const zone of [com, net]) {
			expect(wouldBlock(cf.state, zone, attacker).blocked).toBe(true);
			expect(wouldBlock(cf.state, zone, innocent).blocked).toBe(false);
		}
	});

	test('creates the entry point of an Enterprise account', async () => {
		cf.state.rulesets.delete(rulesets.accountRoot);
		await createRule(ofAccount);
		expect(entryPoints(cf, seedIds.mainAccount)).toMatchObject([
			{ kind: 'root', version: '1', rules: [{ action: 'block' }] },
		]);
		expect(cf.calls.at(-1)).toMatchObject({
			method: 'POST',
			path: `/accounts/${seedIds.mainAccount}/rulesets`,
		});
	});

	test('an account without the Enterprise plan gets a clear refusal', async () => {
		const account = locator('id', seedIds.secondAccount);
		const text = await refusal(blockRule({ scope: 'account', account }));
		expect(text).toContain('plan does not include this');
		expect(text).toContain('an Enterprise plan is required');
		expect(entryPoints(cf, seedIds.secondAccount)).toEqual([]);
	});

	test.each([
		["the zone's own", { zone: locator('id', com) }, rulesets.exampleComCustom],
		["the account's custom one", ofAccount, rulesets.accountCustom],
	])('adds to a ruleset by ID: %s', async (_which, target, id) => {
		const before = structuredClone(storedRuleset(cf, id).rules);
		await createRule({ ...target, rulesetFrom: 'ruleset', ruleset: locator('id', id) });
		const { rules } = storedRuleset(cf, id);
		expect(rules.slice(0, -1)).toEqual(before);
		expect(rules.at(-1)).toMatchObject({ action: 'block', expression: 'ip.src in {203.0.113.7}' });
	});

	test.each([
		['a managed ruleset', ofAccount, rulesets.cloudflareManaged, 'is managed by Cloudflare'],
		[
			'a ruleset of another phase',
			{ zone: locator('name', 'example.org') },
			rulesets.exampleOrgManaged,
			'belongs to the phase "http_request_firewall_managed"',
		],
		[
			'a ruleset that does not exist',
			{ zone: locator('id', com) },
			'0'.repeat(32),
			'Cloudflare has nothing under this ID',
		],
	])('refuses %s', async (_what, target, id, words) => {
		const before = snapshot(cf);
		const text = await refusal(
			blockRule({ ...target, rulesetFrom: 'ruleset', ruleset: locator('id', id) }),
		);
		expect(text).toContain(words);
		expect(snapshot(cf)).toEqual(before);
		expect(cf.calls.every(({ method }) => method === 'GET')).toBe(true);
	});

	test('takes description, enabled and ref', async () => {
		const additionalFields = {
			description: 'Case 4711: "brute force"',
			enabled: false,
			ref: ' case-4711 ',
		};
		const created = await createRule({ additionalFields });
		const wanted = { description: 'Case 4711: "brute force"', enabled: false, ref: 'case-4711' };
		expect(created).toMatchObject(wanted);
		expect(rulesOf(cf, com).at(-1)).toMatchObject(wanted);
		expect(wouldBlock(cf.state, com, attacker).blocked).toBe(false);
	});

	test.each(['={{ false }}', '={{ "false" }}'])('Enabled %s is off', async (enabled) => {
		await createRule({ additionalFields: { enabled } });
		expect(rulesOf(cf, com).at(-1)?.enabled).toBe(false);
	});

	test('sends a typed expression as it is', async () => {
		const expression =
			'(http.host eq "example.com" and ip.src in {203.0.113.0/24})\n or http.request.uri.path eq "/x"';
		await createRule({ expressionFrom: 'expression', expression: `  ${expression} ` });
		expect(rulesOf(cf, com).at(-1)?.expression).toBe(expression);
	});

	test('joins conditions as chosen', async () => {
		const condition = [
			{ field: 'ip.src', operator: 'in', values: ['203.0.113.7', '2001:db8::/32'] },
			{ field: 'http.request.uri.path', operator: 'startsWith', values: '/admin' },
			{ field: 'http.request.headers', name: 'X-Api-Key', operator: 'eq', values: 'k1' },
		];
		await createRule({ conditions: { condition } });
		await createRule({ conditions: { condition }, combine: 'or' }, { executionId: '2' });
		const requests = [
			{ ...attacker, path: '/admin/x', headers: { 'x-api-key': 'k1' } },
			{ ...attacker, path: '/' },
			innocent,
		];
		const expressions = rulesOf(cf, com)
			.slice(-2)
			.map(({ expression }) => expression);
		expect(expressions[0]).toContain(') and (');
		expect(expressions[1]).toContain(') or (');
		expect(requests.map((request) => wouldBlock(cf.state, com, request).blocked)).toEqual([
			true,
			true,
			false,
		]);
	});

	test('each input item makes its rule, in order and linked', async () => {
		const items = ['198.51.100.1', '198.51.100.2', '198.51.100.3'].map((ip) => ({ ip }));
		const parameters = blockRule({ conditions: fromAddress('={{ $json.ip }}') });
		const result = await runNode({ parameters, items });
		expect(jsonOf(result)).toHaveLength(3);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(
			rulesOf(cf, com)
				.slice(3)
				.map(({ expression }) => expression),
		).toEqual(items.map(({ ip }) => `ip.src in {${ip}}`));
		expect(cf.calls.filter(({ path }) => path === '/zones')).toHaveLength(1);
	});

	test('a full plan is said in words, and nothing changes', async () => {
		const zone = locator('name', 'example.net');
		for (let number = 1; number <= 5; number += 1) {
			await createRule({ zone }, { executionId: `fill-${number}` });
		}
		const before = snapshot(cf);
		const text = await refusal(blockRule({ zone }), { executionId: 'one-too-many' });
		expect(text).toContain('A limit of the Cloudflare plan is reached');
		expect(text).toContain('exceeded maximum number of rules');
		expect(snapshot(cf)).toEqual(before);
	});
});
