// What our package sends, beside what the official SDK sends for the same job: each request of each run.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCloudflare } from '../../sandbox/cloudflare/index.cjs';
import { interceptWithNock } from '../../sandbox/fronts/nock.cjs';
import { setDefaultCredentials } from '../support/engine/index.cjs';
import { tokenCredential } from '../support/nodeTest.cjs';
import { readRequest, type SentRequest } from '../support/sentRequest.cjs';
import { differencesOf, lineOf, settled, type Difference } from './requests/compare.cjs';
import { furtherPairs } from './further/index.cjs';
import { isMeant, meantDifferences } from './requests/differences.cjs';
import { page, report, rowsOf, type Counts, type Seen } from './requests/document.cjs';
import { endpointOf } from './requests/endpoints.cjs';
import { operationJobs, type Job, type Pair } from './requests/jobs.cjs';
import { namedSdk } from './requests/namedSdk.cjs';
import { sdkMethods } from './requests/sdkMethods.cjs';
import { blockingJobs } from './sdkCalls/blocking.cjs';
import { investigationJobs } from './sdkCalls/investigation.cjs';
import { recordJobs } from './sdkCalls/records.cjs';
import { ruleJobs } from './sdkCalls/rules.cjs';

const sdkJobs = { ...investigationJobs, ...recordJobs, ...ruleJobs, ...blockingJobs };
const pairs: readonly Pair[] = [
	...operationJobs.map((job) => ({ job, sdk: sdkJobs[job.name] })),
	...furtherPairs,
];

// Two pages of zones. By the clock that skipped waits move on, as operations on lists take their time.
const cloudflare = createCloudflare({ zones: 55, now: () => Date.now() });
// A run takes several seconds on a busy machine.
jest.setTimeout(60_000);

/** A run of a job with one of the clients: its requests, and the method of the SDK behind each. */
interface Recording {
	requests: SentRequest[];
	methods: string[];
}

let recording: Recording | undefined;
let current: Job;

async function serve(request: Request, method = ''): Promise<Response> {
	const sent = await readRequest(request);
	recording?.requests.push(sent);
	recording?.methods.push(method);
	if (recording) current.meanwhile?.(sent, cloudflare);
	return await cloudflare.fetch(request);
}

async function record(action: () => Promise<unknown>): Promise<Recording> {
	recording = { requests: [], methods: [] };
	const own = recording;
	try {
		await action();
	} finally {
		recording = undefined;
	}
	return own;
}

let front: { restore(): void };
beforeAll(() => {
	front = interceptWithNock({ fetch: async (request) => await serve(request) });
	setDefaultCredentials(tokenCredential());
});
afterAll(() => {
	front.restore();
	setDefaultCredentials(undefined);
});

const seen = new Map<string, Seen>();
const methods: Record<string, string> = {};
const found: Difference[] = [];
const counts: Counts = { runs: 0, requests: 0, differing: 0 };

test('every run of the catalogue has calls of the SDK beside it', () => {
	expect(Object.keys(sdkJobs).sort()).toEqual(operationJobs.map(({ name }) => name).sort());
});

test.each(pairs.map((pair) => [pair.job.name, pair] as const))(
	'%s',
	async (_name, { job, sdk }) => {
		current = job;
		cloudflare.reset();
		let given = await job.prepare(cloudflare);
		const ours = await record(async () => await job.run(given));
		if (job.meanwhile || ours.requests.some(({ method }) => method !== 'GET')) {
			cloudflare.reset();
			given = await job.prepare(cloudflare);
		}
		const client = namedSdk(serve, job.credentials?.sdk);
		const theirs = await record(async () => await sdk(client, given));
		const [mine, other] = [settled(ours.requests), settled(theirs.requests)];
		expect(mine.map(lineOf)).toEqual(other.map(lineOf));
		const differences = mine.map((request, index) => differencesOf(request, other[index]));
		expect(differences.flat().filter((each) => !isMeant(each, given))).toEqual([]);

		found.push(...differences.flat());
		counts.runs += 1;
		counts.requests += mine.length;
		counts.differing += differences.filter(({ length }) => length > 0).length;
		for (const request of mine) {
			const endpoint = endpointOf(request);
			if (!seen.has(endpoint)) seen.set(endpoint, { parts: new Set() });
			seen.get(endpoint)?.parts.add(job.part);
		}
		for (const [index, request] of theirs.requests.entries())
			methods[endpointOf(request)] = theirs.methods[index];
	},
);

test('no run has the name of another', () => {
	expect(new Set(pairs.map(({ job }) => job.name)).size).toBe(pairs.length);
});

test('the methods of the SDK are those that the table names', () => {
	const named = Object.keys(methods).map((endpoint) => [endpoint, sdkMethods[endpoint]]);
	expect(Object.fromEntries(named)).toEqual(methods);
});

test('every difference that is listed occurs', () => {
	const stale = meantDifferences.flatMap(({ endpoint, where }) =>
		where.filter(
			(place) => !found.some((each) => each.endpoint === endpoint && each.where === place),
		),
	);
	expect(stale).toEqual([]);
});

test('docs/conformance.md is up to date: npm run test:conformance -- --write', () => {
	const file = join(__dirname, '..', '..', 'docs', 'conformance.md');
	const rows = rowsOf(seen, sdkMethods);
	// A run with a difference that is not meant is not in the counts.
	expect(counts.runs).toBe(pairs.length);
	const { CONFORMANCE_WRITE, CONFORMANCE_REPORT } = process.env;
	if (CONFORMANCE_WRITE) writeFileSync(file, page(rows, counts));
	if (CONFORMANCE_REPORT) writeFileSync(CONFORMANCE_REPORT, report(rows, counts));
	expect(page(rows, counts)).toBe(readFileSync(file, 'utf8'));
});
