import { blockRule, createRule, fromAddress } from '../support/createRule.cjs';
import { jsonOf, locator, refusal, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { rulesOf, setRules, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const com = zones['example.com'];
const ENTRY_POINT = /\/entrypoint$/;
const ref = 'case-4711';
const withRef = (more: object = {}) => ({ additionalFields: { ref, ...more } });

describe('Ruleset Rule: Create, the ref that is made', () => {
	test('differs between items, executions and runs, and is the same for the same', async () => {
		const refs: unknown[] = [];
		for (const [executionId, runIndex] of [
			['1', 0],
			['2', 0],
			['1', 1],
		] as const) {
			const parameters = blockRule();
			const result = await runNode({ parameters, items: [{}, {}], executionId, runIndex });
			refs.push(...jsonOf(result).map((item) => item.ref));
		}
		expect(new Set(refs).size).toBe(6);
		for (const made of refs) expect(made).toMatch(/^n8n-[0-9a-f]{32}$/);
		const rules = rulesOf(cf, com).length;
		const again = await createRule({}, { executionId: '2' });
		expect(again.ref).toBe(refs[2]);
		expect(rulesOf(cf, com)).toHaveLength(rules);
	});

	test('Retry on Fail adds no second rule, although the first try did not learn that it had added one', async () => {
		cf.faults.add({ kind: 'cutAfter', match: { method: 'POST' } });
		// The read that looks whether the rule is there fails too, so that the node itself fails once.
		for (const nth of [2, 3, 4, 5]) {
			cf.faults.add({ kind: 'html', match: { method: 'GET', path: ENTRY_POINT, nth } });
		}
		const result = await runNode({ parameters: blockRule(), retryOnFail: { maxTries: 2 } });
		expect(result.thrown).toHaveLength(1);
		expect(String((result.thrown[0] as { description?: unknown }).description)).toContain(
			'It is not known whether the request was carried out',
		);
		const [item] = jsonOf(result);
		expect(rulesOf(cf, com)).toHaveLength(4);
		expect(item).toMatchObject({ id: rulesOf(cf, com)[3].id, created: true });
		expect(cf.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('Retry on Fail of several items repeats none of them', async () => {
		const parameters = blockRule({ conditions: fromAddress('={{ $json.ip }}') });
		const items = ['198.51.100.1', '198.51.100.2', '198.51.100.3'].map((ip) => ({ ip }));
		cf.faults.add({ kind: 'status', status: 400, match: { method: 'POST', nth: 3 } });
		const result = await runNode({ parameters, items, retryOnFail: { maxTries: 2 } });
		expect(result.thrown).toHaveLength(1);
		expect(jsonOf(result)).toHaveLength(3);
		expect(
			rulesOf(cf, com)
				.slice(3)
				.map(({ expression }) => expression),
		).toEqual(items.map(({ ip }) => `ip.src in {${ip}}`));
	});

	test('without Retry on Fail nothing is repeated', async () => {
		cf.faults.add({ kind: 'status', status: 400, match: { method: 'POST' } });
		const result = await runNode({ parameters: blockRule() });
		expect(result.error).toBeDefined();
		expect(rulesOf(cf, com)).toHaveLength(3);
	});
});

describe('Ruleset Rule: Create, a ref of your own', () => {
	test('with the same definition gives the rule that is there', async () => {
		const parameters = withRef({ description: 'Case 4711' });
		const first = await createRule(parameters, { executionId: '1' });
		const before = snapshot(cf);
		const second = await createRule(parameters, { executionId: '2' });
		expect(first.created).toBe(true);
		expect(second).toEqual({ ...first, created: false });
		expect(snapshot(cf)).toEqual(before);
		expect(cf.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test('what Cloudflare adds to a rule does not make it another one', async () => {
		const parameters = {
			...withRef(),
			ruleAction: 'execute',
			executeRuleset: locator('id', rulesets.accountCustom),
		};
		await createRule(parameters);
		const rules = structuredClone(rulesOf(cf, com));
		const added = rules[3];
		added.action_parameters = { version: 'latest', ...added.action_parameters };
		Object.assign(added, { categories: [], logging: { enabled: true } });
		setRules(cf, rulesets.exampleComCustom, rules);
		expect(await createRule(parameters, { executionId: '2' })).toMatchObject({ created: false });
	});

	const response = { statusCode: 403, contentType: 'text/plain', content: 'No' };
	const skip = { ruleAction: 'skip', skipRules: 'none' };
	test.each<[what: string, first: Record<string, unknown>, second: Record<string, unknown>]>([
		['another expression', {}, { conditions: fromAddress('203.0.113.8') }],
		['another action', {}, { ruleAction: 'challenge' }],
		['another description', {}, withRef({ description: 'Other' })],
		['no description any more', withRef({ description: 'Other' }), {}],
		['switched off', {}, withRef({ enabled: false })],
		['a custom response', {}, { blockResponse: { response } }],
		['no custom response any more', { blockResponse: { response } }, {}],
		[
			'one product less',
			{ ...skip, skipProducts: ['bic', 'hot'] },
			{ ...skip, skipProducts: ['bic'] },
		],
		[
			'one product more',
			{ ...skip, skipProducts: ['bic'] },
			{ ...skip, skipProducts: ['bic', 'hot'] },
		],
		[
			'only a part of what is skipped',
			{ ...skip, skipRules: 'ruleset', skipProducts: ['bic'] },
			{ ...skip, skipProducts: ['bic'] },
		],
		['other logging', { ruleAction: 'skip' }, { ruleAction: 'skip', logMatches: false }],
	])('with another definition is refused: %s', async (_what, first, second) => {
		const { id } = await createRule({ ...withRef(), ...first });
		const before = snapshot(cf);
		const text = await refusal(blockRule({ ...withRef(), ...second }), { executionId: '2' });
		expect(text).toContain(`Ref: the rule "${String(id)}" of this ruleset has the ref "${ref}"`);
		expect(text).toContain('another definition');
		expect(text).toContain('A ref that no other rule of the ruleset has');
		expect(snapshot(cf)).toEqual(before);
	});

	test('the ref of a rule that somebody else made counts too', async () => {
		const additionalFields = { ref: 'block_scanners' };
		expect(await refusal(blockRule({ additionalFields }))).toContain('Ref: the rule');
		expect(rulesOf(cf, com)).toHaveLength(3);
	});
});
