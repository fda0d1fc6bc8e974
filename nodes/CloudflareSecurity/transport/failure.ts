/** One entry of the API's `errors`, or of an entry's `error_chain`. */
export interface ApiErrorEntry {
	/** Audit logs v2 sends entries without a code. */
	code?: number;
	message: string;
	/** JSON pointer to the part of the request that is wrong, for example /rules/0/action. */
	pointer?: string;
}

/** What went wrong, in the words that matter to the caller; the table in failureRules.ts decides. */
export type FailureKind =
	| 'cancelled'
	| 'conflict'
	| 'credential'
	| 'credentialOrPermission'
	| 'invalid'
	| 'limit'
	| 'local'
	| 'lockedOut'
	| 'network'
	| 'notFound'
	| 'permission'
	| 'plan'
	| 'rateLimited'
	| 'redirect'
	| 'server'
	| 'unreadable'
	| 'wrongId';

/** A request that did not succeed. Holds no header and no request body, so it can be shown as it is. */
export interface ApiFailure {
	kind: FailureKind;
	method: string;
	path: string;
	/** HTTP status, when there was an answer. */
	status?: number;
	/** The API's own errors with their chains, in order. */
	errors: readonly ApiErrorEntry[];
	/** What happened, where the API did not say it: a network code, the kind of an unreadable answer. */
	detail?: string;
	/** Identifies the request for Cloudflare's support. */
	rayId?: string;
	retryAfterMs?: number;
	/** The dashboard's name of the permission that this request needs, where it is another than the operation's. */
	permission?: string;
	/** True when the request may have been carried out although it failed. */
	effectUnknown: boolean;
}

/** The parts of an answer that callers use. */
export interface Envelope<T> {
	result: T;
	resultInfo: Readonly<Record<string, unknown>>;
	/** Cloudflare's clock when it answered, in milliseconds since 1970. */
	serverTime?: number;
}

export type Outcome<T> = { ok: true; envelope: Envelope<T> } | { ok: false; failure: ApiFailure };

export function failed(failure: ApiFailure): { ok: false; failure: ApiFailure } {
	return { ok: false, failure };
}

/** Whether the API named one of these codes, at the top or in a chain. Codes are per service: check the kind too. */
export function hasCode(failure: ApiFailure, ...codes: number[]): boolean {
	return failure.errors.some(({ code }) => code !== undefined && codes.includes(code));
}
