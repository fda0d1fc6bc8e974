import type { CloudflareClient, Query } from './client';
import type { ApiPath } from './path';

/** A record as the API lists it. */
export type Row = Readonly<Record<string, unknown>>;

export interface ListRequest {
	path: ApiPath;
	query?: Query;
	/** The page sizes that the endpoint documents; some take only multiples of a number. */
	pageSize: { min: number; max: number; multipleOf?: number };
	/** How the endpoint names the page size. */
	sizeParameter?: 'per_page' | 'limit';
	/**
	 * Set where `result` is no list but a record that holds the list under this name, with `count` for the rows of all
	 * pages and `per_page` (Security Center insights).
	 */
	rowsIn?: string;
	/**
	 * Set where the answer tells no numbers and may be cut down without a word: a page with so many rows may be a full
	 * one, so the next is asked for.
	 */
	leastFullPage?: number;
	/** What tells rows apart where the ID alone does not. */
	identify?: (row: Row) => unknown;
	/** Told each page's result_info, for facts about the whole list. */
	onPage?: (info: Row) => void;
	/** How many rows are wanted at most; all when left out. */
	limit?: number;
	/** Pages that are fetched at the same time; fewer for a caller that has several lists under way. */
	concurrency?: number;
}

/**
 * Pages that are fetched at the same time once their number is known. Measured over TLS with 40 ms of latency: 8 comes
 * within 1.4 times of the limit, 6 does not.
 */
export const CONCURRENCY = 8;

/** The largest page that the endpoint documents, or a smaller one when fewer rows are wanted. */
function pageSizeFor({ pageSize: { min, max, multipleOf = 1 }, limit }: ListRequest): number {
	const enough = Math.ceil((limit ?? max) / multipleOf) * multipleOf;
	return Math.max(min, Math.min(max, enough));
}

/** The rows of a page, and what the answer says about the whole list. */
interface PageAnswer<T> {
	rows: T[];
	info: Row;
}

async function requestPage<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
	position: Query,
	signal?: AbortSignal,
): Promise<PageAnswer<T>> {
	const { path, rowsIn, sizeParameter = 'per_page' } = list;
	const query = { ...list.query, ...position, [sizeParameter]: pageSizeFor(list) };
	if (rowsIn === undefined) {
		const { result, resultInfo } = await client.send<T[]>({
			method: 'GET',
			path,
			query,
			expect: 'array',
			signal,
		});
		list.onPage?.(resultInfo);
		return { rows: result, info: resultInfo };
	}
	const { result } = await client.send<Row>({ method: 'GET', path, query, expect: { rowsIn } });
	return {
		rows: result[rowsIn] as T[],
		info: { total_count: result.count, per_page: result.per_page },
	};
}

const count = (value: unknown): number | undefined => {
	const number = Number(value);
	return value !== null &&
		value !== undefined &&
		value !== '' &&
		Number.isInteger(number) &&
		number >= 0
		? number
		: undefined;
};

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

	*fresh<T extends Row>(rows: readonly T[]): Generator<T> {
		for (const row of rows) {
			if (this.full) return;
			const identity = this.identify(row);
			if (identity !== undefined) {
				if (this.seen.has(identity)) continue;
				this.seen.add(identity);
			}
			this.passed += 1;
			yield row;
		}
	}
}

export interface Page<T> {
	rows: T[];
	/** The number of the last page as far as this answer tells, counted from 1. */
	lastPage: number;
}

/** One page, for callers that page at their own pace. @throws NodeApiError */
export async function fetchPage<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
	page: number,
	signal?: AbortSignal,
): Promise<Page<T>> {
	const { rows, info } = await requestPage<T>(client, list, { page }, signal);
	// Totals are optional, and the server may clamp the page size, so its own numbers count.
	const told = count(info.per_page);
	const size = told || pageSizeFor(list);
	const total = count(info.total_count);
	const pages =
		count(info.total_pages) ?? (total === undefined ? undefined : Math.ceil(total / size));
	const full = told ? size : Math.min(size, list.leastFullPage ?? size);
	return { rows, lastPage: pages ?? (rows.length >= full ? page + 1 : page) };
}

/**
 * Rows of an endpoint with page numbers. The first page tells how many there are; the others follow 8 at a time and
 * come out in order. Ends at the last page, on an empty page, and on a page that brings nothing new.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* pageNumberRows<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): AsyncGenerator<T> {
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
			const before = filter.passed;
			yield* filter.fresh(rows);
			if (filter.passed === before) return;
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

/** Documented in both places, depending on endpoint and source. */
function nextCursor(info: Row): string | undefined {
	const cursors = info.cursors as Row | null | undefined;
	const cursor = info.cursor || cursors?.after;
	return typeof cursor === 'string' && cursor !== '' ? cursor : undefined;
}

/**
 * Rows of an endpoint with cursors, wherever the answer puts the cursor. Ends without a cursor, on an empty page, and
 * on a cursor that came before.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* cursorRows<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): AsyncGenerator<T> {
	const filter = new RowFilter(list);
	const known = new Set<string>();
	let cursor: string | undefined;
	do {
		const { rows, info } = await requestPage<T>(client, list, { cursor });
		yield* filter.fresh(rows);
		cursor = rows.length === 0 ? undefined : nextCursor(info);
		if (cursor !== undefined && known.has(cursor)) return;
		if (cursor !== undefined) known.add(cursor);
	} while (cursor !== undefined && !filter.full);
}

/** All rows as a list. */
export async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
	const result: T[] = [];
	for await (const row of rows) result.push(row);
	return result;
}
