import type { ListChoice } from '../../targets/ipList';
import type { Item } from '../item';
import type { ItemOutcome } from '../operation';
import { findList, readListChoice, readOption, type ListTarget } from './listField';

/** What one input item wants done to a list. */
export interface Wish {
	/** Its place among the items. */
	place: number;
	values: readonly string[];
	comment?: string;
}

interface ReadWish extends Wish {
	item: Item;
	choice: ListChoice;
	dryRun: boolean;
}

/** Wishes that become one write. */
export interface Batch {
	item: Item;
	target: ListTarget;
	dryRun: boolean;
	wishes: Wish[];
}

/** What came of each wish. */
export type BatchResult = ReadonlyMap<Wish, ItemOutcome>;

/** The wishes by list, in the order in which the lists came; what cannot be found becomes an outcome. */
async function batched(
	wishes: readonly ReadWish[],
	outcomes: ItemOutcome[],
): Promise<Iterable<Batch>> {
	const batches = new Map<string, Batch>();
	for (const wish of wishes) {
		const { item, choice, dryRun, place } = wish;
		try {
			const target = await findList(item, choice);
			const key = `${target.account}/${target.list.id}/${String(dryRun)}`;
			const batch = batches.get(key) ?? { item, target, dryRun, wishes: [] };
			batches.set(key, batch);
			batch.wishes.push(wish);
		} catch (error) {
			outcomes[place] = { error };
		}
	}
	return batches.values();
}

/**
 * Turns all input items that name one list into one write.
 * @param readWish reads one item; sends nothing
 * @param carryOut writes a batch
 * @returns an outcome for each item, in their order
 */
export async function writeTogether(
	items: readonly Item[],
	readWish: (item: Item) => Omit<Wish, 'place'>,
	carryOut: (batch: Batch) => Promise<BatchResult>,
): Promise<ItemOutcome[]> {
	const outcomes: ItemOutcome[] = items.map(() => []);
	const wishes: ReadWish[] = [];
	for (const [place, item] of items.entries()) {
		try {
			const wish = readWish(item);
			const dryRun = readOption(item, 'dryRun', 'Dry Run');
			wishes.push({ ...wish, place, item, choice: readListChoice(item), dryRun });
		} catch (error) {
			outcomes[place] = { error };
			// The run ends with this error: nothing is to be written before.
			if (!item.context.continueOnFail()) return outcomes;
		}
	}
	for (const batch of await batched(wishes, outcomes)) {
		try {
			const result = await carryOut(batch);
			for (const [{ place }, outcome] of result) outcomes[place] = outcome;
		} catch (error) {
			for (const { place } of batch.wishes) outcomes[place] = { error };
		}
	}
	return outcomes;
}
