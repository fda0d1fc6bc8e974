import type { EventHash, SeenEvents } from './seenEvents';

/** A row of the audit log as the cursor sees it. */
export interface Sighting<T> {
	hash: EventHash;
	/** When it happened, in whole seconds since 1970; undefined when the row does not say it. */
	second?: number;
	/** What is handed over; undefined when the row does not match the filters. */
	event?: T;
}

export interface NewEvent<T> {
	hash: EventHash;
	second: number;
	event: T;
}

/** A way through the log, oldest first. All times are whole seconds since 1970. */
export interface WalkPlan {
	/** Rows before it are not looked at. */
	from: number;
	/** The mark that has to be passed before the walk may stop: else it would never get any further. */
	past: number;
	/** Where another walk has begun; the end of the log when left out. */
	until?: number;
}

/** Follows the rows of one walk: finds the new events among them, and knows how far everything was read. */
export class Walk<T> {
	/** Oldest first. */
	readonly found: Array<NewEvent<T>> = [];
	/** The second of the last row of each page. */
	readonly pageEnds: number[] = [];
	/** Every row before it that was to be seen has been read. */
	readTo: number;
	/** Whether the walk needs no further page; it may still be far from the end of the log. */
	ended = false;
	/** Whether it ended because there was no room for another new event. */
	isFull = false;
	/** Whether it came to where the other walk had begun. */
	handedOver = false;

	private readonly hashes = new Set<EventHash>();
	private untimed: Array<Sighting<T>> = [];
	private second = -Infinity;
	private isOrdered = true;

	/**
	 * @param known events that were handed over before
	 * @param settled rows before it were read for the last time
	 * @param room how many new events may be taken
	 */
	constructor(
		readonly plan: WalkPlan,
		private readonly known: SeenEvents,
		private readonly settled: number,
		private readonly room: number,
	) {
		this.readTo = plan.from;
	}

	/** Whether the walk got any further, so that the next one begins later. */
	get mayStop(): boolean {
		return this.readTo > this.plan.past;
	}

	/** Takes the rows of the next page. */
	add(rows: ReadonlyArray<Sighting<T>>): void {
		for (const row of rows) {
			if (this.ended) break;
			if (row.second === undefined) this.untimed.push(row);
			else this.pass(row, row.second);
		}
		// One that was read in part has to be read again as well.
		if (!this.handedOver) this.pageEnds.push(this.second);
	}

	/** The log ends here. @param end everything before it was asked for */
	complete(end: number): void {
		if (this.ended) return;
		if (!this.takeUntimed(end)) return;
		this.ended = true;
		this.readTo = Math.max(this.readTo, end);
	}

	/** There is another page. Ends the walk where it found all that it may take: it could take nothing new from that page. */
	endIfFull(): void {
		if (this.ended || this.found.length === 0 || this.found.length < this.room) return;
		this.isFull = true;
		this.ended = true;
	}

	/** Leaves all but the first of what was found to the next poll. */
	giveBack(most: number): void {
		const [first] = this.found.splice(most);
		if (first === undefined) return;
		this.isFull = true;
		this.readTo = Math.min(this.readTo, Math.max(first.second, this.plan.from));
	}

	private pass(row: Sighting<T>, second: number): void {
		if (second < this.second) {
			// Not in order: what was not read yet may lie anywhere, so only the whole log counts.
			this.isOrdered = false;
			this.readTo = this.plan.from;
		} else if (second > this.second) {
			this.second = second;
			// Only where the second changes: rows of one second come in any order.
			if (this.isOrdered) this.readTo = Math.max(this.plan.from, second);
		}
		if (this.plan.until !== undefined && second >= this.plan.until) {
			this.handedOver = this.isOrdered;
			this.ended = true;
			return;
		}
		if (this.takeUntimed(second)) this.take(row, second);
	}

	/** A row without a time lies before the next one with a time, so that it is not taken for older than it is. */
	private takeUntimed(second: number): boolean {
		const rows = this.untimed;
		this.untimed = [];
		return rows.every((row) => this.take(row, second));
	}

	/** @returns false when there is no room for it */
	private take({ hash, event }: Sighting<T>, second: number): boolean {
		const isNew = !this.known.has(hash) && !this.hashes.has(hash) && second >= this.settled;
		if (event === undefined || !isNew) return true;
		if (this.found.length >= this.room) {
			this.isFull = true;
			this.ended = true;
			return false;
		}
		this.hashes.add(hash);
		this.found.push({ hash, second, event });
		return true;
	}
}
