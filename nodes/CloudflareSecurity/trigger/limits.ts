/** Numbers that the user may set, with what they are when nothing is said. */
export const lookBackMinutes = {
	name: 'lookBackMinutes',
	field: 'Look-Back (Minutes)',
	min: 15,
	max: 1440,
	usual: 15,
} as const;

export const eventsPerPoll = {
	name: 'maxEvents',
	field: 'Events per Poll',
	min: 1,
	max: 10_000,
	usual: 1000,
} as const;

/** Calls that a poll may spend on the log; 30 pages hold up to 30,000 events. */
export const CALLS_PER_POLL = 30;

/** n8n counts an activation as failed for good after 84 s, and polls again after a minute at the earliest. */
const MOST_POLL_MS = 60_000;

interface PollHost {
	/** Milliseconds. Hosts before 2.38 do not have it. */
	getPollBudgetMs?: () => number;
}

/** What n8n gives a poll that may take its time: every one of its usual engine, and the durable one's at activation. */
const UNHURRIED_MS = 300_000;

/** Whether this is no scheduled poll of n8n's durable engine, which gives those 36 s. */
export const isUnhurried = (host: PollHost): boolean =>
	(host.getPollBudgetMs?.() ?? UNHURRIED_MS) >= UNHURRIED_MS;

/** How long this poll may take, in milliseconds. */
export const pollTime = (host: PollHost): number =>
	Math.min(host.getPollBudgetMs?.() ?? MOST_POLL_MS, MOST_POLL_MS);

/** The part of it for reading the log, in milliseconds: what was read must still be looked through and handed over. */
export const readingTime = (pollMs: number): number => Math.floor(pollMs * 0.8);

/** The longest wait for Cloudflare, in milliseconds; beyond it the next poll tries again. */
export const longestWait = (pollMs: number): number => Math.floor(pollMs / 2);
