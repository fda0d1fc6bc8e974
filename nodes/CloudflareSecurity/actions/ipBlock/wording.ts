const MOST_NAMED = 5;

/** "1 address was", "2 addresses were" */
export const number = (count: number, one: string, many: string): string =>
	`${count} ${count === 1 ? one : many}`;

/** "a; b; c and 4 more" */
export function listed(texts: readonly string[], separator = '; '): string {
	const named = texts.slice(0, MOST_NAMED).join(separator);
	const more = texts.length - MOST_NAMED;
	return more > 0 ? `${named} and ${more} more` : named;
}
