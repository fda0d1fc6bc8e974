import nock from 'nock';
import { isCut, type Cloudflare } from '../cloudflare/index.cjs';

const ORIGIN = 'https://api.cloudflare.com';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface Intercepted {
	headers: Record<string, string | string[] | number | undefined>;
}

function asRequest(
	method: string,
	path: string,
	body: unknown,
	{ headers }: Intercepted,
	signal: AbortSignal,
) {
	// nock gives a JSON body parsed, and an empty one as an empty string.
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const sent = new Headers();
	for (const [name, value] of Object.entries(headers))
		if (value !== undefined) sent.set(name, String(value));
	const bodyless = method === 'GET' || method === 'HEAD' || text === '';
	return new Request(new URL(path, ORIGIN), {
		method,
		headers: sent,
		signal,
		...(!bodyless && { body: text }),
	});
}

const connectionReset = (): Error =>
	Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/**
 * Puts the stand-in in front of https://api.cloudflare.com for everything that uses node:http in this process.
 * Other hosts but 127.0.0.1 become unreachable. `restore` undoes it, and ends requests that still wait.
 */
export function interceptWithNock(cloudflare: Pick<Cloudflare, 'fetch'>): { restore(): void } {
	// One for each request: a signal keeps what listens to it for as long as it lives.
	const open = new Set<AbortController>();
	if (!nock.isActive()) nock.activate();
	nock.disableNetConnect();
	nock.enableNetConnect('127.0.0.1');
	const scope = nock(ORIGIN).persist();
	for (const method of METHODS) {
		scope.intercept(/.*/, method).reply(async function (path, body) {
			const controller = new AbortController();
			open.add(controller);
			try {
				const request = asRequest(method, path, body, this.req as Intercepted, controller.signal);
				const response = await cloudflare.fetch(request);
				if (isCut(response)) throw connectionReset();
				return [response.status, await response.text(), Object.fromEntries(response.headers)];
			} finally {
				open.delete(controller);
			}
		});
	}
	return {
		restore() {
			for (const controller of open) controller.abort();
			nock.cleanAll();
			nock.enableNetConnect();
			nock.restore();
		},
	};
}
