import { exampleCom, locator, output, seedIds, type Cloudflare } from './nodeTest.cjs';
import { rulesOf, setRules, type Rule } from './rulesets.cjs';
import type { RunNodeInput } from './engine/index.cjs';

type Parameters = Record<string, unknown>;

/** Parameters of an operation on the custom rules of example.com. */
export const ruleParameters = (operation: string, differences: Parameters = {}): Parameters => ({
	authentication: 'token',
	resource: 'rulesetRule',
	operation,
	scope: 'zone',
	zone: exampleCom,
	...differences,
});

/** Runs an operation and gives its only item; fails when the run fails. */
export async function ruleOutput(
	operation: string,
	differences: Parameters = {},
	more: Omit<RunNodeInput, 'parameters'> = {},
): Promise<Record<string, unknown>> {
	const items = await output(ruleParameters(operation, differences), more);
	if (items.length !== 1) throw new Error(`There are ${items.length} items`);
	return items[0];
}

export const com = seedIds.zones['example.com'];

/** A rule of example.com by a part of its description. */
export function ruleNamed(cloudflare: Cloudflare, words: string): Rule {
	const rule = rulesOf(cloudflare, com).find(({ description }) => description.includes(words));
	if (!rule) throw new Error(`There is no rule ${words}`);
	return rule;
}

export const byId = ({ id }: { id: string }) => locator('id', id);
export const byRef = (ref: unknown) => ({ __rl: true, mode: 'ref', value: ref });

/** Gives a custom rule of example.com other members, as somebody else would. */
export function editRule(cloudflare: Cloudflare, words: string, differences: Partial<Rule>): Rule {
	const old = ruleNamed(cloudflare, words);
	const rule = { ...old, ...differences, version: String(Number(old.version) + 1) };
	const rules = rulesOf(cloudflare, com).map((each) => (each.id === old.id ? rule : each));
	setRules(cloudflare, seedIds.rulesets.exampleComCustom, rules);
	return rule;
}

/** Changes fields of a rule of example.com, found by a part of its description. */
export const updateRule = async (cloudflare: Cloudflare, words: string, updateFields: Parameters) =>
	await ruleOutput('update', { rule: byId(ruleNamed(cloudflare, words)), updateFields });

/** What the owner of a rule wrote: the rule without what the API sets by itself. */
export const written = (rule: Rule): Partial<Rule> =>
	Object.fromEntries(
		Object.entries(rule).filter(([key]) => !['id', 'version', 'last_updated'].includes(key)),
	);

/** The rules without those members that every change of a rule moves on. */
export const comparable = (rules: readonly Rule[]): unknown[] =>
	rules.map(({ version: _version, last_updated: _updated, ...rest }) => rest);
