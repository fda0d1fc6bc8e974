import { inspect } from 'node:util';
import { secretsIn, useWorld } from './support/world.cjs';
import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { listsOf } from '../support/ipLists.cjs';
import { blocking, ipBlock } from '../support/ipBlocks.cjs';
import { locator, mainAccount, output, seedIds, type Cloudflare } from '../support/nodeTest.cjs';
import type { RunNodeResult } from '../support/engine/index.cjs';
import { without } from './support/digest.cjs';
import { faultsOf, type RequestFault } from './support/faults.cjs';
import { nameOfRequest, type SentRequest } from './support/front.cjs';
import {
	difference,
	duplicates,
	isOnTheWay,
	STUMBLED,
	textDifference,
	type CleanRun,
} from './support/judge.cjs';
import { isWanted, noCounts, report, tellDone, tellWrong, testEach } from './support/report.cjs';

/** Operations that work on all items of a run together: two items, of which one may fail. */
interface PairRun {
	what: string;
	parameters: Record<string, unknown>;
	items: Array<Record<string, string>>;
	given?: (cloudflare: Cloudflare) => unknown;
}

const zones = [
	{ addresses: '45.1.2.3', zone: 'example.com' },
	{ addresses: '45.1.2.4', zone: 'example.net' },
];
const ofItems = { addresses: '={{ $json.addresses }}', zone: locator('name', '={{ $json.zone }}') };
const byAccessRule = { method: 'accessRule' };
const until = { expires: 'at', expiresAt: '2099-01-01T00:00:00Z' };
const blockOf = (more: object = {}) => ({ ...blocking('', { ...until, ...more }), ...ofItems });
const bothBlocked =
	(more: object = {}) =>
	async () =>
		void (await output(blockOf(more), { items: zones }));
const over = formatBlockComment({ origin: 'Earlier', reason: '', expiresAt: 0 });

function expiredRules({ state }: Cloudflare): void {
	for (const { addresses, zone } of zones) {
		const id = seedIds.zones[zone as 'example.com'];
		const configuration = { target: 'ip', value: addresses };
		state.accessRules.create({ level: 'zone', id }, { mode: 'block', notes: over, configuration });
	}
}

const lists = [
	{ addresses: '45.1.2.3', list: 'blocklist' },
	{ addresses: '45.1.2.4', list: 'office_network' },
];
const onLists = {
	authentication: 'token',
	resource: 'ipList',
	account: mainAccount,
	addresses: '={{ $json.addresses }}',
	list: locator('name', '={{ $json.list }}'),
};

const runs: PairRun[] = [
	{ what: 'ipBlock:block, list', parameters: blockOf(), items: zones },
	{ what: 'ipBlock:block, access rule', parameters: blockOf(byAccessRule), items: zones },
	{
		what: 'ipBlock:find',
		parameters: { ...ipBlock, operation: 'find', ...ofItems },
		items: zones,
		given: bothBlocked(),
	},
	{
		what: 'ipBlock:unblock, list',
		parameters: { ...ipBlock, operation: 'unblock', ...ofItems },
		items: zones,
		given: bothBlocked(),
	},
	{
		what: 'ipBlock:unblock, access rule',
		parameters: { ...ipBlock, operation: 'unblock', ...ofItems, ...byAccessRule },
		items: zones,
		given: bothBlocked(byAccessRule),
	},
	{
		what: 'ipBlock:removeExpired, access rule',
		parameters: { ...ipBlock, operation: 'removeExpired', ...ofItems, ...byAccessRule },
		items: zones,
		given: expiredRules,
	},
	{
		what: 'ipList:addItems',
		parameters: { ...onLists, operation: 'addItems' },
		items: lists,
		given: (cloudflare) => listsOf(cloudflare).given(),
	},
	{
		what: 'ipList:removeItems',
		parameters: { ...onLists, operation: 'removeItems' },
		items: lists,
		given: ({ state, ...cloudflare }) => {
			listsOf({ state, ...cloudflare }).given(['45.1.2.3']);
			state.lists.fill(state.lists.named(seedIds.mainAccount, 'office_network')!, ['45.1.2.4']);
		},
	},
];

const world = useWorld();
const { front, normaliser } = world;
const counts = noCounts();
afterAll(() => report('two items', counts));

const onError = 'continueRegularOutput' as const;
const prepared = (run: PairRun, items = run.items) => ({
	prepare: async (cloudflare: Cloudflare) => {
		await run.given?.(cloudflare);
		return { parameters: run.parameters, items };
	},
});

