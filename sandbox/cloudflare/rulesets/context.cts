import { planHas, type Plan } from '../language/vocabulary.cjs';
import type { State } from '../state.cjs';
import type { Scope } from '../types.cjs';
import { latest, type RulesetRecord } from './types.cjs';

/** Where rulesets are read and written: one zone or one account. */
export interface RulesetContext {
	state: State;
	scope: Scope;
	accountId: string;
	plan: Plan;
}

export const allows = (context: RulesetContext, least: Plan): boolean =>
	planHas(context.plan, least);

export const isOwn = ({ owner }: RulesetRecord, { scope }: RulesetContext): boolean =>
	owner.level === scope.level && owner.id === scope.id;

const isManaged = ({ owner }: RulesetRecord): boolean => owner.level === 'cloudflare';

/** What an execute rule may name, and what the list of a zone shows besides the zone's own: custom and managed ones. */
export function isExecutable(record: RulesetRecord, context: RulesetContext): boolean {
	if (isManaged(record)) return true;
	if (latest(record).kind !== 'custom') return false;
	const ofAccount = record.owner.level === 'account' && record.owner.id === context.accountId;
	return ofAccount || isOwn(record, context);
}

/** The rulesets that the scope lists. */
export const visible = (context: RulesetContext): RulesetRecord[] =>
	[...context.state.rulesets.values()].filter(
		(record) => isOwn(record, context) || isExecutable(record, context),
	);

/** A ruleset by id. At zone level only the zone's own are found. */
export function findRuleset(context: RulesetContext, id: string): RulesetRecord | undefined {
	const record = context.state.rulesets.get(id);
	if (record === undefined) return undefined;
	const found = isOwn(record, context) || (context.scope.level === 'account' && isManaged(record));
	return found ? record : undefined;
}

export const entryPointKind = ({ scope }: RulesetContext): 'zone' | 'root' =>
	scope.level === 'zone' ? 'zone' : 'root';

export const findEntryPoint = (context: RulesetContext, phase: string): RulesetRecord | undefined =>
	[...context.state.rulesets.values()].find(
		(record) =>
			isOwn(record, context) &&
			latest(record).phase === phase &&
			latest(record).kind === entryPointKind(context),
	);
