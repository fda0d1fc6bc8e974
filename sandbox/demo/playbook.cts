import { randomBytes } from 'node:crypto';
import { sandboxCredentials, seedIds } from '../cloudflare/index.cjs';
import type { N8nClient } from '../n8n/restClient.cjs';
import { UNKEPT } from '../n8n/unkept.cjs';
import { waitFor } from '../n8n/waitFor.cjs';
import type { Alert } from './alert.cjs';
import { type Credentials, readExample } from './example.cjs';

const KEY_HEADER = 'X-Alert-Key';

export interface WebhookAnswer {
	status: number;
	text: string;
	json: unknown;
}

export interface Playbook {
	workflowId: string;
	webhookUrl: string;
	/** Sends an alert to the production webhook and waits for the answer. */
	send(alert: Alert, headers?: Record<string, string>): Promise<WebhookAnswer>;
	/** What the webhook's callers must know. */
	key: string;
	/** What it was given, for other playbooks that shall act as the same. */
	credentials: Credentials;
}

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

/** Does what a user does after importing the example: makes the credentials, chooses them, turns it on. */
export async function importPlaybook(
	client: N8nClient,
	{
		apiToken = sandboxCredentials.userToken,
		path = 'block-attacker',
	}: { apiToken?: string; path?: string } = {},
): Promise<Playbook> {
	const key = randomBytes(24).toString('hex');
	const credentials: Credentials = {
		cloudflareSecurityTokenApi: await client.createCredential({
			name: 'Cloudflare Token',
			type: 'cloudflareSecurityTokenApi',
			data: { apiToken, ownedBy: 'automatic', accountId: seedIds.mainAccount, zoneId: '' },
		}),
		httpHeaderAuth: await client.createCredential({
			name: 'Alert Webhook Key',
			type: 'httpHeaderAuth',
			data: { name: KEY_HEADER, value: key },
		}),
	};

	const example = readExample('block-attacker-from-alert.json', credentials);
	for (const node of example.nodes)
		if (node.type === 'n8n-nodes-base.webhook') {
			node.parameters.path = path;
			node.webhookId = path;
		}
	const { id } = await client.activateWorkflow(example);
	const webhookUrl = `${client.baseUrl}/webhook/${path}`;
	await waitForWebhook(webhookUrl);

	return {
		workflowId: id,
		webhookUrl,
		key,
		credentials,
		async send(alert, headers = { [KEY_HEADER]: key }) {
			const response = await fetch(webhookUrl, {
				method: 'POST',
				headers: { ...UNKEPT, 'content-type': 'application/json', ...headers },
				body: JSON.stringify(alert),
			});
			const text = await response.text();
			return { status: response.status, text, json: parseJson(text) };
		},
	};
}

/** An activated workflow's webhook may take a moment; without the key it answers 403 and runs nothing. */
async function waitForWebhook(url: string): Promise<void> {
	await waitFor(
		`the webhook ${url}`,
		async () => {
			const { status } = await fetch(url, { method: 'POST', headers: UNKEPT });
			return status === 404 ? undefined : true;
		},
		{ seconds: 30 },
	);
}
