import type { HostAnswer } from './fakeHost.cjs';
import type { VirtualClock } from './virtualClock.cjs';

export interface Policy {
	name: string;
	quota: number;
	windowMs: number;
	/** How much of the first window was over before anything was sent. */
	offsetMs: number;
}

/** Counts requests in fixed windows and tells truthfully what remains, as Cloudflare does. */
export class QuotaServer {
	/** Requests beyond a quota: what must never happen. */
	exceeded = 0;
	private readonly start: number;
	private readonly used = new Map<string, number>();

	constructor(
		private readonly clock: VirtualClock,
		private readonly policies: readonly Policy[],
	) {
		this.start = clock.now();
	}

	/** Counts a request that arrives now and gives its answer. */
	arrive(answer: HostAnswer): HostAnswer {
		const entries = this.policies.map(({ name, quota, windowMs, offsetMs }) => {
			const passed = this.clock.now() - this.start + offsetMs;
			const window = Math.floor(passed / windowMs);
			const key = `${name} ${window}`;
			const used = (this.used.get(key) ?? 0) + 1;
			this.used.set(key, used);
			if (used > quota) this.exceeded += 1;
			const seconds = Math.ceil(((window + 1) * windowMs - passed) / 1000);
			return `"${name}";r=${Math.max(0, quota - used)};t=${seconds}`;
		});
		return { ...answer, headers: { ...answer.headers, ratelimit: entries.join(', ') } };
	}
}
