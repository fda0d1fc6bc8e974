import type { IDataObject } from 'n8n-workflow';
import {
	listsIn,
	looksAtOrigin,
	type AddressVerdict,
	type Held,
} from '../../../firewall/addressVerdict';
import type { IpNetwork } from '../../../firewall/ipAddress';
import type { ListItem } from '../../../ipLists/ipList';
import type { AccessRule } from '../../ipAccessRule/accessRule';
import { inheritedFrom } from '../../ipAccessRule/accessRule';
import type { Place } from '../method';
import {
	presentSetAside,
	type FoundAccessRule,
	type FoundBlock,
	type FoundItem,
	type FoundRule,
	type PlacedRule,
} from './found';
import type { CustomRule } from './readCustomRules';
import type { Survey, ZoneState } from './survey';
import {
	CHALLENGES,
	isBlockedIn,
	letsPast,
	verdictOf,
	type Gone,
	type ListHolds,
} from './zoneVerdict';

export interface Judgement {
	/** Whether any of the zones blocks it; undefined when that depends on more, or on what was not read. */
	readonly blocked?: boolean;
	/** Whether all of them do. */
	readonly everywhere?: boolean;
	readonly zones: ReadonlyArray<{ readonly place: Place; readonly blocked?: boolean }>;
	readonly found: readonly FoundBlock[];
}

/** Whether one of them is true; undefined when that is not known. */
function some(values: ReadonlyArray<boolean | undefined>): boolean | undefined {
	if (values.includes(true)) return true;
	return values.length === 0 || values.includes(undefined) ? undefined : false;
}

function every(values: ReadonlyArray<boolean | undefined>): boolean | undefined {
	if (values.includes(false)) return false;
	return values.length === 0 || values.includes(undefined) ? undefined : true;
}

/** How much of the network each list holds. */
function holdsOf({ lists }: Survey, network: IpNetwork, gone: Gone): ListHolds {
	const byName = new Map(lists.map(({ list, items }) => [list.name, items]));
	const known = new Map<string, Held>();
	const look = (name: string): Held => {
		const part = byName.get(name);
		if (!part || 'unread' in part) return 'unknown';
		const isThere = ({ thing }: { thing: { id: string } }) => !gone.has(thing.id);
		if (part.value.containing(network).some(isThere)) return 'all';
		return part.value.inside(network).some(isThere) ? 'part' : 'none';
	};
	return (name) => {
		const held = known.get(name) ?? look(name);
		known.set(name, held);
		return held;
	};
}

const placedRules = ({ zones }: Survey): PlacedRule[] =>
	zones.flatMap(({ place, rules = [] }) => rules.map((custom) => ({ place, custom })));

/** Whether a rule blocks the network by itself. */
function ruleBlocks(custom: CustomRule, network: IpNetwork, held: ListHolds): boolean | undefined {
	if (custom.rule.action !== 'block') return false;
	const { certainty } = verdictOf(custom, network, held);
	if (certainty === 'depends') return undefined;
	return certainty === 'certain';
}

function itemReason(blocks: boolean | undefined, hasRules: boolean): string {
	if (blocks === true) return 'a custom rule blocks what is in the list';
	if (blocks === false) return 'no custom rule that was read blocks what is in the list';
	return hasRules
		? 'custom rules use the list, and whether they block depends on more than the address'
		: 'which custom rules use the list is not known';
}

function foundItems(survey: Survey, network: IpNetwork, held: ListHolds, gone: Gone): FoundItem[] {
	const areRulesKnown =
		survey.zones.length > 0 && survey.zones.every(({ rules }) => rules !== undefined);
	const all = placedRules(survey);
	return survey.lists.flatMap(({ list, items }) => {
		if ('unread' in items) return [];
		const using = all.filter(({ custom }) => listsIn(custom.test).includes(list.name));
		const found = (
			{ network: kept, thing: item }: { network: IpNetwork; thing: ListItem },
			covers: 'all' | 'part',
		): FoundItem => {
			// Of a part it is asked whether that is blocked.
			const [asked, holds] =
				covers === 'all' ? [network, held] : [kept, holdsOf(survey, kept, gone)];
			const rules = using.map((each) => {
				const blocks = ruleBlocks(each.custom, asked, holds);
				return { ...each, ...(blocks === undefined ? {} : { blocks }) };
			});
			const byRules = rules.length === 0 ? false : some(rules.map(({ blocks }) => blocks));
			const blocks = byRules === true || areRulesKnown ? byRules : undefined;
			return {
				kind: 'listItem',
				...(blocks === undefined ? {} : { blocks }),
				covers,
				reason: itemReason(blocks, rules.length > 0),
				network: kept,
				list,
				item,
				rules,
			};
		};
		const isThere = ({ thing }: { thing: ListItem }) => !gone.has(thing.id);
		return [
			...items.value
				.containing(network)
				.filter(isThere)
				.map((entry) => found(entry, 'all')),
			...items.value
				.inside(network)
				.filter(isThere)
				.map((entry) => found(entry, 'part')),
		];
	});
}

