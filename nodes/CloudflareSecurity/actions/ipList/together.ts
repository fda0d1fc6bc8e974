import type { ListChoice } from '../../targets/ipList';
import type { Item } from '../item';
import type { ItemOutcome } from '../operation';
import { carryOutEach, groupedBy, prepareAll, readAll, type Request } from '../requests';
import { findList, readListChoice, readOption, type ListTarget } from './listField';

/** What one input item wants done to a list. */
export interface Wish extends Request {
	values: readonly string[];
	comment?: string;
}

/** What the operation reads of an item. */
export type WishFields = Omit<Wish, keyof Request>;

interface ReadWish extends Wish {
	choice: ListChoice;
	dryRun: boolean;
}

/** Wishes that become one write. */
export interface Batch {
	item: Item;
	target: ListTarget;
	dryRun: boolean;
	wishes: readonly Wish[];
}

/** What came of each wish. */
export type BatchResult = ReadonlyMap<Wish, ItemOutcome>;

/**
 * Turns all input items that name one list into one write.
 * @param readWish reads one item; sends nothing
 * @param carryOut writes a batch
 * @returns an outcome for each item, in their order
 */
export async function writeTogether(
	items: readonly Item[],
	readWish: (item: Item) => WishFields,
	carryOut: (batch: Batch) => Promise<BatchResult>,
): Promise<ItemOutcome[]> {
	const outcomes: ItemOutcome[] = items.map(() => []);
	const wishes = await readAll(items, outcomes, (item, place): ReadWish => {
		const wish = readWish(item);
		const dryRun = readOption(item, 'dryRun', 'Dry Run');
		return { ...wish, place, item, choice: readListChoice(item), dryRun };
	});
	const found = await prepareAll(wishes, outcomes, async (wish) => ({
		...wish,
		target: await findList(wish.item, wish.choice),
	}));
	const groups = groupedBy(found, ({ target, dryRun }) => [target.account, target.list.id, dryRun]);
	await carryOutEach(groups, outcomes, async (group) => {
		const [{ item, target, dryRun }] = group;
		return await carryOut({ item, target, dryRun, wishes: group });
	});
	return outcomes;
}
