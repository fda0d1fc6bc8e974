import { readFileSync } from 'node:fs';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { credentialStuffingAlert } from '../../sandbox/demo/alert.cjs';
import { importPlaybook } from '../../sandbox/demo/playbook.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';

const SECRETS = Object.values(sandboxCredentials).map((secret) =>
	typeof secret === 'string' ? secret : secret.apiKey,
);

const TOKENS = {
	'a good token': sandboxCredentials.userToken,
	'a token without permission': sandboxCredentials.noPermissionToken,
	'a disabled token': sandboxCredentials.disabledToken,
};

/** Secrets stay in n8n's credential store and in the requests to Cloudflare. */
export function describeSecrecy(current: () => Sandbox): void {
	describe('secrets', () => {
		const expectNone = (text: string) => {
			for (const secret of SECRETS) expect(text.includes(secret)).toBe(false);
		};

		it.each(Object.entries(TOKENS))(
			'are in no answer and no execution of a playbook with %s',
			async (what, apiToken) => {
				const { client } = current().n8n;
				current().cloudflare.reset();
				const path = what.replaceAll(' ', '-');
				const playbook = await importPlaybook(client, { apiToken, path });
				const { text } = await playbook.send(credentialStuffingAlert());
				expectNone(text);
				const executions = await client.executions(playbook.workflowId);
				expect(executions.length).toBeGreaterThan(0);
				for (const { id } of executions) {
					const stored = await client.executionText(id);
					expect(stored.length).toBeGreaterThan(500);
					expectNone(stored);
				}
			},
		);

		it('are not in the log of n8n', () => {
			const log = readFileSync(current().n8n.logFile, 'utf8');
			expect(log.length).toBeGreaterThan(0);
			expectNone(log);
		});

		it('can have gone nowhere else: the proxy let nothing out', () => {
			const hosts = new Set(current().proxy.refused.map((address) => new URL(address).host));
			// What n8n itself wants from its makers; everything that the package asks for is answered.
			for (const host of hosts) expect(host).toMatch(/(^|\.)n8n\.io$/);
		});
	});
}
