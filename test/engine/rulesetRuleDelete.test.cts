import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { createRule } from '../support/createRule.cjs';
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
import {
	byId,
	byRef,
	com,
	comparable,
	editRule,
	ruleNamed,
	ruleOutput,
	ruleParameters,
} from '../support/ruleOperations.cjs';
import { CUSTOM, rulesOf, setRules, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();
const { rulesets } = seedIds;

describe('Ruleset Rule: Delete', () => {
	test('takes away this rule only, and gives it as it was', async () => {
		const old = structuredClone(rulesOf(cf, com));
		const item = await ruleOutput('delete', { rule: byId(ruleNamed(cf, 'log-in')) });
		expect(rulesOf(cf, com)).toEqual([old[0], old[2]]);
		expect(item).toEqual({
			deleted: true,
			rule: { ...old[1], position: { index: 2, after: old[0].id, before: old[2].id } },
			ruleset: {
				id: rulesets.exampleComCustom,
				name: 'default',
				kind: 'zone',
				phase: CUSTOM,
				version: '8',
			},
		});
		expect(callLines(cf).map((line) => line.split(' ')[0])).toEqual(['GET', 'GET', 'DELETE']);
	});

	test('ends the block', async () => {
		const request = { ip: '203.0.113.7' };
		await createRule({ additionalFields: { ref: 'case-1' } });
		expect(wouldBlock(cf.state, com, request).blocked).toBe(true);
		await ruleOutput('delete', { rule: byRef('case-1') });
		expect(wouldBlock(cf.state, com, request).blocked).toBe(false);
	});

	test.each(['log-in', 'office', 'scanners'])(
		'Create makes it again from the output, in its place: %s',
		async (words) => {
			const before = comparable(structuredClone(rulesOf(cf, com))).map((rule) => ({
				...(rule as object),
				id: '',
			}));
			const deleted = await ruleOutput('delete', { rule: byId(ruleNamed(cf, words)) });
			const items = [deleted];
			const fromOutput = { defineBy: 'definition', definition: '={{ $json.rule }}' };
			const created = await ruleOutput('create', fromOutput, { items });
			expect(created.created).toBe(true);
			const after = comparable(rulesOf(cf, com)).map((rule) => ({ ...(rule as object), id: '' }));
			expect(after).toEqual(before);
			// The ref comes along, so a repetition finds it.
			expect(await ruleOutput('create', fromOutput, { items })).toEqual({
				...created,
				created: false,
			});
		},
	);

	test('gives the last definition when somebody changed the rule after it was read', async () => {
		let changed = false;
		cf.faults.add({ kind: 'rateLimited', match: { method: 'DELETE' } });
		const { items } = await runNode({
			parameters: ruleParameters('delete', { rule: byRef('block_scanners') }),
			onWait: () => {
				if (!changed) editRule(cf, 'scanners', { description: 'Other' });
				changed = true;
			},
		});
		expect(items[0].json.rule).toMatchObject({ description: 'Other', position: { index: 3 } });
	});

	test.each([
		[
			'a rule that is gone already',
			{ rule: locator('id', '0'.repeat(32)) },
			'if it has not been deleted already',
		],
		['a ref that is gone already', { rule: byRef('nope') }, 'has no rule with the ref "nope"'],
		[
			'a rule of a managed ruleset',
			{
				scope: 'account',
				account: mainAccount,
				rulesetFrom: 'ruleset',
				ruleset: locator('id', rulesets.cloudflareManaged),
				rule: locator('id', '0'.repeat(32)),
			},
			'is managed by Cloudflare',
		],
	])('refuses %s', async (_what, parameters, words) => {
		const before = snapshot(cf);
		expect(await refusal(ruleParameters('delete', parameters))).toContain(words);
		expect(snapshot(cf)).toEqual(before);
		expect(cf.calls.every(({ method }) => method === 'GET')).toBe(true);
	});

	test('one bad item among good ones', async () => {
		const refs = ['block_scanners', 'nope', ruleNamed(cf, 'office').ref];
		const result = await runNode({
			parameters: ruleParameters('delete', { rule: byRef('={{ $json.ref }}') }),
			items: refs.map((ref) => ({ ref })),
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result).map(({ deleted, error }) => deleted ?? error)).toEqual([
			true,
			expect.stringContaining('"nope"'),
			true,
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(rulesOf(cf, com)).toHaveLength(1);
	});

	test('the only rule of a ruleset knows its place too', async () => {
		setRules(cf, rulesets.exampleComCustom, [ruleNamed(cf, 'scanners')]);
		const item = await ruleOutput('delete', { rule: byRef('block_scanners') });
		expect(item.rule).toMatchObject({ position: { index: 1 } });
		const created = await ruleOutput('create', { defineBy: 'definition', definition: item.rule });
		expect(rulesOf(cf, com)).toEqual([
			expect.objectContaining({ id: created.id, ref: 'block_scanners' }),
		]);
	});

	test('Dry Run shows the exact request and changes nothing', async () => {
		const before = snapshot(cf);
		const parameters = { rule: byRef('block_scanners') };
		const dry = await ruleOutput('delete', { ...parameters, options: { dryRun: true } });
		expect(cf.calls.at(-1)).toMatchObject({ method: 'DELETE', query: [['dry_run', 'true']] });
		expect(dry).toMatchObject({
			dryRun: true,
			effect: `The rule ${ruleNamed(cf, 'scanners').id} would be deleted; the ruleset default would keep 2 rules`,
			ruleset: { id: rulesets.exampleComCustom },
		});
		expect(snapshot(cf)).toEqual(before);
		await ruleOutput('delete', parameters);
		const { method, path } = cf.calls.at(-1)!;
		expect({ method, path }).toEqual(dry.request);
	});
});
