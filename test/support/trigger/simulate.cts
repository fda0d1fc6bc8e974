import type { IDataObject } from 'n8n-workflow';
import { eventHash } from '../../../nodes/CloudflareSecurity/trigger/seenEvents';
import type { AuditLog, WantedEvent } from '../../../nodes/CloudflareSecurity/trigger/auditLog';
import type { LogPage } from '../../../nodes/CloudflareSecurity/trigger/readLog';
import { VirtualClock } from '../virtualClock.cjs';
import { handMadePoll } from './handMadePoll.cjs';
import type { History, HistoryEvent, Step } from './history.cjs';
import type { NewEventsModule } from './variants.cjs';

/** An event at the simulated Cloudflare; times in milliseconds since 1970. */
export interface LoggedEvent extends HistoryEvent {
	id: string;
	hash: string;
	index: number;
	time: number;
	visibleAt: number;
}

/** What one poll did. */
export interface SimulatedPoll {
	startedAt: number;
	endedAt: number;
	step: Step;
	/** Whether it belongs to the steps of the history, or drains what is left after them. */
	drains: boolean;
	calls: number;
	emitted: LoggedEvent[];
	/** Those that had been handed over before, as far as the state could know. */
	repeated: LoggedEvent[];
	/** Handed over before: the polls that the state knew of when this one ended. */
	knownPolls: readonly SimulatedPoll[];
	failed: boolean;
	/** Marks and events in the state, before and after. */
	before: string;
	after: string;
	/** Which kinds of events were wanted. */
	kinds: number;
	/** Whether it was still under way when n8n was restarted: nobody got its events. */
	lost: boolean;
}

export interface Simulation {
	events: LoggedEvent[];
	polls: SimulatedPoll[];
	/** The first poll set out here. Milliseconds since 1970. */
	activatedAt: number;
	/** Whether everything was handed over in the end. */
	drained: boolean;
}

interface Saved {
	state: IDataObject;
	/** The polls whose events the state knows of. */
	polls: readonly SimulatedPoll[];
}

const MARKS = ['head', 'settled', 'seen', 'resumeAt'];
const marksOf = (state: IDataObject): string => JSON.stringify(MARKS.map((key) => state[key]));
const copy = (state: IDataObject): IDataObject => JSON.parse(JSON.stringify(state)) as IDataObject;
/** The same few names come in all histories. */
const hashes = new Map<string, string>();
function hashOf(id: string): string {
	const hash = hashes.get(id) ?? eventHash(id);
	hashes.set(id, hash);
	return hash;
}

/** A number that looks like chance: rows of one instant come in another order in each walk. */
const mixed = (index: number, salt: number): number => {
	const value = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
	return (value ^ (value >>> 13)) >>> 0;
};

class Simulator {
	readonly clock = new VirtualClock();
	readonly begin = this.clock.now();
	readonly events: LoggedEvent[];
	readonly polls: SimulatedPoll[] = [];
	memory: IDataObject = {};
	private knownPolls: readonly SimulatedPoll[] = [];
	private readonly saved: Saved[] = [];
	private skew = 0;
	private lookBack: number;
	private kinds: 0 | 1 | 2 = 2;
	private life = 0;
	private walks = 0;

	constructor(
		private readonly history: History,
		private readonly core: NewEventsModule,
		private readonly newestFirst: boolean,
	) {
		this.lookBack = history.lookBack;
		this.events = history.events.map((event, index) => {
			const time = this.begin + event.at * 1000 + event.ms;
			const id = `event ${index}`;
			const visibleAt = time + event.delay * 1000;
			return { ...event, id, hash: hashOf(id), index, time, visibleAt };
		});
	}

	/** Before it, the trigger looks for nothing more. Seconds since 1970. */
	get settled(): number {
		const state = this.history.engine === 'durable' ? this.saved.at(-1)?.state : this.memory;
		return Number(state?.settled ?? 0);
	}

	private rowsOf(since: number, before: number, salt: number): LoggedEvent[] {
		const { includes } = this.history;
		const now = this.clock.now();
		const place = (event: LoggedEvent) => mixed(event.index, salt);
		const sign = this.newestFirst ? -1 : 1;
		return this.events
			.filter(
				({ time, visibleAt }) =>
					visibleAt <= now &&
					(includes.since ? time >= since * 1000 : time > since * 1000) &&
					(includes.before ? time <= before * 1000 : time < before * 1000),
			)
			.sort((left, right) => sign * (left.time - right.time) || place(left) - place(right));
	}

