import type { Locator } from 'playwright-core';
import { sandboxCredentials, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import type { WorkflowInput } from '../../../sandbox/n8n/restClient.cjs';
import type { EditorHost } from './editor.suite.cjs';

export type Credentials = Record<string, { id: string; name: string }>;

/** A token that may do everything, with the account chosen. */
export async function tokenCredential({ n8n }: EditorHost): Promise<Credentials> {
	return {
		cloudflareSecurityTokenApi: await n8n.client.createCredential({
			name: 'Cloudflare',
			type: 'cloudflareSecurityTokenApi',
			data: {
				apiToken: sandboxCredentials.userToken,
				ownedBy: 'automatic',
				accountId: seedIds.mainAccount,
				zoneId: '',
			},
		}),
	};
}

/** Imports the workflow and shows it. */
export async function show({ n8n, editor }: EditorHost, workflow: WorkflowInput): Promise<string> {
	const { id } = await n8n.client.createWorkflow(workflow);
	await editor.openWorkflow(id);
	return id;
}

/** Waits until it shows a text like that, and gives the whole. */
export async function textOf(element: Locator, expected: string | RegExp): Promise<string> {
	await element.filter({ hasText: expected }).first().waitFor();
	return await element.filter({ hasText: expected }).first().innerText();
}
