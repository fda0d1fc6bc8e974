import { readAddressTests, type AddressTest } from '../../../firewall/addressesInExpression';
import { CUSTOM_PHASE, parsePhase } from '../../../targets/phases';
import { attemptRuleset, type Rule } from '../../../targets/ruleset';
import type { Item } from '../../item';
import type { Place } from '../method';

/** A custom rule that is switched on, with what it says about the address. */
export interface CustomRule {
	readonly rule: Rule;
	readonly ruleset: string;
	readonly test: AddressTest;
}

/** The custom rules of a zone that are switched on, in their order, read once a run. @throws NodeApiError */
export const customRulesOf = async (item: Item, { scope }: Place): Promise<CustomRule[]> =>
	await item.lookUp(['custom rules of', scope.path.text], async () => {
		const choice = { phase: parsePhase(CUSTOM_PHASE, scope.kind) };
		const outcome = await attemptRuleset(item.client, scope, choice);
		const { result } = item.client.unwrap(outcome);
		if (!result) return [];
		return (result.rules ?? [])
			.filter(({ enabled }) => enabled !== false)
			.map((rule) => ({
				rule,
				ruleset: result.id,
				test: readAddressTests(rule.expression ?? ''),
			}));
	});
