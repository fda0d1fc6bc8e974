import type { IDataObject } from 'n8n-workflow';
import { findItems } from '../../ipLists/findItems';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { deleteItems, MOST_ITEMS } from '../../ipLists/writeItems';
import { failureKindOf, type NodeError } from '../../transport/errors';
import type { ItemOutcome } from '../operation';
import { listFacts } from './listField';
import type { Batch, BatchResult, Wish } from './together';

type Items = ReadonlyMap<string, ListItem>;

/** A round is only repeated because somebody else removed or added one of the items in between. */
const MAX_ROUNDS = 4;

interface Removed {
	/** What is still there. */
	left: Items;
	error?: unknown;
}

async function remove({ item, target }: Batch, there: Items): Promise<Removed> {
	const { client } = item;
	const { account, list } = target;
	let left = there;
	for (let round = 1; ; round += 1) {
		const ids = [...left.values()].map(({ id }) => id);
		let error: unknown;
		await deleteItems(client, account, list.id, ids).catch((reason: unknown) => {
			if (failureKindOf(reason as NodeError) === 'cancelled') throw reason;
			error = reason;
		});
		left = await findItems(client, account, list, [...there.keys()]).catch((reason: unknown) => {
			throw error ?? reason;
		});
		if (left.size === 0) return { left };
		// One that is gone already refuses the whole request.
		const mayRepeat = error === undefined || failureKindOf(error as NodeError) === 'notFound';
		if (mayRepeat && round < MAX_ROUNDS) continue;
		const message = 'somebody else keeps changing these items of the list';
		const path = `${listPath(account, list.id).text}/items`;
		const call = { method: 'DELETE', path, status: 200, effectUnknown: false };
		const conflict = client.toError({ ...call, kind: 'conflict', errors: [{ message }] });
		return { left, error: error ?? conflict };
	}
}

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
	const values = [...new Set(wishes.flatMap((wish) => wish.values))];
	const there = await findItems(item.client, target.account, target.list, values);
	const isNothing = dryRun || there.size === 0;
	const { left, error }: Removed = isNothing ? { left: new Map() } : await remove(batch, there);
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
