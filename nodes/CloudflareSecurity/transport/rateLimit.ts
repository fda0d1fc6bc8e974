import type { Clock } from './clock';

interface Budget {
	remaining: number;
	resetsAt: number;
}

export interface PacerOptions {
	clock: Clock;
	/** The longest wait for the reset, in milliseconds; a longer one is refused. */
	maxWaitMs: number;
	log: (message: string) => void;
}

// Ratelimit: "default";r=50;t=30 — remaining requests and seconds to the reset, one entry per policy
// (Cloudflare sends it with every answer since 3 Sep 2025).
function readBudgets(value: string | undefined, now: number): Budget[] {
	return (value ?? '').split(',').flatMap((entry) => {
		const remaining = /;\s*r=(\d+)/.exec(entry);
		const seconds = /;\s*t=(\d+)/.exec(entry);
		if (!remaining || !seconds) return [];
		return [{ remaining: Number(remaining[1]), resetsAt: now + Number(seconds[1]) * 1000 }];
	});
}

const SAME_WINDOW_MS = 2_000;
const LOOK_AGAIN_MS = 1_000;

/**
 * Keeps requests within the API's quota. Running into it blocks everything of the user for five minutes, the dashboard
 * included, so it waits for the reset instead.
 */
export class RatePacer {
	private budget?: Budget;
	private inFlight = 0;

	constructor(private readonly options: PacerOptions) {}

	/** Waits until a request may be sent. @returns the wait in milliseconds when it is too long to be slept */
	async admit(signal?: AbortSignal): Promise<number | undefined> {
		const { clock, maxWaitMs, log } = this.options;
		let said = false;
		while (this.budget && this.budget.remaining <= this.inFlight && !signal?.aborted) {
			const wait = this.budget.resetsAt - clock.now();
			if (wait <= 0) {
				this.budget = undefined;
				break;
			}
			if (wait > maxWaitMs) return wait;
			if (!said) {
				log(
					`Cloudflare's request quota is used up; waiting up to ${Math.ceil(wait / 1000)} s for its reset`,
				);
				said = true;
			}
			// In slices: an answer that is still on its way may tell that there is room.
			await clock.sleep(Math.min(wait, LOOK_AGAIN_MS), signal);
		}
		this.inFlight += 1;
		return undefined;
	}

	/** To be called once for each admitted request, with the answer's header when there was an answer. */
	learn(rateLimitHeader?: string): void {
		this.inFlight -= 1;
		const budgets = readBudgets(rateLimitHeader, this.options.clock.now());
		if (budgets.length === 0) return;
		const tightest = budgets.reduce((a, b) => (b.remaining < a.remaining ? b : a));
		const known = this.budget;
		// Answers overtake each other: within one window the smaller number is the newer one.
		const sameWindow = known && Math.abs(known.resetsAt - tightest.resetsAt) < SAME_WINDOW_MS;
		if (sameWindow && known.remaining < tightest.remaining) return;
		this.budget = tightest;
	}
}
