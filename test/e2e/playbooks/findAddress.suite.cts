import {
	addToken,
	auditPeople,
	SHARED_ADDRESS,
	sandboxCredentials,
	seedIds,
} from '../../../sandbox/cloudflare/index.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import {
	openPage,
	type Page,
	pageAfter,
	submitForm,
} from '../../../sandbox/playbooks/formPage.cjs';
import { createLogins, type Logins } from '../../../sandbox/playbooks/login.cjs';
import { ACCOUNT, blockInList, inHours, writeComment, ZONE } from './stage.cjs';

const NASTY = '<img src=x onerror=alert(1)> {{ 7 * 7 }}';

/** The example that finds where an address is used, through its form. */
export function describeFindPlaybook(current: () => Sandbox): void {
	describe('the playbook that finds where an address is used', () => {
		let playbook: ExamplePlaybook;
		let logins: Logins;
		let url: string;

		/** Few zones, so that no look-up takes long. */
		const give = (): string =>
			addToken(current().cloudflare.state, {
				name: 'finder',
				permissions: [
					...['Zone Read', 'DNS Read', 'Zone WAF Read', 'Firewall Services Read'],
					...['Account Settings Read', 'Account Rule Lists Read'],
					'Account Firewall Access Rules Read',
				],
				zones: [ZONE, seedIds.zones['example.net']],
				accounts: [ACCOUNT],
			});
		const look = async (address: string): Promise<Page> => {
			const { json } = await submitForm(url, [address], logins.form);
			return await pageAfter(String(json.formWaitingUrl), logins.form);
		};

		beforeAll(async () => {
			const { cloudflare, n8n } = current();
			cloudflare.reset();
			logins = await createLogins(n8n.client, { apiToken: give() });
			playbook = await ExamplePlaybook.import(n8n.client, 'find-address.json', logins.credentials);
			url = `${n8n.url}/form/find-address`;
		});

		afterAll(async () => await playbook.deactivate());

		beforeEach(() => {
			current().cloudflare.reset();
			give();
		});

		it('tells names, changes and blocks on one page, however the address was written', async () => {
			const { cloudflare } = current();
			await blockInList(cloudflare, sandboxCredentials.userToken, SHARED_ADDRESS, inHours(24));
			cloudflare.state.audit.add({ actor: { ...auditPeople.intruder, ip: SHARED_ADDRESS } });
			const { text } = await look(' hxxp://203[.]0[.]113[.]7 ');
			expect(text).toContain('DNS records that point to it: 2');
			expect(text).toContain('- A origin.example.com (example.com, NOT proxied): Origin behind');
			expect(text).toContain('- A shop.example.net (example.net, NOT proxied)');
			expect(text).toMatch(/Changes from it in 30 days: 1\n- \S+ \S+@example\.com: /);
			expect(text).toContain('Blocks: blocked in example.com');
			expect(text).toMatch(/Brute force, until \d{4}-/);
		});

		it('tells as clearly that there is nothing anywhere', async () => {
			const { text } = await look('198.51.100.250');
			expect(text).toContain('DNS records that point to it: none');
			expect(text).toContain('Changes from it in 30 days: none');
			expect(text).toContain('Blocks: not blocked');
			const [report] = await playbook.result('Report');
			expect(report).toMatchObject({ records: 0, events: 0, blocks: 0 });
			expect((await playbook.executions())[0].status).toBe('success');
		});

		it('shows what others wrote as text', async () => {
			writeComment(current().cloudflare, 'origin.example.com', NASTY);
			const { html, text } = await look(SHARED_ADDRESS);
			expect(text).toContain(NASTY);
			expect(html).not.toContain('<img src=x');
		});

		it.each([
			['a name', 'www.example.com', 'That is not an address'],
			['several', '203.0.113.7, 203.0.113.8', 'one address at a time'],
		])('says what is wrong with %s, and looks nothing up', async (_what, address, words) => {
			const { text } = await look(address);
			expect(text).toContain('Nothing was looked up');
			expect(text).toContain(words);
			expect(current().cloudflare.calls.some(({ path }) => path.endsWith('dns_records'))).toBe(
				false,
			);
		});

		it('does not pretend to have looked for a network in DNS', async () => {
			const { text } = await look('198.51.100.0/24');
			expect(text).toContain('DNS records that point to it: not looked for');
			expect(text).toContain('Blocks: not blocked');
		});

		it('is for those who have the login', async () => {
			expect((await openPage(url)).status).toBe(401);
			expect((await submitForm(url, [SHARED_ADDRESS])).status).toBe(401);
			expect(current().cloudflare.calls).toEqual([]);
		});
	});
}
