import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { fromAddress } from '../support/createRule.cjs';
import {
	callLines,
	jsonOf,
	locator,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import {
	com,
	comparable,
	editRule,
	ruleOutput,
	ruleParameters,
	written,
} from '../support/ruleOperations.cjs';
import { CUSTOM, entryPoints, rulesOf, setRules, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();
const { zones } = seedIds;
type Fields = Record<string, unknown>;

const rule = (differences: Fields = {}): Fields => ({
	ref: 'case-1',
	ruleAction: 'block',
	conditions: fromAddress('203.0.113.7'),
	...differences,
});
const upsert = async (differences: Fields = {}) => await ruleOutput('upsert', rule(differences));
const ofRef = (zone = com) => rulesOf(cf, zone).filter(({ ref }) => ref === 'case-1');
const writes = () => cf.calls.filter(({ method }) => method !== 'GET').map(({ method }) => method);

describe('Ruleset Rule: Create or Update', () => {
	test('creates, finds, and updates by the ref, and leaves everything else alone', async () => {
		const others = structuredClone(rulesOf(cf, com));
		const first = await upsert();
		expect(first).toMatchObject({ ...ofRef()[0], created: true, changed: [], previous: null });
		expect(wouldBlock(cf.state, com, { ip: '203.0.113.7' }).blocked).toBe(true);

		const before = snapshot(cf);
		const second = await upsert();
		expect(second).toEqual({ ...first, created: false });
		expect(snapshot(cf)).toEqual(before);
		expect(writes()).toEqual(['POST']);

		const third = await upsert({ conditions: fromAddress('198.51.100.1') });
		expect(third).toMatchObject({
			id: first.id,
			expression: 'ip.src in {198.51.100.1}',
			created: false,
			changed: ['expression'],
			previous: { expression: 'ip.src in {203.0.113.7}', ref: 'case-1', position: { index: 4 } },
		});
		expect(writes()).toEqual(['POST', 'PATCH']);
		expect(ofRef()).toHaveLength(1);
		expect(rulesOf(cf, com).slice(0, 3)).toEqual(others);
		expect(wouldBlock(cf.state, com, { ip: '203.0.113.7' }).blocked).toBe(false);
		expect(wouldBlock(cf.state, com, { ip: '198.51.100.1' }).blocked).toBe(true);
	});

	test('creates the entry point', async () => {
		const item = await upsert({ zone: locator('name', 'example.net') });
		expect(item.created).toBe(true);
		expect(entryPoints(cf, zones['example.net'])).toHaveLength(1);
		expect(callLines(cf).at(-1)).toBe(`POST /zones/${zones['example.net']}/rulesets 200`);
	});

	test('what is left out takes the default that a new rule has', async () => {
		await upsert({
			additionalFields: { description: 'Case 1', enabled: false },
			ruleAction: 'skip',
		});
		const item = await upsert();
		expect(item.changed).toEqual(['action', 'action_parameters', 'description', 'enabled']);
		expect(written(ofRef()[0])).toEqual({
			action: 'block',
			expression: 'ip.src in {203.0.113.7}',
			description: '',
			enabled: true,
			ref: 'case-1',
		});
	});

	test('changes a rule of somebody else that has the ref, and previous puts it back', async () => {
		const before = comparable(structuredClone(rulesOf(cf, com)));
		const item = await upsert({ ref: 'block_scanners', position: 'first' });
		expect(item).toMatchObject({
			created: false,
			changed: ['description', 'expression', 'position'],
		});
		expect(rulesOf(cf, com)).toHaveLength(3);
		const back = {
			ref: '={{ $json.ref }}',
			defineBy: 'definition',
			definition: '={{ $json.previous }}',
		};
		const undone = await ruleOutput('upsert', back, { items: [item] });
		expect(undone.changed).toEqual(item.changed);
		expect(comparable(rulesOf(cf, com))).toEqual(before);
	});

	test.each<[place: Fields, order: string[]]>([
		[{}, ['office', 'case-1', 'log-in', 'scanners']],
		[{ position: 'keep' }, ['office', 'case-1', 'log-in', 'scanners']],
		[{ position: 'last' }, ['office', 'log-in', 'scanners', 'case-1']],
		[{ position: 'first' }, ['case-1', 'office', 'log-in', 'scanners']],
		[{ position: 'index', positionIndex: 3 }, ['office', 'log-in', 'case-1', 'scanners']],
	])('a rule that is there goes where it is wished: %j', async (place, order) => {
		const additionalFields = { description: 'case-1' };
		await upsert({ position: 'index', positionIndex: 2, additionalFields });
		const item = await upsert({ ...place, additionalFields });
		const descriptions = rulesOf(cf, com).map(({ description }) => description);
		expect(descriptions.map((text) => order.find((word) => text.includes(word)))).toEqual(order);
		const moved = order.indexOf('case-1') !== 1;
		expect(item.changed).toEqual(moved ? ['position'] : []);
		expect(writes()).toEqual(moved ? ['POST', 'PATCH'] : ['POST']);
	});

	test('a rate limiting rule', async () => {
		const limit = { zone: locator('name', 'enterprise.example'), phase: 'http_ratelimit' };
		await upsert(limit);
		expect(await upsert(limit)).toMatchObject({ created: false, changed: [] });
		const item = await upsert({ ...limit, requestsPerPeriod: 7 });
		expect(item).toMatchObject({ changed: ['ratelimit'], ratelimit: { requests_per_period: 7 } });
		expect(item.previous).toMatchObject({ ratelimit: { requests_per_period: 100 } });
	});

	test('what Cloudflare adds to a rule is no difference', async () => {
		const { id } = await upsert();
		const rules = rulesOf(cf, com).map((each) =>
			each.id === id ? { ...each, categories: [], logging: { enabled: true } } : each,
		);
		setRules(cf, seedIds.rulesets.exampleComCustom, rules);
		expect(await upsert()).toMatchObject({ created: false, changed: [] });
	});

	test('several rules with the ref are refused by name, after some waiting', async () => {
		const { id } = await upsert();
		const other = editRule(cf, 'scanners', { ref: 'case-1' });
		const before = snapshot(cf);
		const result = await runNode({ parameters: ruleParameters('upsert', rule()) });
		expect(result.error?.message).toContain(
			'Ref: several rules of the ruleset have the ref "case-1"',
		);
		for (const one of [String(id), other.id]) expect(result.error?.message).toContain(one);
		expect(result.waits.length).toBeGreaterThan(3);
		expect(snapshot(cf)).toEqual(before);
	});

	test.each<[what: string, parameters: Fields, words: string]>([
		['no ref', { ref: '' }, 'Ref: got an empty text Expected: A name of your own'],
		['a blank ref', { ref: '={{ " " }}' }, 'Ref: got an empty text'],
		['nothing as ref', { ref: '={{ null }}' }, 'Ref: got nothing'],
		['no address', { conditions: fromAddress('') }, 'Conditions → Condition 1 → Value:'],
	])('refuses %s before any request', async (_what, parameters, words) => {
		expect(await refusal(ruleParameters('upsert', rule(parameters)))).toContain(words);
		expect(cf.calls).toEqual([]);
	});

	test('items are linked, and one that fails stands alone', async () => {
		const result = await runNode({
			parameters: ruleParameters('upsert', {
				...rule(),
				ref: '={{ $json.ref }}',
				conditions: fromAddress('={{ $json.ip }}'),
			}),
			items: [
				{ ref: 'a', ip: '198.51.100.1' },
				{ ref: 'b', ip: 'x' },
				{ ref: 'a', ip: '198.51.100.3' },
			],
			onError: 'continueRegularOutput',
		});
		const outputs = jsonOf(result);
		expect(outputs.map(({ created }) => created)).toEqual([true, undefined, false]);
		expect(outputs[2]).toMatchObject({ id: outputs[0].id, changed: ['expression'] });
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
		expect(rulesOf(cf, com)).toHaveLength(4);
	});

	test('Dry Run shows each of the three cases and changes nothing', async () => {
		const dry = async (differences: Fields = {}) => {
			const before = snapshot(cf);
			const item = await upsert({ ...differences, options: { dryRun: true } });
			expect(snapshot(cf)).toEqual(before);
			return item;
		};
		const last = () => {
			const { method, path, body } = cf.calls.at(-1)!;
			return { method, path, body };
		};
		const creating = await dry();
		expect(creating.effect).toContain('which has 3 rules');
		await upsert();
		expect(last()).toEqual(creating.request);
		const nothing = await dry();
		expect(nothing).toMatchObject({ request: null, ruleset: { phase: CUSTOM } });
		expect(nothing.effect).toContain('Nothing would change');
		const updating = await dry({ ruleAction: 'challenge' });
		expect(updating.effect).toContain('would change: action');
		await upsert({ ruleAction: 'challenge' });
		expect(last()).toEqual(updating.request);
	});

	test.each([
		['rateLimited', 'POST'],
		['cutBefore', 'POST'],
		['cutAfter', 'POST'],
		['truncatedJson', 'POST'],
		['rateLimited', 'PATCH'],
		['cutBefore', 'PATCH'],
		['cutAfter', 'PATCH'],
		['truncatedJson', 'PATCH'],
	] as const)('%s at the %s leaves one rule', async (kind, method) => {
		if (method === 'PATCH') await upsert({ ruleAction: 'challenge' });
		const others = structuredClone(rulesOf(cf, com).slice(0, 3));
		cf.faults.add({ kind, match: { method } });
		const item = await upsert();
		expect(ofRef()).toEqual([expect.objectContaining({ id: item.id, action: 'block' })]);
		expect(item.created).toBe(method === 'POST');
		if (method === 'PATCH') expect(item.previous).toMatchObject({ action: 'challenge' });
		expect(rulesOf(cf, com).slice(0, 3)).toEqual(others);
	});
});
