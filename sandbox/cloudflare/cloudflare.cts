import { apiPath } from './apiPath.cjs';
import { createApi } from './api.cjs';
import { hasCredentials, identify } from './authenticate.cjs';
import { createControl } from './control.cjs';
import { cutResponse, isCut } from './cut.cjs';
import { fail } from './envelope.cjs';
import { ApiError } from './errors.cjs';
import { faultResponse } from './faultResponse.cjs';
import { Faults } from './faults.cjs';
import { Lockout } from './lockout.cjs';
import { RateLimit, type Quota } from './rateLimit.cjs';
import { State } from './state.cjs';
import type { RecordedCall } from './types.cjs';

export interface CloudflareOptions {
	/** Zones of the main account; 130. */
	zones?: number;
	/** Accounts besides the two well-known ones; 2. */
	accounts?: number;
	/** Insights of the main account; 60. */
	insights?: number;
	/** Access applications of the main account; 32. */
	accessApps?: number;
	/** Alerts that the main account still sees, most of them with several rows; 60. */
	alerts?: number;
	now?: () => number;
	/** Per credential; 1,200 requests in 300 seconds. */
	rateLimit?: Quota;
}

export interface Cloudflare {
	/** Answers a request for the API (any host), or for the control interface under /__sandbox/. */
	fetch(request: Request): Promise<Response>;
	/** Live. */
	state: State;
	/** Every call to the API, in order of arrival. */
	calls: RecordedCall[];
	faults: Faults;
	/** Back to the seed; forgets calls, faults, quotas and lock-outs. */
	reset(): void;
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve());
	});

/** A stateful Cloudflare v4 API in memory, with realistic data and faults on demand. */
export function createCloudflare(options: CloudflareOptions = {}): Cloudflare {
	const { zones = 130, accounts = 2, insights, accessApps, alerts, now = Date.now } = options;
	const state = new State({ zones, accounts, insights, accessApps, alerts, now });
	const rateLimit = new RateLimit(options.rateLimit ?? { quota: 1200, windowSeconds: 300 }, now);
	const lockout = new Lockout(state);
	const faults = new Faults();
	const calls: RecordedCall[] = [];
	const api = createApi(state, lockout);
	let rays = 0;

	function withEdgeHeaders(response: Response, credential: string, ray: string): Response {
		const edge = {
			...rateLimit.headers(credential),
			'cf-ray': `${ray}-AMS`,
			Date: new Date(now()).toUTCString(),
			Server: 'cloudflare',
		};
		for (const [name, value] of Object.entries(edge)) response.headers.set(name, value);
		return response;
	}

	async function answer(
		request: Request,
		text: string,
		credential: string,
		ray: string,
	): Promise<Response> {
		const path = apiPath(new URL(request.url).pathname);
		const fault = await faults.strike(request.method, path, request.signal, credential);
		const instead = fault && faultResponse(fault);
		if (instead !== undefined) return instead;
		try {
			rateLimit.count(credential);
		} catch (error) {
			if (error instanceof ApiError) return fail(error.status, error.errors, error.headers);
			throw error;
		}
		const response = await api.fetch(request, { text, ray, fault });
		if (fault?.kind === 'timeoutAfter') await untilAborted(request.signal);
		return fault?.kind === 'timeoutAfter' || fault?.kind === 'cutAfter' ? cutResponse() : response;
	}

	async function serve(request: Request): Promise<Response> {
		const { pathname, searchParams } = new URL(request.url);
		const text = await request.text();
		const credential =
			identify(request.headers, state)?.name ??
			(hasCredentials(request.headers) ? 'unknown' : 'anonymous');
		const call: RecordedCall = {
			method: request.method,
			path: apiPath(pathname),
			query: [...searchParams],
			body: parsed(text),
			status: 0,
			credential,
		};
		calls.push(call);
		rays += 1;
		const ray = `8f${rays.toString(16).padStart(14, '0')}`;
		const response = await answer(request, text, credential, ray);
		if (isCut(response)) return response;
		call.status = response.status;
		return withEdgeHeaders(response, credential, ray);
	}

	const cloudflare: Cloudflare = {
		state,
		calls,
		faults,
		reset() {
			state.reset();
			faults.clear();
			rateLimit.reset();
			lockout.reset();
			calls.length = 0;
		},
		async fetch(request) {
			const isControl = new URL(request.url).pathname.startsWith('/__sandbox/');
			return isControl ? control.fetch(request) : serve(request);
		},
	};
	const control = createControl(cloudflare);
	return cloudflare;
}
