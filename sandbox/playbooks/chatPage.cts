import { randomUUID } from 'node:crypto';
import { WebSocket } from 'undici';
import type { N8nClient } from '../n8n/restClient.cjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UNKEPT } from '../n8n/unkept.cjs';
import { waitFor } from '../n8n/waitFor.cjs';

export interface Buttons {
	text: string;
	buttons: Array<{ text: string; link: string }>;
}

/** What n8n sends for itself, and not for the reader. */
const CONTROL = /^n8n\|/;
const ACKNOWLEDGE = 'n8n|heartbeat-ack';
/** n8n takes a click without a browser's name for that of a program that only looks at links. */
const BROWSER = {
	...UNKEPT,
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0',
};

const isButtons = (message: string | Buttons | undefined): message is Buttons =>
	typeof message === 'object';

function parsed(text: string): string | Buttons {
	try {
		const value = JSON.parse(text) as Buttons;
		return Array.isArray(value?.buttons) ? value : text;
	} catch {
		return text;
	}
}

/** n8n's hosted chat page, as the script in it works: a request starts an execution, whose messages come over a socket. */
export class ChatPage {
	private readonly sessionId = randomUUID();
	private socket: WebSocket | undefined;
	private messages: Array<string | Buttons> = [];

	constructor(
		private readonly client: N8nClient,
		private readonly webhookId: string,
	) {}

	/** @returns n8n's status, for a visitor who may not be in */
	async say(chatInput: string): Promise<number> {
		this.close();
		this.messages = [];
		const body = { action: 'sendMessage', sessionId: this.sessionId, chatInput };
		const response = await this.client.fetchAsUser(`/webhook/${this.webhookId}/chat`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!response.ok) return response.status;
		const { executionId, resumeToken = '' } = (await response.json()) as Record<string, string>;
		this.listen(executionId, resumeToken);
		return response.status;
	}

	private listen(executionId: string, token: string): void {
		const query = new URLSearchParams({ sessionId: this.sessionId, executionId, token });
		const address = `${this.client.baseUrl.replace('http', 'ws')}/chat?${query}&isPublic=true`;
		const socket = new WebSocket(address);
		socket.addEventListener('message', ({ data }) => {
			const text = String(data);
			if (text === 'n8n|heartbeat') socket.send(ACKNOWLEDGE);
			else if (!CONTROL.test(text)) this.messages.push(parsed(text));
		});
		this.socket = socket;
	}

	/** Types into the chat while an execution waits. */
	type(chatInput: string): void {
		this.socket?.send(
			JSON.stringify({ action: 'sendMessage', sessionId: this.sessionId, chatInput }),
		);
	}

	/** Long enough for n8n to act on what was typed: it looks every 3 seconds. */
	async settle(): Promise<void> {
		await sleep(4000);
	}

	/** The next message that is not read yet. */
	async hear(): Promise<string | Buttons> {
		return await waitFor('a message in the chat', async () => this.messages.shift(), {
			seconds: 60,
		});
	}

	/** The next message, which must have buttons. */
	async question(): Promise<Buttons> {
		const message = await this.hear();
		if (!isButtons(message)) throw new Error(`The chat asks nothing, but says: ${message}`);
		return message;
	}

	/** The next message, which must be a text. */
	async reply(): Promise<string> {
		const message = await this.hear();
		if (isButtons(message)) throw new Error(`The chat asks: ${message.text}`);
		return message;
	}

	async click({ buttons }: Buttons, label: string): Promise<number> {
		const button = buttons.find(({ text }) => text === label);
		if (!button) throw new Error(`There is no button "${label}"`);
		return (await fetch(button.link, { headers: BROWSER })).status;
	}

	close(): void {
		this.socket?.close();
		this.socket = undefined;
	}
}
