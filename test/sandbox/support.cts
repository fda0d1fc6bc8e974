import { sandboxCredentials, seedIds, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test may look anywhere into an answer
	json: any;
}
export type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Calls the API as a client would; `credentials` are a token or complete headers. */
export function sender(
	cloudflare: Cloudflare,
	credentials: string | Record<string, string> = sandboxCredentials.userToken,
): Send {
	const headers =
		typeof credentials === 'string' ? { Authorization: `Bearer ${credentials}` } : credentials;
	return async (method, path, body) => {
		const response = await cloudflare.fetch(
			new Request(`https://api.cloudflare.com/client/v4${path}`, {
				method,
				headers: { ...headers, 'Content-Type': 'application/json' },
				...(body !== undefined && {
					body: typeof body === 'string' ? body : JSON.stringify(body),
				}),
			}),
		);
		const text = await response.text();
		const isJson = response.headers.get('content-type') === 'application/json';
		const json = isJson && /\}$/.test(text) ? JSON.parse(text) : undefined;
		return { status: response.status, headers: response.headers, text, json };
	};
}

export const zonePath = (name: keyof typeof seedIds.zones): string =>
	`/zones/${seedIds.zones[name]}`;
export const CUSTOM = 'http_request_firewall_custom';
export const entryPointPath = (name: keyof typeof seedIds.zones): string =>
	`${zonePath(name)}/rulesets/phases/${CUSTOM}/entrypoint`;
export const block = (ip: string, more: object = {}) => ({
	action: 'block',
	expression: `ip.src in {${ip}}`,
	...more,
});
/** First error as `status code`, as in "403 9109". */
export const refusal = ({ status, json }: Answer): string => `${status} ${json?.errors[0]?.code}`;
/** Where the main account's lists are. */
export const LISTS = `/accounts/${seedIds.mainAccount}/rules/lists`;
