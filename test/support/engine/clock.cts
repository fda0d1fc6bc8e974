const realNow = Date.now.bind(Date);
let ahead = 0;
let holders = 0;

/** Moves `Date.now()` on for whoever holds the clock. */
export function advance(ms: number): void {
	ahead += ms;
}

/**
 * Lets `advance` move `Date.now()`. Holders may overlap: the clock is set right when the last one has let go.
 * @returns lets go
 */
export function holdClock(): () => void {
	holders += 1;
	// Waits with jitter are fractions; the real clock has whole milliseconds.
	Date.now = () => Math.floor(realNow() + ahead);
	return () => {
		holders -= 1;
		if (holders > 0) return;
		ahead = 0;
		Date.now = realNow;
	};
}

export interface MovableTime {
	/** For the stand-in, whose own default is the real time: `useCloudflare({ now: time.now })`. */
	now(): number;
	advance(ms: number): void;
}

/**
 * For a whole test file: each test may move the time of node and stand-in on; afterwards it is the real one again. What
 * a node sleeps counts too, and stays until the test ends. Timers and `new Date()` keep to the real time.
 */
export function moveTime(): MovableTime {
	let release: () => void;
	beforeEach(() => {
		release = holdClock();
	});
	afterEach(() => release());
	return { now: () => Date.now(), advance };
}
