import { createRule, fromAddress } from '../support/createRule.cjs';
import { callLines, useCloudflare } from '../support/nodeTest.cjs';
import {
	byId,
	com,
	comparable,
	ruleNamed,
	ruleOutput,
	updateRule,
} from '../support/ruleOperations.cjs';
import { rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare();
type Fields = Record<string, unknown>;

describe('Ruleset Rule: Update, places and putting back', () => {
	test.each<[place: Fields, order: number[]]>([
		[{ position: 'first' }, [2, 0, 1]],
		[{ position: 'before', neighbour: 0 }, [2, 0, 1]],
		[{ position: 'after', neighbour: 0 }, [0, 2, 1]],
		[{ position: 'index', positionIndex: 2 }, [0, 2, 1]],
	])('moves: %j', async ({ neighbour, ...place }, order) => {
		const old = structuredClone(rulesOf(cf, com));
		const positionRule = neighbour === undefined ? {} : { positionRule: byId(old[neighbour as 0]) };
		const position = { position: { ...place, ...positionRule } };
		const item = await updateRule(cf, 'scanners', { position });
		expect(rulesOf(cf, com)).toEqual(order.map((index) => old[index]));
		expect(Object.keys(cf.calls.at(-1)?.body as object)).toEqual(['position']);
		expect(item).toMatchObject({ changed: ['position'], version: '1' });
	});

	test('changes and moves with one request', async () => {
		const position = { position: { position: 'first' } };
		const item = await updateRule(cf, 'scanners', { enabled: false, position });
		expect(rulesOf(cf, com)[0]).toMatchObject({ ref: 'block_scanners', enabled: false });
		expect(item.changed).toEqual(['enabled', 'position']);
		expect(callLines(cf)).toHaveLength(3);
	});

	test.each<[what: string, fields: Fields]>([
		[
			'everything',
			{
				action: { action: { ruleAction: 'skip' } },
				conditions: fromAddress('192.0.2.1'),
				description: 'Other',
				enabled: false,
				position: { position: { position: 'first' } },
			},
		],
		['one field', { enabled: false }],
		['the place', { position: { position: { position: 'index', positionIndex: 1 } } }],
	])('previous puts it back: %s', async (_what, fields) => {
		const before = comparable(structuredClone(rulesOf(cf, com)));
		const changed = await updateRule(cf, 'log-in', fields);
		expect(comparable(rulesOf(cf, com))).not.toEqual(before);
		const undone = await ruleOutput(
			'update',
			{
				rule: '={{ $json.id }}',
				defineBy: 'definition',
				definition: '={{ $json.previous }}',
			},
			{ items: [changed] },
		);
		expect(comparable(rulesOf(cf, com))).toEqual(before);
		expect(undone.changed).toEqual(changed.changed);
		// And once more forward.
		await ruleOutput(
			'update',
			{ rule: '={{ $json.id }}', defineBy: 'definition', definition: '={{ $json.previous }}' },
			{ items: [undone] },
		);
		expect(comparable(rulesOf(cf, com))).not.toEqual(before);
	});

	test('previous finds the place also when neighbours have come and gone', async () => {
		const changed = await updateRule(cf, 'log-in', {
			position: { position: { position: 'last' } },
		});
		await createRule({ position: 'first', additionalFields: { description: 'Other' } });
		const undo = { defineBy: 'definition', definition: '={{ $json.previous }}' };
		const rule = '={{ $json.id }}';
		await ruleOutput('update', { rule, ...undo }, { items: [changed] });
		const order = () => rulesOf(cf, com).map(({ description }) => description.split(' ')[0]);
		expect(order()).toEqual(['Other', 'Let', 'Challenge', 'Block']);
		const again = await updateRule(cf, 'log-in', { position: { position: { position: 'first' } } });
		await ruleOutput('delete', { rule: byId(ruleNamed(cf, 'office')) });
		await ruleOutput('update', { rule, ...undo }, { items: [again] });
		expect(order()).toEqual(['Other', 'Challenge', 'Block']);
	});
});
