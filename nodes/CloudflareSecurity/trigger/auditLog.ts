import type { IDataObject } from 'n8n-workflow';
import type { AuditEvent } from '../auditEvents/auditEvent';
import { sources } from '../auditLog/sources';
import { zoneOfAccount } from '../targets/zoneOfAccount';
import { timeQuery } from '../time/timeQuery';
import type { Connection } from '../transport/connect';
import type { PathSegment } from '../transport/path';
import { resolveZone } from '../targets/zone';
import type { Row } from '../transport/pages';
import type { LogPage } from './readLog';
import { eventHash } from './seenEvents';
import type { Settings } from './settings';
import { MOST_OFFSET_MS } from './state';

/** An event that the user wants to know of. */
export interface WantedEvent {
	event: AuditEvent;
	/** What the workflow gets. */
	json: IDataObject;
}

/** One account's audit log, as the user chose it. */
export interface AuditLog {
	/** Oldest first; times in seconds since 1970. @throws NodeApiError */
	pages(since: number, before: number): AsyncGenerator<LogPage<WantedEvent>>;
	/** Newest first; times likewise. @throws NodeApiError */
	newestPages(since: number, before: number): AsyncGenerator<LogPage<WantedEvent>>;
	/** What to add to the clock of this machine for Cloudflare's, in milliseconds; undefined before the first answer. */
	readonly clockOffset: number | undefined;
}

/** A time that no clock can be wrong by is none: kept, it would make the saved position useless. */
const plausible = (serverTime: number | undefined): number | undefined =>
	serverTime !== undefined && Math.abs(serverTime - Date.now()) <= MOST_OFFSET_MS
		? serverTime
		: undefined;

/**
 * @param signal ends reading, also in the middle of a page
 * @throws InputError or NodeApiError when the zone of the filter cannot be found
 */
export async function openAuditLog(
	connection: Connection,
	account: PathSegment,
	{ source: name, filters, matches, rawEvent }: Settings,
	signal?: AbortSignal,
): Promise<AuditLog> {
	const { client } = connection;
	const source = sources[name];
	const zone =
		'zone' in filters
			? source.zoneQuery(
					await zoneOfAccount(client, account, (await resolveZone(connection, filters.zone)).id),
				)
			: {};
	let clockOffset: number | undefined;

	function sighting(row: Row) {
		const event = source.toEvent(row, account);
		// Without an ID, the whole row tells it from others.
		const hash = eventHash(event.id ?? JSON.stringify(row));
		const second = event.time_ms === null ? undefined : Math.floor(event.time_ms / 1000);
		if (!matches(event)) return { hash, second };
		const json = (rawEvent ? row : event) as unknown as IDataObject;
		return { hash, second, event: { event, json } };
	}

	async function* pages(direction: 'asc' | 'desc', since: number, before: number) {
		const query = {
			...timeQuery({ since: since * 1000, before: before * 1000 }),
			direction,
			...filters.query,
			...zone,
		};
		for await (const page of source.pages(client, account, { query, signal })) {
			const serverTime = plausible(page.serverTime);
			if (serverTime !== undefined) clockOffset = serverTime - Date.now();
			yield { rows: page.rows.map(sighting), last: page.last, serverTime };
		}
	}

	return {
		pages: (since, before) => pages('asc', since, before),
		newestPages: (since, before) => pages('desc', since, before),
		get clockOffset() {
			return clockOffset;
		},
	};
}
