import type { Fault } from '../../../sandbox/cloudflare/index.cjs';

/** One way in which a request can fail, and what the user must read then. */
export interface ErrorRow {
	what: string;
	fault: Fault;
	kind: string;
	/** Part of the message. */
	says: RegExp;
	/** Part of the description, besides the Ray ID and the request. */
	step: RegExp;
	/** The same with a Global API key, where it differs. */
	stepForKey?: RegExp;
	/** Whether the step names the operation's permission, with a token. */
	namesPermission?: true;
	codes?: number[];
	/** Requests that a read sends; 1 when left out. */
	reads?: number;
	/** POST requests that a write sends; as many as a read when left out. */
	writes?: number;
	/** Whether the user is told that a write may have been carried out. */
	doubt?: true;
	noRay?: true;
}
