import type { Locator } from 'playwright-core';
import { sandboxCredentials, seedIds } from '../cloudflare/index.cjs';
import { type Credentials, readExample } from '../demo/example.cjs';
import type { Sandbox } from '../n8n/sandbox.cjs';
import type { Editor } from './editor.cjs';
import {
	agentWith,
	cloudflare,
	cloudflareTrigger,
	fields,
	inARow,
	passOn,
	start,
} from './workflows.cjs';

/** What a picture is taken with. */
export interface Studio extends Sandbox {
	editor: Editor;
	credentials: Credentials;
}

type Box = { x: number; y: number; width: number; height: number };

const NODE = 'Cloudflare Security';
const { accountToken, globalKey } = sandboxCredentials;

const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** Around these parts of the page, with a margin. */
async function around(parts: readonly Locator[], margin = 24): Promise<Box> {
	const boxes = (await Promise.all(parts.map(async (part) => await part.boundingBox()))).filter(
		(box): box is Box => box !== null,
	);
	const x = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
	const y = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return { x, y, width: right - x, height: bottom - y };
}

const open = async (
	{ n8n, editor }: Studio,
	workflow: Parameters<typeof n8n.client.createWorkflow>[0],
) => {
	const { id } = await n8n.client.createWorkflow(workflow);
	await editor.openWorkflow(id);
};

/** The whole of a workflow, with its note. */
async function canvasOf(studio: Studio, example: string): Promise<Box> {
	await open(studio, readExample(example, studio.credentials));
	const { editor } = studio;
	await editor.page.getByTestId('zoom-to-fit').click();
	// Notes too. What waits until they can be clicked waits until the canvas stands still.
	const nodes = editor.canvas.locator('.vue-flow__node');
	const buttons = editor.canvas.locator('[data-test-id^="execute-workflow-button-"]');
	for (const node of await nodes.all()) await node.hover({ trial: true });
	await editor.page.mouse.move(0, 0);
	const box = await around([...(await nodes.all()), ...(await buttons.all())], 56);
	// Not what lies beside the canvas.
	const x = Math.max(box.x, (await editor.canvas.boundingBox())?.x ?? 0);
	return { ...box, x, width: box.x + box.width - x };
}

async function credentialForm(studio: Studio, typed: Record<string, string>) {
	const bare = cloudflare(NODE, { resource: 'zone', operation: 'getAll' });
	await open(studio, inARow('Credential', [start, bare]));
	const node = await studio.editor.openNode(NODE);
	const dialog = await node.newCredential();
	await dialog.chooseKind('API Token');
	for (const [field, text] of Object.entries(typed)) await dialog.fill(field, text);
	await dialog.save();
	return { node, dialog };
}

/** File → what is seen in it. */
export const PICTURES: Record<string, (studio: Studio) => Promise<Box>> = {
	async actions({ editor }) {
		await editor.newWorkflow();
		const creator = await editor.addFirstNode();
		await creator.search('cloudflare');
		await creator.choose(NODE);
		await creator.toggle('Triggers');
		await creator.toggle('Actions');
		await creator.entry('Create ruleset rule').waitFor();
		await creator.entry('Block IP addresses').scrollIntoViewIfNeeded();
		return await around([creator.root], 0);
	},
	async 'credential-works'(studio) {
		const typed = { apiToken: accountToken, accountId: seedIds.mainAccount };
		const { node, dialog } = await credentialForm(studio, typed);
		await dialog.root.waitFor({ state: 'hidden' });
		await node.editCredential();
		await dialog.success.waitFor();
		return await around([dialog.root], 0);
	},
	async 'credential-mistake'(studio) {
		const { dialog } = await credentialForm(studio, { apiToken: globalKey.apiKey });
		await dialog.failureText();
		return await around([dialog.root], 0);
	},
	async 'zone-picker'(studio) {
		const parameters = { resource: 'dnsRecord', operation: 'create' };
		await open(studio, inARow('Zone', [start, cloudflare(NODE, parameters, studio.credentials)]));
		const node = await studio.editor.openNode(NODE);
		const zone = node.locatorField('zone');
		await zone.openList();
		await zone.search('example.');
		await zone.items.filter({ hasText: 'example.org' }).waitFor();
		const last = zone.items.filter({ hasText: 'example.org' });
		return await around([node.item('resource'), zone.root, last], 20);
	},
	async 'ip-block'(studio) {
		const alert = { sourceIp: '203.0.113.66', rule: 'Credential stuffing' };
		const block = cloudflare(
			'Block Attacker',
			{
				resource: 'ipBlock',
				operation: 'block',
				addresses: '={{ $json.sourceIp }}',
				zone: byName('example.com'),
				reason: '={{ $json.rule }}',
			},
			studio.credentials,
		);
		await open(studio, inARow('Block attackers', [start, fields('Alert', alert), block]));
		const node = await studio.editor.openNode('Block Attacker');
		await node.execute();
		await node.output.getByText('blocked', { exact: true }).first().waitFor();
		await node.showOutputAs('schema');
		return await around([node.root], 0);
	},
	async 'trigger-test'(studio) {
		const trigger = cloudflareTrigger(
			'New Audit Events',
			{ triggerOn: ['waf', 'dns'] },
			studio.credentials,
		);
		await open(studio, inARow('Watch', [trigger, passOn('Alarm')]));
		const node = await studio.editor.openNode('New Audit Events');
		await node.execute();
		await node.showOutputAs('schema');
		await node.output.getByText('actor_email', { exact: true }).first().waitFor();
		return await around([node.root], 0);
	},
	'playbook-block-attacker': async (studio) =>
		await canvasOf(studio, 'block-attacker-from-alert.json'),
	'playbook-watch-changes': async (studio) =>
		await canvasOf(studio, 'watch-suspicious-changes.json'),
	async 'agent-tool'(studio) {
		const find = { resource: 'ipBlock', operation: 'find' };
		const tool = cloudflare('What Blocks an Address', find, studio.credentials);
		await open(studio, agentWith('Analyst', [tool]));
		const node = await studio.editor.openNode(tool.name);
		await node.letModelDefine('addresses');
		await node.item('addresses').getByText('Defined automatically').waitFor();
		return await around([node.root], 0);
	},
};
