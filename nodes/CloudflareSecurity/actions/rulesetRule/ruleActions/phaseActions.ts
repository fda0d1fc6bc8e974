import { InputError, shown } from '../../../input/inputError';
import { CUSTOM_PHASE, RATE_LIMIT_PHASE } from '../../../targets/phases';
import type { ScopeKind } from '../../../targets/scope';

export const challenges: readonly string[] = ['challenge', 'js_challenge', 'managed_challenge'];
const everywhere: readonly string[] = ['block', ...challenges, 'log'];

/** Actions of the phases for which rules can be made of fields. Source: Cloudflare docs, "Rules language actions". */
const phaseActions: ReadonlyMap<string, Readonly<Record<ScopeKind, readonly string[]>>> = new Map([
	[
		CUSTOM_PHASE,
		{
			zone: [...everywhere, 'execute', 'skip'],
			account: [...everywhere, 'execute', 'rewrite', 'skip'],
		},
	],
	[RATE_LIMIT_PHASE, { zone: everywhere, account: [...everywhere, 'execute'] }],
]);

/** The phases in which rules can be made of fields. */
export const rulePhases: readonly string[] = [...phaseActions.keys()];

/** Whether rules of this action count requests. */
export const countsRequests = (phase: unknown, action: unknown): boolean =>
	phase === RATE_LIMIT_PHASE && action !== 'execute';

export const actionsIn = (phase: string, scope: ScopeKind): readonly string[] | undefined =>
	phaseActions.get(phase)?.[scope];

/** @throws InputError when rules of this phase cannot have the action; of other phases nothing is known */
export function checkAction(action: unknown, phase: string, scope: ScopeKind, field: string): void {
	const actions = actionsIn(phase, scope);
	if (!actions || actions.includes(action as string)) return;
	throw new InputError(
		field,
		`got ${shown(action)}, which rules of the phase ${phase} cannot have at ${scope} level`,
		`One of: ${actions.join(', ')}`,
	);
}
