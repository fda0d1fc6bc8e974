import type { INodeProperties } from 'n8n-workflow';
import { zoneField } from '../descriptions/targets';
import { InputError } from '../input/inputError';
import { textList } from '../input/textList';
import { oneOf } from '../input/values';
import { parseZone, zoneList, zoneTarget, type Zone, type ZoneTarget } from '../targets/zone';
import { collect, inOrder } from '../transport/inOrder';
import { allRows, pageNumberRows } from '../transport/paginate';
import { accountOf, checkAccount } from './accountTarget';
import type { Item } from './item';

/** The selector of an operation: what it is called, and what the zones are for. */
export interface ZoneSelector {
	/** Fixed: saved workflows hold it. */
	name: string;
	displayName: string;
	description: string;
	/** What All Zones of an Account means. */
	accountText?: string;
}

/** One zone, several, or all of an account, without the field for the account. */
export const zoneChoiceFields = ({
	name,
	displayName,
	description,
	accountText,
}: ZoneSelector): INodeProperties[] => [
	{
		displayName,
		name,
		type: 'options',
		options: [
			{ name: 'One Zone', value: 'zone' },
			{ name: 'Several Zones', value: 'several' },
			{
				name: 'All Zones of an Account',
				value: 'account',
				...(accountText === undefined ? {} : { description: accountText }),
			},
		],
		default: 'zone',
		description,
	},
	{ ...zoneField, displayOptions: { show: { [name]: ['zone'] } } },
	{
		displayName: 'Zones',
		name: 'zones',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com, example.net',
		description: 'Domain names or zone IDs, separated by commas, or a list from an expression',
		displayOptions: { show: { [name]: ['several'] } },
	},
];

/** Checks every name and ID before the first is looked up. @throws InputError */
function readZones(item: Item): string[] {
	const field = 'Zones';
	const given = textList(item.value('zones', ''), { field, separator: /[\s,]+/ });
	if (given.length === 0) throw new InputError(field, 'got nothing', 'At least one zone');
	const zones = given.map((text) => {
		const zone = parseZone(text, item.connection, field);
		return 'id' in zone ? zone.id : zone.name;
	});
	return [...new Set<string>(zones)];
}

async function zonesOfAccount(item: Item): Promise<ZoneTarget[]> {
	const account = await accountOf(item);
	return await item.lookUp(['zones of account', account], async () => {
		const zones = await allRows(
			pageNumberRows<Zone>(item.client, {
				...zoneList,
				query: { 'account.id': account, order: 'name' },
			}),
		);
		if (zones.length === 0) {
			throw new InputError(
				'Account',
				'no zone of it is visible',
				'An account with zones that the credential may read',
			);
		}
		return zones.map(zoneTarget);
	});
}

/** A zone that was named by its name and by its ID is one; the target that knows its name is kept. */
function withoutRepetition(targets: readonly ZoneTarget[]): ZoneTarget[] {
	const byId = new Map<string, ZoneTarget>();
	for (const target of targets) {
		if (byId.get(target.id)?.name === undefined) byId.set(target.id, target);
	}
	return [...byId.values()];
}

export interface ZoneChoice {
	from: 'zone' | 'several' | 'account';
	/** Several zones may fail one by one; a failure of the only one is the failure of the item. */
	isSingle: boolean;
	/**
	 * Asks Cloudflare which zones they are; at least one.
	 * @throws InputError for a name that no visible zone has or an account without zones, NodeApiError
	 */
	resolve: () => Promise<ZoneTarget[]>;
}

/** Sends nothing. @throws InputError when the fields do not name zones */
export function chooseZones(item: Item, { name, displayName }: ZoneSelector): ZoneChoice {
	const from = oneOf(item.value(name, 'zone'), ['zone', 'several', 'account'], displayName);
	if (from === 'zone') {
		return { from, isSingle: true, resolve: async () => [await item.zoneTarget()] };
	}
	if (from === 'account') {
		checkAccount(item);
		return { from, isSingle: false, resolve: async () => await zonesOfAccount(item) };
	}
	const zones = readZones(item);
	return {
		from,
		isSingle: false,
		resolve: async () =>
			withoutRepetition(await collect(inOrder(zones, async (zone) => await item.zoneTarget(zone)))),
	};
}
