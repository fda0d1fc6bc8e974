import type { RunningN8n } from '../../sandbox/n8n/launch.cjs';
import type { RunData } from '../../sandbox/n8n/runData.cjs';
import { waitFor } from '../../sandbox/n8n/waitFor.cjs';
import type { Measures, Taken } from '../meter.cjs';
import type { Runner } from '../processes.cjs';
import { proofOf, reportId } from '../proof.cjs';
import { POLL_JOBS, type ClientName, type Outcome, type Task } from '../protocol.cjs';
import { INPUT, START, UNABLE, workflowFor } from './workflows.cjs';

interface Deployed {
	id: string;
	url: string;
	last: string;
}

let paths = 0;

function idOf({ id, ip, address, outcome, credential }: Record<string, unknown>): string {
	if (credential !== undefined) return reportId(credential);
	return String(outcome === 'blocked' ? address : (ip ?? id));
}

/** How long the nodes of the job took together, as n8n itself counted. */
function nodeTime(runData: RunData): number {
	const runs = Object.entries(runData).flatMap(([name, of]) =>
		name === START || name === INPUT ? [] : (of as Array<{ executionTime?: number }>),
	);
	return runs.reduce((sum, { executionTime = 0 }) => sum + executionTime, 0);
}

/** A workflow of the real n8n as a client. */
export class WorkflowRunner implements Runner {
	private readonly deployed = new Map<string, Deployed>();

	constructor(
		private readonly client: ClientName,
		private readonly n8n: RunningN8n,
		private readonly meterUrl: string,
		private readonly credential: { id: string; name: string },
	) {}

	async prepare(task: Task): Promise<void> {
		if (this.unable(task) !== undefined) return;
		const key = `${task.job} ${task.size}`;
		if (this.deployed.has(key)) return;
		paths += 1;
		const path = `bench-${paths}`;
		const { workflow, last } = workflowFor(this.client, task, path, this.credential);
		const { id } = await this.n8n.client.activateWorkflow(workflow);
		this.deployed.set(key, { id, last, url: `${this.n8n.url}/webhook/${path}` });
	}

	async run(task: Task, measures: Measures): Promise<Outcome> {
		const unable = this.unable(task);
		if (unable !== undefined) return { unable };
		const { id, url, last } = this.deployed.get(`${task.job} ${task.size}`)!;
		const earlier = (await this.n8n.client.executions(id)).length;
		await this.meter(measures);
		await this.call(url, task);
		const execution = await waitFor(
			`the end of ${this.client}, ${task.job}`,
			async () => {
				const found = await this.n8n.client.executions(id);
				const [newest] = found;
				return found.length > earlier && newest?.status === 'success'
					? newest
					: this.failed(newest);
			},
			{ seconds: 120 },
		);
		const taken = await this.meter('stop');
		const runData = await this.n8n.client.runData(execution.id);
		const items = runData[last]?.flatMap(({ data }) => data?.main[0] ?? []) ?? [];
		const ids = items.map(({ json }) => idOf(json));
		return { milliseconds: nodeTime(runData), ...taken, proof: proofOf(ids) };
	}

	async stop(): Promise<void> {
		for (const { id } of this.deployed.values()) await this.n8n.client.deactivateWorkflow(id);
	}

	private unable({ job }: Task): string | undefined {
		if (this.client !== 'oursInN8n') {
			const same = this.client === 'httpRequestLarge' && job === 'block';
			return same ? 'no other than with the usual pages' : UNABLE[job];
		}
		return POLL_JOBS.includes(job) ? 'n8n polls once a minute, by its own clock' : undefined;
	}

	private failed(execution: { status: string; id: string } | undefined): undefined {
		if (execution?.status === 'error' || execution?.status === 'crashed')
			throw new Error(`${this.client}: the execution in n8n ended with ${execution.status}`);
	}

	/** The webhook of an activated workflow may take a moment. */
	private async call(url: string, { addresses }: Task): Promise<void> {
		await waitFor(
			`the webhook ${url}`,
			async () => {
				const { status } = await fetch(url, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ addresses }),
				});
				return status === 404 ? undefined : true;
			},
			{ seconds: 30 },
		);
	}

	private async meter(what: Measures | 'stop'): Promise<Taken> {
		const response = await fetch(`${this.meterUrl}/${what}`, { method: 'POST' });
		return (await response.json()) as Taken;
	}
}
