import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Item, Lookups } from '../../nodes/CloudflareSecurity/actions/item';
import { findOperation } from '../../nodes/CloudflareSecurity/actions/registry';
import { sandboxCredentials, type Cloudflare } from '../../sandbox/cloudflare/index.cjs';
import { clientOn, fakeHost, type HostAnswer } from './fakeHost.cjs';
import { output } from './nodeTest.cjs';

type Parameters = Record<string, unknown>;
/** Runs an operation of IP Block for one input item and gives its records; fails when it fails. */
export type BlockHost = (parameters: Parameters) => Promise<Array<Record<string, unknown>>>;

/** n8n's own engine. */
export const engineHost: BlockHost = async (parameters) => await output(parameters);

const workflow = { name: 'Test workflow' };

/**
 * The operation without an engine, several times as fast: the parameters as they are, and every request handed to
 * the stand-in.
 * @param advance moves the time on, in place of waiting
 */
export function lightHost(cloudflare: Cloudflare, advance: (ms: number) => void): BlockHost {
	const { host } = fakeHost(
		async ({ baseURL, url, method, qs, body, headers }): Promise<HostAnswer> => {
			const query = new URLSearchParams(qs as Record<string, string>).toString();
			const response = await cloudflare.fetch(
				new Request(`${baseURL}${url}${query ? `?${query}` : ''}`, {
					method,
					headers: {
						...(headers as Record<string, string>),
						Authorization: `Bearer ${sandboxCredentials.userToken}`,
					},
					...(body === undefined ? {} : { body: body as string }),
				}),
			);
			return { statusCode: response.status, body: await response.text() };
		},
	);
	const clock = {
		now: () => Date.now(),
		random: () => 0.5,
		sleep: async (ms: number) => advance(ms),
	};
	return async (parameters) => {
		const context = {
			getNodeParameter: (name: string, _index: number, fallback: unknown) =>
				Object.hasOwn(parameters, name) ? parameters[name] : fallback,
			getExecutionCancelSignal: () => undefined,
			getExecutionId: () => '1',
			getNode: () => ({ id: 'node' }),
			getWorkflow: () => workflow,
			getTimezone: () => 'UTC',
			continueOnFail: () => false,
			addExecutionHints: () => undefined,
		} as unknown as IExecuteFunctions;
		const connection = { client: clientOn(host, { clock }), globalKey: false, secrets: [] };
		const item = new Item(context, 0, connection, new Lookups());
		const operation = findOperation(parameters.resource, parameters.operation);
		if (!operation || 'execute' in operation) throw new Error('There is no such operation');
		const [outcome] = await operation.executeTogether([item]);
		if ('error' in outcome) throw outcome.error;
		return [...outcome] as IDataObject[];
	};
}
