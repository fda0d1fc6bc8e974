import fc from 'fast-check';
import { blockRule } from '../support/createRule.cjs';
import { nastyText } from '../support/nastyText.cjs';
import { locator, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { rulesOf } from '../support/rulesets.cjs';
import { readExpression } from '../support/rulesLanguageReader.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];

/** Creates a rule with a text that comes with the data, as from an alert; gives the error and what was stored. */
async function storedFor(text: string) {
	const values = '={{ $json.agent }}';
	const parameters = blockRule({
		zone: locator('id', com),
		conditions: { condition: [{ field: 'http.user_agent', operator: 'eq', values }] },
		additionalFields: { description: '={{ $json.agent }}' },
	});
	const { error } = await runNode({ parameters, items: [{ agent: text }] });
	return { error, rule: rulesOf(cf, com).at(3) };
}

describe('Hostile text in a condition value', () => {
	test.each([
		'" or ip.src in {0.0.0.0/0} or http.user_agent eq "',
		'a\\',
		'\\" or true',
		'") or ("',
		'{{ 1 + 1 }}',
		'={{ $json }}',
		'$cf.open_proxies',
		'r#"',
		'\u2028\u202e',
	])('%j is stored as one literal', async (text) => {
		const { error, rule } = await storedFor(text);
		expect(error).toBeUndefined();
		expect(rule?.description).toBe(text);
		expect(readExpression(rule?.expression ?? '')).toMatchObject({
			kind: 'comparison',
			value: { kind: 'string', value: text },
		});
	});

	test('any text is stored as itself, or refused before any request', async () => {
		await fc.assert(
			fc.asyncProperty(nastyText, async (text) => {
				cf.reset();
				const { error, rule } = await storedFor(text);
				if (error) {
					expect(error.message).toMatch(/^Conditions → Condition 1 → Value: /);
					expect(cf.calls).toEqual([]);
					return;
				}
				expect(readExpression(rule?.expression ?? '')).toMatchObject({
					value: { kind: 'string', value: text },
				});
			}),
			{ numRuns: 60 },
		);
	});
});
