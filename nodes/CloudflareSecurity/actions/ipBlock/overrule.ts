import { formatNetwork, parseNetwork } from '../../firewall/ipAddress';
import { NetworkIndex } from '../../firewall/networkIndex';
import { failureKindOf } from '../../transport/errors';
import { collect, inOrder } from '../../transport/inOrder';
import { allRows, pageNumberRows } from '../../transport/paginate';
import { hintOnce } from '../hint';
import { accessRuleList, inheritedFrom, type AccessRule } from '../ipAccessRule/accessRule';
import type { Item } from '../item';
import {
	isHolding,
	type Blocked,
	type Job,
	type Outcomes,
	type PlaceResult,
	type Wish,
} from './job';
import type { Place } from './method';
import { reasonOf } from './placeFailures';

type AllowRules = NetworkIndex<AccessRule>;

/** Cloudflare docs, "IP Access rules", actions: Allow lets requests past custom rules, and past other access rules. */
const ALLOW = 'whitelist';

async function readAllowRules({ client }: Item, { scope }: Place): Promise<AllowRules> {
	const rules = await allRows(
		pageNumberRows<AccessRule>(client, {
			...accessRuleList(scope),
			query: { mode: ALLOW, match: 'all' },
		}),
	);
	return new NetworkIndex(
		rules
			.filter(({ mode }) => mode === ALLOW)
			.flatMap((rule) => {
				// Those about countries and autonomous systems say nothing of an address.
				const network = parseNetwork(rule.configuration.value);
				return network ? [[network, rule] as const] : [];
			}),
	);
}

/** Once in a run for each place. A block stands also where this cannot be read, so it is no failure. */
async function allowRulesOf(item: Item, place: Place): Promise<AllowRules | undefined> {
	const key = ['allow rules', place.scope.path.text];
	const reading = item.lookUp(key, async () => await readAllowRules(item, place));
	return await reading.catch((error: unknown) => {
		const kind = failureKindOf(error);
		if (kind === 'cancelled') throw error;
		const isRight = kind === 'permission' || kind === 'credentialOrPermission';
		const why = isRight
			? 'reading them needs Zone → Firewall Services → Read, or for an account Account → Account Firewall Access Rules → Read'
			: reasonOf(error);
		hintOnce(
			item.context,
			`Whether an IP access rule with the mode Allow lets blocked addresses through in ${place.name ?? place.scope.id} could not be checked: ${why}.`,
		);
		return undefined;
	});
}

/** A rule about other addresses of a widened block is no reason to say that the one that was named is not blocked. */
function overruled(
	{ network, subject }: Wish,
	result: PlaceResult,
	allow: AllowRules | undefined,
): PlaceResult {
	const [found] = isHolding(result) ? (allow?.containing(subject.named ?? network) ?? []) : [];
	if (!found) return result;
	const owner = inheritedFrom(found.thing, result.place.scope);
	const whose = owner === undefined ? '' : ` of ${owner}`;
	return {
		...result,
		outcome: 'overruled',
		reason: `the IP access rule ${found.thing.id}${whose} allows ${formatNetwork(found.network)}, which wins over a block`,
	};
}

/**
 * Takes back the claim that an address is blocked where an access rule lets it through. Rules of somebody else are never
 * changed, so it is told.
 * @returns the outcomes with what holds
 * @throws NodeApiError when the execution was cancelled
 */
export async function withAllowRules({ item, places }: Job, outcomes: Outcomes): Promise<Outcomes> {
	const isAnyBlocked = [...outcomes.values()].some(
		(outcome) => !('error' in outcome) && outcome.places.some(isHolding),
	);
	if (!isAnyBlocked) return outcomes;
	const read = async (place: Place) => [place, await allowRulesOf(item, place)] as const;
	const allow = new Map(await collect(inOrder(places, read)));
	return new Map(
		[...outcomes].map(([wish, outcome]): [Wish, Blocked | { error: unknown }] => {
			if ('error' in outcome) return [wish, outcome];
			const now = outcome.places.map((result) => overruled(wish, result, allow.get(result.place)));
			const isOverruled = outcome.places.some(isHolding) && !now.some(isHolding);
			const blocked: Blocked = {
				...outcome,
				places: now,
				...(isOverruled ? { outcome: 'overruled' } : {}),
			};
			return [wish, blocked];
		}),
	);
}
