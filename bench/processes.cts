import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Measures } from './meter.cjs';
import type { ClientName, FromClient, Outcome, Task, ToClient } from './protocol.cjs';
import { PORT_VARIABLE } from './redirect.cjs';
import type { FromStandIn, ToStandIn } from './standIn.cjs';

type Kind<T, K> = Extract<T, { kind: K }>;

/** A program of the benchmark in a process of its own, which answers one message at a time. */
class Process<To extends object, From extends { kind: string }> {
	private ended: string | undefined;

	protected constructor(
		private readonly name: string,
		private readonly child: ChildProcess,
	) {
		child.on('exit', (code, signal) => (this.ended = `ended with ${signal ?? code}`));
	}

	/** @throws what the process says went wrong, or that it ended */
	protected async expect<K extends From['kind']>(kind: K): Promise<Kind<From, K>> {
		const { child, name } = this;
		return await new Promise((resolve, reject) => {
			const ended = () => reject(new Error(`${name} ${this.ended}`));
			if (this.ended !== undefined) ended();
			child.once('exit', ended);
			child.once('message', (message) => {
				child.off('exit', ended);
				const answer = message as From & { message?: string };
				if (answer.kind === kind) resolve(answer as unknown as Kind<From, K>);
				else reject(new Error(`${name}: ${answer.message ?? answer.kind}`));
			});
		});
	}

	protected async ask<K extends From['kind']>(message: To, kind: K): Promise<Kind<From, K>> {
		const answer = this.expect(kind);
		if (this.child.connected) this.child.send(message);
		return await answer;
	}

	async stop(): Promise<void> {
		if (this.ended !== undefined) return;
		const exit = new Promise((resolve) => this.child.once('exit', resolve));
		// Not killed: it has a folder to remove.
		this.child.disconnect();
		await exit;
	}
}

function start(file: string, env: Record<string, string> = {}): ChildProcess {
	const inherited = { ...process.env };
	// They would change what is measured.
	for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NODE_OPTIONS']) {
		delete inherited[name];
		delete inherited[name.toLowerCase()];
	}
	return fork(join(__dirname, file), {
		execArgv: ['--require', require.resolve('tsx/cjs')],
		env: { ...inherited, ...env },
		serialization: 'advanced',
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
}

export class StandIn extends Process<ToStandIn, FromStandIn> {
	static start(): StandIn {
		return new StandIn('the stand-in for Cloudflare', start('standIn.cts'));
	}

	/** @returns the port, and the certificate of the authority to trust, as PEM text */
	async listen(latency: number): Promise<Kind<FromStandIn, 'listening'>> {
		return await this.ask({ kind: 'listen', latency }, 'listening');
	}

	/**
	 * Makes a Cloudflare for the job, or takes the one that it has where nothing changes.
	 * @param handshakes whether new connections wait for their round trips from now on
	 */
	async prepare(job: Task['job'], size: number, handshakes: boolean): Promise<Task> {
		return (await this.ask({ kind: 'prepare', job, size, handshakes }, 'prepared')).task;
	}

	/** From here on calls count. */
	async begin(): Promise<void> {
		await this.ask({ kind: 'begin' }, 'begun');
	}

	/** What came in since then, and what the client should have got. */
	async end(): Promise<Kind<FromStandIn, 'ended'>> {
		return await this.ask({ kind: 'end' }, 'ended');
	}
}

/** Whoever does jobs: a process of its own, or a workflow in n8n. */
export interface Runner {
	/** What goes before and does not count. */
	prepare(task: Task): Promise<void>;
	run(task: Task, measures: Measures): Promise<Outcome>;
	stop(): Promise<void>;
}

export class ClientProcess extends Process<ToClient, FromClient> implements Runner {
	/** @param authority file with the certificate to trust */
	static async start(name: ClientName, port: number, authority: string): Promise<ClientProcess> {
		const child = start(join('clients', `${name}.cts`), {
			[PORT_VARIABLE]: String(port),
			NODE_EXTRA_CA_CERTS: authority,
		});
		const client = new ClientProcess(name, child);
		await client.expect('loaded');
		return client;
	}

	async prepare(task: Task): Promise<void> {
		await this.ask({ kind: 'prepare', task }, 'prepared');
	}

	async run(task: Task, measures: Measures): Promise<Outcome> {
		return (await this.ask({ kind: 'run', task, measures }, 'done')).outcome;
	}
}
