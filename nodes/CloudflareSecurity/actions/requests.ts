import { keyText } from '../input/keyText';
import type { Item } from './item';
import type { ItemOutcome } from './operation';
import { tellBeside } from '../transport/tellBeside';

/** What one input item asks for. */
export interface Request {
	/** Its place among the input items. */
	readonly place: number;
	readonly item: Item;
}

/** Prepares one request after the other. @returns what came of them, unless the run is to end with the first failure */
export async function prepareAll<R extends Request, P>(
	requests: readonly R[],
	outcomes: ItemOutcome[],
	prepare: (request: R) => P | Promise<P>,
): Promise<P[]> {
	const prepared: P[] = [];
	for (const request of requests) {
		try {
			prepared.push(await prepare(request));
		} catch (error) {
			outcomes[request.place] = { error };
			// The run ends with this error: nothing is to be done before.
			if (!request.item.context.continueOnFail()) return [];
		}
	}
	return prepared;
}

/** Reads every item. @returns what they ask for, unless the run is to end with the first mistake */
export const readAll = async <R extends Request>(
	items: readonly Item[],
	outcomes: ItemOutcome[],
	read: (item: Item, place: number) => R,
): Promise<R[]> =>
	await prepareAll(
		items.map((item, place) => ({ item, place })),
		outcomes,
		({ item, place }) => read(item, place),
	);

/** The fields that say for which zones and which account something holds. */
export const placeKey = (item: Item): unknown[] =>
	['zonesFrom', 'zone', 'zones', 'account'].map((name) => item.value(name, ''));

/** Requests that can be carried out together, in the order in which the first of each came. */
export function groupedBy<R extends Request>(
	requests: readonly R[],
	keyOf: (request: R) => unknown,
): R[][] {
	const groups = new Map<string | symbol, R[]>();
	for (const request of requests) {
		const key = keyText(keyOf(request));
		const group = groups.get(key);
		if (group) group.push(request);
		else groups.set(key, [request]);
	}
	return [...groups.values()];
}

/**
 * Carries out one group after the other. A group that fails is an error for its items; what comes after it, or after an
 * item that failed, is only done where the node continues on errors.
 */
export async function carryOutEach<R extends Request>(
	groups: ReadonlyArray<readonly R[]>,
	outcomes: ItemOutcome[],
	carryOut: (group: readonly R[]) => Promise<ReadonlyMap<Request, ItemOutcome>>,
): Promise<void> {
	let done = 0;
	for (const group of groups) {
		const { context } = group[0].item;
		let failure: { error: unknown } | undefined;
		try {
			const results = await carryOut(group);
			for (const [{ place }, outcome] of results) {
				outcomes[place] = outcome;
				if ('error' in outcome) failure ??= outcome;
				else done += 1;
			}
		} catch (error) {
			failure = { error };
			for (const { place } of group) outcomes[place] = failure;
		}
		if (!failure || context.continueOnFail()) continue;
		// The run ends with this error, and what was done would be shown nowhere else.
		if (done > 0) tellBeside(failure.error, `Beside it, ${done} other input items were done.`);
		return;
	}
}
