import type { INodeProperties } from 'n8n-workflow';
import { accountField, zoneField } from '../../descriptions/targets';
import { InputError } from '../../input/inputError';
import { oneOf } from '../../input/values';
import { parseAccountId, resolveAccount } from '../../targets/account';
import { readLocator } from '../../targets/locator';
import { parseZone, zonePageSize, type Zone, type ZoneTarget } from '../../targets/zone';
import { inOrder } from '../../transport/inOrder';
import { collect, pageNumberRows } from '../../transport/paginate';
import { apiPath, hexId } from '../../transport/path';
import type { Item } from '../item';
import { textList } from '../../input/textList';

/** Where to look: one zone, several, or all of an account. */
export const zonesFields: INodeProperties[] = [
	{
		displayName: 'Search In',
		name: 'searchIn',
		type: 'options',
		options: [
			{ name: 'One Zone', value: 'zone' },
			{ name: 'Several Zones', value: 'several' },
			{ name: 'All Zones of an Account', value: 'account' },
		],
		default: 'zone',
		description: 'The zones whose records are looked at',
	},
	{ ...zoneField, displayOptions: { show: { searchIn: ['zone'] } } },
	{
		displayName: 'Zones',
		name: 'zones',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com, example.net',
		description: 'Domain names or zone IDs, separated by commas, or a list from an expression',
		displayOptions: { show: { searchIn: ['several'] } },
	},
	{ ...accountField, displayOptions: { show: { searchIn: ['account'] } } },
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
	const field = item.value('account', '');
	return await item.lookUp(['zones of account', field], async () => {
		const account = await resolveAccount(item.connection, field);
		const zones = await collect(
			pageNumberRows<Zone>(item.client, {
				path: apiPath`/zones`,
				query: { 'account.id': account, order: 'name' },
				pageSize: zonePageSize,
			}),
		);
		return zones.map(({ id, name }) => ({ id: hexId(id, { field: 'Zone' }), name }));
	});
}

export interface ZoneChoice {
	/** Several zones may fail one by one; a failure of the only one is the failure of the item. */
	isSingle: boolean;
	/** Asks Cloudflare which zones they are. @throws InputError for a name that no visible zone has, NodeApiError */
	resolve: () => Promise<ZoneTarget[]>;
}

/** Sends nothing. @throws InputError when the fields do not name zones */
export function chooseZones(item: Item): ZoneChoice {
	const searchIn = oneOf(
		item.value('searchIn', 'zone'),
		['zone', 'several', 'account'],
		'Search In',
	);
	if (searchIn === 'zone') {
		return { isSingle: true, resolve: async () => [await item.zoneTarget()] };
	}
	if (searchIn === 'account') {
		const chosen = readLocator(item.value('account', ''), 'Account');
		if (chosen) parseAccountId(chosen.value, item.connection);
		return { isSingle: false, resolve: async () => await zonesOfAccount(item) };
	}
	const zones = readZones(item);
	return {
		isSingle: false,
		resolve: async () => await collect(inOrder(zones, async (zone) => await item.zoneTarget(zone))),
	};
}
