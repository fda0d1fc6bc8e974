import type { CloudflareClient, Query } from './client';
import type { ApiPath } from './path';
import type { Shape } from './shape';

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
	/** What each row must be; any record when left out. */
	row?: Shape;
	/**
	 * Set where the answer tells no numbers and may be cut down without a word: a page with so many rows may be a full
	 * one, so the next is asked for.
	 */
	leastFullPage?: number;
	/** What tells rows apart where the ID alone does not. */
	identify?: (row: Row) => unknown;
	/** Told each page's result_info, for facts about the whole list. */
	onPage?: (info: Row) => void;
	/** How many rows are wanted at most; all when left out. For single pages it only makes the page smaller. */
	limit?: number;
	/** Pages that are fetched at the same time; fewer for a caller that has several lists under way. */
	concurrency?: number;
	/** As in a request. */
	permission?: string;
	/** Fires when nobody wants the rows any more. */
	signal?: AbortSignal;
}

/** The largest page that the endpoint documents, or a smaller one when fewer rows are wanted. */
export function pageSizeFor({
	pageSize: { min, max, multipleOf = 1 },
	limit,
}: ListRequest): number {
	const enough = Math.ceil((limit ?? max) / multipleOf) * multipleOf;
	return Math.max(min, Math.min(max, enough));
}

/** The rows of a page, and what the answer says about the whole list. */
interface PageAnswer<T> {
	rows: T[];
	info: Row;
	serverTime?: number;
}

async function requestPage<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
	position: Query,
	signal = list.signal,
): Promise<PageAnswer<T>> {
	const { path, rowsIn, row = {}, permission, sizeParameter = 'per_page' } = list;
	const query = { ...list.query, ...position, [sizeParameter]: pageSizeFor(list) };
	if (rowsIn === undefined) {
		const { result, resultInfo, serverTime } = await client.send<T[]>({
			method: 'GET',
			path,
			query,
			expect: { rows: row },
			permission,
			signal,
		});
		list.onPage?.(resultInfo);
		return { rows: result, info: resultInfo, serverTime };
	}
	const { result, serverTime } = await client.send<Row>({
		method: 'GET',
		path,
		query,
		expect: { record: { [rowsIn]: [row] } },
		permission,
		signal,
	});
	return {
		rows: result[rowsIn] as T[],
		info: { total_count: result.count, per_page: result.per_page },
		serverTime,
	};
}

/** A number of rows or pages, also as text; undefined for anything else that an answer tells in its place. */
export function count(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value !== '';
	const number = isText ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

export interface Page<T> {
	rows: T[];
	/** The number of the last page as far as this answer tells, counted from 1. */
	lastPage: number;
	/** Cloudflare's clock when it answered, in milliseconds since 1970. */
	serverTime?: number;
}

/** One page, for callers that page at their own pace. @throws NodeApiError */
export async function fetchPage<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
	page: number,
	signal?: AbortSignal,
): Promise<Page<T>> {
	const { rows, info, serverTime } = await requestPage<T>(client, list, { page }, signal);
	// Totals are optional, and the server may clamp the page size, so its own numbers count.
	const told = count(info.per_page);
	const size = told || pageSizeFor(list);
	const total = count(info.total_count);
	const pages =
		count(info.total_pages) ?? (total === undefined ? undefined : Math.ceil(total / size));
	const full = told ? size : Math.min(size, list.leastFullPage ?? size);
	return { rows, lastPage: pages ?? (rows.length >= full ? page + 1 : page), serverTime };
}

/** A page of a list that is read one page at a time. */
export interface ListPage<T> {
	rows: T[];
	/** Cloudflare's clock when it answered, in milliseconds since 1970. */
	serverTime?: number;
	/**
	 * Whether the answer says that nothing comes after this page. Pages that end without such a page were given up:
	 * rows may be missing.
	 */
	last: boolean;
}

/** Documented in both places, depending on endpoint and source. */
function nextCursor(info: Row): string | undefined {
	const cursors = info.cursors as Row | null | undefined;
	const cursor = info.cursor || cursors?.after;
	return typeof cursor === 'string' && cursor !== '' ? cursor : undefined;
}

/**
 * Pages of an endpoint with cursors, wherever the answer puts the cursor: one request for each, nothing fetched ahead,
 * rows as they come. The last has no cursor or no rows; a cursor that came before ends the list without a last page.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* cursorPages<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): AsyncGenerator<ListPage<T>> {
	const known = new Set<string>();
	let cursor: string | undefined;
	for (;;) {
		const { rows, info, serverTime } = await requestPage<T>(client, list, { cursor });
		const next = rows.length === 0 ? undefined : nextCursor(info);
		yield { rows, serverTime, last: next === undefined };
		if (next === undefined || known.has(next)) return;
		known.add(next);
		cursor = next;
	}
}

/**
 * Pages of an endpoint with page numbers: one request for each, nothing fetched ahead, rows as they come. The last is
 * empty, not full, or the last by the totals. A page that just repeats the one before ends the list without a last
 * page: the server may ignore the page number.
 * @throws NodeApiError when a page cannot be fetched
 */
export async function* numberedPages<T extends Row>(
	client: CloudflareClient,
	list: ListRequest,
): AsyncGenerator<ListPage<T>> {
	const { identify = ({ id }) => id } = list;
	let before: string | undefined;
	for (let page = 1; ; page += 1) {
		const { rows, lastPage, serverTime } = await fetchPage<T>(client, list, page);
		const content = JSON.stringify(rows.map((row) => identify(row) ?? row));
		const repeated = content === before;
		const last = rows.length === 0 || (lastPage <= page && !repeated);
		yield { rows, serverTime, last };
		if (last || repeated) return;
		before = content;
	}
}