/** What each input item gave, as texts. */
const outcomesOf = ({ items: [...given] }: RunNodeResult, count: number): string[] =>
	Array.from({ length: count }, (_, index) =>
		normaliser.text(
			given.filter(({ pairedItem }) => (pairedItem as { item: number }).item === index),
		),
	);

interface Clean extends CleanRun {
	requests: SentRequest[];
	outcomes: string[];
	/** What each item alone gives, adds and removes: beside one that fails, it comes to the same. */
	effects: Array<{ outcome: string; added: string[]; removed: string[] }>;
}

async function record(run: PairRun): Promise<Clean> {
	const effects: Clean['effects'] = [];
	for (const item of run.items) {
		const alone = await world.begin(prepared(run, [item]));
		const before = normaliser.things();
		const result = await world.run(alone, 'token', { onError });
		const after = world.things();
		const outcome = normaliser
			.text(result?.items)
			.replaceAll('"item":0', `"item":${effects.length}`);
		effects.push({ outcome, added: without(after, before), removed: without(before, after) });
	}
	const both = await world.begin(prepared(run));
	const before = normaliser.things();
	const stages: string[][] = [];
	front.onAnswer = () => void stages.push(normaliser.things());
	const result = await world.run(both, 'token', { onError });
	if (!result || result.error) throw result?.error ?? new Error(`${run.what} does not end`);
	const outcomes = outcomesOf(result, run.items.length);
	expect(outcomes.join()).not.toContain('"details"');
	return {
		before,
		stages,
		after: world.things(),
		items: '',
		purges: 0,
		requests: [...front.sent],
		outcomes,
		effects,
	};
}

/** One that does not pass, of each kind. */
const isTried = ({ passes, answer }: RequestFault) => !passes && answer.kind !== 'cancel';

async function tryFault(run: PairRun, clean: Clean, request: SentRequest, fault: RequestFault) {
	const both = await world.begin(prepared(run));
	front.arm(request, fault);
	const result = await world.run(both, 'token', { onError });
	const wrong: string[] = [];
	if (front.struck === 0) wrong.push('the fault did not strike');
	if (!result) return ['it does not end'];
	if (result.status !== 'success') wrong.push(`the run has the status ${result.status}`);
	const now = world.things();
	for (const [index, outcome] of outcomesOf(result, run.items.length).entries()) {
		const { outcome: alone, added, removed } = clean.effects[index];
		const isRight = outcome === clean.outcomes[index] || outcome === alone;
		if (outcome === '[]') wrong.push(`item ${index} has no outcome`);
		else if (STUMBLED.test(outcome)) wrong.push(`item ${index}: ${outcome}`);
		else if (!isRight && !fault.says.test(outcome))
			wrong.push(
				`item ${index} does not say ${fault.says}: ${textDifference(outcome, clean.outcomes[index])}`,
			);
		const lacks = [...without(added, now), ...removed.filter((thing) => now.includes(thing))];
		if (isRight && lacks.length > 0) wrong.push(`item ${index} is not done: ${lacks.join('; ')}`);
	}
	if (!isOnTheWay(clean, now)) wrong.push(`no stage of the job: ${difference(now, clean.before)}`);
	const doubled = duplicates(clean, now);
	const found = secretsIn([result, inspect(result.items, { depth: 12 })]);
	counts.faults += 1;
	counts.duplicates += doubled.length;
	counts.secrets += found.length;
	const text = normaliser.text(result.items);
	if (text.includes('"details"')) counts.failed += 1;
	else counts.succeeded += 1;
	return [...wrong, ...doubled.map((thing) => `there twice: ${thing}`), ...found];
}

const cases = runs.map((run) => [`two items, ${run.what}`, run] as const);

testEach(cases, async (name, run) => {
	counts.runs += 1;
	counts.operations = [...new Set([...counts.operations, run.what.split(',')[0]])];
	const clean = await record(run);
	const problems: string[] = [];
	for (const request of clean.requests) {
		counts.requests += 1;
		for (const fault of faultsOf(request.method, request.result).filter(isTried)) {
			const full = `${name} | ${nameOfRequest(request)} | ${fault.what}`;
			if (!isWanted(full)) continue;
			const wrong = await tryFault(run, clean, request, fault);
			if (wrong.length === 0) continue;
			counts.wrong += 1;
			problems.push(tellWrong(full, wrong));
		}
	}
	tellDone(name);
	if (problems.length > 0) throw new Error(`Wrong outcomes:\n${problems.join('\n')}`);
});
