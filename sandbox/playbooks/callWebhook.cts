import type { N8nClient } from '../n8n/restClient.cjs';
import { UNKEPT } from '../n8n/unkept.cjs';

export interface Answer {
	status: number;
	json: Record<string, string>;
}

/** Calls the production webhook of an active playbook with JSON, as another program does. */
export async function callWebhook(
	{ baseUrl }: N8nClient,
	path: string,
	body: object,
	headers: Record<string, string>,
): Promise<Answer> {
	const response = await fetch(`${baseUrl}/webhook/${path}`, {
		method: 'POST',
		headers: { ...UNKEPT, 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	return {
		status: response.status,
		json: text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : {},
	};
}
