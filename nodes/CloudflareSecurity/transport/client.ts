import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	INode,
	IPollFunctions,
	NodeApiError,
} from 'n8n-workflow';
import { systemClock, type Clock } from './clock';
import { header, readAnswer, type Expected } from './envelope';
import { toNodeApiError } from './errors';
import { failed, type ApiFailure, type Envelope, type Outcome } from './failure';
import type { ApiPath } from './path';
import { RatePacer } from './rateLimit';
import { waitBeforeTry, withRetry } from './retry';

/** A constant, so that no field or parameter can send a secret anywhere else. */
const BASE_URL = 'https://api.cloudflare.com/client/v4';
const TIMEOUT_MS = 60_000;

export type QueryValue = string | number | boolean | readonly string[] | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

export interface ApiRequest<T> {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: ApiPath;
	/** An array repeats its key; undefined is left out. */
	query?: Query;
	/** Sent as JSON. */
	body?: unknown;
	/** What the answer's `result` must be. */
	expect: Expected;
	/** Set for a POST whose effect can be looked up, so that it can be repeated after a broken connection. */
	readBack?: () => Promise<Outcome<T | undefined>>;
	/** Fires when nobody wants the answer any more: the request is given up. */
	signal?: AbortSignal;
	/** The dashboard's name of the permission that it needs, where that is another than the operation's. */
	permission?: string;
	/** How often to try at most; 4 times unless the caller repeats it by rules of its own. */
	maxTries?: number;
}

/** The parts of n8n's contexts that a request needs. */
export type RequestHost = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions;

export interface ClientOptions {
	/** Name of the credential type that signs the requests. */
	credentialType: string;
	/** Whether that credential is a Global API key. */
	globalKey: boolean;
	/** Whether the credential is a token of an account; false when that is not known. */
	accountToken?: boolean;
	/** Values that must appear in no text. */
	secrets: readonly string[];
	/** The dashboard's names of the permissions that the operation needs, for hints. */
	permission?: string;
	/** The longest wait for the reset of the request quota. */
	maxQuotaWaitMs: number;
	/** The longest wait before a request is tried again; 60 s when left out. */
	maxRetryWaitMs?: number;
	signal?: AbortSignal;
	clock?: Clock;
}

/** Connection broken before anything was sent: the request had no effect. */
const NOTHING_SENT =
	/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)/;
/** Codes of the system, Node's HTTP and TLS parts, its HTTP parser and its decompression, and of the HTTP client. */
const SYSTEM_CODE = /^[A-Z][A-Z0-9_]+$/;
/** The request itself cannot be sent, for example because of a sign in the credential that no header may hold. */
const UNSENDABLE = /^ERR_(?:INVALID|HTTP_INVALID|UNESCAPED)/;

/** Reads the system's error code from what n8n's request helper threw, without touching its headers. */
function networkCode(error: unknown): string | undefined {
	const { httpCode, code, cause } = (error ?? {}) as Record<string, unknown>;
	const inner = cause as { code?: unknown } | null | undefined;
	const found = [inner?.code, code, httpCode].find(
		(value): value is string => typeof value === 'string' && SYSTEM_CODE.test(value),
	);
	return found === undefined || UNSENDABLE.test(found) ? undefined : found;
}

/** Sends requests to the Cloudflare API; the only place that does. Knows no node parameters and no security rules. */
export class CloudflareClient {
	private readonly clock: Clock;
	private readonly pacer: RatePacer;
	private readonly node: INode;

	constructor(
		private readonly host: RequestHost,
		private readonly options: ClientOptions,
	) {
		this.clock = options.clock ?? systemClock;
		this.node = host.getNode();
		this.pacer = new RatePacer({
			clock: this.clock,
			maxWaitMs: options.maxQuotaWaitMs,
			log: (message) => this.host.logger.info(message),
		});
	}

	/**
	 * Sends a request and gives the checked answer.
	 * @throws NodeApiError that says what happened and what to do
	 */
	async send<T>(request: ApiRequest<T>): Promise<Envelope<T>> {
		return this.unwrap(await this.attempt(request));
	}

	/** Like `send`, for callers to whom a certain failure is an answer. Throws nothing. */
	async attempt<T>(request: ApiRequest<T>): Promise<Outcome<T>> {
		const signals = [this.options.signal, request.signal].filter((signal) => signal !== undefined);
		const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
		const outcome = await withRetry(async () => await this.sendOnce(request, signal), {
			clock: this.clock,
			signal,
			log: (message) => this.host.logger.warn(message),
			readBack: request.readBack,
			maxTries: request.maxTries,
			maxWaitMs: this.options.maxRetryWaitMs,
		});
		const { permission } = request;
		return outcome.ok || permission === undefined
			? outcome
			: failed({ ...outcome.failure, permission });
	}

