import {
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
	byRef,
	com,
	editRule,
	ruleNamed,
	ruleOutput,
	ruleParameters,
} from '../support/ruleOperations.cjs';
import { CUSTOM, rulesOf, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();
const { rulesets } = seedIds;
type Fields = Record<string, unknown>;

describe('Ruleset Rule: Update, which rule', () => {
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
