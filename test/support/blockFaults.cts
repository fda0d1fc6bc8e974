import type { Fault, RecordedCall } from '../../sandbox/cloudflare/index.cjs';

/** A request of a recorded run. */
export interface FaultyRequest {
	method: string;
	path: string;
	/** Which of those with this method and path, counted from 1. */
	nth: number;
}

/** A way in which a request can fail. */
export interface BlockFault {
	what: string;
	/** 500 after the call took effect, which the stand-in has no fault for: the answer is replaced. */
	fault: Fault | { kind: 'failsAfter' };
	/** How many requests alike in a row it strikes, from this one on. */
	times: number;
	/** What an error must say, where the run fails. */
	says: RegExp;
	/** One that passes quickly: the run must succeed. */
	passes?: true;
	/** Only for writes of list items. */
	onlyItems?: true;
	/** Only for writes. */
	onlyWrites?: true;
}

const LIMITED = /too many requests/;
const BROKEN = /could not process the request \(HTTP 500\)/;
const CUT = /could not be reached: ECONNRESET/;
const LASTING = 10;
const pending: Fault = {
	kind: 'status',
	status: 429,
	errors: [{ code: 10036, message: 'an outstanding bulk operation is in progress' }],
};
const once = { times: 1, passes: true } as const;
const lasting = { times: LASTING };

/** Every way in which each request of a block is made to fail. */
export const blockFaults: readonly BlockFault[] = [
	{ what: '429', fault: { kind: 'rateLimited', retryAfter: 1 }, says: LIMITED, ...once },
	{
		what: '429, lasting',
		fault: { kind: 'rateLimited', retryAfter: 60 },
		says: LIMITED,
		...lasting,
	},
	{ what: '500', fault: { kind: 'html' }, says: BROKEN, ...once },
	{ what: '500, lasting', fault: { kind: 'html' }, says: BROKEN, ...lasting },
	{ what: 'cut before', fault: { kind: 'cutBefore' }, says: CUT, ...once },
	{ what: 'cut before, lasting', fault: { kind: 'cutBefore' }, says: CUT, ...lasting },
	{ what: 'cut after', fault: { kind: 'cutAfter' }, says: CUT, ...once },
	{ what: 'cut after, lasting', fault: { kind: 'cutAfter' }, says: CUT, ...lasting },
	{ what: '500 after', fault: { kind: 'failsAfter' }, says: BROKEN, onlyWrites: true, ...once },
	{
		what: 'bulk operation fails',
		fault: { kind: 'operationFails', error: 'Broken inside' },
		times: 1,
		says: /Broken inside/,
		onlyItems: true,
	},
	{
		what: 'bulk operation fails after its first item',
		fault: { kind: 'operationFails', error: 'Broken inside', applied: 1 },
		times: 1,
		says: /Broken inside/,
		onlyItems: true,
	},
	{
		what: 'another write is pending',
		fault: pending,
		times: 8,
		passes: true,
		says: LIMITED,
		onlyItems: true,
	},
	{
		what: 'another write is pending for ever',
		fault: pending,
		times: 400,
		says: /outstanding bulk operation/,
		onlyItems: true,
	},
];

/** The requests of a recorded run, each told from those before it. */
export function requestsOf(calls: readonly RecordedCall[]): FaultyRequest[] {
	const seen = new Map<string, number>();
	return calls.map(({ method, path }) => {
		const nth = (seen.get(`${method} ${path}`) ?? 0) + 1;
		seen.set(`${method} ${path}`, nth);
		return { method, path, nth };
	});
}

/** The faults that can strike a request. */
export const faultsOf = ({ method, path }: FaultyRequest): BlockFault[] =>
	blockFaults.filter(
		({ onlyItems, onlyWrites }) =>
			(!onlyWrites || method !== 'GET') &&
			(!onlyItems || (method !== 'GET' && path.endsWith('/items'))),
	);

/** The fault as the stand-in takes it: one for each of the requests that it strikes. */
export function armedFor(
	{ method, path, nth }: FaultyRequest,
	fault: Fault,
	times: number,
): Fault[] {
	return Array.from({ length: times }, (_, more) => ({
		...fault,
		match: { method, path, nth: nth + more },
	}));
}
