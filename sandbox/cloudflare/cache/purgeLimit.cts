import { ApiError } from '../errors.cjs';
import type { Plan } from '../language/vocabulary.cjs';
import type { Zone } from '../types.cjs';

interface Bucket {
	tokens: number;
	at: number;
}
interface Size {
	/** Tokens that come back each second. */
	rate: number;
	most: number;
}

/** Source: Cloudflare docs, purge cache availability and limits; per account. */
const REQUESTS: Record<Plan, Size> = {
	free: { rate: 5 / 60, most: 25 },
	pro: { rate: 5, most: 25 },
	business: { rate: 10, most: 50 },
	enterprise: { rate: 50, most: 500 },
};
const URLS: Record<Plan, Size> = {
	free: { rate: 800, most: 800 },
	pro: { rate: 1500, most: 1500 },
	business: { rate: 1500, most: 1500 },
	enterprise: { rate: 3000, most: 3000 },
};

/** The code and the text are stand-ins. */
const limited = (seconds: number) =>
	new ApiError(
		429,
		{ code: 1134, message: 'Unable to purge, rate limit reached. Please wait and try again' },
		{ 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
	);

/** The purge limit of each account and plan: a bucket of its own, beside the limit of the API. */
export class PurgeLimit {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly now: () => number) {}

	/** Takes the purge out of the bucket; throws 429 when it does not hold as much. */
	take(zone: Zone, kind: string, items: number): void {
		const plan = zone.plan.legacy_id;
		const { rate, most } = kind === 'files' ? URLS[plan] : REQUESTS[plan];
		const wanted = kind === 'files' ? items : 1;
		const key = `${zone.account.id}/${plan}/${kind === 'files'}`;
		const now = this.now();
		const { tokens, at } = this.buckets.get(key) ?? { tokens: most, at: now };
		const held = Math.min(most, tokens + ((now - at) / 1000) * rate);
		if (held < wanted) throw limited((wanted - held) / rate);
		this.buckets.set(key, { tokens: held - wanted, at: now });
	}
}
