import { tooManyRulesetWrites } from '../errors.cjs';
import type { State } from '../state.cjs';

/** Counts one write to a ruleset; throws 429 when the extra limit is on and used up. */
export function countWrite(state: State, rulesetId: string): void {
	const limit = state.rulesetWriteLimit;
	if (limit === null) return;
	const now = state.now();
	const start = now - limit.windowSeconds * 1000;
	const recent = (state.rulesetWrites.get(rulesetId) ?? []).filter((at) => at > start && at <= now);
	if (recent.length >= limit.writes)
		throw tooManyRulesetWrites(Math.ceil((recent[0] - start) / 1000));
	state.rulesetWrites.set(rulesetId, [...recent, now]);
}
