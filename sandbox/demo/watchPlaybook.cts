import type { N8nClient } from '../n8n/restClient.cjs';
import { waitFor } from '../n8n/waitFor.cjs';
import { type Credentials, readExample } from './example.cjs';
import { playbookOutputs } from './outputs.cjs';

/** What the playbook would send to Slack, Teams or by e-mail, in parts and as one text. */
export type Report = Record<
	| 'who'
	| 'from'
	| 'program'
	| 'how'
	| 'credential'
	| 'what'
	| 'where'
	| 'resource'
	| 'rule'
	| 'when'
	| 'request'
	| 'link'
	| 'eventId'
	| 'text',
	string
>;

export interface WatchPlaybook {
	workflowId: string;
	/** The second of each minute at which n8n asks Cloudflare. */
	second: number;
	/** What came out so far, oldest first. */
	reports(): Promise<{ executions: number; reports: Report[] }>;
	deactivate(): Promise<void>;
}

/** n8n starts the triggers of an active workflow in the background. @throws with the trigger's own message */
export async function waitForTrigger(client: N8nClient, workflowId: string): Promise<void> {
	await waitFor(
		'the start of the trigger',
		async () => {
			const { status, triggers } = await client.publicationStatus(workflowId);
			if (status === 'failed') throw new Error(`The trigger: ${triggers[0]?.errorMessage}`);
			return status === 'published' ? true : undefined;
		},
		{ seconds: 60 },
	);
}

/**
 * Does what a user does after importing the example: chooses the credential, turns it on. It also chooses the second at
 * which n8n polls, which n8n leaves to chance, so that nobody waits a whole minute.
 */
export async function importWatchPlaybook(
	client: N8nClient,
	credentials: Credentials,
	{ firstPollAfter = 15 }: { firstPollAfter?: number } = {},
): Promise<WatchPlaybook> {
	const example = readExample('watch-suspicious-changes.json', credentials);
	const second = new Date(Date.now() + firstPollAfter * 1000).getSeconds();
	for (const { type, parameters } of example.nodes)
		if (type.endsWith('.cloudflareSecurityTrigger'))
			parameters.pollTimes = {
				item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }],
			};
	const { id } = await client.activateWorkflow(example);
	await waitForTrigger(client, id);
	return {
		workflowId: id,
		second,
		async reports() {
			const { executions, outputs } = await playbookOutputs<Report>(client, id);
			return { executions, reports: outputs };
		},
		async deactivate() {
			await client.deactivateWorkflow(id);
		},
	};
}
