import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { createRule, fromAddress } from '../support/createRule.cjs';
import {
	callLines,
	jsonOf,
	locator,
	mainAccount,
	refusal,
	runListSearch,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import {
	byId,
	byRef,
	com,
	comparable,
	editRule,
	ruleNamed,
	ruleOutput,
	ruleParameters,
	written,
} from '../support/ruleOperations.cjs';
import { CUSTOM, rulesOf, snapshot, storedRuleset } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
type Fields = Record<string, unknown>;
const response = { status_code: 429, content_type: 'application/json', content: '{"no":1}' };
const rulesPath = `/zones/${com}/rulesets/${rulesets.exampleComCustom}/rules`;

/** Changes the rule with these words in its description. */
const update = async (words: string, updateFields: Fields, more: Fields = {}) =>
	await ruleOutput('update', { rule: byId(ruleNamed(cf, words)), updateFields, ...more });

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
		const item = await update(words, fields);
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
		const item = await update('scanners', fields);
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

	test.each([
		['By Ref', () => byRef('block_scanners')],
		['a ref that does not say what it is', () => '={{ "block_scanners" }}'],
		['an ID that does not say what it is', () => `={{ "${ruleNamed(cf, 'scanners').id}" }}`],
		['From List', () => locator('list', ruleNamed(cf, 'scanners').id.toUpperCase())],
	])('finds the rule: %s', async (_how, rule) => {
		const item = await ruleOutput('update', { rule: rule(), updateFields: { enabled: false } });
		expect(item).toMatchObject({ ref: 'block_scanners', enabled: false });
	});

	test('the list of rules in the editor', async () => {
		const parameters = ruleParameters('update', { phase: CUSTOM });
		const list = { path: 'parameters.rule', parameters };
		const { results } = await runListSearch('searchRules', { ...list, filter: 'scan' });
		expect(results).toEqual([
			{ name: '3. Block scanners (block)', value: ruleNamed(cf, 'scanners').id },
		]);
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
		const item = await update('scanners', fields);
		expect(item).toMatchObject({ ...rule, changed: [], changedAnything: false });
		expect(item.previous).toMatchObject({ description: rule.description, position: { index: 3 } });
		expect(cf.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(snapshot(cf)).toEqual(before);
	});

	test.each<[place: Fields, order: number[]]>([
		[{ position: 'first' }, [2, 0, 1]],
		[{ position: 'before', neighbour: 0 }, [2, 0, 1]],
		[{ position: 'after', neighbour: 0 }, [0, 2, 1]],
		[{ position: 'index', positionIndex: 2 }, [0, 2, 1]],
	])('moves: %j', async ({ neighbour, ...place }, order) => {
		const old = structuredClone(rulesOf(cf, com));
		const positionRule = neighbour === undefined ? {} : { positionRule: byId(old[neighbour as 0]) };
		const position = { position: { ...place, ...positionRule } };
		const item = await update('scanners', { position });
		expect(rulesOf(cf, com)).toEqual(order.map((index) => old[index]));
		expect(Object.keys(cf.calls.at(-1)?.body as object)).toEqual(['position']);
		expect(item).toMatchObject({ changed: ['position'], version: '1' });
	});

	test('changes and moves with one request', async () => {
		const position = { position: { position: 'first' } };
		const item = await update('scanners', { enabled: false, position });
		expect(rulesOf(cf, com)[0]).toMatchObject({ ref: 'block_scanners', enabled: false });
		expect(item.changed).toEqual(['enabled', 'position']);
		expect(callLines(cf)).toHaveLength(3);
	});

	test.each<[what: string, fields: Fields]>([
		[
			'everything',
			{
				action: { action: { ruleAction: 'skip' } },
				conditions: fromAddress('192.0.2.1'),
				description: 'Other',
				enabled: false,
				position: { position: { position: 'first' } },
			},
		],
		['one field', { enabled: false }],
		['the place', { position: { position: { position: 'index', positionIndex: 1 } } }],
	])('previous puts it back: %s', async (_what, fields) => {
		const before = comparable(structuredClone(rulesOf(cf, com)));
		const changed = await update('log-in', fields);
		expect(comparable(rulesOf(cf, com))).not.toEqual(before);
		const undone = await ruleOutput(
			'update',
			{
				rule: '={{ $json.id }}',
				defineBy: 'definition',
				definition: '={{ $json.previous }}',
			},
			{ items: [changed] },
		);
		expect(comparable(rulesOf(cf, com))).toEqual(before);
		expect(undone.changed).toEqual(changed.changed);
		// And once more forward.
		await ruleOutput(
			'update',
			{ rule: '={{ $json.id }}', defineBy: 'definition', definition: '={{ $json.previous }}' },
			{ items: [undone] },
		);
		expect(comparable(rulesOf(cf, com))).not.toEqual(before);
	});

	test('previous finds the place also when neighbours have come and gone', async () => {
		const changed = await update('log-in', { position: { position: { position: 'last' } } });
		await createRule({ position: 'first', additionalFields: { description: 'Other' } });
		const undo = { defineBy: 'definition', definition: '={{ $json.previous }}' };
		const rule = '={{ $json.id }}';
		await ruleOutput('update', { rule, ...undo }, { items: [changed] });
		const order = () => rulesOf(cf, com).map(({ description }) => description.split(' ')[0]);
		expect(order()).toEqual(['Other', 'Let', 'Challenge', 'Block']);
		const again = await update('log-in', { position: { position: { position: 'first' } } });
		await ruleOutput('delete', { rule: byId(ruleNamed(cf, 'office')) });
		await ruleOutput('update', { rule, ...undo }, { items: [again] });
		expect(order()).toEqual(['Other', 'Challenge', 'Block']);
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

	test.each<[what: string, parameters: Fields, words: string]>([
		[
			'a rule of a managed ruleset',
			{
				scope: 'account',
				account: mainAccount,
				rulesetFrom: 'ruleset',
				ruleset: locator('id', rulesets.cloudflareManaged),
				rule: locator('id', '0'.repeat(32)),
			},
			'is managed by Cloudflare and cannot be changed',
		],
		[
			'a rule that is not there',
			{ rule: locator('id', '0'.repeat(32)) },
			'has no rule with the ID',
		],
		['a ref that is not there', { rule: byRef('nope') }, 'has no rule with the ref "nope"'],
		[
			'a rule of a phase without rules',
			{ zone: locator('name', 'example.net'), rule: byRef('nope') },
			'Rule: the phase has no rules',
		],
		[
			'a place behind the last',
			{
				rule: byRef('block_scanners'),
				updateFields: { position: { position: { position: 'index', positionIndex: 4 } } },
			},
			'Number: got 4, but the ruleset has 3 rules Expected: A whole number from 1 to 3',
		],
		[
			'a place beside itself',
			{
				rule: '={{ $json.id }}',
				updateFields: {
					position: { position: { position: 'after', positionRule: '={{ $json.id }}' } },
				},
			},
			'Rule: it is the rule itself',
		],
		[
			'a rate limit for a custom rule of a ruleset by ID',
			{
				rulesetFrom: 'ruleset',
				ruleset: locator('id', rulesets.exampleComCustom),
				zone: locator('id', com),
				rule: byRef('block_scanners'),
				updateFields: { period: 60 },
			},
			'a rule of the phase http_request_firewall_custom has no rate limit',
		],
	])('refuses %s, and changes nothing', async (_what, parameters, words) => {
		const before = snapshot(cf);
		const items = [{ id: ruleNamed(cf, 'scanners').id }];
		const updateFields = { enabled: false };
		const text = await refusal(ruleParameters('update', { updateFields, ...parameters }), {
			items,
		});
		expect(text).toContain(words);
		expect(snapshot(cf)).toEqual(before);
		expect(cf.calls.every(({ method }) => method === 'GET')).toBe(true);
	});

	test('several rules with one ref are refused by name', async () => {
		const [first, second] = [ruleNamed(cf, 'scanners'), ruleNamed(cf, 'log-in')];
		editRule(cf, 'log-in', { ref: 'block_scanners' });
		const text = await refusal(
			ruleParameters('update', { rule: byRef('block_scanners'), updateFields: { enabled: false } }),
		);
		expect(text).toContain('several rules have this ref');
		for (const { id } of [first, second]) expect(text).toContain(id);
	});

	test('one bad item among good ones', async () => {
		const refs = ['block_scanners', 'nope', ruleNamed(cf, 'office').ref];
		const result = await runNode({
			parameters: ruleParameters('update', {
				rule: byRef('={{ $json.ref }}'),
				updateFields: { enabled: '={{ false }}' },
			}),
			items: refs.map((ref) => ({ ref })),
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result).map(({ ref, error }) => ref ?? error)).toEqual([
			refs[0],
			expect.stringContaining('has no rule with the ref "nope"'),
			refs[2],
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(rulesOf(cf, com).map(({ enabled }) => enabled)).toEqual([false, true, false]);
	});

	test('Dry Run shows the exact request and changes nothing', async () => {
		const before = snapshot(cf);
		const rule = byRef('block_scanners');
		const fields = { enabled: false, position: { position: { position: 'first' } } };
		const parameters = { rule, updateFields: fields };
		const dry = await ruleOutput('update', { ...parameters, options: { dryRun: true } });
		expect(cf.calls.at(-1)).toMatchObject({ method: 'PATCH', query: [['dry_run', 'true']] });
		expect(snapshot(cf)).toEqual(before);
		const { id } = ruleNamed(cf, 'scanners');
		expect(dry.effect).toBe(`The rule ${id} would change: enabled, position`);
		await ruleOutput('update', parameters);
		const { method, path, body, query } = cf.calls.at(-1)!;
		expect({ method, path, body }).toEqual(dry.request);
		expect(query).toEqual([]);
		const again = await ruleOutput('update', { ...parameters, options: { dryRun: true } });
		expect(again).toMatchObject({
			request: null,
			effect: expect.stringContaining('Nothing would change') as string,
		});
	});
});
