import { serve } from '@hono/node-server';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

export interface ChatMessage {
	role: 'system' | 'user' | 'assistant' | 'tool' | 'developer';
	content: string | Array<{ type: string; text?: string }> | null;
	tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
	tool_call_id?: string;
}

export interface ModelRequest {
	model: string;
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string; description?: string; parameters: object } }>;
	stream?: boolean;
}

/** What the model says next: a text, or the tools that it wants to call. */
export type Turn = string | Array<{ tool: string; input: object }>;

export interface ScriptedModel {
	/** For the base URL of the credential. */
	url: string;
	/** What it was asked, oldest first. */
	requests: ModelRequest[];
	/** What it will say, one turn for each request; a function looks at the request first. */
	script(turns: Array<Turn | ((request: ModelRequest) => Turn)>): void;
	close(): Promise<void>;
}

/** The text of a message, whichever of its two forms it has. */
export const textOf = ({ content }: ChatMessage): string =>
	typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('');

function messageOf(turn: Turn) {
	if (typeof turn === 'string') return { role: 'assistant', content: turn };
	return {
		role: 'assistant',
		content: null,
		tool_calls: turn.map(({ tool, input }) => ({
			id: `call_${randomUUID()}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(input) },
		})),
	};
}

/**
 * A stand-in for a language model: it speaks the Chat Completions API of OpenAI (API reference, "Create chat completion"),
 * as most services do, and says what the script tells it to. It knows nothing and understands nothing.
 */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	let turns: Array<Turn | ((request: ModelRequest) => Turn)> = [];
	const next = (request: ModelRequest): Turn => {
		const turn = turns.shift();
		if (turn === undefined) throw new Error('The script of the model is at its end');
		return typeof turn === 'function' ? turn(request) : turn;
	};

	const app = new Hono().basePath('/v1');
	app.get('/models', (c) =>
		c.json({ object: 'list', data: [{ id: 'scripted', object: 'model', owned_by: 'sandbox' }] }),
	);
	app.post('/chat/completions', async (c) => {
		const request = await c.req.json<ModelRequest>();
		requests.push(request);
		const message = messageOf(next(request));
		const head = { id: `chatcmpl-${randomUUID()}`, created: 0, model: request.model };
		const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
		if (!request.stream)
			return c.json({
				...head,
				object: 'chat.completion',
				choices: [{ index: 0, message, finish_reason }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
		const delta = {
			...message,
			...('tool_calls' in message && {
				tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })),
			}),
		};
		return streamSSE(c, async (stream) => {
			const chunk = { ...head, object: 'chat.completion.chunk' };
			for (const choice of [
				{ index: 0, delta, finish_reason: null },
				{ index: 0, delta: {}, finish_reason },
			])
				await stream.writeSSE({ data: JSON.stringify({ ...chunk, choices: [choice] }) });
			await stream.writeSSE({ data: '[DONE]' });
		});
	});
	app.onError((error, c) => c.json({ error: { message: error.message, type: 'script' } }, 400));

	const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		script(next) {
			turns = [...next];
			requests.length = 0;
		},
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
