// Makes this process take the stand-in for api.cloudflare.com: its connections go to another port, with nothing in
// between, and everything else but loopback is refused. Certificates are checked as ever, so whoever loads this also needs NODE_EXTRA_CA_CERTS.
import { Socket } from 'node:net';

const HOST = 'api.cloudflare.com';
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
/** Nobody listens there. */
const NOWHERE = 9;

export const PORT_VARIABLE = 'BENCH_CLOUDFLARE_PORT';

export function redirect(port: number): void {
	const connect = Socket.prototype.connect;
	Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
		// net.connect() hands over a list with the options at its head.
		const [first] = args;
		const options = (Array.isArray(first) ? first[0] : first) as
			| Record<string, unknown>
			| undefined;
		const host = typeof options === 'object' ? options?.host : undefined;
		if (host === HOST) Object.assign(options!, { host: '127.0.0.1', port });
		else if (typeof host === 'string' && !LOOPBACK.includes(host))
			Object.assign(options!, { host: '127.0.0.1', port: NOWHERE });
		return Reflect.apply(connect, this, args) as Socket;
	} as typeof connect;
}
