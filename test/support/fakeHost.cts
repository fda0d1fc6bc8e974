import type { IHttpRequestOptions } from 'n8n-workflow';
import {
	CloudflareClient,
	type ClientOptions,
	type RequestHost,
} from '../../nodes/CloudflareSecurity/transport/client';
import { VirtualClock } from './virtualClock.cjs';

/** What n8n's request helper gives for `returnFullResponse`. */
export interface HostAnswer {
	statusCode: number;
	headers?: Record<string, unknown>;
	body: unknown;
}

export interface FakeHost {
	host: RequestHost;
	/** Every request that was sent. */
	requests: IHttpRequestOptions[];
	logs: string[];
}

/** An n8n context with nothing but what the client asks of one. `answer` may throw, as the request helper does. */
export function fakeHost(
	answer: (options: IHttpRequestOptions) => HostAnswer | Promise<HostAnswer>,
): FakeHost {
	const requests: IHttpRequestOptions[] = [];
	const logs: string[] = [];
	const log = (message: string) => void logs.push(message);
	const host = {
		getNode: () => ({
			id: 'node',
			name: 'Cloudflare Security',
			type: 'cloudflareSecurity',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
		logger: { info: log, warn: log, error: log, debug: log },
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				requests.push(options);
				return { headers: {}, ...(await answer(options)) };
			},
		},
	};
	return { host: host as unknown as RequestHost, requests, logs };
}

/** The API's envelope of a good answer. */
export const good = (result: unknown, resultInfo?: object): HostAnswer => ({
	statusCode: 200,
	body: JSON.stringify({
		success: true,
		errors: [],
		messages: [],
		result,
		...(resultInfo && { result_info: resultInfo }),
	}),
});

/** The API's envelope of a refusal. */
export const refused = (
	statusCode: number,
	errors: unknown = [{ code: statusCode, message: 'refused' }],
	headers: Record<string, unknown> = {},
): HostAnswer => ({
	statusCode,
	headers,
	body: JSON.stringify({ success: false, errors, messages: [], result: null }),
});

export function clientOn(
	host: RequestHost,
	options: Partial<ClientOptions> = {},
): CloudflareClient {
	return new CloudflareClient(host, {
		credentialType: 'cloudflareSecurityTokenApi',
		globalKey: false,
		secrets: [],
		maxQuotaWaitMs: 300_000,
		clock: new VirtualClock(),
		...options,
	});
}
