import type { IpNetwork } from '../../../firewall/ipAddress';
import type { NetworkIndex } from '../../../firewall/networkIndex';
import { permissions } from '../../../permissions';
import { collect, inOrder } from '../../../transport/inOrder';
import type { PathSegment } from '../../../transport/path';
import type { AccessRule } from '../../ipAccessRule/accessRule';
import type { Item } from '../../item';
import { checkPlace, type Place } from '../method';
import { accessRulesOf, byNetwork } from './readAccessRules';
import { customRulesOf, type CustomRule } from './readCustomRules';
import { readKeptLists, type KeptList } from './readLists';
import { readPart, type Part, type Unreadable } from './unreadable';

export interface ZoneState {
	readonly place: Place;
	/** Those that hold in the zone, also inherited ones; undefined when not read. */
	readonly accessRules?: NetworkIndex<AccessRule>;
	/** Those that are switched on, in their order; undefined when not read. */
	readonly rules?: readonly CustomRule[];
}

/** What may block addresses, as it was when it was read. */
export interface Survey {
	/** The IP lists of the account that were read. */
	readonly lists: readonly KeptList[];
	readonly zones: readonly ZoneState[];
	readonly unreadable: readonly Unreadable[];
	/** Whether anything could be read at all. */
	readonly isAnything: boolean;
}

/** Nothing was asked for. */
export const NOTHING_READ: Survey = { lists: [], zones: [], unreadable: [], isAnything: false };

export interface SurveyWish {
	/** Left out when it is not known whose lists they are. */
	readonly account?: PathSegment;
	readonly zones: readonly Place[];
	/** All zones of the account: its own access rules are read too. */
	readonly wholeAccount?: Place;
	/** All networks of the run, so that what is read serves every item. */
	readonly networks: readonly IpNetwork[];
	/** Lists that were read before. */
	readonly knownLists?: readonly KeptList[];
}

interface ZoneParts {
	place: Place;
	access: Part<AccessRule[]>;
	rules: Part<CustomRule[]>;
}

const valueOf = <T>(part: Part<T> | undefined): T | undefined =>
	part && 'value' in part ? part.value : undefined;

const missingIn = (parts: ReadonlyArray<Part<unknown> | undefined>): Unreadable[] =>
	parts.flatMap((part) => (part && 'unread' in part ? [part.unread] : []));

/**
 * Reads what may block the networks: the IP lists of the account, and the access rules and custom rules of the zones.
 * What cannot be read is told, not thrown.
 * @throws InputError for a zone of another account; what would fail for any other request too, such as a cancelled
 *   execution
 */
export async function readSurvey(item: Item, wish: SurveyWish): Promise<Survey> {
	const { account, zones, wholeAccount, networks, knownLists = [] } = wish;
	const accessPart = async (place: Place, permission: Unreadable['permission']) =>
		await readPart({ what: 'the IP access rules', place, permission }, async () =>
			accessRulesOf(item, place, networks),
		);
	const readZone = async (place: Place): Promise<ZoneParts> => {
		const about = { what: 'the custom rules', place, permission: permissions.zoneWafRead };
		const [access, rules] = await Promise.all([
			accessPart(place, permissions.accessRulesZoneRead),
			readPart(about, async () => customRulesOf(item, place)),
		]);
		return { place, access, rules };
	};
	if (account !== undefined) {
		await collect(inOrder(zones, async (place) => await checkPlace(item, account, place)));
	}
	const [lists, ofAccount, parts] = await Promise.all([
		account === undefined ? undefined : readKeptLists(item, account, networks, knownLists),
		wholeAccount && accessPart(wholeAccount, permissions.accessRulesAccountRead),
		collect(inOrder(zones, readZone)),
	]);
	const shared = valueOf(ofAccount) ?? [];
	const keptLists = valueOf(lists) ?? knownLists;
	const zoneParts = parts.flatMap(({ access, rules }) => [access, rules]);
	return {
		lists: keptLists,
		zones: parts.map(({ place, access, rules }) => {
			const own = valueOf(access);
			const custom = valueOf(rules);
			return {
				place,
				...(own ? { accessRules: byNetwork([...own, ...shared]) } : {}),
				...(custom ? { rules: custom } : {}),
			};
		}),
		unreadable: missingIn([lists, ...keptLists.map(({ items }) => items), ofAccount, ...zoneParts]),
		isAnything: [lists, ofAccount, ...zoneParts].some((part) => part && 'value' in part),
	};
}
