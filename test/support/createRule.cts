import { exampleCom, output } from './nodeTest.cjs';
import type { RunNodeInput } from './engine/index.cjs';

/** A condition on the source address, as the form gives it. */
export const fromAddress = (values: unknown) => ({
	condition: [{ field: 'ip.src', operator: 'in', values }],
});

/** Parameters that block 203.0.113.7 in the custom rules of example.com. */
export const blockRule = (differences: Record<string, unknown> = {}) => ({
	authentication: 'token',
	resource: 'rulesetRule',
	operation: 'create',
	scope: 'zone',
	zone: exampleCom,
	ruleAction: 'block',
	conditions: fromAddress('203.0.113.7'),
	...differences,
});

/** Creates one rule and gives the output; fails when the run fails. */
export async function createRule(
	differences: Record<string, unknown> = {},
	more: Omit<RunNodeInput, 'parameters'> = {},
): Promise<Record<string, unknown>> {
	const items = await output(blockRule(differences), more);
	if (items.length !== 1) throw new Error(`There are ${items.length} items`);
	return items[0];
}
