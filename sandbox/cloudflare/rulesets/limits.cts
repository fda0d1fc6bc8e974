import { invalid, refused } from '../errors.cjs';
import type { Plan } from '../language/vocabulary.cjs';
import type { RulesetContext } from './context.cjs';
import type { Ruleset } from './types.cjs';

/** Rules per zone and phase. Source: Cloudflare docs, availability tables of custom and rate limiting rules. */
const LIMITS: Readonly<Record<string, Readonly<Record<Plan, number>>>> = {
	http_request_firewall_custom: { free: 5, pro: 20, business: 100, enterprise: 1000 },
	http_ratelimit: { free: 1, pro: 2, business: 5, enterprise: 100 },
};

/** Throws 400 when the plan has no room for so many rules. Disabled rules count. */
export function checkLimits({ phase, rules }: Ruleset, { plan }: RulesetContext): void {
	const limit = LIMITS[phase]?.[plan] ?? 1000;
	if (rules.length > limit)
		throw refused(
			invalid(
				'/rules',
				`exceeded maximum number of rules in the ${phase} phase: ${rules.length} out of ${limit}`,
			),
		);
}
