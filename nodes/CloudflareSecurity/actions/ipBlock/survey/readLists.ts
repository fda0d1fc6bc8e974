import { coveringListItems } from '../../../firewall/covering';
import { isSingleAddress, parseNetwork, type IpNetwork } from '../../../firewall/ipAddress';
import { NetworkIndex } from '../../../firewall/networkIndex';
import { findItems } from '../../../ipLists/findItems';
import { readItems, readLists, type IpList, type ListItem } from '../../../ipLists/ipList';
import { permissions } from '../../../permissions';
import { IP_KIND } from '../../../targets/ipList';
import { collect, inOrder } from '../../../transport/inOrder';
import type { PathSegment } from '../../../transport/path';
import type { Item } from '../../item';
import { readPart, type Part } from './unreadable';

/** A list with those of its items that have to do with the networks that are asked for. */
export interface KeptList {
	readonly list: IpList;
	readonly items: Part<NetworkIndex<ListItem>>;
}

/**
 * The items of a list that contain one of the networks, and those inside of one.
 * @throws NodeApiError
 */
export async function readListItems(
	{ client }: Item,
	account: PathSegment,
	list: IpList,
	networks: readonly IpNetwork[],
): Promise<NetworkIndex<ListItem>> {
	const values = [...new Set(networks.flatMap(coveringListItems))];
	// What is inside of a network cannot be looked for.
	const found = networks.every(isSingleAddress)
		? (await findItems(client, account, list, values)).values()
		: await readItems(client, account, list.id);
	const entries: Array<[IpNetwork, ListItem]> = [];
	for (const item of found) {
		const network = parseNetwork(item.ip);
		if (network) entries.push([network, item]);
	}
	return new NetworkIndex(entries);
}

const permission = permissions.filterListsRead;

/**
 * Every IP list of an account, each read once a run.
 * @param known lists that were read before
 * @throws what would fail for any other request too
 */
export async function readKeptLists(
	item: Item,
	account: PathSegment,
	networks: readonly IpNetwork[],
	known: readonly KeptList[],
): Promise<Part<readonly KeptList[]>> {
	const readOne = async (list: IpList): Promise<KeptList> => {
		const before = known.find((each) => each.list.id === list.id);
		if (before) return before;
		const items = await readPart({ what: `the list ${list.name}`, permission }, async () =>
			item.lookUp(['items of list', account, list.id], async () =>
				readListItems(item, account, list, networks),
			),
		);
		return { list, items };
	};
	return await readPart({ what: 'the IP lists of the account', permission }, async () => {
		const all = await item.lookUp(['lists of account', account], async () =>
			readLists(item.client, account),
		);
		const lists = all.filter(({ kind }) => kind === IP_KIND);
		return await collect(inOrder(lists, readOne));
	});
}
