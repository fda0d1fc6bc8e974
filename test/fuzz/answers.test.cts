/** Every answer that an operation reads, in every way in which it can be wrong. */
import { Bench, KnownRoutes, useSmallCloudflare, watchRejections, type ReadyRun } from '../support/fuzz/standIn.cjs'; // prettier-ignore
import {
	refusals,
	tampering,
	textOf,
	type Mutation,
	type Tampering,
} from '../support/fuzz/answers.cjs';
import type { HostAnswer } from '../support/fakeHost.cjs';
import type { LightRun, Sent, Tamper } from '../support/fuzz/lightHost.cjs';
import { builtShapes, checkRun, checkTakenBack, expressionsRead, type Problem } from '../support/fuzz/oracle.cjs'; // prettier-ignore
import { FUZZ_RUNS, isWanted, Report, sampleOf, someOf } from '../support/fuzz/plan.cjs';
import { routeOf } from '../support/fuzz/routes.cjs';
import { operationRuns } from '../support/operationRuns/index.cjs';

const bench = new Bench(useSmallCloudflare());
const routes = new KnownRoutes();
const rejections = watchRejections();
const report = new Report('answers', 'requests');
/** Requests of one run that are alike: these many of them stand for all. */
const ALIKE = 2;

interface Target {
	name: string;
	route: string;
	/** Which request to the route, from 1: requests to others may come in any order. */
	time: number;
}

type Outcome = LightRun<Array<Array<{ json: unknown }>>>;

const routeOfSent = ({ method = 'GET', url }: Sent): string => routeOf(method, url) ?? url;

/** The requests of a run that are tampered with one after the other. */
function targetsOf({ name }: ReadyRun, { sent }: Outcome): Target[] {
	const seen = new Map<string, number>();
	return sent.flatMap((one) => {
		const route = routeOfSent(one);
		const time = (seen.get(route) ?? 0) + 1;
		seen.set(route, time);
		return time > ALIKE ? [] : [{ name: `${name} ← ${route} #${time}`, route, time }];
	});
}

/** A body as a reader of JSON takes it: a member that is told twice with one value is told once. */
function read(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.stringify(JSON.parse(body));
	} catch {
		return body;
	}
}

/** @returns the tamper, and whether it has changed an answer: some have nothing that could be changed so */
function tamperOf(
	{ route, time }: Target,
	{ mutation, isLasting }: Tampering,
): { tamper: Tamper; hasChanged: () => boolean } {
	let first: HostAnswer | undefined;
	let seen = 0;
	let changed = false;
	const tamper: Tamper = (answer, sent) => {
		if (routeOfSent(sent) !== route) return answer;
		seen += 1;
		if (isLasting ? seen < time : seen !== time) return answer;
		const made = mutation.isRepeated && first ? first : mutation.apply(answer);
		first ??= made;
		changed ||= made.statusCode !== answer.statusCode || read(made.body) !== read(answer.body);
		return made;
	};
	return { tamper, hasChanged: () => changed };
}

const isSameOperation = (one: ReadyRun['run'], other: ReadyRun['run']): boolean =>
	one.resource === other.resource && one.operation === other.operation;

const rowsOf = ({ result }: Outcome) => result?.[0] ?? [];

/** By run, request and answer: what an operation can do without, because it knows another way or tells that it could not look. */
const DISPENSABLE = [
	// The built-in copy of Cloudflare's ranges.
	/← GET \/ips /,
	// What is in the list afterwards is read from the list.
	/^ipBlock:(?:block|unblock|removeExpired) .* ← GET .*\/bulk_operations\//,
	// Which rules are gone is read from the place afterwards.
	/^ipBlock:unblock .* ← DELETE .*\/access_rules\/rules\//,
	// A probe is made to be refused: for what it asks, but not for who asks it.
	/^connection:checkPermissions .* ← POST .*\/rulesets #\d+: (?:20[01]|400|405|413|422): /,
	// What wins over a block is told as a doubt.
	/^ipBlock:block .* ← GET .*\/access_rules\/rules /,
];

const WRITE = / ← (?:POST|PUT|PATCH|DELETE) /;

/** A write whose answer was lost is looked up; one that was refused is not done, whatever there is. */
const canDoWithout = (name: string, { shown, isRefusal }: Mutation): boolean =>
	DISPENSABLE.some((known) => known.test(`${name}: ${shown}`)) || (WRITE.test(name) && !isRefusal);

/** Where 404 is the answer: there are no rules yet, or what is to go is gone. Which codes say so is tested elsewhere. */
const MAY_BE_MISSING =
	/← GET .*(?:\/phases\/:phase\/entrypoint|\/access_rules\/rules\/:rule_id) .*: 404: /;

/** What the API says has failed must not come out as "there is nothing", nor as if nothing had happened. */
function falseSuccess(
	{ name, route }: Target,
	clean: Outcome,
	outcome: Outcome,
	{ mutation, isLasting }: Tampering,
): Problem[] {
	// prettier-ignore
	if (!mutation.isFailure || !isLasting || outcome.error !== undefined) return [];
	if (MAY_BE_MISSING.test(`${name}: ${mutation.shown}`)) return [];
	if (rowsOf(clean).length > 0 && rowsOf(outcome).length === 0) {
		return [{ kind: 'crash', text: 'an empty success' }];
	}
	const isUnmoved = JSON.stringify(rowsOf(clean)) === JSON.stringify(rowsOf(outcome));
	if (!isUnmoved || canDoWithout(name, mutation)) return [];
	return [{ kind: 'crash', text: `the same success without ${route}` }];
}

async function tamperWith(
	run: ReadyRun,
	target: Target,
	clean: Outcome,
	shapes: ReadonlySet<string>,
): Promise<void> {
	const count = Math.ceil(FUZZ_RUNS / 15);
	const refused = WRITE.test(target.name) ? someOf(target.name, refusals, count) : [];
	for (const one of [...refused, ...sampleOf(target.name, tampering, FUZZ_RUNS)]) {
		const { parameters } = await bench.ready(run.run);
		const { tamper, hasChanged } = tamperOf(target, one);
		const outcome = await bench.execute(parameters, tamper);
		const read = expressionsRead(outcome);
		const problems = checkRun(
			outcome,
			{
				isAllowed: (route) => routes.allows(run.run, route),
				isGiven: (expression) => read.has(expression),
				shapes,
			},
			() => false,
		);
		report.add(target.name, { shown: textOf(one) }, [
			...problems,
			...(hasChanged() ? falseSuccess(target, clean, outcome, one) : []),
			...(/^(?:create|upsert|block)$/.test(run.run.operation) ? checkTakenBack(outcome) : []),
			...rejections(),
		]);
	}
}

afterAll(() => report.print());

test('every answer of every run', async () => {
	const runs: Array<[ReadyRun, Outcome]> = [];
	for (const run of operationRuns) {
		const ready = await bench.ready(run);
		const clean = await bench.execute(ready.parameters);
		if (clean.error) throw clean.error;
		routes.add(run, clean.sent);
		runs.push([ready, clean]);
	}
	for (const [ready, clean] of runs) {
		// Another answer may lead to what another run of the operation does, such as adding a rule that is not there.
		const alike = runs.filter(([{ run }]) => isSameOperation(run, ready.run));
		const shapes = new Set(alike.flatMap(([, outcome]) => [...builtShapes(outcome)]));
		for (const target of targetsOf(ready, clean).filter(({ name }) => isWanted(name))) {
			await tamperWith(ready, target, clean, shapes);
		}
	}
	report.check();
	expect(report.inputs).toBeGreaterThan(0);
}, 3_600_000);
