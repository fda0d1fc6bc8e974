import { INNOCENT_ADDRESS, credentialStuffingAlert } from '../../../sandbox/demo/alert.cjs';
import type { ExampleNode } from '../../../sandbox/demo/example.cjs';
import { blockedAddresses } from '../../../sandbox/demo/observe.cjs';
import { sandboxCredentials } from '../../../sandbox/cloudflare/index.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { callWebhook } from '../../../sandbox/playbooks/callWebhook.cjs';
import { ChatPage } from '../../../sandbox/playbooks/chatPage.cjs';
import type { ExamplePlaybook } from '../../../sandbox/playbooks/examplePlaybook.cjs';
import { pageAfter, submitForm } from '../../../sandbox/playbooks/formPage.cjs';
import type { Logins } from '../../../sandbox/playbooks/login.cjs';
import { type ScriptedModel, textOf } from '../../../sandbox/playbooks/scriptedModel.cjs';
import {
	ATTACKER,
	blockInList,
	decisionLink,
	inHours,
	nextRun,
	notified,
	often,
} from './stage.cjs';

export interface Stage {
	sandbox: Sandbox;
	playbook: ExamplePlaybook;
	logins: Logins;
	model: ScriptedModel;
}

/** One run of a playbook that uses every permission it has. */
export interface Trial {
	/** What is changed after the import, so that nobody waits long. */
	change?: (node: ExampleNode) => void;
	/** @returns whether everything worked, and all that the playbook has told or n8n has stored of the run */
	run(stage: Stage): Promise<{ worked: boolean; text: string }>;
}

const COULD_NOT = /could not be|not known/i;
const { userToken } = sandboxCredentials;

const block: Trial = {
	async run({ sandbox: { n8n }, playbook, logins }) {
		const alert = credentialStuffingAlert({ sourceIp: ATTACKER });
		const { json } = await callWebhook(n8n.client, 'block-attacker', alert, logins.key);
		return { worked: json.outcome === 'blocked', text: await playbook.newestText() };
	},
};

const unblock: Trial = {
	async run({ sandbox: { n8n, cloudflare }, playbook, logins }) {
		await blockInList(cloudflare, userToken, ATTACKER, inHours(24));
		const request = { address: ATTACKER, zone: 'example.com', requester: 'Ada', reason: 'ours' };
		const { json } = await callWebhook(n8n.client, 'unblock-request', request, logins.key);
		if (json.outcome !== 'waiting') return { worked: false, text: json.text };
		const [{ text }] = await playbook.output('Message');
		const url = decisionLink(text);
		await submitForm(url, ['Unblock', 'Grace', ''], logins.form);
		const [report] = await playbook.result('Report');
		const told = `${String(text)}\n${String(report.text)}`;
		return { worked: report.outcome === 'unblocked' && !COULD_NOT.test(told), text: told };
	},
};

const expire: Trial = {
	change: often,
	async run({ sandbox: { cloudflare, n8n }, playbook }) {
		await blockInList(cloudflare, userToken, ATTACKER, inHours(-1));
		const { id } = await nextRun(playbook);
		return {
			worked: blockedAddresses(cloudflare).length === 0,
			text: await n8n.client.executionText(id),
		};
	},
};

const digest: Trial = {
	change: often,
	async run({ playbook }) {
		const { run } = await nextRun(playbook);
		const [report] = notified(run);
		return { worked: !COULD_NOT.test(String(report.text)), text: String(report.text) };
	},
};

const find: Trial = {
	async run({ sandbox: { n8n }, logins }) {
		const { json } = await submitForm(
			`${n8n.url}/form/find-address`,
			[INNOCENT_ADDRESS],
			logins.form,
		);
		const { text } = await pageAfter(String(json.formWaitingUrl), logins.form);
		return { worked: !COULD_NOT.test(text), text };
	},
};

const underAttack: Trial = {
	async run({ sandbox: { n8n }, playbook, logins }) {
		const request = { zone: 'example.com', minutes: 0.05, who: 'Ada', reason: 'flood' };
		const { json } = await callWebhook(n8n.client, 'under-attack', request, logins.key);
		if (json.outcome !== 'on') return { worked: false, text: json.text };
		const [report] = await playbook.result('Back');
		return { worked: report?.outcome === 'back', text: json.text };
	},
};

export const CHAT_ID = 'b9d6c6a2-3f4e-4c0a-8a5e-51d2a7c5e105';
export const READING = [
	{ tool: 'Audit_Log', input: { address: '203.0.113.7' } },
	{ tool: 'DNS_Records', input: { content: '203.0.113.7' } },
	{ tool: 'Find_Blocks', input: { address: '203.0.113.7', zone: 'example.com' } },
	{ tool: 'Security_Insights', input: { severity: 'critical' } },
];
export const blocking = (address: string, reason = 'Brute force', more: object = {}) => ({
	tool: 'Block_Address',
	input: { toolParameters: { address, zone: 'example.com', reason }, hitlParameters: {}, ...more },
});

const analyst: Trial = {
	async run({ sandbox: { n8n, cloudflare }, model }) {
		const chat = new ChatPage(n8n.client, CHAT_ID);
		model.script([READING, [blocking(ATTACKER)], 'Done']);
		try {
			await chat.say('Look into 203.0.113.7 and block 203.0.113.66');
			await chat.click(await chat.question(), 'Block');
			await chat.reply();
		} finally {
			chat.close();
		}
		const told = model.requests.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
		const text = told.map(textOf).join('\n');
		const isBlocked = blockedAddresses(cloudflare).some(({ address }) => address === ATTACKER);
		return { worked: isBlocked && !/"permission"|error/i.test(text), text };
	},
};

/** For each playbook but the one that n8n starts once a minute. */
export const trials: Readonly<Record<string, Trial>> = {
	'ai-analyst.json': analyst,
	'block-attacker-from-alert.json': block,
	'daily-posture-digest.json': digest,
	'find-address.json': find,
	'remove-expired-blocks.json': expire,
	'unblock-by-request.json': unblock,
	'under-attack-switch.json': underAttack,
};
