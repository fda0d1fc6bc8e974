import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import type { RunData } from '../../../sandbox/n8n/runData.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import {
	type ExamplePlaybook,
	type Item,
	itemsOf,
} from '../../../sandbox/playbooks/examplePlaybook.cjs';
import type { ExampleNode } from '../../../sandbox/demo/example.cjs';
import { seedIds } from '../../../sandbox/cloudflare/index.cjs';

export const NOTIFY = 'Notify (replace by Slack, Teams, e-mail)';
export const ZONE = seedIds.zones['example.com'];
export const ACCOUNT = seedIds.mainAccount;
export const ATTACKER = '203.0.113.66';

/** Lets a scheduled playbook run every few seconds, so that nobody waits for the morning. */
export const often = ({ type, parameters }: ExampleNode): void => {
	const interval = [{ field: 'cronExpression', expression: '*/3 * * * * *' }];
	if (type === 'n8n-nodes-base.scheduleTrigger') parameters.rule = { interval };
};

/** Puts addresses into the playbooks' list, as *IP Block: Block* does, with the zone's rule. */
export async function blockInList(
	{ state, fetch }: Sandbox['cloudflare'],
	secret: string,
	address: string,
	until: string,
): Promise<void> {
	const list =
		state.lists.named(ACCOUNT, 'n8n_blocklist') ??
		state.lists.create(ACCOUNT, { kind: 'ip', name: 'n8n_blocklist' });
	state.lists.fill(list, [address], `[n8n-block; until ${until}; by a test] Brute force`);
	const rules = `zones/${ZONE}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
	const response = await fetch(
		new Request(`https://api.cloudflare.com/client/v4/${rules}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
			body: JSON.stringify({
				action: 'block',
				expression: 'ip.src in $n8n_blocklist',
				ref: 'n8n-block-n8n_blocklist',
			}),
		}),
	);
	if (!response.ok) throw new Error(await response.text());
}

/** Writes a text into the comment of a DNS record of example.com, as whoever may edit it can. */
export function writeComment(
	{ state }: Sandbox['cloudflare'],
	name: string,
	comment: string,
): void {
	const zone = state.zones.get(ZONE);
	const records = zone ? [...state.dns.recordsOf(zone).values()] : [];
	const record = records.find((each) => each.name === name);
	if (!record) throw new Error(`There is no record ${name}`);
	record.comment = comment;
}

/** The address of the approval form in the message that asks for it. */
export const decisionLink = (message: unknown): string =>
	/^Decide here: (\S+)$/m.exec(String(message))?.[1] ?? '';

export const inHours = (hours: number): string =>
	`${new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19)}Z`;

/** The next execution of a scheduled playbook that starts from now on, once it has ended. */
export async function nextRun(playbook: ExamplePlaybook): Promise<{ id: string; run: RunData }> {
	const [newest] = await playbook.executions();
	// One that is under way by now may have read something already.
	const after = Number(newest?.id ?? 0);
	return await waitFor(
		'the next execution',
		async () => {
			const ended = (await playbook.executions()).filter(
				({ id, status }) => Number(id) > after && ['success', 'error'].includes(status),
			);
			const first = ended.at(-1);
			return first && { id: first.id, run: await playbook.runOf(first.id) };
		},
		{ seconds: 60 },
	);
}

export const notified = (run: RunData): Item[] => itemsOf(run, NOTIFY);
