import { InputError } from '../input/inputError';

/** A stretch of time: from `since` up to, not including, `before`; milliseconds since 1970. */
export interface TimeRange {
	readonly since: number;
	readonly before: number;
}

/** How far back an API can look. */
export interface Retention {
	/** Nothing older can be read by anybody. */
	oldest(now: number): number;
	/** Why, as a sentence. */
	because: string;
	/** Where older records are, or what to choose, without "is expected" and a final period. */
	expected: string;
	/** From here on back, not everybody sees records. */
	oftenMissing?: { before(now: number): number; because: string };
}

const DAY = 86_400_000;
const isoDay = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);

function monthsBefore(now: number, months: number): number {
	const date = new Date(now);
	return date.setUTCMonth(date.getUTCMonth() - months);
}

/** Audit logs v2 became generally available on this day and have nothing older. */
export const AUDIT_V2_BEGIN = Date.UTC(2026, 2, 10);
const AUDIT_MONTHS = 18;

export const auditV1Retention: Retention = {
	oldest: (now) => monthsBefore(now, AUDIT_MONTHS),
	because: 'Cloudflare keeps audit logs for 18 months.',
	expected: 'A time within the last 18 months',
};

export const auditV2Retention: Retention = {
	oldest: (now) => Math.max(AUDIT_V2_BEGIN, monthsBefore(now, AUDIT_MONTHS)),
	because:
		'Audit logs v2 hold events from 10 March 2026 on, and Cloudflare keeps audit logs for 18 months.',
	expected: 'A later time, or Audit Logs V1 as the source for older events',
};

export const alertRetention: Retention = {
	oldest: (now) => now - 90 * DAY,
	because: 'Cloudflare keeps the alert history for 90 days, and for 30 below the Enterprise plan.',
	expected: 'A time within the last 90 days',
	oftenMissing: {
		before: (now) => now - 30 * DAY,
		because: 'Below the Enterprise plan, Cloudflare shows alerts of the last 30 days only.',
	},
};

/**
 * @returns what to tell the user when the range is covered in part only
 * @throws InputError when nothing in the range can be there any more
 */
export function checkRetention(
	{ since, before }: TimeRange,
	{ oldest, because, expected, oftenMissing }: Retention,
	now: number,
): string | undefined {
	const first = oldest(now);
	if (before <= first) {
		throw new InputError('Before', `${isoDay(before)} is too far back. ${because}`, expected);
	}
	// A relative time of exactly the retention is no reason to bother anybody.
	if (since < first - DAY) {
		return `The chosen time begins on ${isoDay(since)}. ${because} Older events are not in the output.`;
	}
	return oftenMissing && since < oftenMissing.before(now) - DAY ? oftenMissing.because : undefined;
}
