import {
	type AuditEvent,
	sandboxCredentials,
	seedIds,
} from '../../../sandbox/cloudflare/index.cjs';
import { customRules } from '../../../sandbox/demo/observe.cjs';
import type { Cloudflare } from '../../../sandbox/n8n/sandbox.cjs';

const { apiKey, email } = sandboxCredentials.globalKey;
const EXAMPLE_COM = `/zones/${seedIds.zones['example.com']}`;

/** Changes at Cloudflare by a person, each counted: every one of them makes one event. */
export class Changes {
	private serial = 0;
	/** How many events were made in the main account. */
	made = 0;

	constructor(private readonly cloudflare: Cloudflare) {}

	private async call(method: string, path: string, body?: unknown): Promise<{ id: string }> {
		const response = await this.cloudflare.fetch(
			new Request(`https://api.cloudflare.com/client/v4${path}`, {
				method,
				headers: {
					'x-auth-email': email,
					'x-auth-key': apiKey,
					'content-type': 'application/json',
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			}),
		);
		if (!response.ok)
			throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
		this.made += 1;
		return ((await response.json()) as { result: { id: string } }).result;
	}

	/** Three events: a DNS record comes, changes and goes. */
	async dnsRecord(): Promise<void> {
		this.serial += 1;
		const records = `${EXAMPLE_COM}/dns_records`;
		const name = `trigger-${this.serial}.example.com`;
		const content = '203.0.113.40';
		const { id } = await this.call('POST', records, { type: 'A', name, content, ttl: 300 });
		await this.call('PATCH', `${records}/${id}`, { content: '203.0.113.41' });
		await this.call('DELETE', `${records}/${id}`);
	}

	/** One event: the first blocking rule of example.com is switched off, or on again. */
	async ruleSwitch(enabled: boolean): Promise<void> {
		const rules = await customRules(this.cloudflare, seedIds.zones['example.com']);
		const rule = rules.find(({ action }) => action === 'block');
		if (!rule) throw new Error('example.com has no blocking rule');
		const { action, expression } = rule;
		await this.call(
			'PATCH',
			`${EXAMPLE_COM}/rulesets/${seedIds.rulesets.exampleComCustom}/rules/${rule.id}`,
			{ action, expression, enabled },
		);
	}

	/** One event, of a product that is in no group. */
	async purge(): Promise<void> {
		await this.call('POST', `${EXAMPLE_COM}/purge_cache`, { purge_everything: true });
	}

	/** One event: the first custom rule of a zone. */
	async firstRule(zone: string): Promise<void> {
		await this.call(
			'PUT',
			`/zones/${zone}/rulesets/phases/http_request_firewall_custom/entrypoint`,
			{
				rules: [{ action: 'managed_challenge', expression: 'http.request.uri.path eq "/login"' }],
			},
		);
	}

	/** Many at once, through the control interface: DNS records of example.com unless said otherwise. */
	async burst(
		count: number,
		more: { time?: number; visibleAfter?: number; event?: Partial<AuditEvent> } = {},
	): Promise<void> {
		await control(this.cloudflare, 'POST', '/audit', { count, ...more });
		if (more.event?.accountId === undefined) this.made += count;
	}
}

/** Calls the sandbox's own interface. */
export async function control(
	cloudflare: Cloudflare,
	method: string,
	path: string,
	body: unknown,
): Promise<void> {
	const response = await cloudflare.fetch(
		new Request(`https://sandbox.test/__sandbox${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		}),
	);
	if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
}
