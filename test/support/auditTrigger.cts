import type { PollOutcome, Trigger, TriggerInput } from './engine/index.cjs';
import { createTrigger, mainAccount, seedIds, takeCalls, type Cloudflare } from './nodeTest.cjs';

type AuditEntry = ReturnType<Cloudflare['state']['audit']['add']>;

export const MINUTE = 60_000;
/** The time in which events may come in late unless the user says otherwise. */
export const LOOK_BACK = 15 * MINUTE;
/** No poll may make more for the log; one to recognise its own credential may come on top. */
export const MOST_CALLS = 30;

/** What a poll gave and what it took. */
export interface Turn extends PollOutcome {
	/** IDs of the events that the workflow got; none for null. */
	ids: string[];
	/** One line for each call. */
	calls: string[];
	requests: Cloudflare['calls'];
	bytes: number;
	startedAt: number;
}

/** The IDs of events as version 2 names them, or version 1. */
export const idsOf = (entries: readonly AuditEntry[], version: 'v1' | 'v2' = 'v2'): string[] =>
	entries.map(({ ids }) => ids[version]);

/** What the log holds of the main account from this time on, oldest first. */
export const entriesSince = (
	{ state }: Cloudflare,
	since: number,
	version: 'v1' | 'v2' = 'v2',
): AuditEntry[] =>
	state.audit
		.entriesOf(seedIds.mainAccount)
		.filter(({ time, versions }) => time >= since && versions.includes(version === 'v1' ? 1 : 2));

export const warnings = ({ logs }: PollOutcome): string[] =>
	logs.filter((line) => line.startsWith('warn '));

/** The text that users read when a poll fails. */
export const errorText = ({ error }: PollOutcome): string => {
	if (!error) throw new Error('The poll did not fail');
	const { message, description } = error;
	return [message, description].filter(Boolean).join(' ');
};

/** An active trigger of the main account, with a record of what each of its polls gave and took. */
export class Watch {
	readonly turns: Turn[] = [];
	readonly trigger: Trigger;

	constructor(
		private readonly cloudflare: Cloudflare,
		parameters: Record<string, unknown> = {},
		more: Omit<TriggerInput, 'parameters'> = {},
	) {
		this.trigger = createTrigger({ parameters: { account: mainAccount, ...parameters }, ...more });
	}

	/** Each of these may fail; what must not is asked for by `ids`. */
	async activate(): Promise<Turn> {
		return await this.turn(async () => await this.trigger.activate());
	}

	async poll(): Promise<Turn> {
		return await this.turn(async () => await this.trigger.poll());
	}

	async restart(more: Parameters<Trigger['restart']>[0] = {}): Promise<Turn> {
		return await this.turn(async () => await this.trigger.restart(more));
	}

	async change({ parameters, ...more }: Parameters<Trigger['change']>[0]): Promise<Turn> {
		const edits = parameters && { parameters: { account: mainAccount, ...parameters } };
		return await this.turn(async () => await this.trigger.change({ ...edits, ...more }));
	}

	/** Polls until there is nothing more, and gives the polls that gave something. */
	async drain(most: number, between: () => void = () => undefined): Promise<Turn[]> {
		const turns: Turn[] = [];
		for (;;) {
			const turn = await this.poll();
			if (turn.error) throw turn.error;
			if (turn.items === null) return turns;
			turns.push(turn);
			if (turns.length > most) throw new Error(`There is no end after ${most} polls`);
			between();
		}
	}

	/** All that the workflow got since the activation, in its order. */
	get ids(): string[] {
		return this.turns.flatMap(({ ids }) => ids);
	}

	private async turn(action: () => Promise<PollOutcome>): Promise<Turn> {
		takeCalls(this.cloudflare);
		const startedAt = Date.now();
		const outcome = await action();
		const ids = (outcome.items ?? []).map(({ id }) => String(id));
		const turn = {
			...outcome,
			ids,
			requests: [...this.cloudflare.calls],
			calls: takeCalls(this.cloudflare),
			bytes: this.trigger.stateBytes,
			startedAt,
		};
		this.turns.push(turn);
		return turn;
	}
}

/** One line with what these polls took. */
export function printFigures(what: string, turns: readonly Turn[]): void {
	const calls = turns.map((turn) => turn.calls.length);
	const range = (numbers: number[]) => {
		const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
		return least === most ? `${most}` : `${least} to ${most}`;
	};
	const all = calls.reduce((sum, count) => sum + count, 0);
	process.stdout.write(
		`trigger, ${what}: ${turns.length} polls, ${range(calls)} calls each, ${all} in all, state ${range(turns.map(({ bytes }) => bytes))} bytes\n`,
	);
}
