import type { Fault } from '../../../sandbox/cloudflare/index.cjs';

/** What the node gets in place of the answer. */
export type Answer =
	| Fault
	/** The good answer with another `result`. */
	| { kind: 'result'; result: unknown }
	/** A status with a message that repeats the credential of the request. */
	| { kind: 'echo'; status: number }
	/** Nothing, until the client gives up. */
	| { kind: 'timeout' }
	/** The user presses Stop; the answer comes too late. */
	| { kind: 'cancel' };

/** A way in which a request can fail. */
export interface RequestFault {
	what: string;
	answer: Answer;
	/** Whether the request takes effect before. */
	after?: true;
	/** Whether it strikes every repeat of the request as well. */
	lasting?: true;
	/** Passes by itself: whoever asks again gets on. */
	passes?: true;
	/** What an error must say, where it ends the run. */
	says: RegExp;
	/** Where it tells only what happened, without the next step; as `says` when left out. */
	headline?: RegExp;
	/** A share of the faults is tried with the other kind of credential too. */
	alsoWithKey?: true;
}

const LIMITED = /too many requests/;
const BROKEN = /could not process the request/;
const CUT = /could not be reached: (?:ECONNRESET|read ECONNRESET)/;
const SLOW = /could not be reached: (?:ECONNABORTED|ETIMEDOUT)/;
const UNREADABLE = /answer could not be read/;
const CANCELLED = /canceled/i;

const wait = (retryAfter: number | null): Fault => ({ kind: 'rateLimited', retryAfter });
const cut: Fault = { kind: 'cutBefore' };
const html: Fault = { kind: 'html', status: 502 };
const broken: Answer = { kind: 'echo', status: 500 };

/** Both for requests that only read and for those that write. */
const ofEach: RequestFault[] = [
	{ what: '429, retry-after 5', answer: wait(5), passes: true, says: LIMITED },
	{ what: '429 without retry-after', answer: wait(null), passes: true, says: LIMITED },
	{ what: '429, lasting', answer: wait(5), lasting: true, says: LIMITED },
	{
		what: '429, five minutes',
		answer: wait(300),
		lasting: true,
		says: /asks to wait 300 s/,
		headline: LIMITED,
	},
	{ what: '408', answer: { kind: 'echo', status: 408 }, passes: true, says: BROKEN },
	{ what: '500', answer: broken, passes: true, says: BROKEN },
	{ what: '500, lasting', answer: broken, lasting: true, says: BROKEN, alsoWithKey: true },
	{ what: '502 as a web page', answer: html, passes: true, says: BROKEN },
	{ what: 'cut', answer: cut, passes: true, says: CUT },
	{ what: 'cut, lasting', answer: cut, lasting: true, says: CUT, alsoWithKey: true },
	{ what: 'time-out', answer: { kind: 'timeout' }, passes: true, says: SLOW },
];

const half: Fault = { kind: 'truncatedJson' };

const ofReads: RequestFault[] = [
	// The answer comes, to somebody who does not wait for it any more.
	{ what: 'cancelled', answer: { kind: 'cancel' }, after: true, says: CANCELLED },
	{ what: 'half of the JSON', answer: half, passes: true, says: UNREADABLE },
	{ what: 'half of the JSON, lasting', answer: half, lasting: true, says: UNREADABLE },
	{ what: '502, lasting', answer: html, lasting: true, says: BROKEN },
	{ what: 'time-out, lasting', answer: { kind: 'timeout' }, lasting: true, says: SLOW },
];

// A good status says that the request was carried out, whatever its body looks like.
const lostAnswers: Array<Pick<RequestFault, 'what' | 'answer' | 'says'>> = [
	{ what: 'half of the JSON after', answer: half, says: UNREADABLE },
	{ what: '408 after', answer: { kind: 'echo', status: 408 }, says: BROKEN },
	{ what: '500 after', answer: broken, says: BROKEN },
	{ what: '502 as a web page after', answer: html, says: BROKEN },
	{ what: 'cut after', answer: cut, says: CUT },
	{ what: 'time-out after', answer: { kind: 'timeout' }, says: SLOW },
];

const ofWrites: RequestFault[] = lostAnswers.map((fault) => ({
	...fault,
	after: true,
	passes: true,
}));

const ofWritesLasting: RequestFault[] = [
	{ what: '500 after, lasting', answer: broken, after: true, lasting: true, says: BROKEN },
	{ what: 'cut after, lasting', answer: cut, after: true, lasting: true, says: CUT },
	{ what: 'cancelled', answer: { kind: 'cancel' }, says: CANCELLED },
	{ what: 'cancelled after', answer: { kind: 'cancel' }, after: true, says: CANCELLED },
];

const asShown = (value: unknown) => JSON.stringify(value);

/** `result` of each wrong type; a good status says that the request was carried out. */
function wrongResults(good: unknown): RequestFault[] {
	const other = Array.isArray(good) ? {} : [];
	return ['x', 7, null, other].map(
		(result): RequestFault => ({
			what: `result ${asShown(result)}`,
			answer: { kind: 'result', result },
			after: true,
			says: UNREADABLE,
		}),
	);
}

/** Every way in which this request is made to fail. @param good the `result` of its good answer */
export const faultsOf = (method: string, good: unknown): RequestFault[] => [
	...ofEach,
	...(method === 'GET' ? ofReads : [...ofWrites, ...ofWritesLasting]),
	...wrongResults(good),
];