	/** @throws NodeApiError when the outcome is a failure */
	unwrap<T>(outcome: Outcome<T>): Envelope<T> {
		if (outcome.ok) return outcome.envelope;
		throw this.toError(outcome.failure);
	}

	/** The failure as n8n's error with its next step, for callers that tell it beside other results. */
	toError(failure: ApiFailure): NodeApiError {
		const { permission = this.options.permission } = failure;
		return toNodeApiError(this.node, failure, { ...this.options, permission });
	}

	/** Milliseconds since 1970, by the clock of this machine. */
	now(): number {
		return this.clock.now();
	}

	/** A number from 0 up to, not including, 1, for waits that are to differ from those of others. */
	random(): number {
		return this.clock.random();
	}

	/**
	 * Waits for something that goes on at Cloudflare.
	 * @param waitsFor has an unknown effect, unless told that it can have none
	 * @throws NodeApiError as soon as the execution is cancelled
	 */
	async pause(
		milliseconds: number,
		waitsFor: Pick<ApiFailure, 'method' | 'path'> & { effectUnknown?: boolean },
	): Promise<void> {
		await this.clock.sleep(milliseconds, this.options.signal);
		if (!this.options.signal?.aborted) return;
		const { method, path, effectUnknown = true } = waitsFor;
		throw this.toError({ kind: 'cancelled', method, path, errors: [], effectUnknown });
	}

	/** How long to wait before a failed request is tried again, in milliseconds. */
	waitBefore(failure: ApiFailure, tries: number): number {
		return waitBeforeTry(failure, tries, this.clock);
	}

	private async sendOnce<T>(request: ApiRequest<T>, signal?: AbortSignal): Promise<Outcome<T>> {
		const call = { method: request.method, path: request.path.text };
		const admission = await this.pacer.admit(signal);
		if ('tooLongMs' in admission) {
			return failed({
				...call,
				kind: 'rateLimited',
				errors: [],
				detail: 'the request quota is used up',
				retryAfterMs: admission.tooLongMs,
				effectUnknown: false,
			});
		}
		const { ticket } = admission;
		if (signal?.aborted) {
			this.pacer.learn(ticket);
			return failed({ ...call, kind: 'cancelled', errors: [], effectUnknown: false });
		}
		let answer: IN8nHttpFullResponse;
		try {
			answer = (await this.host.helpers.httpRequestWithAuthentication.call(
				this.host,
				this.options.credentialType,
				this.requestOptions(request, signal),
			)) as IN8nHttpFullResponse;
		} catch (error) {
			this.pacer.learn(ticket);
			return failed(this.brokenConnection(error, call, signal));
		}
		const headers = answer.headers as Record<string, unknown>;
		this.pacer.learn(ticket, header(headers, 'ratelimit'));
		return readAnswer<T>(
			{ status: answer.statusCode, headers, body: answer.body },
			{ ...call, expect: request.expect },
			this.clock.now(),
		);
	}

	private requestOptions(request: ApiRequest<unknown>, signal?: AbortSignal): IHttpRequestOptions {
		const qs = Object.fromEntries(
			Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined),
		);
		return {
			baseURL: BASE_URL,
			url: request.path.text,
			method: request.method,
			headers: {
				Accept: 'application/json',
				...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
			},
			qs,
			arrayFormat: 'repeat',
			// As text: the helper leaves out an empty object or list.
			...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
			// As text: the helper hides whether an answer was JSON.
			encoding: 'text',
			timeout: TIMEOUT_MS,
			// So that nothing is sent twice on a 401, and headers are at hand.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			// The helper sends credentials along with a redirect.
			disableFollowRedirect: true,
			...(signal ? { abortSignal: signal } : {}),
		};
	}

	private brokenConnection(
		error: unknown,
		call: { method: string; path: string },
		signal?: AbortSignal,
	): ApiFailure {
		if (signal?.aborted) {
			return { ...call, kind: 'cancelled', errors: [], effectUnknown: call.method !== 'GET' };
		}
		const code = networkCode(error);
		if (code === undefined) {
			const message = (error as { message?: unknown } | null | undefined)?.message;
			const detail = typeof message === 'string' ? message : 'unknown reason';
			return { ...call, kind: 'local', errors: [], detail, effectUnknown: false };
		}
		return {
			...call,
			kind: 'network',
			errors: [],
			detail: code,
			effectUnknown: !NOTHING_SENT.test(code),
		};
	}
}