	private log(step: Step, poll: SimulatedPoll): AuditLog {
		const { paging, pageSize, duplicates } = this.history;
		const { clock } = this;
		let clockOffset: number | undefined;
		const wants = (kind: number) => kind <= poll.kinds;
		const host = () => this.clock.now() + this.skew;
		const rowsOf = (since: number, before: number, salt: number) =>
			this.rowsOf(since, before, salt);
		const newWalk = () => (this.walks += 1);

		async function* pages(since: number, before: number): AsyncGenerator<LogPage<WantedEvent>> {
			const salt = newWalk();
			let after: LoggedEvent | undefined;
			for (let number = 0; ; number += 1) {
				const call = poll.calls;
				poll.calls += 1;
				if (poll.calls > 2000) throw new Error('A walk without end');
				if (step.latency > 0) await clock.sleep(step.latency * 1000);
				if (call === step.failsAt) throw new Error('The connection was cut');
				const rows = rowsOf(since, before, salt);
				const from =
					paging === 'numbers' || after === undefined ? number * pageSize : rows.indexOf(after) + 1;
				const page = rows.slice(from, from + pageSize);
				const last = paging === 'numbers' ? page.length < pageSize : from + pageSize >= rows.length;
				const shown =
					duplicates && number % 2 === 1 && after !== undefined ? [after, ...page] : page;
				after = page.at(-1) ?? after;
				const serverTime = Math.floor(clock.now() / 1000) * 1000;
				clockOffset = serverTime - host();
				yield {
					rows: shown.map((event) => ({
						hash: event.hash,
						second: Math.floor(event.time / 1000),
						...(wants(event.kind)
							? { event: { event: {}, json: event } as unknown as WantedEvent }
							: {}),
					})),
					last: last && step.repeatsAt !== number,
					serverTime,
				};
				if (last || step.repeatsAt === number) return;
			}
		}
		return {
			pages,
			newestPages: pages,
			get clockOffset() {
				return clockOffset;
			},
		};
	}

	/** Kept by the host when the poll has ended. */
	private save(state: IDataObject): void {
		this.saved.push({ state: copy(state), polls: this.knownPolls });
	}

	restart(back: number): void {
		const saved = this.saved[Math.max(0, this.saved.length - 1 - back)];
		this.life += 1;
		this.knownPolls = saved.polls;
		this.memory = copy(saved.state);
		this.saved.push(saved);
	}

	change({ skew, lookBackFactor, kinds }: Step): void {
		this.skew = skew ?? this.skew;
		if (lookBackFactor !== undefined) this.lookBack = this.history.lookBack * lookBackFactor;
		this.kinds = kinds ?? this.kinds;
	}

	async poll(step: Step, drains = false): Promise<void> {
		const { history, life } = this;
		const isDurable = history.engine === 'durable';
		const state = isDurable ? copy(this.saved.at(-1)?.state ?? {}) : this.memory;
		const run: SimulatedPoll = {
			startedAt: this.clock.now(),
			endedAt: 0,
			step,
			drains,
			calls: 0,
			emitted: [],
			repeated: [],
			knownPolls: [],
			failed: false,
			before: marksOf(state),
			after: '',
			kinds: this.kinds,
			lost: false,
		};
		const now = () => this.clock.now() + this.skew;
		try {
			const found = await this.core.pollNewEvents(
				handMadePoll({
					state,
					settings: { lookBack: this.lookBack, maxEvents: history.cap },
					log: this.log(step, run),
					now,
					startedAt: now(),
					timeMs: 300_000,
				}),
			);
			run.emitted = found.map(({ json }) => json as unknown as LoggedEvent);
		} catch (error) {
			if (!(error instanceof Error) || error.message !== 'The connection was cut') throw error;
			run.failed = true;
		}
		run.endedAt = this.clock.now();
		run.after = marksOf(state);
		run.lost = life !== this.life;
		this.polls.push(run);
		if (run.lost) return;
		run.knownPolls = this.knownPolls;
		const known = new Set(this.knownPolls.flatMap(({ emitted }) => emitted.map(({ id }) => id)));
		run.repeated = run.emitted.filter(
			({ id }, index) =>
				known.has(id) || run.emitted.findIndex((other) => other.id === id) !== index,
		);
		if (run.emitted.length > 0) this.knownPolls = [...this.knownPolls, run];
		const isFirst = this.polls.length === 1;
		const isSaved = isDurable ? !run.failed : run.emitted.length > 0 || isFirst;
		if (isSaved) this.save(state);
	}
}

const plainStep: Step = { wait: 60, latency: 0, overlaps: false };
const DRAINING_POLLS = 400;

/**
 * Lives through a history with the given core, and then polls on until everything has been handed over.
 * @param newestFirst answers in the wrong order
 */
export async function simulate(
	history: History,
	core: NewEventsModule,
	newestFirst = false,
): Promise<Simulation> {
	const simulator = new Simulator(history, core, newestFirst);
	const { clock, polls, events } = simulator;
	let drained = false;
	const live = async () => {
		const underWay: Array<Promise<void>> = [];
		await simulator.poll(plainStep);
		for (const step of history.steps) {
			await clock.sleep(step.wait * 1000);
			if (step.restartFrom !== undefined) simulator.restart(step.restartFrom);
			simulator.change(step);
			const poll = simulator.poll(step);
			if (step.overlaps) underWay.push(poll);
			else await poll;
		}
		await Promise.all(underWay);
		simulator.change({ ...plainStep, kinds: 2 });
		const allVisible = Math.max(clock.now(), ...events.map(({ visibleAt }) => visibleAt));
		await clock.sleep(allVisible - clock.now() + 1000);
		const newest = Math.max(0, ...events.map(({ time }) => Math.floor(time / 1000)));
		for (let count = 0; count < DRAINING_POLLS && !drained; count += 1) {
			await simulator.poll(plainStep, true);
			drained = simulator.settled > newest;
			await clock.sleep(300_000);
		}
	};
	await clock.run(live());
	return {
		events,
		polls,
		activatedAt: simulator.begin,
		drained,
	};
}
