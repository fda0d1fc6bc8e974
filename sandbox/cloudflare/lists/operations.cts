import type { AuditRequest } from '../audit/types.cjs';
import type { State } from '../state.cjs';
import { FULL, noOperation, operationPending } from './errors.cjs';
import type { ListItem, ListRecord, WantedItem } from './types.cjs';

export interface OperationFailure {
	error: string;
	/** How many items take effect all the same; none. */
	applied?: number;
}

/** What a call wants done to the items of a list. */
export type Write =
	| { kind: 'append' | 'replace'; items: WantedItem[] }
	| { kind: 'delete'; ids: string[] };

export interface Operation {
	id: string;
	list: ListRecord;
	write: Write;
	/** Name of the credential. */
	actor: string;
	request: AuditRequest | undefined;
	failure: OperationFailure | undefined;
	/** Milliseconds. */
	runsAt: number;
	endsAt: number;
	status: 'pending' | 'running' | 'completed' | 'failed';
	completed?: string;
	error?: string;
}

/** Source: the example of the API documentation: whole seconds. */
export const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** How many items the list has once the write is done. */
function sizeAfter({ items }: ListRecord, write: Write): number {
	if (write.kind === 'delete') return items.size - write.ids.length;
	if (write.kind === 'replace') return write.items.length;
	return items.size + write.items.filter(({ key }) => !items.has(key)).length;
}

/** The bulk operations of all accounts. They go on by the clock, and take effect as soon as somebody looks. */
export class Operations {
	/** How long one takes: pending for the first half, running for the second. Milliseconds. */
	time = 100;
	/** While true none goes on. */
	held = false;
	/** How long a refused caller is told to wait; `null` leaves out the header. Not documented. Seconds. */
	retryAfter: number | null = null;
	private readonly all = new Map<string, Operation>();
	/** Account → the one that is not done. */
	private readonly outstanding = new Map<string, Operation>();

	constructor(
		private readonly state: State,
		/** How many more items the list may have. */
		private readonly room: (list: ListRecord) => number,
	) {}

	/** Lets all go on as far as the clock allows. Everything that reads lists calls it first. */
	settle(): void {
		if (this.held) return;
		const now = this.state.now();
		for (const operation of this.outstanding.values()) {
			if (now >= operation.endsAt) this.finish(operation, now);
			else if (now >= operation.runsAt) operation.status = 'running';
		}
	}

	/** Throws 404 when the account has none of that id. */
	get(accountId: string, id: string): Operation {
		this.settle();
		const operation = this.all.get(id);
		if (operation?.list.accountId !== accountId) throw noOperation();
		return operation;
	}

	values(): Operation[] {
		this.settle();
		return [...this.all.values()];
	}

	/** Throws 429 while the account waits for another one: one at a time. Source: SDK 7.3. */
	checkFree(accountId: string): void {
		this.settle();
		if (this.outstanding.has(accountId)) throw operationPending(this.retryAfter);
	}

	/** Throws 429. */
	begin(order: Pick<Operation, 'list' | 'write' | 'actor' | 'request' | 'failure'>): Operation {
		const { accountId } = order.list;
		this.checkFree(accountId);
		const now = this.state.now();
		const operation: Operation = {
			...order,
			id: this.state.newId('bulk_operation'),
			runsAt: now + this.time / 2,
			endsAt: now + this.time,
			status: 'pending',
		};
		this.all.set(operation.id, operation);
		this.outstanding.set(accountId, operation);
		return operation;
	}

	private finish(operation: Operation, now: number): void {
		const { list, write, failure } = operation;
		this.outstanding.delete(list.accountId);
		const growth = sizeAfter(list, write) - list.items.size;
		const full = growth > 0 && growth > this.room(list);
		// Whether a full list takes what still fits is not documented: it takes nothing here.
		const failed = failure ?? (full ? { error: FULL } : undefined);
		operation.completed = seconds(now);
		operation.status = failed === undefined ? 'completed' : 'failed';
		operation.error = failed?.error;
		const most = failed === undefined ? Infinity : (failed.applied ?? 0);
		if (most > 0) this.apply(operation, most, now);
	}

	private apply({ list, write, actor, request }: Operation, most: number, now: number): void {
		const { items } = list;
		const before: ListItem[] = [];
		const after: ListItem[] = [];
		if (write.kind === 'replace') {
			before.push(...items.values());
			items.clear();
		}
		if (write.kind === 'delete')
			for (const id of write.ids.slice(0, most)) {
				const item = items.get(id);
				if (item !== undefined) before.push(item);
				items.delete(id);
			}
		else
			for (const { key, definition } of write.items.slice(0, most)) {
				const old = items.at(key);
				if (old !== undefined) before.push(old);
				const stamp = { id: this.state.newId('list_item'), now: seconds(now) };
				after.push(items.put(key, definition, stamp));
			}
		list.modified_on = seconds(now);
		this.state.record(
			{
				action: write.kind === 'delete' ? 'delete' : write.kind === 'append' ? 'create' : 'update',
				resource: { product: 'lists', type: 'list_item', id: list.id },
				scope: { level: 'account', id: list.accountId },
				actor,
				...(before.length > 0 && { before }),
				...(after.length > 0 && { after }),
			},
			request,
		);
	}
}
