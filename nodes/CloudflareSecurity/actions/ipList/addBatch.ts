import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { findItems } from '../../ipLists/findItems';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { appendItems, MOST_ITEMS, type WantedItem } from '../../ipLists/writeItems';
import { failureKindOf, type NodeError } from '../../transport/errors';
import type { ItemOutcome } from '../operation';
import { listFacts, type ListTarget } from './listField';
import type { Batch, BatchResult, Wish } from './together';

type Outcome = 'added' | 'alreadyThere' | 'commentUpdated';

interface Planned {
	value: string;
	outcome: Outcome;
	/** The comment that it had, where that changes. */
	previous?: string;
}

interface Plan {
	of: ReadonlyMap<Wish, Planned[]>;
	/** Each value once, with the last comment that was wished. */
	toWrite: ReadonlyMap<string, WantedItem>;
}

/** What each wish comes to, as if they were carried out one after the other. */
function plan(wishes: readonly Wish[], there: ReadonlyMap<string, ListItem>): Plan {
	const comments = new Map([...there].map(([value, { comment }]) => [value, comment ?? '']));
	const toWrite = new Map<string, WantedItem>();
	const planValue = (value: string, comment: string | undefined): Planned => {
		const before = comments.get(value);
		// Written without a comment, an item that is there would lose its own.
		if (before !== undefined && (comment === undefined || comment === before)) {
			return { value, outcome: 'alreadyThere' };
		}
		comments.set(value, comment ?? '');
		toWrite.set(value, { ip: value, ...(comment === undefined ? {} : { comment }) });
		return before === undefined
			? { value, outcome: 'added' }
			: { value, outcome: 'commentUpdated', previous: before };
	};
	const of = new Map(
		wishes.map((wish) => [wish, wish.values.map((value) => planValue(value, wish.comment))]),
	);
	return { of, toWrite };
}

/** Cloudflare docs, "Lists", quotas: the most that any plan has room for; lists of these kinds share it. */
const MOST_OF_ANY_PLAN = 500_000;
const SHARING = ['ip', 'hostname', 'asn'];

/** @throws InputError when no plan has room for so many: what a plan has room for, Cloudflare says itself */
function checkRoom({ all }: ListTarget, added: number): void {
	const used = all
		.filter(({ kind }) => SHARING.includes(kind))
		.reduce((sum, { num_items: count }) => sum + (count ?? 0), 0);
	if (used + added <= MOST_OF_ANY_PLAN) return;
	throw new InputError(
		'Addresses',
		`the lists of the account hold ${used} items, and there is no room for ${added} more`,
		`At most ${MOST_OF_ANY_PLAN} items in all lists`,
	);
}

const MAX_ROUNDS = 3;

/** What the list shows after the write, and what went wrong where something is missing. */
interface Written {
	items: ReadonlyMap<string, ListItem>;
	error?: unknown;
}

/** Earlier requests of the same run may have succeeded. */
function tellWhatIsDone(error: NodeError, done: number, all: number): void {
	const text = `In the list by now: ${done} of the ${all} addresses that this run writes.`;
	error.description = [error.description, text].filter(Boolean).join(' ');
}

/** Writes, reads back, and writes again what somebody else removed in between. */
async function write(
	{ item, target }: Batch,
	{ toWrite }: Plan,
	values: string[],
): Promise<Written> {
	const { client } = item;
	const { account, list } = target;
	let missing = [...toWrite.values()];
	for (let round = 1; ; round += 1) {
		let error: unknown;
		await appendItems(client, account, list.id, missing).catch((reason: unknown) => {
			if (failureKindOf(reason as NodeError) === 'cancelled') throw reason;
			error = reason;
		});
		// The list has grown, which may make reading all of it dearer than looking for each.
		const size = { ...list, num_items: (list.num_items ?? 0) + toWrite.size };
		const items = await findItems(client, account, size, values).catch((reason: unknown) => {
			throw error ?? reason;
		});
		missing = missing.filter(({ ip }) => !items.has(ip));
		if (missing.length === 0 && error === undefined) return { items };
		if (error !== undefined) {
			tellWhatIsDone(error as NodeError, toWrite.size - missing.length, toWrite.size);
			return { items, error };
		}
		if (round === MAX_ROUNDS) {
			const message = 'the address was added, and is gone again: somebody else removes it';
			const path = listPath(account, list.id).text;
			const call = { method: 'POST', path, status: 200, effectUnknown: false };
			return { items, error: client.toError({ ...call, kind: 'conflict', errors: [{ message }] }) };
		}
	}
}

const present = (
	target: ListTarget,
	{ value, outcome, previous }: Planned,
	item: ListItem | undefined,
): IDataObject => ({
	outcome,
	address: value,
	...listFacts(target),
	item: (item as IDataObject | undefined) ?? null,
	previous: previous === undefined ? null : { comment: previous },
});

const effects: Readonly<Record<Outcome, string>> = {
	added: 'would be added',
	alreadyThere: 'is there already: nothing would change',
	commentUpdated: 'is there already and would take the new comment',
};

function tryOut({ target, wishes }: Batch, { of, toWrite }: Plan, there: Written['items']) {
	const requests = Math.ceil(toWrite.size / MOST_ITEMS);
	const path = `${listPath(target.account, target.list.id).text}/items`;
	const show = (wish: Wish, planned: Planned): IDataObject => {
		const { value, outcome } = planned;
		const isWritten = outcome !== 'alreadyThere';
		const many = isWritten && toWrite.size > 1;
		const { comment } = wish;
		const body = [{ ip: value, ...(comment === undefined ? {} : { comment }) }];
		return {
			dryRun: true,
			effect: `${value} ${effects[outcome]}${many ? `, together with the others of this run: ${toWrite.size} addresses in ${requests} requests` : ''}`,
			request: isWritten ? { method: 'POST', path, body } : null,
			...present(target, planned, there.get(value)),
		};
	};
	return new Map(
		wishes.map((wish) => [wish, (of.get(wish) ?? []).map((planned) => show(wish, planned))]),
	);
}

/** Adds what the wishes name to their list. @throws what concerns all of them */
export async function addBatch(batch: Batch): Promise<BatchResult> {
	const { item, target, wishes } = batch;
	const values = [...new Set(wishes.flatMap((wish) => wish.values))];
	const there = await findItems(item.client, target.account, target.list, values);
	const planned = plan(wishes, there);
	checkRoom(target, [...planned.toWrite.keys()].filter((value) => !there.has(value)).length);
	if (batch.dryRun) return tryOut(batch, planned, there);
	const isNothing = planned.toWrite.size === 0;
	const written: Written = isNothing ? { items: there } : await write(batch, planned, values);
	const isDone = ({ value }: Planned) => {
		const wanted = planned.toWrite.get(value);
		const kept = written.items.get(value);
		if (written.error === undefined || !wanted) return kept !== undefined;
		return kept !== undefined && (kept.comment ?? '') === (wanted.comment ?? '');
	};
	return new Map<Wish, ItemOutcome>(
		wishes.map((wish) => {
			const results = planned.of.get(wish) ?? [];
			if (!results.every(isDone) && written.error !== undefined) {
				return [wish, { error: written.error }];
			}
			return [wish, results.map((each) => present(target, each, written.items.get(each.value)))];
		}),
	);
}
