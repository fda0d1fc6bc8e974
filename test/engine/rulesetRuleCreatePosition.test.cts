import { blockRule, createRule } from '../support/createRule.cjs';
import { locator, refusal, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { rulesOf, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();

const com = seedIds.zones['example.com'];
const descriptions = () => rulesOf(cf, com).map(({ description }) => description);
const [office, login, scanners] = [
	'Let the office through',
	'Challenge log-in attempts',
	'Block scanners',
];
const ruleId = (description: string) =>
	rulesOf(cf, com).find((rule) => rule.description === description)?.id;
const additionalFields = { description: 'new' };

describe('Ruleset Rule: Create, the position', () => {
	test.each<[position: object, neighbour: string | undefined, order: string[]]>([
		[{}, undefined, [office, login, scanners, 'new']],
		[{ position: 'last' }, undefined, [office, login, scanners, 'new']],
		[{ position: 'first' }, undefined, ['new', office, login, scanners]],
		[{ position: 'before' }, office, ['new', office, login, scanners]],
		[{ position: 'before' }, scanners, [office, login, 'new', scanners]],
		[{ position: 'after' }, office, [office, 'new', login, scanners]],
		[{ position: 'after' }, scanners, [office, login, scanners, 'new']],
		[{ position: 'index', positionIndex: 1 }, undefined, ['new', office, login, scanners]],
		[{ position: 'index', positionIndex: 2 }, undefined, [office, 'new', login, scanners]],
		[{ position: 'index', positionIndex: 4 }, undefined, [office, login, scanners, 'new']],
		[
			{ position: 'index', positionIndex: '={{ "3" }}' },
			undefined,
			[office, login, 'new', scanners],
		],
	])('%j %s', async (position, neighbour, order) => {
		const before = new Map(rulesOf(cf, com).map((rule) => [rule.id, structuredClone(rule)]));
		const positionRule = locator('id', neighbour && ruleId(neighbour));
		await createRule({ ...position, ...(neighbour ? { positionRule } : {}), additionalFields });
		expect(descriptions()).toEqual(order);
		for (const rule of rulesOf(cf, com)) {
			if (rule.description !== 'new') expect(rule).toEqual(before.get(rule.id));
		}
	});

	test('last is left to the API, so that another run in between does not matter', async () => {
		await createRule();
		expect(cf.calls.at(-1)?.body).not.toHaveProperty('position');
	});

	test.each([
		['index', 5, 'Number: got 5, but the ruleset has 3 rules', 'from 1 to 4'],
		['before', undefined, 'Rule: the ruleset has no rule', 'A rule of the chosen ruleset'],
		['after', undefined, 'Rule: the ruleset has no rule', 'A rule of the chosen ruleset'],
	])(
		'%s: a place that does not exist is refused',
		async (position, positionIndex, problem, expected) => {
			const before = snapshot(cf);
			const positionRule = locator('id', '0'.repeat(32));
			const text = await refusal(blockRule({ position, positionIndex, positionRule }));
			expect(text).toContain(problem);
			expect(text).toContain(expected);
			expect(snapshot(cf)).toEqual(before);
		},
	);

	test.each([
		[{ position: 'first' }, true],
		[{ position: 'index', positionIndex: 1 }, true],
		[{ position: 'index', positionIndex: 2 }, false],
		[{ position: 'after', positionRule: locator('id', '0'.repeat(32)) }, false],
	])('in a phase without rules: %j', async (position, possible) => {
		const zone = locator('name', 'example.net');
		const { error } = await runNode({ parameters: blockRule({ zone, ...position }) });
		expect(error === undefined).toBe(possible);
		if (possible) expect(rulesOf(cf, seedIds.zones['example.net'])).toHaveLength(1);
		else expect(cf.state.changes).toEqual([]);
	});
});
