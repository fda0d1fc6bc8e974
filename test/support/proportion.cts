const TIMES_AS_LARGE = 64;
/**
 * Against as many runs on a 64th, quadratic work takes 64 times as long, and work in proportion as long, with some more for
 * memory: up to five times was seen.
 */
const TIMES_AS_LONG = 16;
const ATTEMPTS = 10;

/**
 * Fails when work grows out of proportion to its input. Two sizes are compared with each other, because a time limit would
 * judge the machine; the smaller one runs so often that both have as much to do, and a busy machine interrupts both
 * alike. Each counts with its fastest attempt; there are more attempts only where those so far are not good enough.
 *
 * @param prepare makes an input of that size and returns the work on it, which alone is timed
 * @param size of the larger input
 */
export function expectInProportion(prepare: (size: number) => () => void, size: number): void {
	const small = prepare(Math.ceil(size / TIMES_AS_LARGE));
	const large = prepare(size);
	// The first runs also compile.
	processorTime(small, TIMES_AS_LARGE);
	let fastestSmall = Infinity;
	let fastestLarge = Infinity;
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		fastestSmall = Math.min(fastestSmall, processorTime(small, TIMES_AS_LARGE));
		fastestLarge = Math.min(fastestLarge, processorTime(large, 1));
		if (fastestLarge < TIMES_AS_LONG * fastestSmall) return;
	}
	throw new Error(
		`An input ${TIMES_AS_LARGE} times as large took ${(fastestLarge / fastestSmall).toFixed(1)} times as long as ` +
			`${TIMES_AS_LARGE} small ones: ${fastestLarge.toFixed(2)} and ${fastestSmall.toFixed(2)} ms, the best of ` +
			`${ATTEMPTS} attempts`,
	);
}

/** In milliseconds, without the time in which other programs ran. */
function processorTime(work: () => void, runs: number): number {
	const start = process.cpuUsage();
	for (let run = 0; run < runs; run++) work();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1000;
}
