import {
	formatBlockComment,
	parseBlockComment,
} from '../../nodes/CloudflareSecurity/firewall/blockComment';
import type { Fault } from '../../sandbox/cloudflare/index.cjs';

export const DAY = 86_400_000;

/** Blocks of earlier runs, by the clock of a test file. */
export function earlierBlocks(now: () => number) {
	/** What Block would have written for one that ends so many milliseconds from now; for ever when left out. */
	const note = (inMs?: number) =>
		formatBlockComment({
			origin: 'Earlier playbook',
			reason: 'Earlier',
			...(inMs === undefined ? {} : { expiresAt: now() + inMs }),
		});
	return {
		note,
		/** Likewise, for one whose time is over. */
		over: () => note(-DAY),
		/** In how many days one ends. */
		daysLeft: (notes = '') => ((parseBlockComment(notes)?.expiresAt ?? 0) - now()) / DAY,
	};
}

/** The next look there shows these rows, whatever is there by now. */
export const showing = (path: string, result: readonly object[]) =>
	({
		kind: 'body',
		body: JSON.stringify({ success: true, errors: [], messages: [], result }),
		match: { method: 'GET', path },
	}) satisfies Fault;