function accessReason({ mode }: AccessRule): string {
	if (mode === 'block') return 'an IP access rule blocks it';
	if (mode === 'whitelist') return 'an IP access rule lets it through, past all other rules';
	return `an IP access rule asks it to pass a challenge (${mode})`;
}

function foundAccessRules({ zones }: Survey, network: IpNetwork, gone: Gone): FoundAccessRule[] {
	const byId = new Map<string, FoundAccessRule & { places: Place[] }>();
	const add = (
		{ place }: ZoneState,
		entries: Array<{ network: IpNetwork; thing: AccessRule }>,
		covers: 'all' | 'part',
	) => {
		for (const { network: kept, thing: rule } of entries) {
			if (gone.has(rule.id)) continue;
			const before = byId.get(rule.id);
			if (before) {
				before.places.push(place);
				continue;
			}
			const owner = inheritedFrom(rule, place.scope);
			byId.set(rule.id, {
				kind: 'accessRule',
				blocks: rule.mode === 'block',
				covers,
				reason: accessReason(rule),
				network: kept,
				rule,
				places: [place],
				...(owner === undefined ? {} : { owner }),
			});
		}
	};
	for (const zone of zones) {
		add(zone, zone.accessRules?.containing(network) ?? [], 'all');
		add(zone, zone.accessRules?.inside(network) ?? [], 'part');
	}
	return [...byId.values()];
}

function ruleReason(action: string, { certainty, lists, isPart }: AddressVerdict): string {
	const unknown = lists.filter((name) => name.startsWith('cf.'));
	const what =
		action === 'block'
			? 'blocks it'
			: action === 'skip'
				? 'lets it past other rules'
				: `has the action ${action} for it`;
	if (certainty === 'certain') return `a custom rule ${what}`;
	if (isPart) return `a custom rule ${what} in part`;
	const more =
		unknown.length > 0
			? `who is in ${unknown.map((name) => `$${name}`).join(', ')}, which Cloudflare does not tell`
			: 'more than the address';
	return `whether a custom rule ${what} depends on ${more}`;
}

function foundRules(
	survey: Survey,
	network: IpNetwork,
	held: ListHolds,
	items: readonly FoundItem[],
): FoundRule[] {
	const told = new Set(items.map(({ list }) => list.name));
	const found: FoundRule[] = [];
	for (const { place, custom } of placedRules(survey)) {
		const verdict = verdictOf(custom, network, held);
		const { certainty, ranges, lists, isPart, isMet } = verdict;
		if (certainty === 'never' || certainty === 'unrelated') continue;
		// What a list item says already.
		const isTold = ranges.length === 0 && lists.length > 0 && lists.every((name) => told.has(name));
		if (isTold) continue;
		const action = custom.rule.action ?? '';
		const blocks = ruleBlocks(custom, network, held);
		found.push({
			kind: 'rule',
			...(blocks === undefined ? {} : { blocks }),
			covers: isPart ? 'part' : 'all',
			reason: ruleReason(action, verdict),
			place,
			custom,
			networks: ranges,
			lists,
			isMet,
		});
	}
	return found;
}

/**
 * What blocks a network, and whether it is blocked.
 * @param gone what the survey shows and is not to count, because it was removed since
 */
export function judge(survey: Survey, network: IpNetwork, gone: Gone = new Set()): Judgement {
	const held = holdsOf(survey, network, gone);
	const zones = survey.zones.map((zone) => ({
		place: zone.place,
		blocked: isBlockedIn(zone, network, held, gone),
	}));
	const items = foundItems(survey, network, held, gone);
	const verdicts = zones.map(({ blocked }) => blocked);
	return {
		blocked: some(verdicts),
		everywhere: every(verdicts),
		zones,
		found: [
			...items,
			...foundAccessRules(survey, network, gone),
			...foundRules(survey, network, held, items),
		],
	};
}

/** Rules that were met and do not count, because they look at something that an address alone does not tell. */
export const setAside = (survey: Survey): IDataObject[] =>
	placedRules(survey).flatMap((each) => {
		const { custom } = each;
		const action = custom.rule.action ?? '';
		if (action === 'execute') {
			return [presentSetAside(each, 'runs another ruleset, which is not looked into')];
		}
		if (looksAtOrigin(custom.test) && [...CHALLENGES, 'block'].includes(action)) {
			const reason = 'looks at the country, continent or AS number, which are not looked up';
			return [presentSetAside(each, reason)];
		}
		return letsPast(custom) && custom.test.kind === 'other'
			? [presentSetAside(each, 'lets requests past the rules after it, by other conditions')]
			: [];
	});
