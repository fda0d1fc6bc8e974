/** The nodes without n8n's engine, several times as fast: parameters as they are, requests handed to the stand-in. */
import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import {
	sandboxCredentials,
	seedIds,
	type Cloudflare,
} from '../../../sandbox/cloudflare/index.cjs';
import { withoutWaiting } from '../engine/waits.cjs';
import { fakeHost, type HostAnswer } from '../fakeHost.cjs';
import { valueAt, type Parameters } from './fields.cjs';

/** A request as the node handed it to n8n. */
export type Sent = IHttpRequestOptions;

/** Takes the place of an answer; may throw, as n8n's request helper does. */
export type Tamper = (answer: HostAnswer, sent: Sent, index: number) => HostAnswer;

export interface LightInput {
	parameters: Parameters;
	items?: readonly IDataObject[];
	tamper?: Tamper;
	/** Of a trigger: what n8n keeps for it. */
	state?: IDataObject;
}

export interface LightRun<T> {
	result?: T;
	error?: unknown;
	sent: Sent[];
	/** What came back for what, in the order of arrival. */
	answers: Array<{ sent: Sent; answer: HostAnswer }>;
	logs: string[];
}

/** More than any run needs, also of one that waits for something for minutes. */
const MOST_REQUESTS = 1_500;
const HANGS_AFTER_MS = 30_000;

export class Endless extends Error {}

/** The credential of every light run. */
export const lightSecret = sandboxCredentials.userToken;

async function askStandIn(cloudflare: Cloudflare, sent: Sent): Promise<HostAnswer> {
	const url = new URL(`${sent.baseURL}${sent.url}`);
	for (const [name, value] of Object.entries(sent.qs ?? {})) {
		for (const one of [value].flat()) url.searchParams.append(name, String(one));
	}
	const response = await cloudflare.fetch(
		new Request(url, {
			method: sent.method,
			headers: {
				...(sent.headers as Record<string, string>),
				Authorization: `Bearer ${lightSecret}`,
			},
			...(sent.body === undefined ? {} : { body: sent.body as string }),
		}),
	);
	const headers = Object.fromEntries(response.headers);
	return { statusCode: response.status, headers, body: await response.text() };
}

type Context = IExecuteFunctions & IPollFunctions & ILoadOptionsFunctions;

/**
 * Runs a part of a node with a context that holds what the nodes ask of n8n's own, and no more.
 * @returns also what failed, and whatever failed without anybody waiting for it
 */
export async function runLight<T>(
	cloudflare: Cloudflare,
	{ parameters, items = [{}], tamper = (answer) => answer, state }: LightInput,
	action: (context: Context) => Promise<T>,
): Promise<LightRun<T>> {
	const answers: LightRun<T>['answers'] = [];
	const { host, requests, logs } = fakeHost(async (sent) => {
		const index = requests.length - 1;
		if (index >= MOST_REQUESTS) throw new Endless(`There is no end after ${index} requests`);
		const answer = tamper(await askStandIn(cloudflare, sent), sent, index);
		answers.push({ sent, answer });
		return answer;
	});
	const read = (name: string, fallback: unknown) => {
		const path = name.split('.');
		const holder = path.length === 1 ? parameters : valueAt(parameters, path.slice(0, -1));
		const isThere = typeof holder === 'object' && holder !== null && path.at(-1)! in holder;
		return isThere ? valueAt(parameters, path) : fallback;
	};
	const context = Object.assign(host, {
		// Of a node that runs the second is the item's number; a trigger has none.
		getNodeParameter: (name: string, ...more: unknown[]) => read(name, more[state ? 0 : 1]),
		getCurrentNodeParameter: (name: string) => read(name, undefined),
		getInputData: () => items.map((json) => ({ json })),
		getCredentials: async () => ({
			apiToken: lightSecret,
			ownedBy: 'automatic',
			accountId: seedIds.mainAccount,
			zoneId: '',
		}),
		getExecutionCancelSignal: () => undefined,
		getExecutionId: () => '1',
		getInstanceId: () => 'instance',
		getWorkflow: () => ({ id: 'workflow', name: 'Test workflow' }),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getWorkflowStaticData: () => state,
		getTimezone: () => 'UTC',
		getMode: () => 'trigger',
		getPollBudgetMs: () => 300_000,
		continueOnFail: () => false,
		addExecutionHints: () => undefined,
	}) as unknown as Context;
	let timer: NodeJS.Timeout | undefined;
	const hangs = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Endless('It hangs')), HANGS_AFTER_MS);
	});
	const outcome = async (): Promise<{ result?: T; error?: unknown }> => {
		try {
			return { result: await Promise.race([action(context), hangs]) };
		} catch (error) {
			// Something in any case: a node may throw undefined.
			return { error: error ?? new Error('It threw nothing') };
		} finally {
			clearTimeout(timer);
		}
	};
	const { result } = await withoutWaiting(outcome);
	// The client takes what the helper throws for a broken connection.
	const isEndless = requests.length > MOST_REQUESTS;
	const error = isEndless ? new Endless(`There is no end after ${MOST_REQUESTS}`) : result.error;
	return { ...result, error, sent: requests, answers, logs };
}
