/** What the processes of the benchmark tell each other. */
import type { Measures, Taken } from './meter.cjs';

export const JOBS = [
	'zones',
	'dnsRecords',
	'dnsSearch',
	'auditV2',
	'auditV1',
	'insights',
	'block',
	'quietPoll',
	'burst',
	'burstLargest',
	'checkPermissions',
] as const;
/** Those of which only the growth with the number of rows is measured, with this package alone. */
export const SCALE_JOBS = ['recordsOfZones', 'sweep'] as const;
export type JobName = (typeof JOBS)[number] | (typeof SCALE_JOBS)[number];

/** Those of the trigger. */
export const POLL_JOBS: readonly JobName[] = ['quietPoll', 'burst', 'burstLargest'];

/** In the order of the tables. */
export const CLIENTS = [
	'ours',
	'helper',
	'undici',
	'sdk',
	'oursInN8n',
	'httpRequest',
	'httpRequestLarge',
] as const;
export type ClientName = (typeof CLIENTS)[number];

/** Those that run inside a real n8n. */
export const N8N_CLIENTS: readonly ClientName[] = ['oursInN8n', 'httpRequest', 'httpRequestLarge'];

/** An endpoint that lists rows, as its documentation tells. */
export interface ListSpec {
	/** Without /client/v4. */
	path: string;
	query: Record<string, string>;
	/** The largest page that is documented, and the one that comes unless asked. */
	pageSize: number;
	defaultPageSize: number;
	sizeParameter: 'per_page' | 'limit';
	/** `total`: the first answer tells how many rows there are; `short`: only a page that is not full tells the end. */
	paging: 'total' | 'short' | 'cursor';
	/** Where `result` is no list but holds one under this name. */
	rowsIn?: string;
}

/** What a client needs to know for its job. */
export interface Task {
	job: JobName;
	/** How many rows there are to get, addresses to block or events to hand over. */
	size: number;
	/** The token of the stand-in. */
	apiToken: string;
	account: string;
	zone: string;
	/** For lists, and for the zones through which a search goes. */
	list?: ListSpec;
	/** What is searched for in the zones' records. */
	content?: string;
	/** The range of the audit log. */
	since?: string;
	before?: string;
	/** What is to be blocked, and the list for clients that cannot make one by the way. */
	addresses?: string[];
	blockList?: string;
	/** What the trigger's Events per Poll is set to; without, it stays as it comes. */
	eventsPerPoll?: number;
}

/** Proof of what a client got: equal sets of IDs have equal digests. */
export interface Proof {
	rows: number;
	different: number;
	digest: string;
}

/** What one run took. */
export interface Measured extends Taken {
	milliseconds: number;
	proof: Proof;
	/** What else is worth telling, such as the number of polls. */
	note?: string;
}

/** A call that reached the stand-in. */
export interface CountedCall {
	method: string;
	/** With the query. */
	url: string;
}

/** The client cannot do the job; not a failure. */
export interface Unable {
	unable: string;
}

export type Outcome = Measured | Unable;
export const isUnable = (outcome: Outcome): outcome is Unable => 'unable' in outcome;

export type ToClient =
	| { kind: 'prepare'; task: Task }
	| { kind: 'run'; task: Task; measures: Measures };
export type FromClient =
	| { kind: 'loaded' }
	| { kind: 'prepared' }
	| { kind: 'done'; outcome: Outcome }
	| { kind: 'failed'; message: string };
