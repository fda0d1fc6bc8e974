import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	createCloudflare,
	type Cloudflare,
	type RecordedCall,
} from '../../sandbox/cloudflare/index.cjs';
import { startProxy, type InterceptingProxy } from '../../sandbox/fronts/proxy.cjs';

const PATIENCE_MS = 60_000;
// Some programs are for administrators, whose folders not everyone's PATH names.
const FOLDERS = '/usr/sbin:/usr/bin:/sbin:/bin';

export interface Ended {
	code: number | null;
	/** Standard output and standard error, as they came. */
	output: string;
	stdout: string;
}

/** Runs a program to its end, with nothing on its standard input; ends it when it takes too long. */
export async function execute(
	command: string,
	args: string[],
	options: { cwd?: string; env?: NodeJS.ProcessEnv; patienceMs?: number } = {},
): Promise<Ended> {
	return await new Promise((resolve, reject) => {
		const ended: Ended = { code: null, output: '', stdout: '' };
		const { patienceMs: timeout = PATIENCE_MS, ...where } = options;
		const child = spawn(command, args, {
			...where,
			timeout,
			stdio: ['ignore', 'pipe', 'pipe'],
			killSignal: 'SIGKILL',
		});
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			ended.output += text;
			ended.stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => (ended.output += text));
		child.on('error', reject);
		child.on('close', (code) => resolve({ ...ended, code }));
	});
}

/** Where the programs run: a folder of their own, and a network in which the stand-in is all there is. */
export class Place {
	readonly cloudflare: Cloudflare = createCloudflare();
	readonly folder = mkdtempSync(join(tmpdir(), 'cloudflare-clients-'));
	/** What the last program wrote. */
	lastOutput = '';

	private constructor(readonly proxy: InterceptingProxy) {}

	static async open(): Promise<Place> {
		const relay: Pick<Cloudflare, 'fetch'> = {
			fetch: (request) => place.cloudflare.fetch(request),
		};
		const place = new Place(await startProxy(relay));
		writeFileSync(place.certificates, place.proxy.caCertificate);
		return place;
	}

	async close(): Promise<void> {
		await this.proxy.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** A file with the one authority that programs trust here. */
	get certificates(): string {
		return join(this.folder, 'authority.pem');
	}

	/** The whole environment of a program: nothing of the caller's may change what it does or lead it elsewhere. */
	get env(): NodeJS.ProcessEnv {
		const { proxyUrl } = this.proxy;
		const direct = '127.0.0.1,localhost';
		return {
			PATH: `${process.env.PATH ?? ''}:${FOLDERS}`,
			HOME: this.folder,
			LC_ALL: 'C.UTF-8',
			HTTP_PROXY: proxyUrl,
			HTTPS_PROXY: proxyUrl,
			NO_PROXY: direct,
			http_proxy: proxyUrl,
			https_proxy: proxyUrl,
			no_proxy: direct,
			CURL_CA_BUNDLE: this.certificates,
			REQUESTS_CA_BUNDLE: this.certificates,
			SSL_CERT_FILE: this.certificates,
		};
	}

	async run(command: string, args: string[]): Promise<Ended> {
		const ended = await execute(command, args, { cwd: this.folder, env: this.env });
		this.lastOutput = ended.output;
		return ended;
	}

	/** Writes a file that holds a secret, as programs demand it: readable for nobody else. */
	write(name: string, lines: string | string[]): string {
		const file = join(this.folder, name);
		mkdirSync(join(file, '..'), { recursive: true });
		writeFileSync(file, `${[lines].flat().join('\n')}\n`, { mode: 0o600 });
		return file;
	}

	/** The end of what the last program wrote, without the secrets that verbose programs repeat. */
	lastLines(count: number): string[] {
		const text = this.lastOutput.replace(/\bcf(ut|at|k)_[\w-]+/g, 'cf$1_***');
		return text.trimEnd().split('\n').slice(-count);
	}

	/** The calls that arrive while something is done. */
	async callsDuring(work: () => Promise<unknown>): Promise<RecordedCall[]> {
		const from = this.cloudflare.calls.length;
		await work();
		return this.cloudflare.calls.slice(from);
	}
}
