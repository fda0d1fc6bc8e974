import type { CloudflareClient } from '../transport/client';
import { failureKindOf } from '../transport/errors';
import type { PathSegment } from '../transport/path';
import { findItems, requestsToFind } from './findItems';
import { listPath, type IpList, type ListItem } from './ipList';
import { tellBeside } from '../transport/tellBeside';
import { appendItems, type Look, type WantedItem } from './writeItems';

const MAX_ROUNDS = 3;

/** What the list shows after a write, and what went wrong where something is missing. */
export interface Written {
	/** Value → item. */
	items: ReadonlyMap<string, ListItem>;
	error?: unknown;
}

/**
 * Adds items, reads back, and writes again what somebody else removed or changed in between.
 * @param wanted each value once
 * @param values what to read back, the wanted values among them
 * @param isDone whether the list shows what is wanted
 * @param leaves whether what the list shows by now is left as it is, although it was to be written: somebody else may
 *   have written it while this write had to wait, or between two requests. Nothing is left when left out
 * @throws NodeApiError when nothing could be read back
 */
export async function appendChecked(
	client: CloudflareClient,
	account: PathSegment,
	list: IpList,
	{
		wanted,
		values,
		isDone,
		leaves,
	}: {
		wanted: readonly WantedItem[];
		values: readonly string[];
		isDone: (kept: ListItem | undefined, item: WantedItem) => boolean;
		leaves?: (kept: ListItem | undefined, item: WantedItem) => boolean;
	},
): Promise<Written> {
	// The list grows, which may make reading all of it dearer than looking for each.
	const size = { ...list, num_items: (list.num_items ?? 0) + wanted.length };
	const readBack = async () => await findItems(client, account, size, values);
	const look: Look<WantedItem> | undefined = leaves && {
		requests: requestsToFind(size, values.length),
		async reconsider(rest) {
			const items = await readBack();
			return rest.filter((item) => !leaves(items.get(item.ip), item));
		},
	};
	let missing = wanted;
	for (let round = 1; ; round += 1) {
		let error: unknown;
		await appendItems(client, account, list.id, missing, look).catch((reason: unknown) => {
			if (failureKindOf(reason) === 'cancelled') throw reason;
			error = reason;
		});
		const items = await readBack().catch((reason: unknown) => {
			tellBeside(
				error ?? reason,
				`The list could not be read afterwards: how many of the ${wanted.length} addresses that this run writes are in it by now is not known.`,
			);
			throw error ?? reason;
		});
		// All of them: also what an earlier round showed may be gone again.
		missing = wanted.filter((item) => !isDone(items.get(item.ip), item));
		if (missing.length === 0 && error === undefined) return { items };
		if (error !== undefined) {
			const done = wanted.length - missing.length;
			tellBeside(
				error,
				`In the list by now: ${done} of the ${wanted.length} addresses that this run writes.`,
			);
			return { items, error };
		}
		if (round === MAX_ROUNDS) {
			const message =
				'the address was written, and is gone or changed again: somebody else works on the list';
			const path = listPath(account, list.id).text;
			const call = { method: 'POST', path, status: 200, effectUnknown: false };
			return { items, error: client.toError({ ...call, kind: 'conflict', errors: [{ message }] }) };
		}
	}
}
