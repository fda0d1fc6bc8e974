import fc from 'fast-check';
import type { ItemOperation } from '../../../nodes/CloudflareSecurity/actions/operation';
import { create } from '../../../nodes/CloudflareSecurity/actions/rulesetRule/create.operation';
import { update } from '../../../nodes/CloudflareSecurity/actions/rulesetRule/update.operation';
import { upsert } from '../../../nodes/CloudflareSecurity/actions/rulesetRule/upsert.operation';
import { createCloudflare, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { Interleaving, type Trouble } from '../../support/interleave.cjs';
import { entryPoints, rulesOf, type Rule } from '../../support/rulesets.cjs';

const cf = createCloudflare({ zones: 4, accounts: 0, insights: 0, accessApps: 0, alerts: 0 });
const com = seedIds.zones['example.com'];
const net = seedIds.zones['example.net'];
type Output = Record<string, unknown>;
type Parameters = Record<string, unknown>;

const RUNS = 200;
const choices = fc.array(fc.nat(5), { maxLength: 80 });
const troubles = fc
	.array(
		fc.tuple(
			fc.nat(12),
			fc.constantFrom<Trouble[]>('cutBefore', 'cutAfter', 'failsAfter', 'rateLimited'),
		),
		{ maxLength: 3 },
	)
	.map((list) => new Map(list));
const noTroubles = fc.constant(new Map<number, Trouble>());
const places = fc.constantFrom<Parameters[]>(
	{},
	{ position: 'first' },
	{ position: 'index', positionIndex: 1 },
);

const rule = (zone: string, address: number, more: Parameters = {}): Parameters => ({
	scope: 'zone',
	zone: { mode: 'id', value: zone },
	rulesetFrom: 'phase',
	phase: 'http_request_firewall_custom',
	ruleAction: 'block',
	expressionFrom: 'expression',
	expression: `ip.src eq 192.0.2.${address}`,
	...more,
});

interface Plan {
	operation: ItemOperation;
	runs: Parameters[];
	order: number[];
	trouble: ReadonlyMap<number, Trouble>;
}

async function interleave({ operation, runs, order, trouble }: Plan) {
	cf.reset();
	const others = [com, net].map((zone) => structuredClone(entryPoints(cf, zone)[0]?.rules ?? []));
	const interleaving = new Interleaving(cf, order, trouble);
	const ends = await interleaving.run(
		runs.map((parameters, number) => async () => {
			const [output] = await operation.execute(interleaving.item(parameters, `run-${number}`));
			return output as Output;
		}),
	);
	const outputs = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
	const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as Error] : []));
	return { outputs, errors, others };
}

/** The rules with the ref, the others being as they were. */
function found(zone: string, before: Rule[]): Rule[] {
	const rules = rulesOf(cf, zone);
	expect(rules.filter(({ ref }) => ref !== 'case-1')).toEqual(before);
	return rules.filter(({ ref }) => ref === 'case-1');
}

const addresses = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 });
const zones = fc.constantFrom(com, net);

describe.each([
	['without trouble', noTroubles],
	['with broken connections and refusals', troubles],
])('several runs in any order, %s', (_what, anyTrouble) => {
	const calm = anyTrouble === noTroubles;

	test('Create with one ref: one rule, and the truth about it', async () => {
		await fc.assert(
			fc.asyncProperty(
				zones,
				addresses,
				places,
				choices,
				anyTrouble,
				async (zone, list, place, order, trouble) => {
					const runs = list.map((address) =>
						rule(zone, address, {
							...(zone === com ? place : {}),
							additionalFields: { ref: 'case-1' },
						}),
					);
					const { outputs, errors, others } = await interleave({
						operation: create,
						runs,
						order,
						trouble,
					});
					const rules = found(zone, others[zone === com ? 0 : 1]);
					expect(rules).toHaveLength(1);
					expect(outputs.length).toBeGreaterThan(0);
					for (const { id, expression } of outputs) {
						expect({ id, expression }).toEqual({
							id: rules[0].id,
							expression: rules[0].expression,
						});
					}
					for (const { message } of errors) expect(message).toContain('and another definition');
					const made = outputs.filter(({ created }) => created === true);
					if (calm) expect(made).toHaveLength(1);
				},
			),
			{ numRuns: RUNS },
		);
	}, 120_000);

	test('Create or Update with one ref: one rule with one of the definitions', async () => {
		await fc.assert(
			fc.asyncProperty(
				zones,
				addresses,
				places,
				choices,
				anyTrouble,
				async (zone, list, place, order, trouble) => {
					const runs = list.map((address) =>
						rule(zone, address, { ...(zone === com ? place : {}), ref: 'case-1' }),
					);
					const { outputs, errors, others } = await interleave({
						operation: upsert,
						runs,
						order,
						trouble,
					});
					expect(errors).toEqual([]);
					const rules = found(zone, others[zone === com ? 0 : 1]);
					expect(rules).toHaveLength(1);
					// Every run saw its own definition in the rule, and the last one's is there.
					expect(outputs.map(({ expression }) => expression)).toEqual(
						runs.map(({ expression }) => expression),
					);
					const last = outputs.filter(
						({ id, version }) => id === rules[0].id && version === rules[0].version,
					);
					expect(last.map(({ expression }) => expression)).toContain(rules[0].expression);
					if (calm) {
						expect(outputs.filter(({ created }) => created === true)).toHaveLength(1);
						const ids = outputs.map(({ id }) => id);
						expect(ids).toEqual(ids.map(() => rules[0].id));
					}
				},
			),
			{ numRuns: RUNS },
		);
	}, 120_000);

	const changes: Array<[fields: Parameters, wanted: Parameters]> = [
		[{ enabled: false }, { enabled: false }],
		[{ description: 'New' }, { description: 'New' }],
		[{ expression: 'ip.src eq 192.0.2.1' }, { expression: 'ip.src eq 192.0.2.1' }],
		[{ action: { action: { ruleAction: 'challenge' } } }, { action: 'challenge' }],
	];

	test('Update of different fields: all changes stay', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.shuffledSubarray(changes, { minLength: 2, maxLength: 2 }),
				choices,
				anyTrouble,
				async (list, order, trouble) => {
					const runs = list.map(([updateFields]) => ({
						...rule(com, 1),
						rule: { mode: 'ref', value: 'block_scanners' },
						updateFields,
					}));
					const { outputs, errors, others } = await interleave({
						operation: update,
						runs,
						order,
						trouble,
					});
					expect(errors).toEqual([]);
					const rules = rulesOf(cf, com);
					expect(rules.slice(0, 2)).toEqual(others[0].slice(0, 2));
					expect(rules).toHaveLength(3);
					expect(rules[2]).toMatchObject(
						Object.assign({}, ...list.map(([, wanted]) => wanted)) as object,
					);
					outputs.forEach(({ previous }, index) => {
						const [[member]] = Object.entries(list[index][1]);
						const { [member]: old } = others[0][2] as unknown as Output;
						expect((previous as Output)[member]).toEqual(old);
					});
				},
			),
			{ numRuns: RUNS },
		);
	}, 120_000);
});
