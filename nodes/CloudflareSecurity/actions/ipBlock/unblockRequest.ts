import type { INodeProperties } from 'n8n-workflow';
import { blockNetworkFor } from '../../firewall/blockNetwork';
import type { IpNetwork } from '../../firewall/ipAddress';
import { sameNetwork } from '../../firewall/network';
import { yesOrNo } from '../../input/values';
import type { Item } from '../item';
import { chooseZones, type ZoneChoice } from '../zoneChoice';
import { readSubjects, type Subject } from './addresses';
import { listNameOption, readListName } from './blocklist';
import { guardOptions, readGuard } from './guard';
import { choosePlaces, readMethod, zoneSelector, type Method, type PlaceChoice } from './method';
import type { Request } from '../requests';

export const FOREIGN_FIELD = "Also Others' Blocks";
const REST_FIELD = 'Check What Still Blocks';
const MOST_ADDRESSES = { most: 10_000, field: 'Addresses' };

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: FOREIGN_FIELD,
			name: 'includeForeign',
			type: 'boolean',
			default: false,
			description:
				'Whether to remove also blocks that this node did not make, which people or other tools may have had reasons for',
		},
		{
			displayName: REST_FIELD,
			name: 'checkRest',
			type: 'boolean',
			default: true,
			description:
				'Whether to look also at the other lists, access rules and custom rules of the zones, as Find does, and say what still blocks the address. It takes requests for each zone.',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to show the exact requests and their effect, without changing anything',
		},
		{
			...guardOptions.ipv6BlockSize,
			description:
				'The size with which IPv6 addresses were blocked: that network is unblocked, and the address itself',
		},
		{
			...listNameOption,
			description:
				'The IP list of the account that holds the addresses, with the method List and Rule',
		},
	],
};

/** An address that an input item names, with what is to be unblocked for it. */
export interface Target {
	readonly subject: Subject;
	readonly network: IpNetwork;
	/** The network itself, and the wider one as which Block blocks it. */
	readonly wanted: readonly IpNetwork[];
	readonly widenedTo?: string;
}

export interface UnblockRequest extends Request {
	/** In the order of the input; without a target where no address was named. */
	readonly subjects: ReadonlyArray<{ readonly subject: Subject; readonly target?: Target }>;
	readonly method: Method;
	readonly places: PlaceChoice;
	readonly zones: ZoneChoice;
	readonly list: string;
	readonly includeForeign: boolean;
	readonly checkRest: boolean;
	readonly dryRun: boolean;
}

function targetFor(subject: Subject, ipv6Prefix: number): Target | undefined {
	const { network } = subject;
	if (!network) return undefined;
	const { network: wider, widenedTo } = blockNetworkFor(network, ipv6Prefix);
	return {
		subject,
		network,
		wanted: sameNetwork(network, wider) ? [network] : [network, wider],
		...(widenedTo === undefined ? {} : { widenedTo }),
	};
}

/** Sends nothing. @throws InputError */
export function readUnblockRequest(item: Item, place: number): UnblockRequest {
	const options = item.collection('options');
	const option = (name: string, field: string, usual: boolean) =>
		Object.hasOwn(options, name) ? yesOrNo(options[name], field) : usual;
	const { ipv6Prefix } = readGuard(item);
	const method = readMethod(item);
	return {
		place,
		item,
		subjects: readSubjects(item, MOST_ADDRESSES).map((subject) => {
			const target = targetFor(subject, ipv6Prefix);
			return { subject, ...(target ? { target } : {}) };
		}),
		method,
		places: choosePlaces(item, method),
		zones: chooseZones(item, zoneSelector),
		list: readListName(item),
		includeForeign: option('includeForeign', FOREIGN_FIELD, false),
		checkRest: option('checkRest', REST_FIELD, true),
		dryRun: option('dryRun', 'Dry Run', false),
	};
}
