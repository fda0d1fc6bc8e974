import { RULESET, type Rule, type Ruleset } from '../../targets/ruleset';
import type { Outcome } from '../../transport/failure';
import { apiName, apiPath, hexId } from '../../transport/path';
import type { Item } from '../item';
import type { RuleTarget, StoredRule } from './ruleTarget';

/** How many versions of a ruleset are looked through: each is a request. */
const MAX_VERSIONS = 20;

/** A ruleset as it was. Every write makes a version, also of a ruleset's other rules. */
export async function attemptVersion(
	item: Item,
	{ scope }: RuleTarget,
	{ id }: Ruleset,
	number: number,
): Promise<Outcome<Ruleset>> {
	const version = apiName(String(number), { field: 'Version', example: '3' });
	return await item.client.attempt<Ruleset>({
		method: 'GET',
		path: apiPath`${scope.path}/rulesets/${hexId(id, { field: 'Ruleset' })}/versions/${version}`,
		expect: RULESET,
	});
}

export const ruleWithId = ({ rules }: Ruleset, wanted: string | undefined): Rule | undefined =>
	rules?.find(({ id }) => id === wanted);

/** What others made of a rule between our reading and our write, oldest first. @throws NodeApiError */
export async function readOthers(
	item: Item,
	target: RuleTarget,
	{ ruleset, rule }: StoredRule,
	read: Rule,
): Promise<Rule[]> {
	const first = Number(read.version) + 1;
	const found: Rule[] = [];
	const last = Number(ruleset.version) - 1;
	for (let number = last; number > Math.max(0, last - MAX_VERSIONS); number -= 1) {
		const outcome = await attemptVersion(item, target, ruleset, number);
		const before = ruleWithId(item.client.unwrap(outcome).result, rule.id);
		if (!before || Number(before.version) < first) break;
		found.unshift(before);
		if (Number(before.version) === first) break;
	}
	return found;
}

/**
 * Which of several new rules came first.
 * @param before the ruleset before any of them, if there was one
 * @throws NodeApiError
 */
export async function readEarliest(
	item: Item,
	target: RuleTarget,
	{ before, now }: { before: Ruleset | undefined; now: Ruleset },
	rules: readonly Rule[],
): Promise<Rule> {
	const start = Number(before?.version ?? 0) + 1;
	const end = Math.min(Number(now.version), start + MAX_VERSIONS);
	for (let number = start; number < end; number += 1) {
		const outcome = await attemptVersion(item, target, now, number);
		const ruleset = item.client.unwrap(outcome).result;
		const first = rules.find(({ id }) => ruleWithId(ruleset, id));
		if (first) return first;
	}
	return rules[0];
}
