import { Server } from 'node:net';
import { type CompletedRequest, generateCACertificate, getLocal } from 'mockttp';
import { isCut } from '../cloudflare/index.cjs';
import { freePorts } from '../n8n/freePorts.cjs';
import { webRequest } from './webRequest.cjs';

type CallbackResult = Awaited<
	ReturnType<
		Parameters<ReturnType<ReturnType<typeof getLocal>['forAnyRequest']>['thenCallback']>[0]
	>
>;

const CLOUDFLARE_HOST = 'api.cloudflare.com';

/** Anything that answers like Cloudflare's API. */
export interface CloudflareHandler {
	fetch(request: Request): Promise<Response>;
}

export interface InterceptingProxy {
	/** For HTTP_PROXY and HTTPS_PROXY. */
	proxyUrl: string;
	/** PEM text; whoever trusts it takes the stand-in for the real api.cloudflare.com. */
	caCertificate: string;
	/** Addresses that were asked for and refused: nothing that goes through here reaches the internet. */
	refused: string[];
	close(): Promise<void>;
}

/** mockttp listens on every network interface and has no option for it; this makes it loopback only. */
async function onLoopback<T>(start: () => Promise<T>): Promise<T> {
	const listen = Server.prototype.listen;
	Server.prototype.listen = function (this: Server, ...args: unknown[]) {
		const withHost =
			args.length === 1 && typeof args[0] === 'number' ? [args[0], '127.0.0.1'] : args;
		return Reflect.apply(listen, this, withHost) as Server;
	} as typeof listen;
	try {
		return await start();
	} finally {
		Server.prototype.listen = listen;
	}
}

async function answer(
	cloudflare: CloudflareHandler,
	request: CompletedRequest,
): Promise<CallbackResult> {
	const bytes = await request.body.getDecodedBuffer();
	const response = await cloudflare.fetch(webRequest(request, bytes));
	if (isCut(response)) return 'reset';
	return {
		statusCode: response.status,
		headers: Object.fromEntries(response.headers),
		body: Buffer.from(await response.arrayBuffer()),
	};
}

/** Stands between a program and the internet: answers for api.cloudflare.com over real TLS, refuses everything else. */
export async function startProxy(
	cloudflare: CloudflareHandler,
	{ port }: { port?: number } = {},
): Promise<InterceptingProxy> {
	const ca = await generateCACertificate({
		subject: { commonName: 'n8n-nodes-cloudflare-security sandbox (throw-away)' },
	});
	const server = getLocal({ https: ca, recordTraffic: false, suggestChanges: false });
	const [free = 0] = await freePorts(1);
	const listenOn = port ?? free;
	await onLoopback(() => server.start(listenOn));

	const refused: string[] = [];
	await server.forAnyRequest().thenCallback(async (request) => {
		const { protocol, host } = new URL(request.url);
		if (protocol === 'https:' && host === CLOUDFLARE_HOST) return await answer(cloudflare, request);
		refused.push(`${protocol}//${host}`);
		return {
			statusCode: 502,
			body: `The sandbox does not let anything out: ${host} was refused\n`,
		};
	});

	return {
		proxyUrl: `http://127.0.0.1:${listenOn}`,
		caCertificate: ca.cert,
		refused,
		close: () => server.stop(),
	};
}
