import { sandboxCredentials, wouldBlock } from '../../../sandbox/cloudflare/index.cjs';
import { blockedAddresses } from '../../../sandbox/demo/observe.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { callWebhook } from '../../../sandbox/playbooks/callWebhook.cjs';
import { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import { openPage, submitForm } from '../../../sandbox/playbooks/formPage.cjs';
import { createLogins, type Logins } from '../../../sandbox/playbooks/login.cjs';
import { ATTACKER, blockInList, decisionLink, inHours, NOTIFY, ZONE } from './stage.cjs';

const FILE = 'unblock-by-request.json';
const OTHER = '203.0.113.67';
const request = (more: object = {}) => ({
	address: '203[.]0.113.66',
	zone: 'example.com',
	requester: 'ada@example.com',
	reason: 'our own scanner',
	...more,
});

/** The link with a signature that differs for certain: its first digit may well be a 0 itself. */
const withAnotherSignature = (url: string): string =>
	url.replace(/signature=(.)/, (_, digit: string) => `signature=${digit === '0' ? 1 : 0}`);

/** The example that unblocks after a person has agreed, through its webhook and its form. */
export function describeUnblockPlaybook(current: () => Sandbox): void {
	describe('the playbook that unblocks by request', () => {
		let playbook: ExamplePlaybook;
		let logins: Logins;

		const ask = async (more: object = {}, headers = logins.key) =>
			await callWebhook(current().n8n.client, 'unblock-request', request(more), headers);
		const isBlocked = (ip = ATTACKER) =>
			wouldBlock(current().cloudflare.state, ZONE, { ip, path: '/' }).blocked;
		const writes = () => current().cloudflare.calls.filter(({ method }) => method !== 'GET');
		const message = async () => String((await playbook.output('Message'))[0].text);
		const form = async () => decisionLink(await message());

		beforeAll(async () => {
			const { client } = current().n8n;
			logins = await createLogins(client, { apiToken: sandboxCredentials.userToken });
			playbook = await ExamplePlaybook.import(client, FILE, logins.credentials);
		});

		afterAll(async () => await playbook.deactivate());

		beforeEach(async () => {
			const { cloudflare } = current();
			cloudflare.reset();
			await blockInList(cloudflare, sandboxCredentials.userToken, ATTACKER, inHours(24));
			cloudflare.state.lists
				.of(cloudflare.state.zones.get(ZONE)?.account.id ?? '')
				.filter(({ name }) => name === 'n8n_blocklist')
				.forEach((list) => cloudflare.state.lists.fill(list, [OTHER], 'Ask Grace'));
			cloudflare.calls.length = 0;
		});

		it('unblocks after a yes, and nobody else', async () => {
			expect(await ask()).toMatchObject({ status: 200, json: { outcome: 'waiting' } });
			expect(isBlocked()).toBe(true);
			const text = await message();
			expect(text).toContain('Asked by: ada@example.com');
			expect(text).toContain('Brute force');
			const { text: page } = await openPage(await form(), logins.form);
			expect(page).toContain('Unblock 203.0.113.66 at example.com?');
			await submitForm(await form(), ['Unblock', 'Grace', 'fine'], logins.form);
			expect(await playbook.result(NOTIFY)).toEqual([
				{
					outcome: 'unblocked',
					address: ATTACKER,
					decidedBy: 'Grace',
					text: '203.0.113.66 is unblocked at example.com. Asked by ada@example.com, approved by Grace.',
				},
			]);
			expect(isBlocked()).toBe(false);
			expect(isBlocked(OTHER)).toBe(true);
		});

		it('changes nothing after a no', async () => {
			await ask();
			await submitForm(await form(), ['Leave blocked', 'Grace', 'it attacks us'], logins.form);
			const [report] = await playbook.result(NOTIFY);
			expect(report).toMatchObject({ outcome: 'declined', decidedBy: 'Grace' });
			expect(report.text).toContain('declined by Grace (it attacks us)');
			expect(writes()).toEqual([]);
			expect(isBlocked()).toBe(true);
		});

		it('lets nobody decide who does not have the login', async () => {
			await ask();
			const url = await form();
			expect((await openPage(url)).status).toBe(401);
			expect((await submitForm(url, ['Unblock', 'Mallory', ''])).status).toBe(401);
			const forged = withAnotherSignature(url);
			expect(forged).not.toBe(url);
			const answer = await submitForm(forged, ['Unblock', 'Mallory', ''], logins.form);
			expect(answer.status).not.toBe(200);
			const [{ status }] = await playbook.executions();
			expect(status).toBe('waiting');
			expect(isBlocked()).toBe(true);
			await submitForm(url, ['Leave blocked', 'Grace', ''], logins.form);
		});

		it('shows what the request says as text on one line', async () => {
			await ask({
				requester: 'ada\nReason given: approved by Grace',
				reason: '<a href="https://evil.example">click</a> {{ 7 * 7 }}',
			});
			const text = await message();
			expect(text.match(/^Reason given: .*$/gm)).toHaveLength(1);
			expect(text).toContain('{{ 7 * 7 }}');
			expect(text.match(/https?:\/\/\S+/g)).toEqual([await form()]);
			const { html } = await openPage(await form(), logins.form);
			expect(html).not.toContain('://evil');
			expect(html).not.toMatch(/<a [^>]*evil/);
			await submitForm(await form(), ['Leave blocked', 'Grace', ''], logins.form);
		});

		it.each([
			[
				'an address that nothing blocks',
				{ address: '203.0.113.99' },
				'notBlocked',
				'is not blocked',
			],
			['no address', { address: 'everyone' }, 'refused', 'Not understood'],
			['nothing', { address: '' }, 'refused', 'nothing was given'],
			['several', { address: `${ATTACKER}, ${OTHER}` }, 'refused', 'one address at a time'],
			['an unknown zone', { zone: 'unknown.example' }, 'failed', 'no zone named'],
		])('asks nobody for %s', async (_what, more, outcome, text) => {
			const { status, json } = await ask(more);
			expect({ status, outcome: json.outcome }).toEqual({ status: 200, outcome });
			expect(json.text).toContain(text);
			expect(await playbook.result('Approval')).toEqual([]);
			expect(writes()).toEqual([]);
		});

		it('says what it leaves: a block that somebody else made', async () => {
			await ask({ address: OTHER });
			await submitForm(await form(), ['Unblock', 'Grace', ''], logins.form);
			const [report] = await playbook.result(NOTIFY);
			expect(report).toMatchObject({ outcome: 'stillBlocked' });
			expect(report.text).toContain('STILL BLOCKED');
			expect(blockedAddresses(current().cloudflare)).toHaveLength(2);
		});

		it('refuses a caller without the key', async () => {
			expect((await ask({}, {})).status).toBe(403);
			expect(current().cloudflare.calls).toEqual([]);
		});

		it('takes silence for a no', async () => {
			const { client } = current().n8n;
			await playbook.deactivate();
			const hurried = await ExamplePlaybook.import(client, FILE, logins.credentials, (node) => {
				if (node.name === 'Approval')
					Object.assign(node.parameters, { resumeAmount: 2, resumeUnit: 'seconds' });
			});
			try {
				await ask();
				const [report] = await hurried.result(NOTIFY, { seconds: 90 });
				expect(report).toMatchObject({ outcome: 'notDecided' });
				expect(isBlocked()).toBe(true);
			} finally {
				await hurried.deactivate();
			}
		});
	});
}
