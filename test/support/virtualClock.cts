import type { Clock } from '../../nodes/CloudflareSecurity/transport/clock';

interface Timer {
	at: number;
	wake: () => void;
}

const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still but for `run`, which moves it from one waiting sleeper to the next. */
export class VirtualClock implements Clock {
	/** Every wait that was asked for, in milliseconds. */
	readonly waits: number[] = [];
	private time = Date.UTC(2026, 10, 20, 12);
	private timers: Timer[] = [];

	/** @param chance what `random` gives: a number, or a function for varying ones */
	constructor(private readonly chance: number | (() => number) = 0.5) {}

	now(): number {
		return this.time;
	}

	random(): number {
		return typeof this.chance === 'number' ? this.chance : this.chance();
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		this.waits.push(milliseconds);
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const timer = { at: this.time + milliseconds, wake: resolve };
			this.timers.push(timer);
			signal?.addEventListener('abort', () => {
				this.timers = this.timers.filter((other) => other !== timer);
				resolve();
			});
		});
	}

	/** Moves on by this much, with nobody waiting. */
	async pass(milliseconds: number): Promise<void> {
		this.time += milliseconds;
		await oneTurn();
	}

	/** Calls `action` when the clock stands at this many milliseconds from now. */
	after(milliseconds: number, action: () => void): void {
		this.timers.push({ at: this.time + milliseconds, wake: action });
	}

	/**
	 * Lets time pass until the promise is settled.
	 * @throws when it waits for something that no sleeper can bring about: a deadlock
	 */
	async run<T>(promise: Promise<T>): Promise<T> {
		let settled = false;
		const done = () => {
			settled = true;
		};
		promise.then(done, done);
		for (;;) {
			await oneTurn();
			if (settled) return await promise;
			const next = Math.min(...this.timers.map(({ at }) => at));
			if (next === Infinity) throw new Error('Everything waits and nothing would end it');
			this.time = Math.max(this.time, next);
			const due = this.timers.filter(({ at }) => at <= this.time);
			this.timers = this.timers.filter(({ at }) => at > this.time);
			for (const { wake } of due) wake();
		}
	}
}
