import { randomBytes } from 'node:crypto';
import { seedIds } from '../cloudflare/index.cjs';
import type { Credentials } from '../demo/example.cjs';
import type { N8nClient } from '../n8n/restClient.cjs';

/** The credentials that the playbooks of examples/ ask for, and what others must know to reach these playbooks. */
export interface Logins {
	credentials: Credentials;
	/** For calls. */
	key: Record<string, string>;
	/** For forms. */
	form: Record<string, string>;
	/** What must be seen nowhere. */
	secrets: string[];
}

const NOT_ASKED = 'http://127.0.0.1:1/v1';

/** Makes a credential of each kind, as a user does before choosing them in a playbook. */
export async function createLogins(
	client: N8nClient,
	{ apiToken, modelUrl = NOT_ASKED }: { apiToken: string; modelUrl?: string },
): Promise<Logins> {
	const secret = () => randomBytes(18).toString('base64url');
	const [key, password, modelKey] = [secret(), secret(), secret()];
	const make = async (type: string, data: Record<string, unknown>) =>
		await client.createCredential({ name: type, type, data });
	return {
		credentials: {
			cloudflareSecurityTokenApi: await make('cloudflareSecurityTokenApi', {
				apiToken,
				ownedBy: 'automatic',
				accountId: seedIds.mainAccount,
				zoneId: '',
			}),
			httpHeaderAuth: await make('httpHeaderAuth', { name: 'X-Playbook-Key', value: key }),
			httpBasicAuth: await make('httpBasicAuth', { user: 'analyst', password }),
			openAiApi: await make('openAiApi', { apiKey: modelKey, url: modelUrl, header: false }),
		},
		key: { 'X-Playbook-Key': key },
		form: { authorization: `Basic ${Buffer.from(`analyst:${password}`).toString('base64')}` },
		secrets: [apiToken, key, password, modelKey],
	};
}
