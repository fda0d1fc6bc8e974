const UNITS = [
	['d', 86_400],
	['h', 3600],
	['min', 60],
	['s', 1],
] as const;

/** Seconds as people say them, with the two largest units: `2 d 3 h`, `42 min`, `8 s`. */
export function durationText(seconds: number): string {
	let rest = Math.max(0, Math.round(seconds));
	const parts = UNITS.flatMap(([unit, length]) => {
		const amount = Math.floor(rest / length);
		rest -= amount * length;
		return [{ amount, text: `${amount} ${unit}` }];
	});
	const first = parts.findIndex(({ amount }) => amount > 0);
	if (first === -1) return '0 s';
	return parts
		.slice(first, first + 2)
		.filter(({ amount }) => amount > 0)
		.map(({ text }) => text)
		.join(' ');
}
