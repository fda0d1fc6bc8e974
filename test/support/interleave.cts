import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { Item, Lookups } from '../../nodes/CloudflareSecurity/actions/item';
import type { Clock } from '../../nodes/CloudflareSecurity/transport/clock';
import { sandboxCredentials, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';
import { clientOn, fakeHost, refused, type HostAnswer } from './fakeHost.cjs';

const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type Trouble = 'cutBefore' | 'cutAfter' | 'failsAfter' | 'rateLimited';

/**
 * Lets several runs go on one step at a time, in an order that a test chooses: a step is a request that reaches the
 * stand-in, its answer that reaches the run, or the end of a wait.
 */
export class Interleaving {
	private waiting: Array<() => void> = [];
	private open = 0;
	private requests = 0;
	private time = Date.UTC(2026, 10, 20, 12);

	/**
	 * @param choices which of the waiting runs goes on, step by step; after the last one, the first that waits
	 * @param troubles by the number of the request, counted from 0
	 */
	constructor(
		private readonly cloudflare: Cloudflare,
		private readonly choices: readonly number[],
		private readonly troubles: ReadonlyMap<number, Trouble> = new Map(),
	) {}

	async turn(): Promise<void> {
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/** @returns how each run ended, in the order given */
	async run<T>(runs: ReadonlyArray<() => Promise<T>>): Promise<Array<PromiseSettledResult<T>>> {
		this.open = runs.length;
		const close = () => {
			this.open -= 1;
		};
		const all = Promise.allSettled(runs.map(async (start) => await start().finally(close)));
		for (let step = 0; this.open > 0; step += 1) {
			// Everybody waits or has ended before the next one is chosen.
			while (this.waiting.length < this.open) await oneTurn();
			if (this.open === 0) break;
			const [go] = this.waiting.splice((this.choices[step] ?? 0) % this.waiting.length, 1);
			go();
			await oneTurn();
		}
		return await all;
	}

	/** An input item of a run of its own. */
	item(parameters: Readonly<Record<string, unknown>>, executionId: string): Item {
		const { host } = fakeHost(async (options) => await this.answer(options));
		const context = {
			getNodeParameter: (name: string, _index: number, fallback: unknown) =>
				Object.hasOwn(parameters, name) ? parameters[name] : fallback,
			getExecutionCancelSignal: () => undefined,
			getExecutionId: () => executionId,
			getInstanceId: () => 'instance',
			getNode: () => ({ id: 'node' }),
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		} as unknown as IExecuteFunctions;
		const connection = {
			client: clientOn(host, { clock: this.clock }),
			globalKey: false,
			secrets: [],
		};
		return new Item(context, 0, connection, new Lookups());
	}

	readonly clock: Clock = {
		now: () => (this.time += 1),
		random: () => 0.5,
		sleep: async () => await this.turn(),
	};

	private async answer({
		baseURL,
		url,
		method,
		qs,
		body,
		headers,
	}: IHttpRequestOptions): Promise<HostAnswer> {
		await this.turn();
		const trouble = this.troubles.get(this.requests);
		this.requests += 1;
		if (trouble === 'cutBefore') throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
		if (trouble === 'rateLimited') return refused(429, undefined, { 'retry-after': '1' });
		const query = new URLSearchParams(qs as Record<string, string>).toString();
		const response = await this.cloudflare.fetch(
			new Request(`${baseURL}${url}${query ? `?${query}` : ''}`, {
				method,
				headers: {
					...(headers as Record<string, string>),
					Authorization: `Bearer ${sandboxCredentials.userToken}`,
				},
				...(body === undefined ? {} : { body: body as string }),
			}),
		);
		const text = await response.text();
		await this.turn();
		if (trouble === 'cutAfter') throw Object.assign(new Error('cut'), { code: 'ECONNRESET' });
		if (trouble === 'failsAfter') return refused(500);
		return { statusCode: response.status, body: text };
	}
}
