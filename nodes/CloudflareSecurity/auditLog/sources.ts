import type { AuditEvent, AuditSource } from '../auditEvents/auditEvent';
import { eventFromV1 } from '../auditEvents/fromV1';
import { eventFromV2 } from '../auditEvents/fromV2';
import { auditV1Retention, auditV2Retention, type Retention } from '../time/retention';
import type { Zone } from '../targets/zone';
import type { CloudflareClient, Query } from '../transport/client';
import {
	cursorPages,
	numberedPages,
	type ListPage,
	type ListRequest,
	type Row,
} from '../transport/pages';
import { cursorRows, pageNumberRows, type RowPages } from '../transport/paginate';
import { apiPath, type PathSegment } from '../transport/path';
import { readV1Filters, readV2Filters, type AuditFilters, type Given } from './readFilters';

/** API reference: both take pages of up to 1,000 and give 100 when nothing is said. */
export const auditPageSize = { min: 1, max: 1000 } as const;
const DEFAULT_PAGE = 100;

/** One of the two audit log APIs: what it can do and how it is asked. */
export interface Source {
	retention: Retention;
	/**
	 * @param exclude v1 has no such filters
	 * @throws InputError when a filter is empty or holds something that the API does not know
	 */
	readFilters(filters: Given, exclude: Given): AuditFilters;
	zoneQuery(zone: Zone): Query;
	rows(
		client: CloudflareClient,
		account: PathSegment,
		wanted: { query: Query; limit?: number },
	): RowPages<Row>;
	/**
	 * For callers that count calls and stop between pages.
	 * @param wanted.size rows of a page, 1,000 when left out
	 */
	pages(
		client: CloudflareClient,
		account: PathSegment,
		wanted: { query: Query; size?: number; signal?: AbortSignal },
	): AsyncIterable<ListPage<Row>>;
	toEvent(row: Row, account: string): AuditEvent;
}

const v1List = (account: PathSegment, query: Query, limit?: number): ListRequest => ({
	path: apiPath`/accounts/${account}/audit_logs`,
	query,
	limit,
	pageSize: auditPageSize,
	// No totals here: a page of the default size may have been cut down to it.
	leastFullPage: DEFAULT_PAGE,
});

const v2List = (account: PathSegment, query: Query, limit?: number): ListRequest => ({
	path: apiPath`/accounts/${account}/logs/audit`,
	query,
	limit,
	pageSize: auditPageSize,
	sizeParameter: 'limit',
});

export const sources: Readonly<Record<AuditSource, Source>> = {
	v1: {
		retention: auditV1Retention,
		readFilters: (filters) => readV1Filters(filters),
		zoneQuery: ({ name }) => ({ 'zone.name': name }),
		rows: (client, account, { query, limit }) =>
			pageNumberRows(client, v1List(account, query, limit)),
		pages: (client, account, { query, size, signal }) =>
			numberedPages(client, { ...v1List(account, query, size), signal }),
		toEvent: eventFromV1,
	},
	v2: {
		retention: auditV2Retention,
		readFilters: readV2Filters,
		zoneQuery: ({ id }) => ({ zone_id: id }),
		rows: (client, account, { query, limit }) => cursorRows(client, v2List(account, query, limit)),
		pages: (client, account, { query, size, signal }) =>
			cursorPages(client, { ...v2List(account, query, size), signal }),
		toEvent: (row) => eventFromV2(row),
	},
};
