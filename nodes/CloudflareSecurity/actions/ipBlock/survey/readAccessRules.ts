import { coveringAccessRules } from '../../../firewall/covering';
import {
	formatNetwork,
	isSingleAddress,
	parseNetwork,
	type IpNetwork,
} from '../../../firewall/ipAddress';
import { NetworkIndex } from '../../../firewall/networkIndex';
import type { AccessRuleTarget } from '../../../firewall/accessRuleTarget';
import { collect, inOrder } from '../../../transport/inOrder';
import { count } from '../../../transport/pages';
import { allRows, pageNumberRows } from '../../../transport/paginate';
import { accessRuleList, accessRulePageSize, type AccessRule } from '../../ipAccessRule/accessRule';
import type { Item } from '../../item';
import type { Place } from '../method';

interface Lookup {
	target: AccessRuleTarget['target'];
	/** In the spelling in which it may be kept. */
	value: string;
}

/** IPv6 is kept with all its digits, as answers quoted in public issues show; the short form in case it is not. */
const spellings = ({ target, value }: AccessRuleTarget): Lookup[] => {
	const network = parseNetwork(value);
	const short = network ? formatNetwork(network) : value;
	return [...new Set([value, short])].map((spelling) => ({ target, value: spelling }));
};

function lookupsFor(networks: readonly IpNetwork[]): Lookup[] {
	const lookups = networks.flatMap(coveringAccessRules).flatMap(spellings);
	return [...new Map(lookups.map((lookup) => [lookup.value, lookup])).values()];
}

async function lookEachUp(
	{ client }: Item,
	{ scope }: Place,
	lookups: readonly Lookup[],
): Promise<AccessRule[]> {
	const look = async ({ target, value }: Lookup) =>
		await allRows(
			pageNumberRows<AccessRule>(client, {
				...accessRuleList(scope),
				query: {
					// The documented targets of this call leave out ip6.
					'configuration.target': target === 'ip6' ? undefined : target,
					'configuration.value': value,
					match: 'all',
				},
			}),
		);
	return (await collect(inOrder(lookups, look))).flat();
}

/**
 * The access rules of a zone or account about networks that contain one of the given ones, or are inside of one; in a
 * zone also those that it inherits. All pages are read, or each value looked up where that takes fewer requests.
 * @param inside whether rules inside of a network are wanted, which cannot be looked up
 * @throws NodeApiError
 */
export async function readAccessRules(
	item: Item,
	place: Place,
	networks: readonly IpNetwork[],
	{ inside = networks.some((network) => !isSingleAddress(network)) }: { inside?: boolean } = {},
): Promise<AccessRule[]> {
	const lookups = lookupsFor(networks);
	let pages = 0;
	const rows = pageNumberRows<AccessRule>(item.client, {
		...accessRuleList(place.scope),
		// Other zones are read at the same time.
		concurrency: 2,
		onPage: ({ total_pages, total_count, per_page }) => {
			const size = count(per_page) || accessRulePageSize.max;
			pages = count(total_pages) ?? Math.ceil((count(total_count) ?? 0) / size);
		},
	});
	const read: AccessRule[][] = [];
	for await (const rules of rows) {
		if (read.length === 0 && !inside && pages - 1 > lookups.length) {
			return await lookEachUp(item, place, lookups);
		}
		read.push(rules);
	}
	return read.flat();
}

/** Once a run. @throws NodeApiError */
export const accessRulesOf = async (
	item: Item,
	place: Place,
	networks: readonly IpNetwork[],
): Promise<AccessRule[]> =>
	await item.lookUp(['access rules of', place.scope.path.text], async () =>
		readAccessRules(item, place, networks),
	);

/** Rules by the network that they are about; those about a country or an AS number are left out. */
export function byNetwork(rules: Iterable<AccessRule>): NetworkIndex<AccessRule> {
	const unique = new Map([...rules].map((rule) => [rule.id, rule]));
	const entries: Array<[IpNetwork, AccessRule]> = [];
	for (const rule of unique.values()) {
		const { target, value } = rule.configuration;
		const network = target.startsWith('ip') ? parseNetwork(value) : undefined;
		if (network) entries.push([network, rule]);
	}
	return new NetworkIndex(entries);
}
