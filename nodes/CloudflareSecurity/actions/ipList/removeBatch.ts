import type { IDataObject } from 'n8n-workflow';
import { findItems } from '../../ipLists/findItems';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { removeChecked, type Removed } from '../../ipLists/removeChecked';
import { tellBeside } from '../../transport/tellBeside';
import { MOST_ITEMS } from '../../ipLists/writeItems';
import type { ItemOutcome } from '../operation';
import { listFacts } from './listField';
import type { Batch, BatchResult, Wish } from './together';

function tryOut(
	batch: Batch,
	value: string,
	item: ListItem | undefined,
	count: number,
): IDataObject {
	const { account, list } = batch.target;
	const requests = Math.ceil(count / MOST_ITEMS);
	const others = `, together with the others of this run: ${count} items in ${requests} requests`;
	return {
		dryRun: true,
		effect: item
			? `${value} would be removed${count > 1 ? others : ''}`
			: `${value} is not in the list: nothing would change`,
		request: item
			? {
					method: 'DELETE',
					path: `${listPath(account, list.id).text}/items`,
					body: { items: [{ id: item.id }] },
				}
			: null,
	};
}

/** Removes what the wishes name from their list. @throws what concerns all of them */
export async function removeBatch(batch: Batch): Promise<BatchResult> {
	const { item, target, wishes, dryRun } = batch;
	const { account, list } = target;
	const values = [...new Set(wishes.flatMap((wish) => wish.values))];
	const there = await findItems(item.client, account, list, values);
	const { left, error }: Removed = dryRun
		? { left: new Map() }
		: await removeChecked(item.client, account, list, there);
	if (error !== undefined) {
		const gone = there.size - left.size;
		tellBeside(error, `Removed by now: ${gone} of the ${there.size} items that this run removes.`);
	}
	// Of two wishes for one address the first removes it.
	const taken = new Set<string>();
	const result = (value: string): IDataObject => {
		const before = taken.has(value) ? undefined : there.get(value);
		taken.add(value);
		return {
			...(dryRun ? tryOut(batch, value, before, there.size) : {}),
			outcome: before ? 'removed' : 'notThere',
			address: value,
			...listFacts(target),
			item: (before as IDataObject | undefined) ?? null,
		};
	};
	return new Map<Wish, ItemOutcome>(
		wishes.map((wish) => {
			const isLeft = wish.values.some((value) => left.has(value));
			return [wish, isLeft && error !== undefined ? { error } : wish.values.map(result)];
		}),
	);
}
