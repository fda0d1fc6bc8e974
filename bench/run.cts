import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientProcess, StandIn, type Runner } from './processes.cjs';
import { checkProof } from './proof.cjs';
import {
	isUnable,
	N8N_CLIENTS,
	type ClientName,
	type CountedCall,
	type JobName,
	type Measured,
	type Unable,
} from './protocol.cjs';
import { clients, jobs } from './titles.cjs';
import { turnsOf, type Turn } from './turns.cjs';

export interface Order {
	job: JobName;
	size: number;
	clients: readonly ClientName[];
	rounds: number;
	/** On top of them, where runs are short. */
	moreRounds?: number;
	/** Who goes again with the round trips of new connections. */
	handshakes?: readonly ClientName[];
}

/** One run of a client. */
export interface Run extends Measured {
	calls: CountedCall[];
	/** Connections that were opened. */
	connections: number;
	/** Requests that were under way at the same time. */
	mostAtOnce: number;
}

export interface ClientRuns {
	client: ClientName;
	/** Those that are timed. One comes before them that does not count. */
	runs: Run[];
	/** Those in which new connections wait for their round trips. */
	withHandshakes?: Run[];
	/** The one after them, for memory: only what the job holds is new then. */
	memory?: Run;
	/** Why there are none. */
	unable?: string;
}

export interface JobRuns {
	job: JobName;
	size: number;
	clients: ClientRuns[];
}

/** What all processes of a benchmark share. */
export interface Bench {
	/** Runs a job once per round with each client, which take turns in being first. */
	run(order: Order): Promise<JobRuns>;
	/** Of the n8n that took part, if one did. */
	versions(): N8nVersions | undefined;
	stop(): Promise<void>;
}

export interface N8nVersions {
	n8n: string;
	node: string;
}

export interface BenchOptions {
	/** Per request, in milliseconds. */
	latency: number;
	progress(text: string): void;
	/** Where the clients of a real n8n come from; they cannot be asked for without. */
	startN8n?: (port: number, authority: string) => Promise<N8nRunners>;
}

export interface N8nRunners {
	runner(client: ClientName): Runner;
	versions: N8nVersions;
	stop(): Promise<void>;
}

const rotated = <T,>(list: readonly T[], by: number): T[] => [
	...list.slice(by % list.length),
	...list.slice(0, by % list.length),
];

/** Starts the stand-in; clients are started when a job asks for them. */
export async function startBench({ latency, progress, startN8n }: BenchOptions): Promise<Bench> {
	const folder = mkdtempSync(join(tmpdir(), 'cloudflare-bench-'));
	const standIn = StandIn.start();
	const { port, authority } = await standIn.listen(latency);
	const authorityFile = join(folder, 'authority.pem');
	writeFileSync(authorityFile, authority);
	let n8n: N8nRunners | undefined;

	async function runnerOf(client: ClientName): Promise<Runner> {
		if (!N8N_CLIENTS.includes(client))
			return await ClientProcess.start(client, port, authorityFile);
		if (!startN8n) throw new Error(`${client} needs a real n8n`);
		n8n ??= await startN8n(port, authority);
		return n8n.runner(client);
	}

	async function runOnce(
		runner: Runner,
		client: ClientName,
		{ job, size }: Order,
		{ measures, handshakes }: Turn,
	): Promise<Run | Unable> {
		const task = await standIn.prepare(job, size, handshakes);
		await runner.prepare(task);
		await standIn.begin();
		const outcome = await runner.run(task, measures);
		if (isUnable(outcome)) return outcome;
		const { expected, calls, connections, mostAtOnce } = await standIn.end();
		checkProof(`${clients[client].title}, ${jobs[job].title(size)}`, outcome.proof, expected);
		return { ...outcome, calls, connections, mostAtOnce };
	}

	async function run(order: Order): Promise<JobRuns> {
		const { job, size } = order;
		const found: ClientRuns[] = order.clients.map((client) => ({ client, runs: [] }));
		const runners = new Map<ClientName, Runner>();
		try {
			for (const [round, turn] of turnsOf(order).entries())
				for (const each of rotated(found, round)) {
					if (each.unable !== undefined || !turn.takesPart(each)) continue;
					const { client } = each;
					const what = `${jobs[job].title(size)}: ${clients[client].title}`;
					if (!runners.has(client)) {
						progress(`${what}: waiting until it is loaded`);
						runners.set(client, await runnerOf(client));
					}
					progress(`${what}, ${turn.name}`);
					const outcome = await runOnce(runners.get(client)!, client, order, turn);
					if (isUnable(outcome)) each.unable = outcome.unable;
					else turn.keep(each, outcome);
				}
		} finally {
			await Promise.all([...runners.values()].map(async (runner) => await runner.stop()));
		}
		return { job, size, clients: found };
	}

	return {
		run,
		versions: () => n8n?.versions,
		async stop() {
			await n8n?.stop();
			await standIn.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
