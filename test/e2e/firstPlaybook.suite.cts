import { addToken } from '../../sandbox/cloudflare/index.cjs';
import { type Example, readExample } from '../../sandbox/demo/example.cjs';
import { blockedAddresses, compareRules, customRules } from '../../sandbox/demo/observe.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';
import { UNKEPT } from '../../sandbox/n8n/unkept.cjs';
import { waitFor } from '../../sandbox/n8n/waitFor.cjs';
import { itemsOf } from '../../sandbox/playbooks/examplePlaybook.cjs';
import { readFirstPlaybook } from '../support/playbooks/firstPlaybook.cjs';
import { groupOf } from '../support/playbooks/permissionSets.cjs';
import { ACCOUNT, ATTACKER, ZONE } from './playbooks/stage.cjs';

const KEY = 'a-long-random-value';

/** The README's section "Your first playbook", step by step: its token, its playbook, its command. */
export function describeFirstPlaybook(current: () => Sandbox): void {
	describe("the README's first playbook", () => {
		let steps: ReturnType<typeof readFirstPlaybook>;
		let example: Example;
		let workflow: { id: string; versionId: string };

		const alert = async (url = steps.command.url) => {
			const { headers, body } = steps.command;
			const sent = { ...headers, ...UNKEPT };
			const response = await fetch(url, { method: 'POST', headers: sent, body });
			return { status: response.status, json: (await response.json()) as Record<string, unknown> };
		};
		const rules = async () => await customRules(current().cloudflare, ZONE);
		const setDryRun = (isOn: boolean) => {
			const node = example.nodes.find(({ name }) => name === 'Block Attacker')!;
			const options = node.parameters.options as Record<string, unknown>;
			node.parameters.options = { ...options, dryRun: isOn || undefined };
		};

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			steps = readFirstPlaybook({
				'https://YOUR-N8N': n8n.url,
				'YOUR-VALUE': KEY,
				'YOUR-DOMAIN': 'example.com',
			});
			const apiToken = addToken(cloudflare.state, {
				name: 'first',
				permissions: steps.permissions.map(groupOf),
				zones: [ZONE],
				accounts: [ACCOUNT],
			});
			// Nothing but the token is filled in.
			const token = {
				name: 'Cloudflare Token API',
				type: 'cloudflareSecurityTokenApi',
				data: { apiToken, ownedBy: 'automatic', accountId: '', zoneId: '' },
			};
			expect(await n8n.client.testCredential(token)).toMatchObject({ status: 'OK' });
			example = readExample(steps.file, {
				cloudflareSecurityTokenApi: await n8n.client.createCredential(token),
				httpHeaderAuth: await n8n.client.createCredential({
					name: 'Alert Key',
					type: 'httpHeaderAuth',
					data: { name: 'X-Alert-Key', value: KEY },
				}),
			});
		});

		afterAll(async () => await current().n8n.client.deactivateWorkflow(workflow.id));

		it('shows with Dry Run, through its test URL, what would be sent, and changes nothing', async () => {
			const { cloudflare, n8n } = current();
			const before = await rules();
			setDryRun(true);
			workflow = await n8n.client.createWorkflow(example);
			await n8n.client.listenForTest(workflow.id, 'Alert');
			expect(await alert()).toMatchObject({ status: 200 });

			const execution = await waitFor(
				'the end of the test run',
				async () => {
					const [newest] = await n8n.client.executions(workflow.id);
					return newest?.status === 'success' ? newest : undefined;
				},
				{ seconds: 30 },
			);
			const [shown] = itemsOf(await n8n.client.runData(execution.id), 'Block Attacker');
			expect(shown).toMatchObject({
				dryRun: true,
				request: { method: 'POST', body: [{ ip: ATTACKER }] },
				places: [{ request: { method: 'POST', body: { expression: 'ip.src in $n8n_blocklist' } } }],
			});
			expect(await rules()).toEqual(before);
			expect(cloudflare.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('blocks through its production URL, once it is turned on without Dry Run', async () => {
			const { cloudflare, n8n } = current();
			const before = await rules();
			setDryRun(false);
			await n8n.client.updateWorkflow(workflow, example);
			const url = steps.command.url.replace('/webhook-test/', '/webhook/');
			await waitFor(
				'the webhook',
				async () => {
					const { status } = await fetch(url, { method: 'POST', headers: UNKEPT });
					return status === 404 ? undefined : true;
				},
				{ seconds: 30 },
			);
			expect(await alert(url)).toMatchObject({ status: 200, json: { outcome: 'blocked' } });

			const { added, othersUnchanged } = compareRules(before, await rules());
			expect(othersUnchanged).toBe(true);
			expect(added).toMatchObject([{ action: 'block', expression: 'ip.src in $n8n_blocklist' }]);
			expect(blockedAddresses(cloudflare)).toMatchObject([{ address: ATTACKER }]);
		});
	});
}
