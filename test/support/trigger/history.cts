import fc from 'fast-check';

/** An event of a history; times in seconds from its begin. */
export interface HistoryEvent {
	at: number;
	/** Milliseconds within the second. */
	ms: number;
	/** How long after it happened the log shows it. */
	delay: number;
	/** Which filters it passes. */
	kind: 0 | 1 | 2;
}

/** One poll of a history, and what goes on around it. */
export interface Step {
	/** Seconds since the step before. */
	wait: number;
	/** Seconds that each answer takes. */
	latency: number;
	/** Whether the next step comes without waiting for the end of this one. */
	overlaps: boolean;
	/** The request of this poll that fails. */
	failsAt?: number;
	/** The page after which the server repeats its cursor. */
	repeatsAt?: number;
	/** Begins with a restart from a saved state: 0 is the last one, 1 the one before … */
	restartFrom?: number;
	/** From now on the clock of n8n's machine differs by so much, in milliseconds. */
	skew?: number;
	/** From now on a look-back so many times longer than at first. */
	lookBackFactor?: number;
	/** From now on only events of kinds up to this one are wanted. */
	kinds?: 0 | 1 | 2;
}

/** What happens at Cloudflare and at n8n, from the activation on. */
export interface History {
	/** How the log is paged: v2 goes on after a row, v1 counts rows. */
	paging: 'cursor' | 'numbers';
	pageSize: number;
	/** Whether the ends of a range belong to it. */
	includes: { since: boolean; before: boolean };
	/** Whether some rows come twice. */
	duplicates: boolean;
	engine: 'default' | 'durable';
	/** The most events of one poll. */
	cap: number;
	lookBack: number;
	events: HistoryEvent[];
	steps: Step[];
}

export const LOOK_BACK = 900;

const often = <T,>(usual: T, other: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
	fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: other, weight: 1 });

/** Mostly close together, so that many share one second and one poll; some far away. */
const seconds = fc.oneof(
	{ arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => n * 97), weight: 3 },
	{ arbitrary: fc.integer({ min: 0, max: 4000 }), weight: 2 },
	{ arbitrary: fc.integer({ min: 0, max: 3 }).map((n) => 200_000 + n), weight: 1 },
);

const delays = fc.oneof(
	{ arbitrary: fc.constant(0), weight: 4 },
	{ arbitrary: fc.integer({ min: 0, max: 120 }), weight: 2 },
	{ arbitrary: fc.integer({ min: 0, max: LOOK_BACK }), weight: 2 },
	{ arbitrary: fc.constant(LOOK_BACK), weight: 1 },
	{ arbitrary: fc.integer({ min: LOOK_BACK + 1, max: 4 * LOOK_BACK }), weight: 1 },
);

const event: fc.Arbitrary<HistoryEvent> = fc.record({
	at: seconds,
	ms: often(0, fc.integer({ min: 0, max: 999 })),
	delay: delays,
	kind: fc.constantFrom(0, 0, 0, 1, 2),
});

/** What a log looks like. */
const logs = {
	/** Few events, many of them at the same time. */
	few: fc.array(event, { maxLength: 40, size: 'max' }),
	/** More in one second than a poll has calls, where each call brings one. */
	crowd: fc
		.tuple(seconds, fc.array(event, { minLength: 31, maxLength: 40, size: 'max' }))
		.map(([at, events]) => events.map((one) => ({ ...one, at }))),
	/** Never many at once, but more within the look-back than a poll has calls for. */
	stream: fc
		.tuple(
			fc.integer({ min: 20, max: 60 }),
			fc.array(event, { minLength: 60, maxLength: 150, size: 'max' }),
		)
		.map(([gap, events]) =>
			events.map((one, index) => ({ ...one, at: index * gap + (one.at % 19) })),
		),
} as const satisfies Record<string, fc.Arbitrary<HistoryEvent[]>>;

export type LogShape = keyof typeof logs;

const longLookBack: Record<LogShape, number> = { few: 1, crowd: 1, stream: 6 };

/** What may go wrong or change in the steps of a history. */
export interface Troubles {
	failures?: boolean;
	restarts?: boolean;
	overlaps?: boolean;
	skews?: boolean;
	changes?: boolean;
}

export const everyTrouble: Troubles = {
	failures: true,
	restarts: true,
	overlaps: true,
	skews: true,
	changes: true,
};

const step = (troubles: Troubles): fc.Arbitrary<Step> => {
	const sometimes = <T,>(wanted: boolean | undefined, arbitrary: fc.Arbitrary<T>) =>
		wanted ? often<T | undefined>(undefined, arbitrary) : fc.constant(undefined);
	return fc.record({
		wait: fc.oneof(
			{ arbitrary: fc.constant(60), weight: 6 },
			{ arbitrary: fc.integer({ min: 1, max: 900 }), weight: 3 },
			{ arbitrary: fc.constant(190_000), weight: 1 },
		),
		latency: troubles.overlaps ? fc.constantFrom(0, 0, 1, 45) : fc.constant(0),
		overlaps: troubles.overlaps ? fc.boolean() : fc.constant(false),
		failsAt: sometimes(
			troubles.failures,
			fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 40 })),
		),
		repeatsAt: sometimes(troubles.failures, fc.integer({ min: 0, max: 3 })),
		restartFrom: sometimes(troubles.restarts, fc.integer({ min: 0, max: 15 })),
		skew: sometimes(troubles.skews, fc.integer({ min: -3_600_000, max: 3_600_000 })),
		lookBackFactor: sometimes(troubles.changes, fc.constantFrom(1, 2)),
		kinds: sometimes(troubles.changes, fc.constantFrom<0 | 1 | 2>(0, 1, 2)),
	});
};

/** Which histories a property is about. */
export interface Scene {
	troubles: Troubles;
	/** What the log may look like, with how often. */
	logs: Partial<Record<LogShape, number>>;
	/** Rows of a page at least. */
	leastPage: number;
}

/** Any course of events at Cloudflare and at n8n. */
export const histories = ({ troubles, logs: wanted, leastPage }: Scene): fc.Arbitrary<History> => {
	const shape = fc.oneof(
		...(Object.entries(wanted) as Array<[LogShape, number]>).map(([name, weight]) => ({
			arbitrary: fc.constant(name),
			weight,
		})),
	);
	return shape
		.chain((name) =>
			fc.record({
				paging: fc.constantFrom('cursor' as const, 'numbers' as const),
				pageSize: fc.integer({ min: leastPage, max: name === 'stream' ? 5 : 12 }),
				includes: fc.record({ since: fc.boolean(), before: fc.boolean() }),
				duplicates: fc.boolean(),
				engine: fc.constantFrom('default' as const, 'durable' as const),
				cap: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(1000)),
				lookBack: fc.constant(LOOK_BACK * longLookBack[name]),
				events: logs[name],
				steps: fc.array(step(troubles), { minLength: 1, maxLength: 14, size: 'max' }),
			}),
		)
		.map((history) => ({
			...history,
			// In the durable engine one poll at a time runs.
			steps: history.steps.map((one) =>
				history.engine === 'durable' ? { ...one, overlaps: false } : one,
			),
		}));
};
