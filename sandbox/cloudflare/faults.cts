import { Barrier } from './barrier.cjs';
import type { ErrorEntry } from './errors.cjs';

export type FaultKind =
	/** An error of the API, or any status with a body of one's own. */
	| {
			kind: 'status';
			status: number;
			errors?: ErrorEntry[];
			headers?: Record<string, string>;
			body?: unknown;
	  }
	/** A page from the edge in place of an answer. */
	| { kind: 'html'; status?: number }
	| { kind: 'text'; status?: number; text?: string }
	| { kind: 'truncatedJson'; status?: number }
	| { kind: 'body'; body: string; status?: number; contentType?: string }
	/** `success: false` with HTTP 200. */
	| { kind: 'successFalse'; errors?: ErrorEntry[] | null }
	/** 429; `null` leaves out the retry-after header. */
	| { kind: 'rateLimited'; retryAfter?: number | null }
	/** The connection breaks before, or after, the call took effect. */
	| { kind: 'cutBefore' | 'cutAfter' }
	/** The call takes effect, and no answer ever comes. */
	| { kind: 'timeoutAfter' }
	| { kind: 'delay'; ms: number }
	| { kind: 'redirect'; location?: string; status?: number }
	/** The bulk operation that this write of list items begins fails, with none or so many of its items applied. */
	| { kind: 'operationFails'; error: string; applied?: number }
	/**
	 * A barrier: requests wait until this many have arrived, then all go on. With `distinct` every credential counts
	 * once, so that runs which read several things at once count as one each. `ms` ends the wait in any case.
	 */
	| { kind: 'hold'; until: number; distinct?: 'credential'; ms?: number };

export type Fault = FaultKind & {
	match?: {
		method?: string;
		/** Without /client/v4; a string must be the whole path. */
		path?: RegExp | string;
		/** Only the n-th matching request, counted from 1. */
		nth?: number;
	};
	/** How many requests it strikes; 1, or for `hold` as many as it waits for. */
	times?: number;
};

// A record, so that the compiler keeps it complete.
const KINDS: Record<Fault['kind'], true> = {
	status: true,
	html: true,
	text: true,
	truncatedJson: true,
	body: true,
	successFalse: true,
	rateLimited: true,
	cutBefore: true,
	cutAfter: true,
	timeoutAfter: true,
	delay: true,
	redirect: true,
	operationFails: true,
	hold: true,
};

/** Where bulk operations begin. */
const LIST_ITEMS = /\/rules\/lists\/[^/]+\/items$/;

interface Armed {
	fault: Fault;
	seen: number;
	left: number;
	barrier?: Barrier;
}

/** An armed fault as it stands. */
export interface FaultReport {
	fault: Fault;
	/** Requests that matched so far. */
	seen: number;
	/** Requests that it still strikes. */
	left: number;
	/** Requests, or credentials, that a hold keeps waiting. */
	waiting: number;
}

function armed(fault: Fault): Armed {
	if (fault.kind !== 'hold') return { fault, seen: 0, left: fault.times ?? 1 };
	const { until, distinct, ms, times = until } = fault;
	const result: Armed = { fault, seen: 0, left: times };
	result.barrier = new Barrier(until, distinct === 'credential', ms, (expired) => {
		result.left = expired ? 0 : result.left - until;
	});
	return result;
}

/** Faults on demand, in the order in which they were added. */
export class Faults {
	private armed: Armed[] = [];

	/** Throws for an unknown kind: faults also come as JSON. */
	add(fault: Fault): void {
		if (!Object.hasOwn(KINDS, fault.kind)) throw new Error(`Unknown fault kind ${fault.kind}`);
		this.armed.push(armed(fault));
	}

	/** Takes all faults away and lets every held request go on. */
	clear(): void {
		const all = this.armed;
		this.armed = [];
		for (const { barrier } of all) barrier?.open(true);
	}

	report(): FaultReport[] {
		return this.armed.map(({ fault, seen, left, barrier }) => ({
			fault,
			seen,
			left,
			waiting: barrier?.count ?? 0,
		}));
	}

	/** Waits as the matching delays and barriers say, then gives the fault that strikes this request, if any. */
	async strike(
		method: string,
		path: string,
		signal: AbortSignal,
		credential: string,
	): Promise<Fault | undefined> {
		const hits = this.armed.filter((each) => this.hits(each, method, path));
		let answering: Fault | undefined;
		for (const each of hits) {
			const { fault } = each;
			// Another fault may have kept the request until the hold was over.
			if (each.barrier !== undefined && each.left > 0) await each.barrier.wait(credential, signal);
			if (each.barrier !== undefined) continue;
			if (fault.kind !== 'delay' && answering !== undefined) continue;
			each.left -= 1;
			if (fault.kind === 'delay') await pause(fault.ms, signal);
			else answering = fault;
		}
		return answering;
	}

	private hits(each: Armed, method: string, path: string): boolean {
		const { method: wantedMethod, path: wantedPath, nth } = each.fault.match ?? {};
		if (each.fault.kind === 'operationFails' && (method === 'GET' || !LIST_ITEMS.test(path)))
			return false;
		if (wantedMethod !== undefined && wantedMethod.toUpperCase() !== method) return false;
		if (typeof wantedPath === 'string' && wantedPath !== path) return false;
		if (wantedPath instanceof RegExp && path.search(wantedPath) < 0) return false;
		each.seen += 1;
		return each.left > 0 && (nth === undefined || each.seen === nth);
	}
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, milliseconds);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
