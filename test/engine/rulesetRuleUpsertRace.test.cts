import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { fromAddress } from '../support/createRule.cjs';
import { jsonOf, locator, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { runElsewhere } from '../support/otherProcess.cjs';
import { com, ruleParameters } from '../support/ruleOperations.cjs';
import { entryPoints, holdEntryPoint, rulesOf, setRules } from '../support/rulesets.cjs';

const cf = useCloudflare();
const { zones } = seedIds;
type Fields = Record<string, unknown>;

const address = (number: number) => `198.51.100.${number}`;
const parameters = (number: number, more: Fields = {}) =>
	ruleParameters('upsert', {
		ref: 'case-1',
		ruleAction: 'block',
		conditions: fromAddress(address(number)),
		...more,
	});
const ofRef = (zone = com) => rulesOf(cf, zone).filter(({ ref }) => ref === 'case-1');

describe('Ruleset Rule: Create or Update, several at the same time', () => {
	let front: HttpFront;
	beforeAll(async () => {
		front = await serveHttp(cf);
	});
	afterAll(async () => await front.close());

	/** One rule with one of the definitions, and every run tells of its own. */
	function expectOne(owner: string, outputs: Fields[]) {
		const rules = ofRef(owner);
		expect(rules).toHaveLength(1);
		const [{ id, version, expression }] = rules;
		expect(outputs.map((output) => output.expression)).toEqual(
			outputs.map((_, index) => `ip.src in {${address(index + 1)}}`),
		);
		expect(outputs.map((output) => output.id)).toEqual(outputs.map(() => id));
		expect(outputs.filter(({ created }) => created === true)).toHaveLength(1);
		// The last one's definition is there, and the others are told as previous ones.
		expect(outputs.find((output) => output.version === version)?.expression).toBe(expression);
		const told = outputs.flatMap(({ previous }) =>
			previous ? [(previous as Fields).expression] : [],
		);
		expect(told).not.toContain(expression);
		expect(new Set(told).size).toBe(outputs.length - 1);
	}

	test.each([
		['example.com', 2, {}],
		['example.com', 3, { position: 'first' }],
		['example.net', 3, {}],
	] as const)(
		'%s, %i runs, %j',
		async (name, count, place) => {
			const owner = zones[name];
			const zone = locator('name', name);
			for (let round = 1; round <= 6; round += 1) {
				cf.reset();
				const others = structuredClone(entryPoints(cf, owner)[0]?.rules ?? []);
				holdEntryPoint(cf, owner, count);
				const runs = await Promise.all(
					Array.from({ length: count }, async (_, index) =>
						runNode({
							parameters: parameters(index + 1, { zone, ...place }),
							executionId: `run-${index}`,
							waits: 'real',
						}),
					),
				);
				expectOne(
					owner,
					runs.map((each) => jsonOf(each)[0]),
				);
				expect(rulesOf(cf, owner).filter(({ ref }) => ref !== 'case-1')).toEqual(others);
			}
		},
		120_000,
	);

	test('two processes, five times', async () => {
		const owners = [
			'example.com',
			'example.net',
			'example.org',
			'enterprise.example',
			'store-001.example',
		] as const;
		const ids = owners.map((name) => {
			const zone = [...cf.state.zones.values()].find((each) => each.name === name);
			return String(zone?.id);
		});
		for (const id of ids) holdEntryPoint(cf, id, 2);
		const [first, second] = await Promise.all(
			[1, 2].map(async (number) => {
				const runs = owners.map((name, index) => ({
					parameters: parameters(number, { zone: locator('name', name) }),
					executionId: `process-${number}-${index}`,
				}));
				return await runElsewhere<Fields>({ sandbox: front.url, runs });
			}),
		);
		ids.forEach((id, index) => expectOne(id, [first[index], second[index]]));
	}, 180_000);
});

test('an upsert that meets a deletion creates the rule', async () => {
	expect((await runNode({ parameters: parameters(1) })).error).toBeUndefined();
	let gone = false;
	cf.faults.add({ kind: 'rateLimited', match: { method: 'PATCH' } });
	const { items, error } = await runNode({
		parameters: parameters(1, { ruleAction: 'challenge' }),
		onWait: () => {
			const rules = rulesOf(cf, com).filter(({ ref }) => ref !== 'case-1');
			if (!gone) setRules(cf, seedIds.rulesets.exampleComCustom, rules);
			gone = true;
		},
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ action: 'challenge', created: true });
	expect(ofRef()).toHaveLength(1);
});
