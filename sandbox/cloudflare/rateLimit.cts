import { tooManyRequests } from './errors.cjs';

export interface Quota {
	quota: number;
	windowSeconds: number;
}
interface Window {
	used: number;
	endsAt: number;
	blockedUntil: number;
}

/** The quota of each credential: a fixed window, and a block of a whole window once it is exceeded. */
export class RateLimit {
	private readonly windows = new Map<string, Window>();

	constructor(
		private readonly options: Quota,
		private readonly now: () => number,
	) {}

	reset(): void {
		this.windows.clear();
	}

	private windowOf(credential: string): Window {
		const known = this.windows.get(credential);
		const now = this.now();
		if (known !== undefined && now < Math.max(known.endsAt, known.blockedUntil)) return known;
		const fresh = { used: 0, endsAt: now + this.options.windowSeconds * 1000, blockedUntil: 0 };
		this.windows.set(credential, fresh);
		return fresh;
	}

	/** Counts one request; throws the 429 when there is nothing left. */
	count(credential: string): void {
		const { quota, windowSeconds } = this.options;
		const window = this.windowOf(credential);
		const now = this.now();
		window.used += 1;
		if (window.used <= quota) return;
		if (window.blockedUntil <= now) window.blockedUntil = now + windowSeconds * 1000;
		throw tooManyRequests(quota, windowSeconds, Math.ceil((window.blockedUntil - now) / 1000));
	}

	/** The headers that every answer carries. Source: Cloudflare docs, API limits (September 2025). */
	headers(credential: string): Record<string, string> {
		const { quota, windowSeconds } = this.options;
		const window = this.windowOf(credential);
		const remaining = Math.max(0, quota - window.used);
		const seconds = Math.ceil((Math.max(window.endsAt, window.blockedUntil) - this.now()) / 1000);
		return {
			Ratelimit: `"default";r=${remaining};t=${seconds}`,
			'Ratelimit-Policy': `"default";q=${quota};w=${windowSeconds}`,
		};
	}
}
