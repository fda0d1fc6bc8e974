import type { TimeRange } from './retention';

/** As every endpoint with times takes them: RFC 3339 with Z. */
export const timeQuery = ({ since, before }: TimeRange): { since: string; before: string } => ({
	since: new Date(since).toISOString(),
	before: new Date(before).toISOString(),
});
