import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { n8nEnvironment } from './environment.cjs';
import { freePorts } from './freePorts.cjs';
import type { Preparation } from './preparation.cjs';
import { type RunningProgram, startProgram } from './process.cjs';
import { type Login, N8nClient } from './restClient.cjs';
import { UNKEPT } from './unkept.cjs';
import { waitFor } from './waitFor.cjs';

const PACKAGE = 'n8n-nodes-cloudflare-security';
const START_SECONDS = 180;

export interface RunningN8n {
	/** The editor's address. */
	url: string;
	login: Login;
	/** Logged in as the owner. */
	client: N8nClient;
	logFile: string;
	stop(): Promise<void>;
	/** Starts it again after `stop`, on the same ports and with the same folder, database and key. */
	start(): Promise<void>;
}

export interface LaunchOptions extends Preparation {
	proxyUrl: string;
	caCertificate: string;
}

async function answers(url: string): Promise<true | undefined> {
	try {
		const response = await fetch(url, {
			headers: UNKEPT,
			signal: AbortSignal.timeout(5000),
		});
		return response.ok && response.headers.get('content-type')?.includes('json') ? true : undefined;
	} catch {
		return undefined;
	}
}

/** n8n says "healthy" before its database is migrated and its REST interface is there: ask for all of them. */
async function waitUntilReady(url: string, program: RunningProgram): Promise<void> {
	for (const path of ['/healthz', '/healthz/readiness', '/rest/settings'])
		await waitFor(
			`n8n to answer at ${url}${path}`,
			async () => {
				const ended = program.ended();
				if (ended !== undefined) throw new Error(`n8n has stopped while starting (${ended})`);
				return await answers(url + path);
			},
			{ seconds: START_SECONDS },
		);
}

async function logIn(client: N8nClient, login: Login): Promise<void> {
	await client.login(login);
	const types = await client.nodeTypes();
	if (!types.some((name) => name.startsWith(`${PACKAGE}.`)))
		throw new Error(`n8n runs but has not loaded ${PACKAGE}`);
}

/** Starts a real n8n with our package in it, on free loopback ports, and sets up its owner. */
export async function launchN8n(options: LaunchOptions): Promise<RunningN8n> {
	const folder = join(options.runFolder, 'user');
	const installed = join(folder, '.n8n', 'nodes', 'node_modules', PACKAGE);
	mkdirSync(installed, { recursive: true });
	cpSync(options.packageFolder, installed, { recursive: true });

	const [port = 0, brokerPort = 0] = await freePorts(2);
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(options.runFolder, 'n8n.log');
	// Made once: it holds the key with which n8n encrypts its credentials.
	const env = n8nEnvironment({ ...options, folder, port, brokerPort });
	// n8n asks for a capital letter, a digit and 8 characters.
	const login = {
		email: 'owner@example.com',
		password: `Sandbox-1-${randomBytes(9).toString('base64url')}`,
	};
	const client = new N8nClient(url);
	let program: RunningProgram | undefined;

	async function start({ setUp = false } = {}): Promise<void> {
		const started = startProgram(options.node, [options.program, 'start'], {
			cwd: folder,
			env,
			logFile,
		});
		program = started;
		try {
			await waitUntilReady(url, started);
			if (setUp) await client.setUpOwner(login);
			await logIn(client, login);
		} catch (error) {
			await started.stop();
			const reason = error instanceof Error ? error.message : String(error);
			throw new Error(`${reason}\nThe end of n8n's log:\n${started.tail()}`);
		}
	}

	await start({ setUp: true });
	return {
		url,
		login,
		logFile,
		client,
		stop: async () => await program?.stop(),
		start: async () => await start(),
	};
}
