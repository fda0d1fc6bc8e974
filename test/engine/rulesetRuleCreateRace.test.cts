import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { blockRule, createRule, fromAddress } from '../support/createRule.cjs';
import {
	jsonOf,
	locator,
	mainAccount,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { runElsewhere } from '../support/otherProcess.cjs';
import { entryPoints, holdEntryPoint, rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare();

const ENTRY_POINT = /\/entrypoint$/;
const { zones } = seedIds;

let front: HttpFront;
beforeAll(async () => {
	front = await serveHttp(cf);
});
afterAll(async () => await front.close());

type Output = Record<string, unknown>;

/** Creates rules, one after the other, in an n8n engine of another operating-system process. */
async function createElsewhere(
	name: string,
	rules: Array<Record<string, unknown>>,
): Promise<Output[]> {
	const runs = rules.map((parameters, index) => ({ parameters, executionId: `${name}-${index}` }));
	return await runElsewhere<Output>({ sandbox: front.url, runs });
}

interface Target {
	what: string;
	parameters: Record<string, unknown>;
	owner: string;
	/** How many rules are there before. */
	before: number;
	/** A zone that the rules protect. */
	zone: string;
}

const targets: Target[] = [
	{
		what: 'an entry point',
		parameters: { zone: locator('name', 'example.com') },
		owner: zones['example.com'],
		before: 3,
		zone: zones['example.com'],
	},
	{
		what: 'no entry point',
		parameters: { zone: locator('name', 'example.net') },
		owner: zones['example.net'],
		before: 0,
		zone: zones['example.net'],
	},
	{
		what: 'an entry point of the account',
		parameters: { scope: 'account', account: mainAccount },
		owner: seedIds.mainAccount,
		before: 1,
		zone: zones['example.org'],
	},
];

/** Only one entry point, the old rules as they were, and behind them exactly those of the runs. */
function expectAll({ owner, before, zone }: Target, old: unknown[], outputs: Output[]) {
	expect(entryPoints(cf, owner)).toHaveLength(1);
	const rules = rulesOf(cf, owner);
	expect(rules.slice(0, before)).toEqual(old);
	const added = rules.slice(before);
	expect(added.map(({ id }) => id).sort()).toEqual(outputs.map(({ id }) => String(id)).sort());
	expect(outputs.every(({ created }) => created === true)).toBe(true);
	for (let number = 1; number <= outputs.length; number += 1) {
		expect(wouldBlock(cf.state, zone, { ip: `198.51.100.${number}` }).blocked).toBe(true);
		// Each run got its own rule back, not another's.
		expect(outputs[number - 1].expression).toBe(`ip.src in {198.51.100.${number}}`);
	}
	expect(wouldBlock(cf.state, zone, { ip: '198.51.100.99' }).blocked).toBe(false);
	// All had read before one wrote.
	const ofOwner = cf.calls.filter(({ path }) => path.includes(owner));
	const firstWrite = ofOwner.findIndex(({ method }) => method === 'POST');
	expect(ofOwner.slice(0, firstWrite).filter(({ path }) => ENTRY_POINT.test(path))).toHaveLength(
		outputs.length,
	);
}

const oldRules = ({ owner, before }: Target) =>
	structuredClone(before === 0 ? [] : rulesOf(cf, owner));

describe('Ruleset Rule: Create, several at the same time', () => {
	test('two processes: both rules are there, and what was there stays', async () => {
		const old = targets.map(oldRules);
		for (const { owner } of targets) holdEntryPoint(cf, owner, 2);
		const [first, second] = await Promise.all(
			[1, 2].map(async (number) => {
				const conditions = fromAddress(`198.51.100.${number}`);
				return await createElsewhere(
					`process-${number}`,
					targets.map(({ parameters }) => blockRule({ ...parameters, conditions })),
				);
			}),
		);
		targets.forEach((target, index) =>
			expectAll(target, old[index], [first[index], second[index]]),
		);
	}, 120_000);

	test.each(targets)('four runs of one n8n: $what', async (target) => {
		const old = oldRules(target);
		holdEntryPoint(cf, target.owner, 4);
		const outputs = await Promise.all(
			[1, 2, 3, 4].map((number) =>
				createRule(
					{ ...target.parameters, conditions: fromAddress(`198.51.100.${number}`) },
					{ executionId: `run-${number}`, waits: 'real' },
				),
			),
		);
		expectAll(target, old, outputs);
	});
});

describe('Ruleset Rule: Create, several with the same ref at the same time', () => {
	const com = zones['example.com'];
	const additionalFields = { ref: 'case-1' };
	const ROUNDS = 5;

	/** Three runs that all have read before one writes. */
	async function race(conditions: (number: number) => object, more: object = {}) {
		holdEntryPoint(cf, com, 3);
		return await Promise.all(
			[1, 2, 3].map((number) =>
				runNode({
					parameters: blockRule({ conditions: conditions(number), additionalFields, ...more }),
					executionId: `run-${number}`,
					waits: 'real',
				}),
			),
		);
	}
	const places = [{}, { position: 'first' }, { position: 'index', positionIndex: 2 }];

	test.each(places)(
		'the same definition, %j: one rule, one run says that it made it',
		async (place) => {
			for (let round = 1; round <= ROUNDS; round += 1) {
				cf.reset();
				const old = structuredClone(rulesOf(cf, com));
				const outputs = (await race(() => fromAddress('198.51.100.1'), place)).map(
					(run) => jsonOf(run)[0],
				);
				const rules = rulesOf(cf, com);
				expect(rules.filter(({ ref }) => ref !== 'case-1')).toEqual(old);
				const [rule, ...more] = rules.filter(({ ref }) => ref === 'case-1');
				expect(more).toEqual([]);
				expect(outputs.map(({ id }) => id)).toEqual(Array(3).fill(rule.id));
				expect(outputs.filter(({ created }) => created === true)).toHaveLength(1);
			}
		},
	);

	test.each(places)('other definitions, %j: one rule, the others are refused', async (place) => {
		for (let round = 1; round <= ROUNDS; round += 1) {
			cf.reset();
			const old = structuredClone(rulesOf(cf, com));
			const runs = await race((number) => fromAddress(`198.51.100.${number}`), place);
			const rules = rulesOf(cf, com);
			expect(rules.filter(({ ref }) => ref !== 'case-1')).toEqual(old);
			const [rule, ...more] = rules.filter(({ ref }) => ref === 'case-1');
			expect(more).toEqual([]);
			const [winner, ...others] = runs.filter(({ error }) => !error);
			expect(others).toEqual([]);
			expect(jsonOf(winner)).toEqual([expect.objectContaining({ ...rule, created: true })]);
			for (const { error } of runs.filter((run) => run.error)) {
				expect(error?.message).toContain(`Ref: the rule "${rule.id}" of this ruleset has the ref`);
			}
		}
	});

	test('two processes: one rule', async () => {
		holdEntryPoint(cf, com, 2);
		const rule = blockRule({ additionalFields });
		const outputs = await Promise.all(
			[1, 2].map((number) => createElsewhere(`same-${number}`, [rule])),
		);
		const found = rulesOf(cf, com).filter(({ ref }) => ref === 'case-1');
		expect(found).toHaveLength(1);
		expect(outputs.map(([{ id }]) => id)).toEqual([found[0].id, found[0].id]);
		expect(outputs.map(([{ created }]) => created).sort()).toEqual([false, true]);
	}, 120_000);
});
