import { addressVerdict, type AddressVerdict, type Held } from '../../../firewall/addressVerdict';
import type { IpNetwork } from '../../../firewall/ipAddress';
import type { AccessRule } from '../../ipAccessRule/accessRule';
import type { CustomRule } from './readCustomRules';
import type { ZoneState } from './survey';

/** Things that are gone since the survey, or left aside, by ID. */
export type Gone = ReadonlySet<string>;

/** How much of a network the list of a name holds. */
export type ListHolds = (list: string) => Held;

export const CHALLENGES: readonly string[] = ['challenge', 'js_challenge', 'managed_challenge'];

/** Cloudflare docs, "Skip options": only these two let a request past the other custom rules. */
export function letsPast({ rule }: CustomRule): boolean {
	const parameters = (rule.action_parameters ?? {}) as Record<string, unknown>;
	return (
		rule.action === 'skip' && (parameters.ruleset === 'current' || parameters.phase === 'current')
	);
}

export const verdictOf = (
	{ test }: CustomRule,
	network: IpNetwork,
	held: ListHolds,
): AddressVerdict => addressVerdict(test, network, held);

/** Whether the custom rules block, in their order: true, false, or undefined when that depends on more. */
function blockedByRules(
	rules: readonly CustomRule[],
	network: IpNetwork,
	held: ListHolds,
): boolean | undefined {
	let mayBlock = false;
	let mayPass = false;
	for (const custom of rules) {
		const { certainty } = verdictOf(custom, network, held);
		const action = custom.rule.action ?? '';
		if (certainty === 'never') continue;
		if (action === 'execute') {
			// Another ruleset, which is not looked into.
			mayBlock = true;
			mayPass = true;
		}
		if (certainty === 'unrelated') continue;
		if (action === 'block') {
			if (certainty === 'certain') return mayPass ? undefined : true;
			mayBlock = true;
		} else if (letsPast(custom) || CHALLENGES.includes(action)) {
			if (certainty === 'certain') return mayBlock ? undefined : false;
			mayPass = true;
		}
	}
	return mayBlock ? undefined : false;
}

/**
 * Whether a zone blocks an address. Access rules come first, and of them those that allow: they let past everything
 * (Cloudflare docs, "IP Access rules", order of actions).
 * @returns undefined when that depends on more than the address, or on what was not read
 */
export function isBlockedIn(
	{ accessRules, rules }: ZoneState,
	network: IpNetwork,
	held: ListHolds,
	gone: Gone,
): boolean | undefined {
	if (!accessRules) return undefined;
	const isThere = ({ thing }: { thing: AccessRule }) => !gone.has(thing.id);
	const modesOf = (entries: Array<{ thing: AccessRule }>) =>
		entries.filter(isThere).map(({ thing }) => thing.mode);
	const whole = modesOf(accessRules.containing(network));
	const parts = modesOf(accessRules.inside(network));
	if (whole.includes('whitelist')) return false;
	const isPartAllowed = parts.includes('whitelist');
	if (whole.includes('block')) return isPartAllowed ? undefined : true;
	const byRules = rules && blockedByRules(rules, network, held);
	// Who passes a challenge meets the custom rules, and who is a part of the network is not all of it.
	const isOpen = whole.some((mode) => CHALLENGES.includes(mode)) || isPartAllowed;
	if (byRules === true) return isOpen ? undefined : true;
	if (byRules === false) return parts.includes('block') ? undefined : false;
	return undefined;
}
