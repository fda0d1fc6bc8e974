const TIMES_AS_LARGE = 16;
/** Quadratic work takes 256 times as long on sixteen times the input; work in proportion 16 times, and some more for memory. */
const TIMES_AS_LONG = 90;
/** Below this many milliseconds a clock tells nothing. */
const UNMEASURABLE = 0.2;
const ATTEMPTS = 10;

/**
 * Fails when work grows out of proportion to its input. Two sizes are compared with each other, because a time limit would
 * judge the machine. Each counts with the fastest of its runs, since the others waited for something else; there are
 * more runs only where those so far are not good enough.
 *
 * @param prepare makes an input of that size and returns the work on it, which alone is timed
 * @param size of the larger input
 */
export function expectInProportion(prepare: (size: number) => () => void, size: number): void {
	const small = prepare(Math.ceil(size / TIMES_AS_LARGE));
	const large = prepare(size);
	// The first runs also compile.
	let fastestSmall = Math.min(duration(small), duration(small), duration(small));
	let fastestLarge = Infinity;
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		fastestSmall = Math.min(fastestSmall, duration(small));
		fastestLarge = Math.min(fastestLarge, duration(large));
		if (fastestLarge < TIMES_AS_LONG * Math.max(fastestSmall, UNMEASURABLE)) return;
	}
	throw new Error(
		`${TIMES_AS_LARGE} times the input took ${(fastestLarge / fastestSmall).toFixed(0)} times as long: ` +
			`${fastestSmall.toFixed(2)} ms and ${fastestLarge.toFixed(2)} ms, the fastest of ${ATTEMPTS} runs`,
	);
}

function duration(work: () => void): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}
