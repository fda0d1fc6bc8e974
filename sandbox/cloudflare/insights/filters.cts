import { badQuery } from '../errors.cjs';
import { choice } from '../query.cjs';
import { ISSUE_TYPES, SEVERITIES, type InsightRecord } from './types.cjs';

const FIELDS: Record<
	string,
	{ of: (record: InsightRecord) => string; values?: readonly string[] }
> = {
	issue_class: { of: ({ insight }) => insight.issue_class },
	issue_type: { of: ({ insight }) => insight.issue_type, values: ISSUE_TYPES },
	product: { of: ({ product }) => product },
	severity: { of: ({ insight }) => insight.severity.toLowerCase(), values: SEVERITIES },
	subject: { of: ({ insight }) => insight.subject },
};

/** The values of a repeated key. Throws 400 for one outside of a closed set, such as `Low` or `low,critical`. */
function wanted(query: URLSearchParams, key: string, values?: readonly string[]): string[] {
	const given = query.getAll(key).filter((value) => value !== '');
	for (const value of given)
		if (values !== undefined && !values.includes(value)) throw badQuery(key, value);
	return given;
}

/** Which insights the query asks for; the list and the counts take the same filters. */
export function insightFilter(query: URLSearchParams): (record: InsightRecord) => boolean {
	const dismissed = choice(query, 'dismissed', ['true', 'false']);
	// All seeded insights are Cloudflare's own; the other source is a service that few accounts have.
	const sources = wanted(query, 'source', ['cloudflare', 'riskrecon']);
	const fields = Object.entries(FIELDS).map(([name, { of, values }]) => ({
		of,
		among: wanted(query, name, values),
		notAmong: wanted(query, `${name}~neq`, values),
	}));
	return (record) =>
		(dismissed === undefined || String(record.insight.dismissed) === dismissed) &&
		(sources.length === 0 || sources.includes('cloudflare')) &&
		fields.every(({ of, among, notAmong }) => {
			const value = of(record);
			return (among.length === 0 || among.includes(value)) && !notAmong.includes(value);
		});
}
