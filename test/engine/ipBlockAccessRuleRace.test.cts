import { blockingByRule, duplicate, rulesPath } from '../support/accessRuleBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { DAY, earlierBlocks, showing } from '../support/earlierBlocks.cjs';
import { blocksOf, claimsOf, days } from '../support/ipBlocks.cjs';
import { moveTime, output, refusal, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { accessRules, isBlocked } = blocksOf(cf);
const { access, writes } = blockingState(cf);
const { note, daysLeft } = earlierBlocks(time.now);

const com = seedIds.zones['example.com'];

describe('IP Block: Block by access rules, several runs at once', () => {
	test('the same address, new: one rule, one that made it, the later expiry', async () => {
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'POST', path: rulesPath } });
		const runs = await Promise.all([
			output(blockingByRule('45.1.2.3', days(7))),
			output(blockingByRule('45.1.2.3', days(1))),
		]);
		expect(accessRules()).toHaveLength(1);
		expect(daysLeft(accessRules()[0].notes)).toBeCloseTo(7, 3);
		const outcomes = runs.map(([{ outcome }]) => outcome);
		expect(outcomes.filter((outcome) => outcome === 'blocked')).toHaveLength(1);
		expect(claimsOf(cf, runs[0])).toEqual([]);
	});

	test('different addresses: none is lost', async () => {
		const of = (last: number) => Array.from({ length: 20 }, (_, index) => `45.1.${last}.${index}`);
		cf.faults.add({ kind: 'hold', until: 2, match: { method: 'POST', path: rulesPath } });
		await Promise.all([output(blockingByRule(of(1).join())), output(blockingByRule(of(2).join()))]);
		expect([...of(1), ...of(2)].filter((ip) => !isBlocked(ip))).toEqual([]);
	});

	test('somebody deletes the rule in between: made anew', async () => {
		const rule = access('45.1.2.3', { notes: note(DAY) });
		const shown = { ...rule, scope: { id: com, type: 'zone' } };
		cf.faults.add({ ...duplicate, match: { ...duplicate.match, nth: 1 } });
		cf.faults.add(showing(rulesPath, [shown]));
		cf.state.accessRules.remove(rule, 'none');
		const results = await output(blockingByRule('45.1.2.3', days(7)));
		expect(results).toMatchObject([{ outcome: 'blocked' }]);
		expect(claimsOf(cf, results)).toEqual([]);
	});

	test('somebody keeps setting an earlier expiry: an error, no claim', async () => {
		const rule = access('45.1.2.3', { notes: note(DAY) });
		const shown = { ...rule, scope: { id: com, type: 'zone' } };
		cf.faults.add({ ...showing(rulesPath, [shown]), times: 60 });
		const text = await refusal(blockingByRule('45.1.2.3', days(7)));
		expect(text).toContain('somebody else works on it');
		expect(writes().map(({ method }) => method)).toEqual(['POST', ...Array(9).fill('PATCH')]);
	});
});
