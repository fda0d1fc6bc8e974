import { sandboxCredentials } from '../../../sandbox/cloudflare/index.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import { createLogins } from '../../../sandbox/playbooks/login.cjs';
import { ACCOUNT, nextRun, notified, often } from './stage.cjs';

/** The example that sums up the posture, started by n8n's schedule. */
export function describeDigestPlaybook(current: () => Sandbox): void {
	describe('the playbook that sums up the day', () => {
		let playbook: ExamplePlaybook;
		const digest = async () => {
			const { run } = await nextRun(playbook);
			const reports = notified(run);
			expect(reports).toHaveLength(1);
			return reports[0] as Record<string, unknown> & { text: string; withoutPolicy: string[] };
		};
		const openInsights = () =>
			current().cloudflare.state.insights.value.filter(
				({ accountId, insight }) => accountId === ACCOUNT && !insight.dismissed,
			);

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			const { credentials } = await createLogins(n8n.client, {
				apiToken: sandboxCredentials.userToken,
			});
			const file = 'daily-posture-digest.json';
			playbook = await ExamplePlaybook.import(n8n.client, file, credentials, often);
		});

		afterAll(async () => await playbook.deactivate());

		it('tells counts, what is new, what has no policy, and the alerts, in one message', async () => {
			const { text, ...counts } = await digest();
			const critical = openInsights().filter(({ insight }) => insight.severity === 'Critical');
			expect(counts).toMatchObject({
				insights: openInsights().length,
				critical: critical.length,
				applications: 32,
				withoutPolicy: ['Forgotten Wiki (wiki.example.com)'],
			});
			expect(text).toContain(
				`Insights: ${openInsights().length} open (${critical.length} critical, `,
			);
			expect(text).toContain('- NEW a_record_dangling: old-shop.example.com');
			expect(text).toContain('Access applications without a policy: 1 of 32\n- Forgotten Wiki');
			expect(text).toMatch(/^Alerts since yesterday: [1-9]/m);
		});

		it('changes with what it is about, and tells nothing that is mended', async () => {
			const { state } = current().cloudflare;
			for (const { insight } of openInsights()) insight.dismissed = true;
			state.alerting.value.history.clear();
			const { accessApps } = state;
			accessApps.value = accessApps.value.filter(({ app }) => app.name !== 'Forgotten Wiki');
			const { text } = await digest();
			expect(text).toContain('Insights: 0 open');
			expect(text).toContain('Critical: 0, 0 of them new since yesterday\n\n');
			expect(text).toContain('without a policy: 0 of 31\n\n');
			expect(text).toMatch(/^Alerts since yesterday: 0$/m);
		});
	});
}
