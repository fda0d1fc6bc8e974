interface Waiting {
	credential: string;
	release: () => void;
}

/** Where requests wait for each other. */
export class Barrier {
	private readonly waiting = new Set<Waiting>();
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly until: number,
		private readonly distinct: boolean,
		/** Longest wait, counted from the first arrival. Milliseconds. */
		private readonly longest: number | undefined,
		/** Told when the barrier opens, and whether because nobody waits any longer. */
		private readonly opened: (expired: boolean) => void,
	) {}

	/** How many have arrived. A client that left is no longer counted. */
	get count(): number {
		if (!this.distinct) return this.waiting.size;
		return new Set([...this.waiting].map(({ credential }) => credential)).size;
	}

	wait(credential: string, signal: AbortSignal): Promise<void> {
		return new Promise((resolve) => {
			const release = () => {
				this.waiting.delete(entry);
				signal.removeEventListener('abort', release);
				resolve();
			};
			const entry = { credential, release };
			this.waiting.add(entry);
			signal.addEventListener('abort', release);
			if (this.count >= this.until) this.open(false);
			else if (this.longest !== undefined)
				this.timer ??= setTimeout(() => this.open(true), this.longest);
		});
	}

	open(expired: boolean): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.opened(expired);
		for (const { release } of [...this.waiting]) release();
	}
}
