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
	/** A barrier: requests wait until this many have arrived, then all go on. */
	| { kind: 'hold'; until: number };

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
	hold: true,
};

interface Armed {
	fault: Fault;
	seen: number;
	left: number;
	waiting: Array<() => void>;
}

/** Faults on demand, in the order in which they were added. */
export class Faults {
	private armed: Armed[] = [];

	/** Throws for an unknown kind: faults also come as JSON. */
	add(fault: Fault): void {
		if (!Object.hasOwn(KINDS, fault.kind)) throw new Error(`Unknown fault kind ${fault.kind}`);
		const left = fault.times ?? (fault.kind === 'hold' ? fault.until : 1);
		this.armed.push({ fault, seen: 0, left, waiting: [] });
	}

	/** Takes all faults away and lets every held request go on. */
	clear(): void {
		const { armed } = this;
		this.armed = [];
		for (const { waiting } of armed) for (const release of waiting) release();
	}

	/** Waits as the matching delays and barriers say, then gives the fault that strikes this request, if any. */
	async strike(method: string, path: string, signal: AbortSignal): Promise<Fault | undefined> {
		const hits = this.armed.filter((each) => this.hits(each, method, path));
		let answering: Fault | undefined;
		for (const each of hits) {
			const { fault } = each;
			const waits = fault.kind === 'delay' || fault.kind === 'hold';
			if (!waits && answering !== undefined) continue;
			each.left -= 1;
			if (fault.kind === 'delay') await pause(fault.ms, signal);
			else if (fault.kind === 'hold') await barrier(each, fault.until);
			else answering = fault;
		}
		return answering;
	}

	private hits(each: Armed, method: string, path: string): boolean {
		const { method: wantedMethod, path: wantedPath, nth } = each.fault.match ?? {};
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

function barrier(armed: Armed, until: number): Promise<void> {
	return new Promise((resolve) => {
		armed.waiting.push(resolve);
		if (armed.waiting.length < until) return;
		const { waiting } = armed;
		armed.waiting = [];
		for (const release of waiting) release();
	});
}
