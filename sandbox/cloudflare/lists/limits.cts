import { PLANS, type Plan } from '../language/vocabulary.cjs';
import type { State } from '../state.cjs';
import type { ListKind } from './types.cjs';

/** What an account has room for. */
export interface Limits {
	lists: number;
	/** Over all lists. */
	items: number;
}

/** Lists of addresses, hostnames and networks together. Source: Cloudflare docs, availability of custom lists. */
const CUSTOM: Readonly<Record<Plan, Limits>> = {
	free: { lists: 1, items: 10_000 },
	pro: { lists: 10, items: 10_000 },
	business: { lists: 10, items: 10_000 },
	enterprise: { lists: 1000, items: 500_000 },
};
/** Of these an Enterprise account has so many, and others have none. */
const ENTERPRISE_ONLY: Partial<Record<ListKind, Limits>> = {
	hostname: { lists: 40, items: 10_000 },
	asn: { lists: 40, items: 30_000 },
};
/** Redirects have quotas of their own: stand-ins. */
const REDIRECTS: Limits = { lists: 25, items: 10_000 };

/** The best plan of the account decides. */
export function bestPlan({ accounts, zones }: State, accountId: string): Plan {
	if (accounts.get(accountId)?.type === 'enterprise') return 'enterprise';
	const plans = [...zones.values()]
		.filter(({ account }) => account.id === accountId)
		.map(({ plan }) => PLANS.indexOf(plan.legacy_id));
	return PLANS[Math.max(0, ...plans)];
}

export const isEntitled = (kind: ListKind, plan: Plan): boolean =>
	ENTERPRISE_ONLY[kind] === undefined || plan === 'enterprise';

/** What holds for a list of this kind: each limit with the kinds that share it. */
export function limitsOf(
	kind: ListKind,
	plan: Plan,
	own: Partial<Limits> = {},
): Array<Limits & { kinds: readonly ListKind[] }> {
	if (kind === 'redirect') return [{ ...REDIRECTS, kinds: ['redirect'] }];
	const shared = { ...CUSTOM[plan], ...own, kinds: ['ip', 'hostname', 'asn'] as const };
	const more = ENTERPRISE_ONLY[kind];
	return more === undefined ? [shared] : [shared, { ...more, kinds: [kind] }];
}
