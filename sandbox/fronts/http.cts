import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { isCut, type Cloudflare } from '../cloudflare/index.cjs';

export interface HttpFront {
	url: string;
	port: number;
	close(): Promise<void>;
}

/** Serves the stand-in as plain HTTP on the loopback interface. Port 0 or none: any free port. */
export async function serveHttp(
	cloudflare: Pick<Cloudflare, 'fetch'>,
	{ port = 0 }: { port?: number } = {},
): Promise<HttpFront> {
	const listener = getRequestListener(
		async (request, { outgoing }) => {
			const response = await cloudflare.fetch(request);
			if (!isCut(response)) return response;
			outgoing.destroy();
			return RESPONSE_ALREADY_SENT;
		},
		{ overrideGlobalObjects: false },
	);
	const server = createServer(listener);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: actual } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${actual}`,
		port: actual,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				// Requests that were left without an answer would keep the server open.
				server.closeAllConnections();
			}),
	};
}
