import { parse, ParseError } from '../rulesLanguage.cjs';
import { latest, type Rule } from '../rulesets/types.cjs';
import type { State } from '../state.cjs';
import { namesIn } from '../rulesets/names.cjs';
import type { ListRecord } from './types.cjs';

// Rules never change once stored.
const known = new WeakMap<Rule, ReadonlySet<string>>();

function namesOf(rule: Rule): ReadonlySet<string> {
	const found = known.get(rule);
	if (found !== undefined) return found;
	const names = new Set<string>();
	for (const text of [rule.expression, rule.ratelimit?.counting_expression]) {
		if (typeof text !== 'string' || text === '') continue;
		try {
			for (const name of namesIn(parse(text)).lists) names.add(name);
		} catch (error) {
			// The state may be written at will: what is no expression names no list.
			if (!(error instanceof ParseError)) throw error;
		}
	}
	const redirect = rule.action_parameters?.from_list as { name?: unknown } | undefined;
	if (typeof redirect?.name === 'string') names.add(redirect.name);
	known.set(rule, names);
	return names;
}

/** How many rules of the account and of its zones name the list, disabled ones too. */
export function referencesTo({ accountId, name }: ListRecord, state: State): number {
	let count = 0;
	for (const record of state.rulesets.values()) {
		const { owner } = record;
		if (owner.level === 'cloudflare') continue;
		const ownerAccount =
			owner.level === 'account' ? owner.id : state.zones.get(owner.id)?.account.id;
		if (ownerAccount !== accountId) continue;
		for (const rule of latest(record).rules) if (namesOf(rule).has(name)) count += 1;
	}
	return count;
}
