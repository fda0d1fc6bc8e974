import { setTimeout as sleep } from 'node:timers/promises';
import {
	addToken,
	auditPeople,
	sandboxCredentials,
	seedIds,
} from '../../sandbox/cloudflare/index.cjs';
import { credentialStuffingAlert } from '../../sandbox/demo/alert.cjs';
import { changeAs, intruder, tokenOf } from '../../sandbox/demo/person.cjs';
import { importPlaybook, type Playbook } from '../../sandbox/demo/playbook.cjs';
import { switchRuleOff } from '../../sandbox/demo/watch.cjs';
import {
	importWatchPlaybook,
	type Report,
	type WatchPlaybook,
} from '../../sandbox/demo/watchPlaybook.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';
import { waitFor } from '../../sandbox/n8n/waitFor.cjs';

const MINUTES_5 = 300_000;
const ZONE = seedIds.zones['example.com'];
const RULES = `/zones/${ZONE}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
/** What somebody may write who knows that it will be read. */
const NASTY = 'Let {{ 7 * 7 }} in\nWho: nobody@example.com';

/** The example that reports who changed the protection, polled by n8n itself. */
export function describeWatchPlaybook(current: () => Sandbox): void {
	describe('the playbook that reports suspicious changes', () => {
		let block: Playbook;
		let watch: WatchPlaybook;
		/** With a token that may read the log and nothing else. */
		let limited: WatchPlaybook;
		let executions: number;
		let reports: Report[];
		let limitedReports: Report[];
		let secrets: string[];

		const only = (what: string, fits: (report: Report) => boolean): Report => {
			const found = reports.filter(fits);
			if (found.length !== 1) throw new Error(`${found.length} reports of ${what}`);
			return found[0];
		};
		const request = (start: string) => (report: Report) => report.request.startsWith(start);

		async function importLimited(): Promise<WatchPlaybook> {
			const { cloudflare, n8n } = current();
			const apiToken = addToken(cloudflare.state, {
				name: 'log-reader',
				permissions: ['Account Settings Read'],
			});
			secrets.push(apiToken);
			const cloudflareSecurityTokenApi = await n8n.client.createCredential({
				name: 'Log Reader',
				type: 'cloudflareSecurityTokenApi',
				data: { apiToken, ownedBy: 'automatic', accountId: seedIds.mainAccount, zoneId: '' },
			});
			return await importWatchPlaybook(n8n.client, { cloudflareSecurityTokenApi });
		}

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			secrets = [sandboxCredentials.userToken, tokenOf(intruder, cloudflare.state)];
			block = await importPlaybook(n8n.client, { path: 'block-beside-watch' });
			limited = await importLimited();
			// Late enough that all changes below fall into one poll, on a slow machine too.
			watch = await importWatchPlaybook(n8n.client, block.credentials, { firstPollAfter: 40 });

			const rule = { action: 'block', expression: 'ip.src eq 192.0.2.1', description: NASTY };
			await changeAs(intruder, cloudflare, ['POST', RULES, rule]);
			// A new rule is recognised by its time.
			await sleep(3000);
			await switchRuleOff(cloudflare, intruder, 'Block scanners');
			const record = { type: 'A', name: 'new', content: '192.0.2.2', ttl: 300 };
			await changeAs(intruder, cloudflare, ['POST', `/zones/${ZONE}/dns_records`, record]);
			cloudflare.state.audit.add({
				actor: auditPeople.intruder,
				action: { type: 'create', v1: 'token_create', description: 'Create api token' },
				resource: { product: 'api_tokens', type: 'api_token', id: 'b4c4', scope: 'user' },
				zone: undefined,
				request: undefined,
			});
			await block.send(credentialStuffingAlert());

			const enough = async (playbook: WatchPlaybook, count: number) =>
				await waitFor(
					`${count} reports`,
					async () => {
						const found = await playbook.reports();
						return found.reports.length >= count ? found : undefined;
					},
					{ seconds: 150 },
				);
			({ reports: limitedReports } = await enough(limited, 6));
			({ reports, executions } = await enough(watch, 3));
		}, MINUTES_5);

		afterAll(async () => {
			for (const { workflowId } of [watch, limited, block])
				await current().n8n.client.deactivateWorkflow(workflowId);
		});

		it('names the person, the token and the rule that was switched off', () => {
			expect(only('the switch', request('PATCH'))).toMatchObject({
				who: intruder.email,
				from: intruder.ip,
				how: 'API token',
				credential: intruder.token.name,
				where: 'example.com',
				rule: expect.stringMatching(/^"Block scanners" is now OFF \(block: [^;]*\)$/),
				link: `https://dash.cloudflare.com/${seedIds.mainAccount}/audit-log`,
			});
		});

		it('tells of a new rule, whose text stays text on one line', () => {
			const { rule, text } = only('the new rule', request('POST'));
			expect(rule).toContain('"Let {{ 7 * 7 }} in Who: nobody@example.com" is now on');
			expect(text.match(/^Who: .*$/gm)).toEqual([`Who: ${intruder.email}`]);
			expect(text.split('\n')).toHaveLength(9);
		});

		it('tells of what is no rule, and was done in the dashboard', () => {
			const report = only('the token', ({ what }) => what === 'Create api token');
			expect(report).toMatchObject({
				who: auditPeople.intruder.email,
				from: auditPeople.intruder.ip,
				how: 'dashboard',
				credential: '',
				resource: 'api_tokens b4c4',
				rule: '',
			});
			expect(report.text).not.toContain('Rule:');
		});

		it('leaves out what it was not asked for, and what the playbooks did themselves', () => {
			expect(reports).toHaveLength(3);
			expect(executions).toBe(1);
			// Another credential does see the block.
			const own = limitedReports.filter(({ credential }) => credential === 'userToken');
			const lists = `/accounts/${seedIds.mainAccount}/rules/lists`;
			expect(own.map((report) => report.request).sort()).toEqual([
				`POST ${lists}`,
				expect.stringMatching(`POST ${lists}/[0-9a-f]{32}/items`),
				`POST ${RULES}`,
			]);
		});

		it('reports without the rule when the token may not read it', () => {
			expect(limitedReports).toHaveLength(6);
			const report = limitedReports.find(request('PATCH'));
			expect(report).toMatchObject({
				who: intruder.email,
				rule: expect.stringMatching(/^could not be looked up: ./),
			});
		});

		it('keeps secrets out of its executions', async () => {
			const { client } = current().n8n;
			for (const { workflowId } of [watch, limited])
				for (const { id } of await client.executions(workflowId)) {
					const stored = await client.executionText(id);
					expect(stored.length).toBeGreaterThan(500);
					for (const secret of secrets) expect(stored.includes(secret)).toBe(false);
				}
		});
	});
}
