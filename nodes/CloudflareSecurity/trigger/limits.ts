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

/** What n8n's usual engine gives a poll. Hosts before 2.38 do not say it. */
const USUAL_POLL_MS = 300_000;

/** How long this poll may take, in milliseconds. */
export const pollTime = (host: { getPollBudgetMs?: () => number }): number =>
	typeof host.getPollBudgetMs === 'function' ? host.getPollBudgetMs() : USUAL_POLL_MS;

/** The part of it for reading the log, in milliseconds: what was read must still be looked through and handed over. */
export const readingTime = (pollMs: number): number => Math.floor(pollMs * 0.8);
