import type { IDataObject } from 'n8n-workflow';
import { formatNetwork, type IpNetwork } from '../../../firewall/ipAddress';
import type { IpList, ListItem } from '../../../ipLists/ipList';
import type { AccessRule } from '../../ipAccessRule/accessRule';
import type { Place } from '../method';
import { presentComment, presentPlace } from '../present';
import type { CustomRule } from './readCustomRules';

interface Found {
	/** Whether it blocks by itself; undefined when that depends on more than the address, or is not known. */
	readonly blocks?: boolean;
	/** The whole of what was asked for, or a part of it. */
	readonly covers: 'all' | 'part';
	/** In a sentence. */
	readonly reason: string;
}

/** A custom rule in the zone that has it. */
export interface PlacedRule {
	readonly place: Place;
	readonly custom: CustomRule;
	/** Whether it blocks the address; undefined when that depends on more. */
	readonly blocks?: boolean;
}

export interface FoundItem extends Found {
	readonly kind: 'listItem';
	readonly network: IpNetwork;
	readonly list: IpList;
	readonly item: ListItem;
	/** The custom rules that look addresses up in the list, of those that were read. */
	readonly rules: readonly PlacedRule[];
}

export interface FoundAccessRule extends Found {
	readonly kind: 'accessRule';
	readonly network: IpNetwork;
	readonly rule: AccessRule;
	/** The zones, or the account, that list it. */
	readonly places: readonly Place[];
	/** Who owns it, where that is not the zone that lists it. */
	readonly owner?: string;
}

export interface FoundRule extends Found, PlacedRule {
	readonly kind: 'rule';
	/** The networks of the expression that contain the address, as text. */
	readonly networks: readonly string[];
	/** The lists of the expression that contain it, or could not be read. */
	readonly lists: readonly string[];
	/** Whether the address is known to be among those. */
	readonly isMet: boolean;
}

/** Something at Cloudflare that is about an address. */
export type FoundBlock = FoundItem | FoundAccessRule | FoundRule;

const ruleFacts = ({ place, custom: { rule, ruleset } }: PlacedRule): IDataObject => ({
	place: presentPlace(place),
	ruleset_id: ruleset,
	rule_id: rule.id ?? null,
	ref: rule.ref ?? null,
	description: rule.description ?? '',
	action: rule.action ?? null,
	expression: rule.expression ?? '',
});

function factsOf(found: FoundBlock): IDataObject {
	switch (found.kind) {
		case 'listItem': {
			const { list, item, rules } = found;
			return {
				network: formatNetwork(found.network),
				list: { id: list.id, name: list.name },
				item_id: item.id,
				block: presentComment(item.comment),
				rules: rules.map((each) => ({
					...ruleFacts(each),
					blocks: each.blocks ?? null,
				})),
			};
		}
		case 'accessRule': {
			const { rule, places, owner } = found;
			return {
				network: formatNetwork(found.network),
				rule_id: rule.id,
				mode: rule.mode,
				owner: owner ?? null,
				places: places.map(presentPlace),
				block: presentComment(rule.notes),
			};
		}
		default:
			return { ...ruleFacts(found), networks: [...found.networks], lists: [...found.lists] };
	}
}

export const presentFound = (found: FoundBlock): IDataObject => ({
	kind: found.kind,
	blocks: found.blocks ?? null,
	covers: found.covers,
	reason: found.reason,
	...factsOf(found),
});

/** What is known to be there, and does not count because it looks at something else. */
export const presentSetAside = (rule: PlacedRule, reason: string): IDataObject => ({
	...ruleFacts(rule),
	reason,
});
