import type { AuditEvent, AuditSource } from '../auditEvents/auditEvent';
import { eventFromV1 } from '../auditEvents/fromV1';
import { eventFromV2 } from '../auditEvents/fromV2';
import { auditV1Retention, auditV2Retention, type Retention } from '../time/retention';
import type { Zone } from '../targets/zone';
import type { CloudflareClient, Query } from '../transport/client';
import { cursorRows, pageNumberRows, type Row } from '../transport/paginate';
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
	): AsyncIterable<Row>;
	toEvent(row: Row, account: string): AuditEvent;
}

export const sources: Readonly<Record<AuditSource, Source>> = {
	v1: {
		retention: auditV1Retention,
		readFilters: (filters) => readV1Filters(filters),
		zoneQuery: ({ name }) => ({ 'zone.name': name }),
		rows: (client, account, wanted) =>
			pageNumberRows(client, {
				...wanted,
				path: apiPath`/accounts/${account}/audit_logs`,
				pageSize: auditPageSize,
				// No totals here: a page of the default size may have been cut down to it.
				leastFullPage: DEFAULT_PAGE,
			}),
		toEvent: eventFromV1,
	},
	v2: {
		retention: auditV2Retention,
		readFilters: readV2Filters,
		zoneQuery: ({ id }) => ({ zone_id: id }),
		rows: (client, account, wanted) =>
			cursorRows(client, {
				...wanted,
				path: apiPath`/accounts/${account}/logs/audit`,
				pageSize: auditPageSize,
				sizeParameter: 'limit',
			}),
		toEvent: (row) => eventFromV2(row),
	},
};
