import type { AuditLog, WantedEvent } from './auditLog';

const WANTED = 5;
/** A month of events, or the newest 3,000 of them, are enough to find one that matches. */
export const DAYS = 30;
const PAGES = 3;

/**
 * The newest few events that match, newest first, for a look in the editor.
 * @param now milliseconds since 1970
 * @throws NodeApiError
 */
export async function newestEvents(log: AuditLog, now: number): Promise<WantedEvent[]> {
	const before = Math.ceil(now / 1000);
	const found: WantedEvent[] = [];
	let pages = 0;
	for await (const { rows } of log.newestPages(before - DAYS * 86_400, before)) {
		for (const { event } of rows) {
			if (event !== undefined) found.push(event);
			if (found.length === WANTED) return found;
		}
		pages += 1;
		if (pages === PAGES) break;
	}
	return found;
}
