// A process of its own: the stand-in as api.cloudflare.com over TLS, so slow as the network would make it.
import { once } from 'node:events';
import { createServer } from 'node:https';
import { createServer as createRawServer } from 'node:net';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificates } from './certificates.cjs';
import { createWorld, type World } from './world.cjs';
import type { CountedCall, JobName, Proof, Task } from './protocol.cjs';

export type ToStandIn =
	| { kind: 'listen'; latency: number }
	| { kind: 'prepare'; job: JobName; size: number; handshakes: boolean }
	| { kind: 'begin' }
	| { kind: 'end' };
export type FromStandIn =
	| { kind: 'listening'; port: number; authority: string }
	| { kind: 'prepared'; task: Task }
	| { kind: 'begun' }
	| {
			kind: 'ended';
			calls: CountedCall[];
			connections: number;
			mostAtOnce: number;
			expected: Proof;
	  }
	| { kind: 'failed'; message: string };

interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

const ORIGIN = 'https://api.cloudflare.com';

/** TCP and TLS 1.3 take one each before the first request can be sent. */
const HANDSHAKE_ROUND_TRIPS = 2;

let latency = 0;
/** What a new connection waits for before its TLS begins. */
let handshakes = 0;
let world: World | undefined;
let calls: CountedCall[] = [];
let connections = 0;
let atOnce = 0;
let mostAtOnce = 0;
/** Worlds in which nothing changes, with the answers that were given: the time of the stand-in is nobody's. */
const constants = new Map<string, { world: World; answers: Map<string, Promise<Answer>> }>();
let answers: Map<string, Promise<Answer>> | undefined;

async function ask(method: string, url: string, headers: Headers, body: string): Promise<Answer> {
	if (world === undefined) throw new Error('Nothing is prepared');
	const response = await world.cloudflare.fetch(
		new Request(ORIGIN + url, { method, headers, ...(body !== '' && { body }) }),
	);
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: Buffer.from(await response.arrayBuffer()),
	};
}

async function answer(request: IncomingMessage): Promise<Answer> {
	const { method = 'GET', url = '/' } = request;
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	calls.push({ method, url: url.replace('/client/v4', '') });
	const headers = new Headers();
	for (const [name, value] of Object.entries(request.headers))
		if (value !== undefined && !name.startsWith(':')) headers.set(name, String(value));
	const body = Buffer.concat(parts).toString();
	const known = method === 'GET' ? answers?.get(url) : undefined;
	if (known) return await known;
	const fresh = ask(method, url, headers, body);
	if (method === 'GET') answers?.set(url, fresh);
	return await fresh;
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
	atOnce += 1;
	mostAtOnce = Math.max(mostAtOnce, atOnce);
	try {
		const [{ status, headers, body }] = await Promise.all([answer(request), sleep(latency)]);
		response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
	} catch (error) {
		response.writeHead(500).end(String(error));
	} finally {
		atOnce -= 1;
	}
}

async function listen(): Promise<FromStandIn> {
	const { authority, ...tls } = await makeCertificates();
	const server = createServer({ ...tls, keepAliveTimeout: 60_000 }, (request, response) => {
		void serve(request, response);
	});
	server.on('secureConnection', () => (connections += 1));
	// Always in front, so that both ways of measuring differ in the wait alone.
	const front = createRawServer({ pauseOnConnect: true }, (socket) => {
		// Whoever gives up while it waits is nobody's error.
		socket.on('error', () => undefined);
		const handOver = () => server.emit('connection', socket);
		if (handshakes === 0) handOver();
		else setTimeout(handOver, handshakes);
	});
	front.listen(0, '127.0.0.1');
	await once(front, 'listening');
	const { port } = front.address() as AddressInfo;
	return { kind: 'listening', port, authority };
}

function prepare(job: JobName, size: number): Task {
	const key = `${job} ${size}`;
	const known = constants.get(key);
	world = known?.world ?? createWorld(job, size);
	if (world.constant && !known) constants.set(key, { world, answers: new Map() });
	answers = constants.get(key)?.answers;
	return world.task;
}

function end(): FromStandIn {
	const expected = world?.expected() ?? { rows: 0, different: 0, digest: '' };
	return { kind: 'ended', calls, connections, mostAtOnce, expected };
}

async function obey(message: ToStandIn): Promise<FromStandIn> {
	switch (message.kind) {
		case 'listen':
			latency = message.latency;
			return await listen();
		case 'prepare':
			handshakes = message.handshakes ? HANDSHAKE_ROUND_TRIPS * latency : 0;
			return { kind: 'prepared', task: prepare(message.job, message.size) };
		case 'begin':
			world?.happen?.();
			calls = [];
			connections = 0;
			mostAtOnce = 0;
			return { kind: 'begun' };
		case 'end':
			return end();
	}
}

process.on('message', (message: ToStandIn) => {
	obey(message).then(
		(answered) => process.send?.(answered),
		(error: unknown) => process.send?.({ kind: 'failed', message: String(error) }),
	);
});
process.on('disconnect', () => process.exit(0));
