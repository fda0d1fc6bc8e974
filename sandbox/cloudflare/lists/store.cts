import { id as seedId } from '../seed/ids.cjs';
import type { State } from '../state.cjs';
import { normalised, type Prefixes } from './addresses.cjs';
import {
	duplicateName,
	invalidJson,
	invalidValue,
	listInUse,
	noList,
	notEntitled,
	tooManyLists,
} from './errors.cjs';
import { isObject } from '../rulesets/shape.cjs';
import { ItemSet } from './itemSet.cjs';
import { bestPlan, isEntitled, limitsOf, type Limits } from './limits.cjs';
import { Operations, seconds } from './operations.cjs';
import { referencesTo } from './references.cjs';
import { LIST_KINDS, type ListKind, type ListRecord } from './types.cjs';

const NAME = /^[a-zA-Z0-9_]{1,50}$/;
const LONGEST_DESCRIPTION = 500;

function descriptionOf(value: unknown): string {
	if (value === undefined) return '';
	if (typeof value !== 'string') throw invalidValue(value, 'description', 'it must be a string');
	if (value.length > LONGEST_DESCRIPTION)
		throw invalidValue(`${value.slice(0, 20)}…`, 'description', 'it is too long');
	return value;
}

function isKind(value: unknown): value is ListKind {
	return LIST_KINDS.some((kind) => kind === value);
}

/** The lists of all accounts, with their items and the operations on them. */
export class ListStore {
	readonly operations: Operations;
	/** Whether the calls take account-owned tokens. An older compatibility table says no; today's state is not known. */
	accountTokens: 'served' | 'forbidden' | 'methodNotAllowed' = 'served';
	/** Account → what it has room for, in place of its plan's numbers. */
	readonly limits = new Map<string, Partial<Limits>>();
	/** Items of one call. No limit is documented: the stricter of two guesses. */
	itemsPerCall = 1000;
	/** Bytes of one body; beyond that 413. No limit is documented. */
	largestBody = 1024 * 1024;
	/** Networks that items may be. Source: Cloudflare docs; an earlier page has /4 to /64 for IPv6, so no addresses. */
	prefixes: Prefixes = { ipv4: { least: 8, most: 32 }, ipv6: { least: 12, most: 128 } };
	/** What becomes of a deletion that names an item that is gone. Not documented. */
	unknownItems: 'refused' | 'ignored' = 'refused';
	private readonly byId = new Map<string, ListRecord>();

	constructor(private readonly state: State) {
		this.operations = new Operations(state, (list) => this.room(list));
	}

	/** How long an operation takes, in milliseconds of the sandbox's clock. */
	get operationTime(): number {
		return this.operations.time;
	}

	set operationTime(milliseconds: number) {
		this.operations.time = milliseconds;
	}

	/** Whether operations stand still. */
	get held(): boolean {
		return this.operations.held;
	}

	set held(held: boolean) {
		this.operations.held = held;
	}

	settle(): void {
		this.operations.settle();
	}

	of(accountId: string): ListRecord[] {
		this.settle();
		return [...this.byId.values()].filter((list) => list.accountId === accountId);
	}

	all(): ListRecord[] {
		this.settle();
		return [...this.byId.values()];
	}

	named(accountId: string, name: string): ListRecord | undefined {
		return this.of(accountId).find((list) => list.name === name);
	}

	/** Throws 404 when the account has none of that id. */
	get(accountId: string, id: string): ListRecord {
		this.settle();
		const list = this.byId.get(id);
		if (list?.accountId !== accountId) throw noList();
		return list;
	}

	create(accountId: string, body: unknown): ListRecord {
		if (!isObject(body)) throw invalidJson();
		const { name, kind, description: given, ...rest } = body;
		if (Object.keys(rest).length > 0) throw invalidJson();
		if (typeof name !== 'string' || !NAME.test(name))
			throw invalidValue(name ?? '', 'name', 'it must match ^[a-zA-Z0-9_]+$, up to 50 characters');
		if (!isKind(kind)) throw invalidValue(kind ?? '', 'kind', 'there is no such kind');
		const description = descriptionOf(given);
		// Whatever its kind: expressions know lists by their names alone.
		if (this.named(accountId, name) !== undefined) throw duplicateName(name);
		this.checkRoom(accountId, kind);
		return this.add({ accountId, name, kind, description }, this.state.newId('list'));
	}

	/** Changes the description. What else a body may hold is refused. Source: a public issue for the refusal. */
	update(list: ListRecord, body: unknown): void {
		if (!isObject(body) || Object.keys(body).some((key) => key !== 'description'))
			throw invalidJson();
		list.description = descriptionOf(body.description);
		list.modified_on = seconds(this.state.now());
	}

	/** Throws 400 while a rule names the list, and 429 while an operation is on its way (a stand-in). */
	remove(list: ListRecord): void {
		if (referencesTo(list, this.state) > 0) throw listInUse();
		this.operations.checkFree(list.accountId);
		this.byId.delete(list.id);
	}

	/** Puts addresses into a list at once, as if they had always been there. Throws for what is no address. */
	fill(list: ListRecord, addresses: readonly string[], comment?: string): void {
		const now = seconds(this.state.now());
		for (const address of addresses) {
			const ip = normalised(address, this.prefixes);
			if (ip === undefined) throw new Error(`${address} cannot be an item of a list`);
			const id = seedId('list_item', `${list.id}/${ip}`);
			list.items.put(ip, { ip, ...(comment !== undefined && { comment }) }, { id, now });
		}
	}

	/** Makes a list, without a check. */
	add(
		list: Pick<ListRecord, 'accountId' | 'name' | 'kind' | 'description'>,
		id: string,
		now = seconds(this.state.now()),
	): ListRecord {
		const record = { ...list, id, created_on: now, modified_on: now, items: new ItemSet() };
		this.byId.set(id, record);
		return record;
	}

	private limitsFor(accountId: string, kind: ListKind) {
		return limitsOf(kind, bestPlan(this.state, accountId), this.limits.get(accountId));
	}

	private checkRoom(accountId: string, kind: ListKind): void {
		if (!isEntitled(kind, bestPlan(this.state, accountId))) throw notEntitled(kind);
		for (const { lists, kinds } of this.limitsFor(accountId, kind)) {
			const count = this.of(accountId).filter((each) => kinds.includes(each.kind)).length;
			if (count >= lists) throw tooManyLists(lists);
		}
	}

	private room({ accountId, kind }: ListRecord): number {
		const rooms = this.limitsFor(accountId, kind).map(({ items, kinds }) => {
			let used = 0;
			for (const each of this.byId.values())
				if (each.accountId === accountId && kinds.includes(each.kind)) used += each.items.size;
			return items - used;
		});
		return Math.min(...rooms);
	}
}
