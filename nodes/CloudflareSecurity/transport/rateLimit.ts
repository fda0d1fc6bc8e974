import type { Clock } from './clock';

/** What is known about the running window of one policy. */
interface Budget {
	remaining: number;
	/** The window ends between these two times: the header tells it in whole seconds, and answers are on their way for a while. */
	endsAfter: number;
	endsBefore: number;
}

export interface PacerOptions {
	clock: Clock;
	/** The longest wait for the reset, in milliseconds; a longer one is refused. */
	maxWaitMs: number;
	log: (message: string) => void;
}

/** For a request that may be sent; to be handed back with its answer. */
export interface Ticket {
	sentAt: number;
	/** How many answers had been lost by then. */
	lost: number;
}

export type Admission = { ticket: Ticket } | { tooLongMs: number };

// Ratelimit: "default";r=50;t=30 — remaining requests and seconds to the reset, one entry per policy
// (Cloudflare sends it with every answer since 3 Sep 2025).
function readEntries(value: string | undefined): Array<[name: string, r: number, t: number]> {
	return (value ?? '').split(',').flatMap((entry) => {
		const remaining = /;\s*r=(\d+)/.exec(entry);
		const seconds = /;\s*t=(\d+)/.exec(entry);
		if (!remaining || !seconds) return [];
		return [[entry.split(';')[0].trim(), Number(remaining[1]), Number(seconds[1])]];
	});
}

const LOOK_AGAIN_MS = 1_000;

/**
 * Keeps requests within the API's quota. Running into it blocks everything of the user for five minutes, the dashboard
 * included, so it waits for the reset instead.
 */
export class RatePacer {
	/** One for each policy that the API has named: a burst limit may stand beside the quota. */
	private readonly budgets = new Map<string, Budget>();
	private inFlight = 0;
	private lost = 0;

	constructor(private readonly options: PacerOptions) {}

	/** Waits until a request may be sent. A wait that is too long is not slept but told. */
	async admit(signal?: AbortSignal): Promise<Admission> {
		const { clock, maxWaitMs, log } = this.options;
		let said = false;
		for (;;) {
			const wait = this.timeToWait();
			if (wait === 0 || signal?.aborted) break;
			if (wait > maxWaitMs) return { tooLongMs: wait };
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
		return { ticket: { sentAt: clock.now(), lost: this.lost } };
	}

	/** To be called once for each ticket, with the answer's header when there was an answer. */
	learn(ticket: Ticket, rateLimitHeader?: string): void {
		this.inFlight -= 1;
		const entries = readEntries(rateLimitHeader);
		if (entries.length === 0) {
			// It may have been counted, and no answer will tell.
			this.lost += 1;
			for (const budget of this.budgets.values()) budget.remaining -= 1;
		}
		const now = this.options.clock.now();
		for (const [name, remaining, seconds] of entries) {
			this.merge(name, now, {
				remaining: remaining - (this.lost - ticket.lost),
				endsAfter: ticket.sentAt + (seconds - 1) * 1000,
				endsBefore: now + seconds * 1000,
			});
		}
	}

	/** Answers overtake each other: within one window the smaller number is the newer one. */
	private merge(name: string, now: number, told: Budget): void {
		const known = this.budgets.get(name);
		const isOver = !known || known.endsBefore <= now || known.endsBefore < told.endsAfter;
		if (isOver) {
			this.budgets.set(name, told);
			return;
		}
		const isOfEarlierWindow = told.endsBefore < known.endsAfter;
		if (isOfEarlierWindow) return;
		known.remaining = Math.min(known.remaining, told.remaining);
		known.endsAfter = Math.max(known.endsAfter, told.endsAfter);
		known.endsBefore = Math.max(known.endsBefore, told.endsBefore);
	}

	/** Milliseconds until every policy has room, as far as is known; 0 when there is room. */
	private timeToWait(): number {
		const now = this.options.clock.now();
		const full = [...this.budgets.values()].filter(({ remaining }) => remaining <= this.inFlight);
		return Math.max(0, ...full.map(({ endsBefore }) => endsBefore - now));
	}
}
