import type { IDataObject } from 'n8n-workflow';
import { toNodeError } from '../../transport/errors';
import { errorJson } from '../errorJson';
import type { Item } from '../item';
import type { ItemOutcome } from '../operation';

/** What came of one of the addresses that an input item names. */
export type Part =
	| { readonly record: IDataObject }
	| { readonly error: unknown; readonly facts: IDataObject };

/**
 * The output of an item from what came of its parts. Where the node continues on errors and some parts are done, those
 * that failed stand beside them as error records; otherwise the first failure is that of the item.
 */
export function outcomeOfParts(item: Item, parts: readonly Part[]): ItemOutcome {
	const { context, connection } = item;
	const failed = parts.find((part) => 'error' in part);
	const isDone = parts.some((part) => 'record' in part);
	if (failed && !(isDone && context.continueOnFail())) return { error: failed.error };
	return parts.map((part) =>
		'record' in part
			? part.record
			: errorJson(toNodeError(context.getNode(), part.error, connection.secrets), part.facts),
	);
}
