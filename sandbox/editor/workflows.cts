import type { WorkflowInput } from '../n8n/restClient.cjs';

export type Node = WorkflowInput['nodes'][number] & { name: string };
type Credentials = Record<string, { id: string; name: string }>;

const PACKAGE = 'n8n-nodes-cloudflare-security';

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
): Node => ({ id: name, name, type, typeVersion, parameters, position: [0, 0] });

/** Started by hand. */
export const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);

/** Gives one item with these fields. */
export const fields = (name: string, json: Record<string, unknown>): Node =>
	node(name, 'n8n-nodes-base.set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(json) });

/** Passes on what it gets. */
export const passOn = (name: string): Node => node(name, 'n8n-nodes-base.noOp', 1);

const withCredentials = (made: Node, credentials: Credentials | undefined): Node => ({
	...made,
	...(credentials ? { credentials } : {}),
});

export const cloudflare = (
	name: string,
	parameters: Record<string, unknown>,
	credentials?: Credentials,
): Node =>
	withCredentials(
		node(name, `${PACKAGE}.cloudflareSecurity`, 1, { authentication: 'token', ...parameters }),
		credentials,
	);

export const cloudflareTrigger = (
	name: string,
	parameters: Record<string, unknown>,
	credentials?: Credentials,
): Node =>
	withCredentials(
		node(name, `${PACKAGE}.cloudflareSecurityTrigger`, 1, {
			authentication: 'token',
			...parameters,
		}),
		credentials,
	);

/** The nodes in a row, each placed beside the one before. */
export function inARow(
	name: string,
	nodes: readonly Node[],
	settings: Record<string, unknown> = {},
): WorkflowInput {
	const placed = nodes.map((each, index) => ({ ...each, position: [index * 240, 0] }));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((next, index) => [
				nodes[index]?.name,
				{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1', ...settings } };
}

/** An AI agent that is asked in a chat, with our nodes as its tools. It has no model: nobody can talk to it. */
export function agentWith(name: string, tools: readonly Node[]): WorkflowInput {
	const langchain = '@n8n/n8n-nodes-langchain';
	const nodes = [
		{ ...node('Chat', `${langchain}.chatTrigger`, 1.1, { options: {} }), webhookId: name },
		{ ...node('Analyst', `${langchain}.agent`, 3, { options: {} }), position: [240, 0] },
		...tools.map((tool, index) => ({
			...tool,
			type: `${PACKAGE}.cloudflareSecurityTool`,
			position: [480 + index * 200, 240],
		})),
	];
	const connections = {
		Chat: { main: [[{ node: 'Analyst', type: 'main', index: 0 }]] },
		...Object.fromEntries(
			tools.map((tool) => [
				tool.name,
				{ ai_tool: [[{ node: 'Analyst', type: 'ai_tool', index: 0 }]] },
			]),
		),
	};
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
