import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { n8nEnvironment } from './environment.cjs';
import { freePorts } from './freePorts.cjs';
import type { Preparation } from './preparation.cjs';
import { type RunningProgram, startProgram } from './process.cjs';
import { type Login, N8nClient } from './restClient.cjs';
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
}

export interface LaunchOptions extends Preparation {
	proxyUrl: string;
	caCertificate: string;
}

async function answers(url: string): Promise<true | undefined> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
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

async function logIn(url: string, login: Login): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.setUpOwner(login);
	await client.login(login);
	const types = await client.nodeTypes();
	if (!types.some((name) => name.startsWith(`${PACKAGE}.`)))
		throw new Error(`n8n runs but has not loaded ${PACKAGE}`);
	return client;
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
	const program = startProgram(options.node, [options.program, 'start'], {
		cwd: folder,
		env: n8nEnvironment({ ...options, folder, port, brokerPort }),
		logFile,
	});
	// n8n asks for a capital letter, a digit and 8 characters.
	const login = {
		email: 'owner@example.com',
		password: `Sandbox-1-${randomBytes(9).toString('base64url')}`,
	};
	try {
		await waitUntilReady(url, program);
		return { url, login, logFile, client: await logIn(url, login), stop: () => program.stop() };
	} catch (error) {
		await program.stop();
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}\nThe end of n8n's log:\n${program.tail()}`);
	}
}
