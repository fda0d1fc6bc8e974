import type { ItemDefinition, ListItem } from './types.cjs';

interface Stamp {
	id: string;
	now: string;
}

/** The items of one list, found by value and by id. */
export class ItemSet {
	private readonly byKey = new Map<string, ListItem>();
	private readonly keys = new Map<string, string>();
	/** Sizes of networks → how many items have it. */
	private readonly counts = new Map<number, number>();
	private sorted: Array<[key: string, item: ListItem]> | undefined;

	get size(): number {
		return this.byKey.size;
	}

	has(key: string): boolean {
		return this.byKey.has(key);
	}

	at(key: string): ListItem | undefined {
		return this.byKey.get(key);
	}

	get(id: string): ListItem | undefined {
		const key = this.keys.get(id);
		return key === undefined ? undefined : this.byKey.get(key);
	}

	values(): IterableIterator<ListItem> {
		return this.byKey.values();
	}

	/** The sizes of the networks among the items, as in 203.0.113.0/24. */
	get networkSizes(): Iterable<number> {
		return this.counts.keys();
	}

	/** Adds an item; one of that value stays what it is and takes the new comment, or none. */
	put(key: string, definition: ItemDefinition, { id, now }: Stamp): ListItem {
		const before = this.byKey.get(key);
		const kept = before === undefined ? { id, created_on: now } : before;
		const item: ListItem = {
			...definition,
			id: kept.id,
			created_on: kept.created_on,
			modified_on: now,
		};
		if (before === undefined) this.count(key, 1);
		this.byKey.set(key, item);
		this.keys.set(item.id, key);
		this.sorted = undefined;
		return item;
	}

	delete(id: string): void {
		const key = this.keys.get(id);
		if (key === undefined) return;
		this.count(key, -1);
		this.keys.delete(id);
		this.byKey.delete(key);
		this.sorted = undefined;
	}

	clear(): void {
		this.counts.clear();
		this.keys.clear();
		this.byKey.clear();
		this.sorted = undefined;
	}

	/** Ascending. By which order is not documented: by text here. */
	entries(): ReadonlyArray<[key: string, item: ListItem]> {
		this.sorted ??= [...this.byKey].sort(([left], [right]) => (left < right ? -1 : 1));
		return this.sorted;
	}

	private count(key: string, change: 1 | -1): void {
		const [, size] = /\/(\d{1,3})$/.exec(key) ?? [];
		if (size === undefined) return;
		const count = (this.counts.get(Number(size)) ?? 0) + change;
		if (count === 0) this.counts.delete(Number(size));
		else this.counts.set(Number(size), count);
	}
}
