import { performance } from 'node:perf_hooks';
import { startMeter, type Measures } from '../meter.cjs';
import { proofOf } from '../proof.cjs';
import type { FromClient, JobName, Outcome, Task, ToClient } from '../protocol.cjs';
import { PORT_VARIABLE, redirect } from '../redirect.cjs';

/** What a job left behind. Holding it holds the rows, as a caller would. */
export interface Result {
	ids(): string[];
	note?(): string;
}

export interface Client {
	/** Makes a small request on each connection that it keeps: no job pays for what a process does once, or now and then. */
	warmUp(task: Task): Promise<void>;
	/** What goes before the job and does not count. */
	prepare?(task: Task): Promise<void>;
	jobs: Partial<Record<JobName, (task: Task) => Promise<Result>>>;
	/** Why it cannot do a job. */
	unable?: Partial<Record<JobName, string>>;
}

async function measure(client: Client, task: Task, measures: Measures): Promise<Outcome> {
	const job = client.jobs[task.job];
	if (!job) return { unable: client.unable?.[task.job] ?? 'no such function' };
	const meter = startMeter(measures);
	const started = performance.now();
	const result = await job(task);
	const milliseconds = performance.now() - started;
	const taken = meter.stop();
	const note = result.note?.();
	return { milliseconds, ...taken, proof: proofOf(result.ids()), ...(note && { note }) };
}

/** Turns this process into one that runs a client's jobs for the benchmark. */
export function serveClient(client: Client): void {
	redirect(Number(process.env[PORT_VARIABLE]));
	const obey = async (message: ToClient): Promise<FromClient> => {
		const { task } = message;
		if (message.kind === 'run')
			return { kind: 'done', outcome: await measure(client, task, message.measures) };
		// Before every run: whether connections were still open would depend on how long the others took.
		if (client.jobs[task.job]) await client.warmUp(task);
		await client.prepare?.(task);
		return { kind: 'prepared' };
	};
	const tell = (message: FromClient) => process.send?.(message);
	process.on('message', (message: ToClient) => {
		obey(message).then(tell, (error: unknown) => {
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			tell({ kind: 'failed', message: text });
		});
	});
	process.on('disconnect', () => process.exit(0));
	tell({ kind: 'loaded' });
}

export const idOf = (row: unknown): string => String((row as { id?: unknown }).id);
