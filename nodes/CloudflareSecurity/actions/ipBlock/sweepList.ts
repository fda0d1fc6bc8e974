import type { IDataObject } from 'n8n-workflow';
import { isOver } from '../../firewall/blockMerge';
import { itemRows, listPath, type ListItem } from '../../ipLists/ipList';
import { listValue } from '../../ipLists/listAddress';
import { removeAsOfNow } from '../../ipLists/removeChecked';
import { rowsWhere } from '../../transport/paginate';
import type { PathSegment } from '../../transport/path';
import type { Item } from '../item';
import { findBlocklist } from './blocklist';
import { tellBeside } from '../../transport/tellBeside';
import { presentComment } from './present';

export interface ListSweep {
	account: PathSegment;
	name: string;
	dryRun: boolean;
}

/**
 * Removes the blocks of a list that are over. Each is read again right before, and stays when it lasts longer by then.
 * @returns a record for each that is gone
 * @throws InputError when the list holds no addresses, NodeApiError
 */
export async function sweepList(
	item: Item,
	{ account, name, dryRun }: ListSweep,
): Promise<IDataObject[]> {
	const { client } = item;
	const list = await findBlocklist(item, account, name);
	if (!list) return [];
	const now = client.now();
	const mayGo = ({ comment }: ListItem) => isOver(comment, now);
	const over = await rowsWhere(itemRows(client, account, list.id), mayGo);
	if (over.length === 0) return [];

	const recordOf = ({ id, ip, comment }: ListItem): IDataObject => ({
		outcome: dryRun ? 'wouldRemove' : 'removed',
		address: listValue(ip),
		method: 'list',
		block: presentComment(comment),
		list: { id: list.id, name, item_id: id },
	});
	if (dryRun) {
		const path = `${listPath(account, list.id).text}/items`;
		return over.map((each) => ({
			...recordOf(each),
			dryRun,
			request: { method: 'DELETE', path, body: { items: [{ id: each.id }] } },
		}));
	}
	const values = over.map(({ ip }) => listValue(ip));
	const { removed, error } = await removeAsOfNow(client, account, list, values, mayGo);
	if (error !== undefined) {
		tellBeside(error, `Removed by now: ${removed.size} of ${over.length} expired blocks.`);
		throw error;
	}
	return [...removed.values()].map(recordOf);
}
