const FORM =
	/^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/i;

/** Milliseconds of a date (its midnight in UTC) or an RFC 3339 time; undefined for anything else. */
export function instant(given: string): number | undefined {
	const day = FORM.exec(given)?.[1];
	if (day === undefined) return undefined;
	// Days that no month has would roll over into the next.
	const midnight = Date.parse(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
	return Date.parse(given);
}
