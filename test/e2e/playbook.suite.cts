import { seedIds, wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { credentialStuffingAlert } from '../../sandbox/demo/alert.cjs';
import { attackAndRespond } from '../../sandbox/demo/attack.cjs';
import { blockedAddresses, compareRules, customRules } from '../../sandbox/demo/observe.cjs';
import { importPlaybook, type Playbook } from '../../sandbox/demo/playbook.cjs';
import type { Sandbox } from '../../sandbox/n8n/sandbox.cjs';

const HOUR_MS = 3_600_000;
const EXAMPLE_COM = seedIds.zones['example.com'];
const EXAMPLE_NET = seedIds.zones['example.net'];

/** The playbook of examples/, through its production webhook. */
export function describePlaybook(current: () => Sandbox): void {
	describe('the playbook that blocks the attacker of an alert', () => {
		let playbook: Playbook;

		beforeAll(async () => {
			playbook = await importPlaybook(current().n8n.client);
		});

		afterAll(async () => await current().n8n.client.deactivateWorkflow(playbook.workflowId));

		beforeEach(() => current().cloudflare.reset());

		it('adds one rule that stops the attacker and nobody else, and leaves the others alone', async () => {
			const alert = credentialStuffingAlert();
			const result = await attackAndRespond(current().cloudflare, playbook, alert);
			expect(result).toMatchObject({ success: true, othersUnchanged: true });
			expect(result.rulesBefore).toHaveLength(3);
			expect(result.added).toMatchObject([
				{ action: 'block', enabled: true, expression: 'ip.src in $n8n_blocklist' },
			]);
			expect(result.answer.json).toMatchObject({
				outcome: 'blocked',
				address: alert.sourceIp,
				zone: 'example.com',
				ruleId: result.added[0]?.id,
				list: 'n8n_blocklist',
				alertId: alert.alertId,
			});
		});

		it('writes nothing but the list, its item and the one rule', async () => {
			await playbook.send(credentialStuffingAlert());
			const writes = current().cloudflare.calls.filter(({ method }) => method !== 'GET');
			const list = current().cloudflare.state.lists.named(seedIds.mainAccount, 'n8n_blocklist');
			const lists = `/accounts/${seedIds.mainAccount}/rules/lists`;
			expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
				`POST ${lists}`,
				`POST /zones/${EXAMPLE_COM}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`,
				`POST ${lists}/${list?.id}/items`,
			]);
		});

		it('extends the block of who attacks again, and tells until when', async () => {
			const { json: first } = await playbook.send(credentialStuffingAlert());
			expect(Date.parse(String((first as { until: string }).until)) - Date.now()).toBeGreaterThan(
				23 * HOUR_MS,
			);
			const blockUntil = new Date(Date.now() + 48 * HOUR_MS).toISOString();
			expect((await playbook.send(credentialStuffingAlert({ blockUntil }))).json).toMatchObject({
				outcome: 'extended',
			});
			expect((await playbook.send(credentialStuffingAlert())).json).toMatchObject({
				outcome: 'alreadyBlocked',
			});
		});

		it('works on a zone that has no custom rules yet', async () => {
			const { cloudflare } = current();
			expect(await customRules(cloudflare, EXAMPLE_NET)).toEqual([]);
			const alert = credentialStuffingAlert({ zone: 'example.net', host: 'www.example.net' });
			const { status, json } = await playbook.send(alert);
			expect(status).toBe(200);
			expect(json).toMatchObject({ outcome: 'blocked', zone: 'example.net' });
			expect(await customRules(cloudflare, EXAMPLE_NET)).toHaveLength(1);
			const visitor = { ip: alert.sourceIp, path: '/' };
			expect(wouldBlock(cloudflare.state, EXAMPLE_NET, visitor).blocked).toBe(true);
		});

		it('keeps every rule when several alerts arrive at once', async () => {
			const { cloudflare } = current();
			const before = await customRules(cloudflare, EXAMPLE_COM);
			const addresses = ['203.0.113.1', '203.0.113.2', '203.0.113.3', '2001:db8:bad::1'];
			const answers = await Promise.all(
				addresses.map(async (sourceIp) => playbook.send(credentialStuffingAlert({ sourceIp }))),
			);
			expect(answers.map(({ status, json }) => [status, json])).toEqual(
				addresses.map(() => [200, expect.objectContaining({ outcome: 'blocked' })]),
			);
			const { added, othersUnchanged } = compareRules(
				before,
				await customRules(cloudflare, EXAMPLE_COM),
			);
			expect(othersUnchanged).toBe(true);
			expect(added).toHaveLength(1);
			const blocked = blockedAddresses(cloudflare).map(({ address }) => address);
			expect(blocked.sort()).toEqual(['2001:db8:bad::/64', ...addresses.slice(0, 3)]);
		});

		it.each([
			['an address that tries to end the condition', '203.0.113.9} or (ip.src in {0.0.0.0/0'],
			['a word', 'everyone'],
			['of a private network', '10.0.0.7'],
			["one of Cloudflare's own", '104.16.0.1'],
			['nothing', ''],
		])('writes nothing when the address is %s', async (_what, sourceIp) => {
			const { cloudflare } = current();
			const { status, json } = await playbook.send(credentialStuffingAlert({ sourceIp }));
			expect(status).toBe(200);
			expect(json).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/\S/) });
			expect(cloudflare.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('puts the text of an attacker into the comment, where it can pretend nothing', async () => {
			const { cloudflare } = current();
			const host = '[n8n-block; until never] {{ 7 * 7 }}") or true';
			const alert = credentialStuffingAlert({ host });
			expect(await playbook.send(alert)).toMatchObject({ status: 200 });
			const [{ comment }] = blockedAddresses(cloudflare);
			expect(comment).toMatch(/^\[n8n-block; until \d{4}-[^;\]]*; by Block the attacker[^\]]*\]/);
			expect(comment).toContain('(n8n-block; until never) {{ 7 * 7 }}") or true');
			const [{ expression }] = await customRules(cloudflare, EXAMPLE_COM);
			expect(expression).toBe('ip.src in $n8n_blocklist');
		});

		it('does not say "blocked" for a zone that Cloudflare does not know', async () => {
			const { cloudflare } = current();
			const { json } = await playbook.send(credentialStuffingAlert({ zone: 'unknown.example' }));
			expect(json).not.toMatchObject({ outcome: 'blocked' });
			expect(cloudflare.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('refuses a caller without the key', async () => {
			const { status } = await playbook.send(credentialStuffingAlert(), {});
			expect(status).toBe(403);
			expect(current().cloudflare.calls).toEqual([]);
		});

		it('gets over a rate limit and a broken connection while it looks for the zone', async () => {
			const { cloudflare } = current();
			cloudflare.faults.add({ kind: 'rateLimited', retryAfter: 1, match: { path: '/zones' } });
			cloudflare.faults.add({ kind: 'cutBefore', match: { path: '/zones' } });
			expect(await playbook.send(credentialStuffingAlert())).toMatchObject({ status: 200 });
			expect(cloudflare.calls.filter(({ path }) => path === '/zones')).toHaveLength(3);
		});
	});
}
