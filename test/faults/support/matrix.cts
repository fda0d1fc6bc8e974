import { inspect } from 'node:util';
import { secretsIn, useWorld, type Credential, type World } from './world.cjs';
import { nameOf, operationRuns, type OperationRun } from '../../support/operationRuns/index.cjs';
import { faultsOf, type RequestFault } from './faults.cjs';
import { nameOfRequest, type SentRequest } from './front.cjs';
import { difference, duplicates, judge, textDifference, textOf, type CleanRun } from './judge.cjs';
import { parts, type Part } from './parts.cjs';
import { requestsBegun } from './timeouts.cjs';
import {
	isWanted,
	noCounts,
	report,
	tellDone,
	tellWrong,
	testEach,
	type Counts,
} from './report.cjs';

interface Recorded extends CleanRun {
	requests: SentRequest[];
}

/** A run without a fault: what the others are measured by. */
async function record(world: World, run: OperationRun, credential: Credential): Promise<Recorded> {
	const { front, normaliser } = world;
	const prepared = await world.begin(run);
	const before = normaliser.things();
	const stages: string[][] = [];
	front.onAnswer = () => void stages.push(normaliser.things());
	const result = await world.run(prepared, credential);
	const requests = [...front.sent];
	if (!result || result.error) throw result?.error ?? new Error(`${nameOf(run)} does not end`);
	const items = normaliser.text(result.items);
	return { items, before, stages, after: world.things(), purges: normaliser.purges(), requests };
}

const alike = ({ method, target }: SentRequest): string =>
	`${method} ${target}`
		.replace(/[0-9a-f]{32}|[0-9a-f-]{36}/g, '{id}')
		.replace(/([?&](?:page|cursor)=)[^&]*/g, '$1…')
		.replace(/\/settings\/\w+/, '/settings/{name}');

/** Of requests that are alike, such as the pages of a list: the first, the second and the last. */
function chosen(requests: readonly SentRequest[]): SentRequest[] {
	const groups = new Map<string, SentRequest[]>();
	for (const request of requests) {
		const key = alike(request);
		groups.set(key, [...(groups.get(key) ?? []), request]);
	}
	const keep = new Set(
		[...groups.values()].flatMap((group) => [...group.slice(0, 2), ...group.slice(-1)]),
	);
	return requests.filter((request) => keep.has(request));
}

/** Time enough for what goes on in the background to send something; turns, because a busy machine is slow. */
async function letGoOn(): Promise<void> {
	for (let turn = 0; turn < 100; turn += 1) {
		await new Promise((resolve) =>
			turn % 20 === 0 ? setTimeout(resolve, 2) : setImmediate(resolve),
		);
	}
}

/** One run with one fault, judged. @returns what is wrong */
async function tryFault(
	world: World,
	run: OperationRun,
	credential: Credential,
	clean: Recorded,
	request: SentRequest,
	fault: RequestFault,
	counts: Counts,
): Promise<string[]> {
	const { front, normaliser } = world;
	const prepared = await world.begin(run);
	const controller = new AbortController();
	let begunBefore = 0;
	front.arm(request, fault, () => {
		begunBefore = requestsBegun();
		controller.abort();
	});
	const result = await world.run(prepared, credential, { abortSignal: controller.signal });
	const isCancelled = result?.status === 'canceled';
	if (isCancelled) await letGoOn();
	const sentLate = isCancelled ? requestsBegun() - begunBefore : 0;
	const struck = front.struck > 0;
	front.disarm();

	const items = normaliser.text(result?.items);
	const after = world.things();
	const isWrite = request.method !== 'GET';
	const wrong = judge(
		{ fault, isWrite, result, items, after, rejections: world.rejections, sentLate },
		clean,
	);
	if (!struck) wrong.push('the fault did not strike');
	const doubled = duplicates(clean, after);
	const found = secretsIn([result, inspect(result?.error, { depth: 12 })]);
	const isOver = result !== undefined && !result.error && !isCancelled;
	counts.faults += 1;
	counts.duplicates += doubled.length;
	counts.secrets += found.length;
	counts.purges += Math.max(0, normaliser.purges() - clean.purges);
	if (isCancelled) counts.cancelled += 1;
	else if (isOver) counts.succeeded += 1;
	else counts.failed += 1;
	wrong.push(...doubled.map((thing) => `there twice: ${thing}`), ...found);

	const writes = clean.requests.some(({ method }) => method !== 'GET');
	if (!isOver && result && writes) {
		counts.repeats += 1;
		const again = await world.run(prepared, credential);
		const end = world.things();
		const differs = difference(end, clean.after);
		if (differs) wrong.push(`the next run does not get it done: ${differs}`);
		// What is done already may be refused, such as a second record alike.
		const wasDone = difference(after, clean.after) === '';
		if (again?.error && !wasDone) wrong.push(`the next run fails: ${textOf(again.error)}`);
		const isUnchanged = difference(after, clean.before) === '';
		const itemsAgain = normaliser.text(again?.items);
		if (!again?.error && isUnchanged && itemsAgain !== clean.items)
			wrong.push(`the next run gives ${textDifference(itemsAgain, clean.items)}`);
	}
	return wrong;
}

/** Each request of a run fails in each way. @returns one text for each wrong outcome */
async function tryRun(
	world: World,
	run: OperationRun,
	credential: Credential,
	counts: Counts,
): Promise<string[]> {
	const clean = await record(world, run, credential);
	const problems: string[] = [];
	const requests = chosen(clean.requests);
	if (credential === 'token') counts.requests += requests.length;
	for (const request of requests) {
		for (const fault of faultsOf(request.method, request.result)) {
			if (credential === 'globalKey' && !fault.alsoWithKey) continue;
			const key = credential === 'globalKey' ? ', Global API key' : '';
			const name = `${nameOf(run)} | ${nameOfRequest(request)} | ${fault.what}${key}`;
			if (!isWanted(name)) continue;
			const wrong = await tryFault(world, run, credential, clean, request, fault, counts);
			if (wrong.length === 0) continue;
			counts.wrong += 1;
			problems.push(tellWrong(name, wrong));
		}
	}
	return problems;
}

/** For a whole test file: each of these runs, each of its requests, each way to fail. */
export function tryRuns(part: Part): void {
	const world = useWorld();
	const countsOf = new Map<string, Counts>();
	const runs = operationRuns.filter(parts[part]);
	afterAll(() => {
		for (const [resource, counts] of countsOf) report(resource, counts);
	});

	const cases = runs.map((run) => [nameOf(run), run] as const);
	testEach(cases, async (name, run) => {
		const counts = countsOf.get(run.resource) ?? noCounts();
		countsOf.set(run.resource, counts);
		counts.runs += 1;
		counts.operations = [...new Set([...counts.operations, run.operation])];
		const problems = [
			...(await tryRun(world, run, 'token', counts)),
			...(await tryRun(world, run, 'globalKey', counts)),
		];
		tellDone(name);
		if (problems.length > 0) throw new Error(`Wrong outcomes:\n${problems.join('\n')}`);
	});
}
