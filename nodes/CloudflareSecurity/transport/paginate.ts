import type { CloudflareClient } from './client';
import {
	cursorPages,
	fetchPage,
	pageSizeFor,
	type ListRequest,
	type Page,
	type Row,
} from './pages';

/** Pages that are fetched at the same time once their number is known: what docs/benchmark.md compares with has as many connections. */
export const CONCURRENCY = 8;

/** Rows as they come, one list for each page: a step for each row would cost more than all that is done with it. */
export type RowPages<T> = AsyncGenerator<T[], void, undefined>;

/** Passes on each record once, up to the limit: rows move to the next page when new ones arrive while paging. */
class RowFilter {
	private readonly seen = new Set<unknown>();
	passed = 0;

	private readonly limit: number;
	private readonly identify: (row: Row) => unknown;

	constructor({ limit = Infinity, identify = ({ id }) => id }: ListRequest) {
		this.limit = limit;
		this.identify = identify;
	}

	get full(): boolean {
		return this.passed >= this.limit;
	}

	fresh<T extends Row>(rows: readonly T[]): T[] {
		const fresh = rows.filter((row) => this.isNew(row)).slice(0, this.limit - this.passed);
		this.passed += fresh.length;
		return fresh;
	}

	private isNew(row: Row): boolean {
		const identity = this.identify(row);
		if (identity === undefined) return true;
		if (this.seen.has(identity)) return false;
		this.seen.add(identity);
		return true;
	}
}

/**
 * The rows of an endpoint with page numbers, page by page. The first page tells how many there are; the others follow
 * 8 at a time and come out in order. Ends at the last page, on an empty page, and on a page that brings nothing new.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* pageNumberRows<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): RowPages<T> {
	const asked = pageSizeFor(list);
	const filter = new RowFilter(list);
	const { concurrency = CONCURRENCY } = list;
	const inFlight: Array<Promise<Page<T>>> = [];
	const ended = new AbortController();
	let next = 1;
	let last = 1;
	try {
		for (let page = 1; !filter.full; page += 1) {
			while (next <= last && inFlight.length < concurrency) {
				const promise = fetchPage<T>(client, list, next, ended.signal);
				// A page that is fetched ahead may fail after the loop has ended.
				promise.catch(() => undefined);
				inFlight.push(promise);
				next += 1;
			}
			const answer = inFlight.shift();
			if (answer === undefined) return;
			const { rows, lastPage } = await answer;
			const fresh = filter.fresh(rows);
			if (fresh.length === 0) return;
			yield fresh;
			last = Math.min(
				lastPage,
				// A limit never fetches a page that it does not need.
				page + Math.ceil(((list.limit ?? Infinity) - filter.passed) / asked),
			);
		}
	} finally {
		// Pages that were fetched ahead are not wanted any more: trying them again would only use up the quota.
		ended.abort();
	}
}

/**
 * The rows of an endpoint with cursors, page by page, wherever the answer puts the cursor. Ends without a cursor, on an
 * empty page, and on a cursor that came before.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* cursorRows<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): RowPages<T> {
	const filter = new RowFilter(list);
	for await (const { rows } of cursorPages<T>(client, list)) {
		yield filter.fresh(rows);
		if (filter.full) return;
	}
}

/**
 * What is made of the rows, as one list. Nothing else of a page is kept.
 * @param make gives undefined for a row that is to be left out
 * @param limit of what is made: once it is reached, no further page is asked for, and those under way are given up
 */
export async function mapRows<T, R>(
	pages: AsyncIterable<readonly T[]>,
	make: (row: T) => R | undefined,
	limit = Infinity,
): Promise<R[]> {
	const result: R[] = [];
	for await (const rows of pages) {
		for (const row of rows) {
			const made = make(row);
			if (made !== undefined) result.push(made);
			if (result.length >= limit) return result;
		}
	}
	return result;
}

/** All rows as one list. */
export const allRows = async <T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> =>
	await mapRows(pages, (row) => row);

/** The rows to keep, as one list; the others are let go page by page. */
export const rowsWhere = async <T>(
	pages: AsyncIterable<readonly T[]>,
	keep: (row: T) => boolean,
): Promise<T[]> => await mapRows(pages, (row) => (keep(row) ? row : undefined));
