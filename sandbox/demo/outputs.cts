import type { N8nClient } from '../n8n/restClient.cjs';

/** The example playbooks end with a node for the user's own chat or mail. */
const LAST_NODE = 'Notify (replace by Slack, Teams, e-mail)';

const ENDED = new Set(['success', 'error', 'crashed']);

/** What the last node of a playbook got in all its executions, oldest first. */
export async function playbookOutputs<T>(
	client: N8nClient,
	workflowId: string,
): Promise<{ executions: number; outputs: T[] }> {
	const executions = (await client.executions(workflowId)).filter(({ status }) =>
		ENDED.has(status),
	);
	const outputs: T[] = [];
	for (const { id } of executions.reverse()) {
		const { [LAST_NODE]: runs = [] } = await client.runData(id);
		const items = runs.flatMap(({ data }) => data?.main[0] ?? []);
		outputs.push(...items.map(({ json }) => json as T));
	}
	return { executions: executions.length, outputs };
}
