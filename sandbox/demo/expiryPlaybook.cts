import type { N8nClient } from '../n8n/restClient.cjs';
import { type Credentials, readExample } from './example.cjs';
import { playbookOutputs } from './outputs.cjs';

/** What the playbook would send to Slack, Teams or by e-mail. */
export interface Removal {
	address: string;
	text: string;
}

export interface ExpiryPlaybook {
	workflowId: string;
	removals(): Promise<Removal[]>;
	deactivate(): Promise<void>;
}

/**
 * Does what a user does after importing the example: chooses the credential, turns it on. It also lets it run every few
 * seconds in place of minutes, so that nobody waits long.
 */
export async function importExpiryPlaybook(
	client: N8nClient,
	credentials: Credentials,
	{ everySeconds = 5 }: { everySeconds?: number } = {},
): Promise<ExpiryPlaybook> {
	const example = readExample('remove-expired-blocks.json', credentials);
	for (const { type, parameters } of example.nodes)
		if (type === 'n8n-nodes-base.scheduleTrigger')
			parameters.rule = {
				interval: [{ field: 'cronExpression', expression: `*/${everySeconds} * * * * *` }],
			};
	const { id } = await client.activateWorkflow(example);
	return {
		workflowId: id,
		removals: async () => (await playbookOutputs<Removal>(client, id)).outputs,
		async deactivate() {
			await client.deactivateWorkflow(id);
		},
	};
}
