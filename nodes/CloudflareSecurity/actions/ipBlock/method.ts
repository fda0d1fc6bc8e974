import type { INodeProperties } from 'n8n-workflow';
import { accountField } from '../../descriptions/targets';
import { oneOf } from '../../input/values';
import { editAccessRules, permissions, type Permission } from '../../permissions';
import type { Scope } from '../../targets/scope';
import type { ZoneTarget } from '../../targets/zone';
import { checkZoneOfAccount } from '../../targets/zoneOfAccount';
import { apiPath, type PathSegment } from '../../transport/path';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';
import { chooseZones, zoneChoiceFields, type ZoneSelector } from '../zoneChoice';

/** How an address is blocked. Fixed: saved workflows hold it. */
export const methods = ['list', 'accessRule'] as const;
export type Method = (typeof methods)[number];

/** What each method needs; operations with a choice name both. */
export const methodPermissions: Readonly<Record<Method, Permission>> = {
	list: { account: permissions.filterListsEdit, zone: permissions.zoneWafEdit },
	accessRule: editAccessRules,
};

export const methodField: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'List and Rule',
			value: 'list',
			description:
				'One IP list of the account, and in each zone one custom rule that blocks what is in it: thousands of addresses, one rule. An address is blocked in every zone that has the rule.',
		},
		{
			name: 'IP Access Rule',
			value: 'accessRule',
			description:
				'One access rule for each address, which needs no list. Takes IPv4 addresses, /16 and /24, and IPv6 addresses, /32, /48 and /64.',
		},
	],
	default: 'list',
	description: 'How addresses are blocked',
};

export const zoneSelector: ZoneSelector = {
	name: 'zonesFrom',
	displayName: 'Which Zones',
	description:
		'The domains in which the addresses are blocked. With List and Rule, zones share a list: an address in it is blocked in every zone whose rule uses that list. To keep zones apart, give each another List Name.',
	accountText:
		'With access rules, one rule of the account holds for all its zones, also for those that come later',
};

/** Which zones, and the account where one is needed. */
export const placeFields: INodeProperties[] = [
	...zoneChoiceFields(zoneSelector),
	{ ...accountField, displayOptions: { show: { method: ['list'] } } },
	{ ...accountField, displayOptions: { show: { method: ['accessRule'], zonesFrom: ['account'] } } },
];

/** A zone or account in which a block holds. */
export interface Place {
	scope: Scope;
	/** The domain, where it is known. */
	name?: string;
	/** The zone itself, where it is one. */
	zone?: ZoneTarget;
}

export interface PlaceChoice {
	/** Several places may fail one by one; a failure of the only one is the failure of all. */
	isSingle: boolean;
	/** @throws InputError for a name that no visible zone has, NodeApiError */
	resolve(): Promise<Place[]>;
}

export const accountPlace = (id: PathSegment): Place => ({
	scope: { kind: 'account', id, path: apiPath`/accounts/${id}` },
});

export const zonePlace = (zone: ZoneTarget): Place => ({
	scope: { kind: 'zone', id: zone.id, path: apiPath`/zones/${zone.id}` },
	zone,
	...(zone.name === undefined ? {} : { name: zone.name }),
});

/**
 * Rules of a zone look addresses up in the lists of the zone's own account; a list of the same name in another account is
 * another list.
 * @throws InputError when the zone is in another account
 */
export async function checkPlace(item: Item, account: PathSegment, { zone }: Place): Promise<void> {
	if (!zone) return;
	await item.lookUp(['zone in account', zone.id, account], async () => {
		await checkZoneOfAccount(item.client, account, zone);
	});
}

export const readMethod = (item: Item): Method =>
	oneOf(item.value('method', 'list'), methods, 'Method');

/**
 * Where it is to hold: zones, or for access rules of all zones the account itself. Sends nothing.
 * @throws InputError when the fields name no zones
 */
export function choosePlaces(item: Item, method: Method): PlaceChoice {
	const zones = chooseZones(item, zoneSelector);
	if (method === 'list') checkAccount(item);
	if (method === 'accessRule' && zones.from === 'account') {
		return { isSingle: true, resolve: async () => [accountPlace(await accountOf(item))] };
	}
	return {
		isSingle: zones.isSingle,
		resolve: async () => (await zones.resolve()).map(zonePlace),
	};
}
