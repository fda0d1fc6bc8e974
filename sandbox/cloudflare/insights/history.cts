import { createHash } from 'node:crypto';
import { badQuery } from '../errors.cjs';
import { afterCursor, choice } from '../query.cjs';
import type { InsightChange, InsightRecord } from './types.cjs';

const PAGE = { default: 25, least: 1, most: 1000 };

/** A UUID of version 7: its first 48 bits are the time in milliseconds. */
function timeOrdered(time: number, name: string): string {
	const hex = time.toString(16).padStart(12, '0');
	const rest = createHash('sha256').update(name).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

/** Writes a change into the insight's own history. `time` in milliseconds. */
export function remember(
	record: InsightRecord,
	time: number,
	change: Pick<
		InsightChange,
		'changed_by' | 'field_changed' | 'previous_value' | 'current_value' | 'rationale'
	>,
): void {
	record.history.push({
		id: timeOrdered(time, `${record.insight.id}/${record.history.length}`),
		issue_id: record.insight.id,
		changed_at: new Date(time).toISOString(),
		...change,
	});
}

function instant(query: URLSearchParams, name: string): number | undefined {
	const given = query.get(name);
	if (given === null || given === '') return undefined;
	const time = Date.parse(given);
	if (Number.isNaN(time)) throw badQuery(name, given);
	return time;
}

/** One page of the insight's history. Throws 400. Source of the parameters and the cursor's place: SDK 7.3. */
export function historyPage({ history }: InsightRecord, query: URLSearchParams) {
	const order = choice(query, 'order', ['asc', 'desc']) ?? 'desc';
	const field = choice(query, 'field_changed', ['status', 'user_classification']);
	const actor = query.get('changed_by') || undefined;
	const [since, before] = [instant(query, 'since'), instant(query, 'before')];
	const found = history.filter(({ field_changed, changed_by, changed_at }) => {
		const time = Date.parse(changed_at);
		return (
			(field === undefined || field_changed === field) &&
			(actor === undefined || changed_by === actor) &&
			(since === undefined || time >= since) &&
			(before === undefined || time < before)
		);
	});
	if (order === 'desc') found.reverse();
	return afterCursor(found, query, 'cursor', PAGE);
}
