import { type Example, type ExampleNode, readExample } from '../demo/example.cjs';
import type { Credentials } from '../demo/example.cjs';
import type { Execution, N8nClient } from '../n8n/restClient.cjs';
import type { RunData } from '../n8n/runData.cjs';
import { waitFor } from '../n8n/waitFor.cjs';
import { waitForTrigger } from '../demo/watchPlaybook.cjs';

export type Item = Record<string, unknown>;

const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

/** What a node gave in its last run, over all its outputs. */
export const itemsOf = (runData: RunData, node: string): Item[] =>
	(runData[node]?.at(-1)?.data?.main ?? []).flatMap((items) =>
		(items ?? []).map(({ json }) => json),
	);

/** A playbook of examples/, imported into n8n and turned on. */
export class ExamplePlaybook {
	private constructor(
		private readonly client: N8nClient,
		readonly workflowId: string,
		private readonly example: Example,
	) {}

	/**
	 * Does what a user does after importing the example: chooses the credentials, changes what its note says can be
	 * changed, turns it on.
	 */
	static async import(
		client: N8nClient,
		file: string,
		credentials: Credentials,
		change: (node: ExampleNode) => void = () => undefined,
	): Promise<ExamplePlaybook> {
		const example = readExample(file, credentials);
		example.nodes.forEach(change);
		const { id } = await client.activateWorkflow(example);
		await waitForTrigger(client, id);
		return new ExamplePlaybook(client, id, example);
	}

	/** A node's parameters, as they were imported. */
	parametersOf(node: string): Record<string, unknown> {
		const found = this.example.nodes.find(({ name }) => name === node);
		if (!found) throw new Error(`The playbook has no node "${node}"`);
		return found.parameters;
	}

	/** Newest first. */
	async executions(): Promise<Execution[]> {
		return await this.client.executions(this.workflowId);
	}

	/** What the nodes gave in an execution. */
	async runOf(executionId: string): Promise<RunData> {
		return await this.client.runData(executionId);
	}

	/** What the nodes gave in the newest execution. */
	async newestRun(): Promise<RunData> {
		const [newest] = await this.executions();
		return newest ? await this.runOf(newest.id) : {};
	}

	/** Everything that n8n has stored of the newest execution, as text. */
	async newestText(): Promise<string> {
		const [newest] = await this.executions();
		return newest ? await this.client.executionText(newest.id) : '';
	}

	/** What a node gave in the newest execution, as soon as it has run. */
	async output(node: string, { seconds = 60 }: { seconds?: number } = {}): Promise<Item[]> {
		return await waitFor(
			`an output of "${node}"`,
			async () => {
				const items = itemsOf(await this.newestRun(), node);
				return items.length > 0 ? items : undefined;
			},
			{ seconds },
		);
	}

	/** What a node gave in the newest execution, once that has ended. */
	async result(node: string, { seconds = 60 }: { seconds?: number } = {}): Promise<Item[]> {
		const id = await waitFor(
			'the end of the execution',
			async () => {
				const [newest] = await this.executions();
				return newest && ENDED.has(newest.status) ? newest.id : undefined;
			},
			{ seconds },
		);
		return itemsOf(await this.client.runData(id), node);
	}

	async deactivate(): Promise<void> {
		await this.client.deactivateWorkflow(this.workflowId);
	}
}
