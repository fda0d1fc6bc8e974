import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports on loopback that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
	await Promise.all(servers.map(async (server) => await once(server, 'listening')));
	return servers.map((server) => {
		const address = server.address();
		server.close();
		if (address === null || typeof address === 'string')
			throw new Error('No free port on 127.0.0.1');
		return address.port;
	});
}
