import { blockRule, createRule } from '../support/createRule.cjs';
import {
	locator,
	mainAccount,
	output,
	refusal,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { CUSTOM, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const dryRun = (differences: Record<string, unknown> = {}) =>
	blockRule({ options: { dryRun: true }, ...differences });
const example = {
	ruleAction: 'managed_challenge',
	additionalFields: { description: 'Case 4711', ref: 'case-4711' },
};
const definition = {
	action: 'managed_challenge',
	expression: 'ip.src in {203.0.113.7}',
	description: 'Case 4711',
	enabled: true,
	ref: 'case-4711',
};

describe('Ruleset Rule: Create with Dry Run', () => {
	test('shows the exact request where there are rules, and changes nothing', async () => {
		const before = snapshot(cf);
		const [item] = await output(dryRun({ ...example, position: 'first' }));
		const path = `/zones/${zones['example.com']}/rulesets/${rulesets.exampleComCustom}/rules`;
		expect(item).toEqual({
			dryRun: true,
			effect: expect.stringContaining('which has 3 rules') as string,
			request: { method: 'POST', path, body: { ...definition, position: { before: '' } } },
			ruleset: {
				id: rulesets.exampleComCustom,
				name: 'default',
				kind: 'zone',
				phase: CUSTOM,
				version: '7',
			},
		});
		expect(snapshot(cf)).toEqual(before);
		expect(cf.state.changes).toEqual([]);
	});

	test.each([
		[
			'a zone',
			{ zone: locator('name', 'example.net') },
			`/zones/${zones['example.net']}/rulesets`,
			'zone',
		],
		[
			'an account',
			{ scope: 'account', account: mainAccount },
			`/accounts/${seedIds.mainAccount}/rulesets`,
			'root',
		],
	])('shows the exact request for %s without an entry point', async (_what, target, path, kind) => {
		cf.state.rulesets.delete(rulesets.accountRoot);
		const before = snapshot(cf);
		const [item] = await output(dryRun({ ...example, ...target }));
		expect(item).toMatchObject({
			dryRun: true,
			effect: expect.stringContaining('entry point would be created') as string,
			request: {
				method: 'POST',
				path,
				body: { name: 'default', kind, phase: CUSTOM, rules: [definition] },
			},
			ruleset: null,
		});
		expect(snapshot(cf)).toEqual(before);
	});

	test('the request that is shown is the one that is sent without Dry Run', async () => {
		for (const zone of ['example.com', 'example.net']) {
			const parameters = { ...example, zone: locator('name', zone) };
			const [{ request }] = await output(dryRun(parameters));
			expect(cf.calls.at(-1)?.query).toEqual([['dry_run', 'true']]);
			await createRule(parameters);
			const { method, path, body, query } = cf.calls.at(-1)!;
			expect({ method, path, body }).toEqual(request);
			expect(query).toEqual([]);
		}
	});

	test('says that a repetition would change nothing', async () => {
		const { id } = await createRule(example);
		const before = snapshot(cf);
		const [item] = await output(dryRun(example));
		expect(item).toMatchObject({ dryRun: true, request: null });
		expect(item.effect).toContain(`Nothing would change: the rule ${String(id)}`);
		expect(snapshot(cf)).toEqual(before);
	});

	test.each<[what: string, parameters: Record<string, unknown>, words: string]>([
		[
			'an expression that cannot be parsed',
			{ expressionFrom: 'expression', expression: 'ip.src eq' },
			'could not parse filter expression',
		],
		['an action that the plan lacks', { ruleAction: 'log' }, 'an Enterprise plan is required'],
		[
			'an unknown list',
			{
				conditions: {
					condition: [{ field: 'ip.src', operator: 'inList', values: 'no_such_list' }],
				},
			},
			'no_such_list',
		],
		[
			'a number behind the last rule',
			{ position: 'index', positionIndex: 9 },
			'the ruleset has 3 rules',
		],
	])('refuses %s as a real run would', async (_what, parameters, words) => {
		expect(await refusal(dryRun(parameters))).toContain(words);
	});

	test.each(['={{ true }}', '={{ "true" }}'])('%s is a dry run too', async (value) => {
		const before = snapshot(cf);
		const [item] = await output(blockRule({ options: { dryRun: value } }));
		expect(item.dryRun).toBe(true);
		expect(snapshot(cf)).toEqual(before);
	});

	test.each(['={{ "yes" }}', '={{ null }}', '={{ 1 }}'])('%s is refused', async (value) => {
		const before = snapshot(cf);
		expect(await refusal(blockRule({ options: { dryRun: value } }))).toContain('Dry Run: got');
		expect(snapshot(cf)).toEqual(before);
		expect(cf.calls).toEqual([]);
	});
});
