/** Node → its runs, each with the items of every output. */
export type RunData = Record<
	string,
	Array<{ data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> } }>
>;

/** Every object and text of n8n's stored form stands in one list; inside, the place in the list stands for it, as text. */
function unpacked(list: readonly unknown[], place: number): unknown {
	const resolved = (value: unknown): unknown =>
		typeof value === 'string' ? unpacked(list, Number(value)) : value;
	const value = list[place];
	if (Array.isArray(value)) return value.map(resolved);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each)]));
}

const member = (list: readonly unknown[], place: number, key: string): number =>
	Number((list[place] as Record<string, unknown>)[key] ?? Number.NaN);

/** @param text the data of an execution as n8n's REST interface gives it */
export function unpackRunData(text: string): RunData {
	const list = JSON.parse(text) as unknown[];
	// Only this part: errors, which stand elsewhere, may contain themselves.
	const place = member(list, member(list, 0, 'resultData'), 'runData');
	return Number.isNaN(place) ? {} : (unpacked(list, place) as RunData);
}
