import type { Cloudflare } from '../../../sandbox/cloudflare/index.cjs';
import type { TestCredential } from '../../support/engine/index.cjs';
import { jsonOf, runNode } from '../../support/nodeTest.cjs';
import { nameOf, operationRuns, type OperationRun } from '../../support/operationRuns/index.cjs';
import { runsOf } from '../../support/operationRuns/types.cjs';
import type { SentRequest } from '../../support/sentRequest.cjs';
import type { Given, SdkCalls } from '../sdkCalls/helpers.cjs';

/** Something that our package does with requests. */
export interface Job {
	name: string;
	/** What of our package does it: `zone:get`, `searchZones`, `trigger`. */
	part: string;
	/** Puts into the stand-in what must be there before, and gives our parameters. */
	prepare(cloudflare: Cloudflare): Promise<Given>;
	/** Does it with our package. */
	run(given: Given): Promise<unknown>;
	/** What happens in the middle of it: called before a request is answered. */
	meanwhile?: (request: SentRequest, cloudflare: Cloudflare) => void;
	/** Other credentials than a token of a user, for our package and for the SDK. */
	credentials?: { ours: TestCredential; sdk: object };
}

/** A job and the calls of the SDK for it. */
export interface Pair {
	job: Job;
	sdk: SdkCalls;
}

export type Differing = Pick<Job, 'meanwhile' | 'credentials'>;

const jobOf = (run: OperationRun, more: Differing = {}): Job => ({
	name: nameOf(run),
	part: `${run.resource}:${run.operation}`,
	async prepare(cloudflare) {
		const { parameters, items } = await run.prepare(cloudflare);
		if (items) throw new Error(`${nameOf(run)} has items, which the SDK knows nothing of`);
		return parameters;
	},
	async run(given) {
		const credentials = more.credentials?.ours;
		const isKey = credentials?.type === 'cloudflareSecurityGlobalKeyApi';
		const parameters = { authentication: isKey ? 'globalKey' : 'token', ...given };
		jsonOf(await runNode({ parameters, credentials }));
	},
	...more,
});

/** The runs of the catalogue. */
export const operationJobs: readonly Job[] = operationRuns.map((run) => jobOf(run));

/** Makes pairs of runs that are not in the catalogue: they send what others send, with other values. */
export function pairsOf(resource: string, shared: object = {}) {
	const runs = runsOf(resource, shared);
	return (
		operation: string,
		what: string,
		parameters: object,
		sdk: SdkCalls,
		{ given, ...more }: Differing & { given?: (cloudflare: Cloudflare) => unknown } = {},
	): Pair => ({ job: jobOf(runs(operation, what, parameters, given), more), sdk });
}
