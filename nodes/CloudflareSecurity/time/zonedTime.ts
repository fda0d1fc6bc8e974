const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
	const format =
		formats.get(timeZone) ??
		new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
	formats.set(timeZone, format);
	return format;
}

/** How far the clocks of a time zone are ahead of UTC at this moment, in milliseconds. */
function offsetAt(milliseconds: number, timeZone: string): number {
	const parts = formatFor(timeZone).formatToParts(milliseconds);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	const local = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return local - Math.floor(milliseconds / 1000) * 1000;
}

/**
 * The moment at which the clocks of a time zone show a local time. Of a time that they show twice it is the first; one
 * that they skip counts from before the change, as the clock would have gone on.
 * @param local the local time as if it were UTC, in milliseconds since 1970
 * @param timeZone IANA name, such as Europe/Berlin
 * @throws RangeError when there is no such time zone
 */
export function momentOf(local: number, timeZone: string): number {
	// The offset at the wanted moment is one of those a day before and after: clocks change at most once in between.
	const day = 86_400_000;
	const moments = [-day, day].map((away) => local - offsetAt(local + away, timeZone));
	const shown = moments.filter((moment) => moment + offsetAt(moment, timeZone) === local);
	return shown.length > 0 ? Math.min(...shown) : moments[0];
}
