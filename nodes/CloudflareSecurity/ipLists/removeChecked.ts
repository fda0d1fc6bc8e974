import type { CloudflareClient } from '../transport/client';
import { failureKindOf } from '../transport/errors';
import type { PathSegment } from '../transport/path';
import { findItems, requestsToFind } from './findItems';
import { listPath, type IpList, type ListItem } from './ipList';
import { tellBeside } from '../transport/tellBeside';
import { deleteItems, type Look } from './writeItems';

/** A round is only repeated because somebody else removed or added one of the items in between. */
const MAX_ROUNDS = 4;

type Items = ReadonlyMap<string, ListItem>;

/** What a list still holds after a removal. */
export interface Removed {
	/** Value → item. */
	left: Items;
	error?: unknown;
}

/**
 * Removes items, reads back, and tries again where somebody else changed the list in between.
 * @param there what the list holds of the values, as `findItems` gives it
 * @param mayGo whether an item is to be removed as it is by now; one that is not stays, and is no error
 * @throws NodeApiError when nothing could be read back
 */
export async function removeChecked(
	client: CloudflareClient,
	account: PathSegment,
	list: IpList,
	there: Items,
	mayGo: (item: ListItem) => boolean = () => true,
): Promise<Removed> {
	const readLeft = async () => await findItems(client, account, list, [...there.keys()]);
	const look: Look<string> = {
		requests: requestsToFind(list, there.size),
		async reconsider(rest) {
			const items = [...(await readLeft()).values()].filter(mayGo);
			const wanted = new Set(rest);
			return items.map(({ id }) => id).filter((id) => wanted.has(id));
		},
	};
	let left = there;
	for (let round = 1; ; round += 1) {
		const ids = [...left.values()].filter(mayGo).map(({ id }) => id);
		if (ids.length === 0) return { left };
		let error: unknown;
		await deleteItems(client, account, list.id, ids, look).catch((reason: unknown) => {
			if (failureKindOf(reason) === 'cancelled') throw reason;
			error = reason;
		});
		left = await readLeft().catch((reason: unknown) => {
			tellBeside(
				error ?? reason,
				`The list could not be read afterwards: how many of the ${there.size} items that this run removes are gone by now is not known.`,
			);
			throw error ?? reason;
		});
		if (![...left.values()].some(mayGo)) return { left };
		// One that is gone already refuses the whole request.
		const mayRepeat = error === undefined || failureKindOf(error) === 'notFound';
		if (mayRepeat && round < MAX_ROUNDS) continue;
		const message = 'somebody else keeps changing these items of the list';
		const path = `${listPath(account, list.id).text}/items`;
		const call = { method: 'DELETE', path, status: 200, effectUnknown: false };
		const conflict = client.toError({ ...call, kind: 'conflict', errors: [{ message }] });
		return { left, error: error ?? conflict };
	}
}

/**
 * Looks at items right before it removes those that may go: what an earlier look showed may be changed since.
 * @param values in the order in which they go
 * @returns also which were removed, as they were in that look, and what it showed of the others
 * @throws NodeApiError when nothing could be read
 */
export async function removeAsOfNow(
	client: CloudflareClient,
	account: PathSegment,
	list: IpList,
	values: readonly string[],
	mayGo: (item: ListItem) => boolean,
): Promise<Removed & { removed: Items; there: Items }> {
	const found = await findItems(client, account, list, values);
	const there = new Map(
		values.flatMap((value) => {
			const item = found.get(value);
			return item ? [[value, item] as const] : [];
		}),
	);
	const { left, error } = await removeChecked(client, account, list, there, mayGo);
	const removed = [...there].filter(([value, item]) => mayGo(item) && !left.has(value));
	return { there, removed: new Map(removed), left, error };
}
