import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { appendChecked, type Written } from '../../ipLists/appendChecked';
import { findItems } from '../../ipLists/findItems';
import { listPath, type ListItem } from '../../ipLists/ipList';
import { MOST_ITEMS, type WantedItem } from '../../ipLists/writeItems';
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

const hasNoComment = ({ comment }: WantedItem) => comment === undefined;

/** Written without a comment, an item that came meanwhile would lose its own: an expiry, a case, a reason. */
const keepsIts = (kept: ListItem | undefined, wanted: WantedItem) =>
	kept !== undefined && hasNoComment(wanted);

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
	const wanted = [...planned.toWrite.values()];
	const isNothing = wanted.length === 0;
	const written: Written = isNothing
		? { items: there }
		: await appendChecked(item.client, target.account, target.list, {
				wanted,
				values,
				isDone: (kept) => kept !== undefined,
				...(wanted.some(hasNoComment) ? { leaves: keepsIts } : {}),
			});
	const isDone = ({ value }: Planned) => {
		const toWrite = planned.toWrite.get(value);
		const kept = written.items.get(value);
		if (written.error === undefined || !toWrite || keepsIts(kept, toWrite)) {
			return kept !== undefined;
		}
		return (kept?.comment ?? '') === toWrite.comment;
	};
	const cameOf = (each: Planned): Planned => {
		const toWrite = planned.toWrite.get(each.value);
		const isTheirs = toWrite !== undefined && hasNoComment(toWrite);
		const kept = written.items.get(each.value);
		// This run wrote none, so somebody else has added the address meanwhile.
		return isTheirs && kept?.comment ? { ...each, outcome: 'alreadyThere' } : each;
	};
	return new Map<Wish, ItemOutcome>(
		wishes.map((wish) => {
			const results = planned.of.get(wish) ?? [];
			if (!results.every(isDone) && written.error !== undefined) {
				return [wish, { error: written.error }];
			}
			const done = results.map(cameOf);
			return [wish, done.map((each) => present(target, each, written.items.get(each.value)))];
		}),
	);
}
