import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { createRule, fromAddress } from '../support/createRule.cjs';
import { locator, mainAccount, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import {
	byId,
	byRef,
	com,
	editRule,
	ruleNamed,
	ruleOutput,
	updateRule,
	written,
} from '../support/ruleOperations.cjs';
import { CUSTOM, rulesOf, snapshot, storedRuleset } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
type Fields = Record<string, unknown>;
const response = { status_code: 429, content_type: 'application/json', content: '{"no":1}' };
const rulesPath = `/zones/${com}/rulesets/${rulesets.exampleComCustom}/rules`;

/** The definition of a rule of example.com as it was sent, without position. */
const definition = (words: string) => structuredClone(written(ruleNamed(cf, words)));

const skipped = {
	action: 'skip',
	action_parameters: { ruleset: 'current' },
	logging: { enabled: true },
};
const cases: Array<[words: string, fields: Fields, changes: Fields, changed: string[]]> = [
	['scanners', { enabled: false }, { enabled: false }, ['enabled']],
	['scanners', { description: '' }, { description: '' }, ['description']],
	[
		'scanners',
		{ conditions: fromAddress('192.0.2.1') },
		{ expression: 'ip.src in {192.0.2.1}' },
		['expression'],
	],
	[
		'scanners',
		{ expression: 'ip.src eq 192.0.2.1' },
		{ expression: 'ip.src eq 192.0.2.1' },
		['expression'],
	],
	[
		'scanners',
		{ action: { action: { ruleAction: 'js_challenge' } } },
		{ action: 'js_challenge' },
		['action'],
	],
	[
		'scanners',
		{ action: { action: { ruleAction: 'skip' } }, enabled: false, description: 'Now skips' },
		{ ...skipped, enabled: false, description: 'Now skips' },
		['action', 'action_parameters', 'description', 'enabled'],
	],
	['office', { logging: false }, { logging: { enabled: false } }, ['logging']],
	[
		'office',
		{ action: { action: { ruleAction: 'skip', skipProducts: ['waf'] } } },
		{ action_parameters: { ruleset: 'current', products: ['waf'] } },
		['action_parameters'],
	],
	[
		'office',
		{ action: { action: { ruleAction: 'block' } } },
		{ action: 'block', action_parameters: undefined, logging: undefined },
		['action', 'action_parameters'],
	],
];

describe('Ruleset Rule: Update', () => {
	test.each(cases)('%s: %j', async (words, fields, changes, changed) => {
		const { version, rules, ...before } = structuredClone(
			storedRuleset(cf, rulesets.exampleComCustom),
		);
		const old = structuredClone(ruleNamed(cf, words));
		const wanted = Object.fromEntries(
			Object.entries({ ...definition(words), ...changes }).filter(
				([, value]) => value !== undefined,
			),
		);
		const item = await updateRule(cf, words, fields);
		const after = storedRuleset(cf, rulesets.exampleComCustom);
		const index = rules.findIndex(({ id }) => id === old.id);
		expect(after.rules.filter(({ id }) => id !== old.id)).toEqual(
			rules.filter(({ id }) => id !== old.id),
		);
		expect(after.rules[index]).toEqual({
			...wanted,
			id: old.id,
			version: '2',
			last_updated: after.rules[index].last_updated,
		});
		expect({ ...after, rules, version, last_updated: before.last_updated }).toEqual({
			...before,
			version,
			rules,
		});
		expect(cf.calls.at(-1)).toMatchObject({ method: 'PATCH', path: `${rulesPath}/${old.id}` });
		expect(cf.calls.at(-1)?.body).toEqual(wanted);
		const { position, ...previous } = item.previous as Fields;
		expect(previous).toEqual(written(old));
		expect(position).toMatchObject({ index: index + 1 });
		expect(item).toMatchObject({
			...after.rules[index],
			changed,
			changedAnything: true,
			ruleset: {
				id: rulesets.exampleComCustom,
				name: 'default',
				kind: 'zone',
				phase: CUSTOM,
				version: '8',
			},
		});
	});

	test.each<[what: string, differences: object, fields: Fields, kept: object]>([
		[
			'a custom response, when the action stays',
			{ action_parameters: { response } },
			{ action: { action: { ruleAction: 'block' } }, enabled: false },
			{ action_parameters: { response }, enabled: false },
		],
		[
			'parameters, a limit and members that nobody knows yet',
			{ action_parameters: { response }, categories: ['sqli'] },
			{ description: 'New' },
			{ action_parameters: { response }, description: 'New', categories: ['sqli'] },
		],
		[
			'what an execute rule overrides',
			{
				action: 'execute',
				action_parameters: {
					id: rulesets.accountCustom,
					version: 'latest',
					overrides: { enabled: false },
				},
			},
			{
				action: {
					action: { ruleAction: 'execute', executeRuleset: locator('id', rulesets.accountCustom) },
				},
				enabled: false,
			},
			{
				action: 'execute',
				action_parameters: {
					id: rulesets.accountCustom,
					version: 'latest',
					overrides: { enabled: false },
				},
				enabled: false,
			},
		],
	])('keeps %s', async (_what, differences, fields, kept) => {
		const { ref, id } = editRule(cf, 'scanners', differences);
		const item = await updateRule(cf, 'scanners', fields);
		expect(rulesOf(cf, com)[2]).toMatchObject({ ...kept, ref, id });
		expect(item).toMatchObject(kept);
	});

	test('keeps the check of exposed credentials', async () => {
		const check = { usernameExpression: 'lower("a")', passphraseExpression: 'lower("b")' };
		const ofAccount = { scope: 'account', account: mainAccount };
		const { id, exposed_credential_check } = await createRule({
			...ofAccount,
			ruleAction: 'rewrite',
			additionalFields: { exposedCredentialCheck: { check } },
		});
		const item = await ruleOutput('update', {
			...ofAccount,
			rule: locator('id', id),
			updateFields: { enabled: false },
		});
		expect(exposed_credential_check).toBeDefined();
		expect(item).toMatchObject({ exposed_credential_check, enabled: false, changed: ['enabled'] });
		expect(item.action_parameters).toEqual({
			headers: { 'Exposed-Credential-Check': { operation: 'set', value: '1' } },
		});
	});

	test('what was switched off lets requests through again', async () => {
		const { ref } = await createRule({ additionalFields: { ref: 'case-1' } });
		const request = { ip: '203.0.113.7' };
		expect(wouldBlock(cf.state, com, request).blocked).toBe(true);
		await ruleOutput('update', { rule: byRef(ref), updateFields: { enabled: false } });
		expect(wouldBlock(cf.state, com, request).blocked).toBe(false);
	});

	test.each<[what: string, fields: Fields]>([
		['the same description', { description: 'Block scanners' }],
		['the same action', { action: { action: { ruleAction: 'block' } } }],
		['the same place', { position: { position: { position: 'last' } } }],
		[
			'the same place by number',
			{ position: { position: { position: 'index', positionIndex: 3 } } },
		],
		['several', { enabled: true, position: { position: { position: 'last' } } }],
	])('sends nothing when nothing would change: %s', async (_what, fields) => {
		const before = snapshot(cf);
		const rule = ruleNamed(cf, 'scanners');
		const item = await updateRule(cf, 'scanners', fields);
		expect(item).toMatchObject({ ...rule, changed: [], changedAnything: false });
		expect(item.previous).toMatchObject({ description: rule.description, position: { index: 3 } });
		expect(cf.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(snapshot(cf)).toEqual(before);
	});

	test('a definition as text, with the ref left out, keeps the ref', async () => {
		const definition = '{"action":"log","expression":"ip.src eq 192.0.2.1"}';
		const enterprise = { zone: locator('name', 'enterprise.example') };
		const { id } = await createRule({ ...enterprise, additionalFields: { ref: 'mine' } });
		const item = await ruleOutput('update', {
			...enterprise,
			rule: locator('id', id),
			defineBy: 'definition',
			definition,
		});
		expect(item).toMatchObject({ id, ref: 'mine', action: 'log', description: '', enabled: true });
		expect(rulesOf(cf, zones['enterprise.example'])).toHaveLength(1);
	});

	test('changes parts of a rate limit, and keeps the others', async () => {
		const limits = { zone: locator('name', 'enterprise.example'), phase: 'http_ratelimit' };
		const { id } = await createRule({
			...limits,
			characteristics: ['ip.src', 'http.host'],
			rateLimitOptions: { headerNames: 'X-Key', requestsToOrigin: true, countingExpression: 'ssl' },
		});
		const rule = locator('id', id);
		const first = await ruleOutput('update', {
			...limits,
			rule,
			updateFields: { requestsPerPeriod: 7, countingExpression: '' },
		});
		expect(first.changed).toEqual(['ratelimit']);
		expect(first.ratelimit).toEqual({
			characteristics: ['cf.colo.id', 'ip.src', 'http.host', 'http.request.headers["x-key"]'],
			period: 10,
			requests_per_period: 7,
			mitigation_timeout: 10,
			requests_to_origin: true,
		});
		const second = await ruleOutput('update', {
			...limits,
			rule,
			updateFields: { characteristics: ['cf.unique_visitor_id'], cookieNames: 'sid' },
		});
		expect((second.ratelimit as Fields).characteristics).toEqual([
			'cf.colo.id',
			'cf.unique_visitor_id',
			'http.request.headers["x-key"]',
			'http.request.cookies["sid"]',
		]);
		const undone = await ruleOutput('update', {
			...limits,
			rule,
			defineBy: 'definition',
			definition: first.previous,
		});
		expect((undone.ratelimit as Fields).counting_expression).toBe('ssl');
	});

	test('switches a deployed managed ruleset off, in its phase', async () => {
		const managed = {
			zone: locator('name', 'example.org'),
			phase: 'http_request_firewall_managed',
		};
		const [rule] = rulesOf(cf, zones['example.org'], managed.phase);
		const item = await ruleOutput('update', {
			...managed,
			rule: byId(rule),
			updateFields: { enabled: false },
		});
		expect(item).toMatchObject({ action_parameters: rule.action_parameters, enabled: false });
	});
});
