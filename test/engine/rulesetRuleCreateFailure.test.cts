import { blockRule, createRule } from '../support/createRule.cjs';
import { locator, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';
import { entryPoints, rulesOf, setRules, type Rule } from '../support/rulesets.cjs';

let failsAfterEffect = 0;
let status = 500;
const cf = useCloudflare({}, (request, response) => {
	if (request.method !== 'POST' || failsAfterEffect === 0) return response;
	failsAfterEffect -= 1;
	const body = '<!DOCTYPE html><html><body>Error</body></html>';
	return new Response(body, { status, headers: { 'Content-Type': 'text/html' } });
});
beforeEach(() => {
	failsAfterEffect = 0;
	status = 500;
});

const posts = () => cf.calls.filter(({ method }) => method === 'POST');
const POST = { method: 'POST' };

describe.each([
	['with an entry point', 'example.com', 3],
	['without an entry point', 'example.net', 0],
] as const)('Ruleset Rule: Create on a zone %s', (_what, name, before) => {
	const zone = locator('name', name);
	const owner = seedIds.zones[name];

	async function expectOneNewRule(attempts: number) {
		const created = await createRule({ zone });
		expect(entryPoints(cf, owner)).toHaveLength(1);
		expect(rulesOf(cf, owner)).toHaveLength(before + 1);
		const stored = rulesOf(cf, owner).at(-1);
		expect(created).toMatchObject({ id: stored?.id, ref: stored?.ref, created: true });
		expect(posts()).toHaveLength(attempts);
	}

	test('a POST answered 500 after it took effect is found to have worked', async () => {
		failsAfterEffect = 1;
		await expectOneNewRule(1);
	});

	// By the API's word 429 means that nothing was done, so it is repeated without looking.
	test('a POST answered 429 after it took effect leaves one rule, and takes nothing but its own back', async () => {
		failsAfterEffect = 1;
		status = 429;
		const others = before === 0 ? [] : structuredClone(rulesOf(cf, owner));
		await expectOneNewRule(2);
		expect(rulesOf(cf, owner).slice(0, before)).toEqual(others);
	});

	test('a POST cut after it took effect is found to have worked', async () => {
		cf.faults.add({ kind: 'cutAfter', match: POST });
		await expectOneNewRule(1);
	});

	test('a POST cut before it took effect is repeated', async () => {
		cf.faults.add({ kind: 'cutBefore', match: POST });
		await expectOneNewRule(2);
	});

	test('a POST refused by the rate limit is repeated', async () => {
		cf.faults.add({ kind: 'rateLimited', match: POST });
		await expectOneNewRule(2);
	});

	test('a POST answered with broken JSON is not taken for success', async () => {
		cf.faults.add({ kind: 'truncatedJson', match: POST });
		await expectOneNewRule(2);
	});

	test('cut before, then cut after: still one rule', async () => {
		cf.faults.add({ kind: 'cutBefore', match: { ...POST, nth: 1 } });
		cf.faults.add({ kind: 'cutAfter', match: { ...POST, nth: 2 } });
		await expectOneNewRule(2);
	});

	test('an effect that only the last try has is found', async () => {
		for (const nth of [1, 2, 3]) cf.faults.add({ kind: 'cutBefore', match: { ...POST, nth } });
		cf.faults.add({ kind: 'cutAfter', match: { ...POST, nth: 4 } });
		await expectOneNewRule(4);
	});

	test('a POST that never gets through is an error without an effect, and says so', async () => {
		cf.faults.add({ kind: 'cutBefore', match: POST, times: 10 });
		const { error } = await runNode({ parameters: blockRule({ zone }) });
		expect(error?.message).toContain('Cloudflare could not be reached');
		expect(error?.description).not.toContain('It is not known whether');
		expect(cf.state.changes).toEqual([]);
		expect(posts()).toHaveLength(4);
	});

	test('when the effect cannot be learnt, nothing is repeated and the message says what to look for', async () => {
		cf.faults.add({ kind: 'cutAfter', match: POST });
		for (const nth of [2, 3, 4, 5]) {
			cf.faults.add({ kind: 'html', match: { method: 'GET', path: /\/entrypoint$/, nth } });
		}
		const { error } = await runNode({ parameters: blockRule({ zone }) });
		expect(error?.description).toContain('It is not known whether the request was carried out');
		expect(posts()).toHaveLength(1);
		expect(rulesOf(cf, owner)).toHaveLength(before + 1);
	});

	test('a refusal is not repeated', async () => {
		const errors = [{ code: 10000, message: 'Authentication error' }];
		cf.faults.add({ kind: 'status', status: 403, errors, match: POST });
		const { error } = await runNode({ parameters: blockRule({ zone }) });
		expect(error?.description).toContain('Zone → Zone WAF → Edit');
		expect(posts()).toHaveLength(1);
		expect(cf.state.changes).toEqual([]);
	});
});

test('an entry point that is deleted between the read and the write is created again', async () => {
	// The rule cannot be added to a ruleset that is gone by then.
	const errors = [{ code: 10001, message: 'could not find ruleset' }];
	cf.faults.add({ kind: 'status', status: 404, errors, match: POST });
	cf.faults.add({
		kind: 'status',
		status: 404,
		errors: [{ code: 10003, message: 'could not find entrypoint ruleset' }],
		match: { method: 'GET', path: /\/entrypoint$/, nth: 2 },
	});
	const { error } = await runNode({ parameters: blockRule() });
	// The stand-in still has its entry point, so the second POST meets 20217 and the third adds the rule.
	expect(error).toBeUndefined();
	expect(rulesOf(cf, seedIds.zones['example.com'])).toHaveLength(4);
	expect(posts().map(({ status }) => status)).toEqual([404, 400, 200]);
});

describe("another run's rule with the same ref", () => {
	const additionalFields = { ref: 'case-1' };
	const com = seedIds.zones['example.com'];
	const others = (more: object) => {
		const before = structuredClone(rulesOf(cf, com));
		const rule = { ...before[2], id: 'f'.repeat(32), ref: 'case-1', ...more };
		return { before, rule };
	};
	const run = async (rule: Rule, when: 'cutBefore' | 'cutAfter', isFirst: boolean) => {
		cf.faults.add({ kind: when, match: { ...POST, nth: 1 } });
		let added = false;
		return await runNode({
			parameters: blockRule({ additionalFields }),
			// While the node waits before its next try, somebody else uses the ref.
			onWait: () => {
				const rules = rulesOf(cf, com);
				if (!added)
					setRules(
						cf,
						seedIds.rulesets.exampleComCustom,
						isFirst ? [rule, ...rules] : [...rules, rule],
					);
				added = true;
			},
		});
	};

	test('that came before ours is not taken for ours, and ours is taken back', async () => {
		const { before, rule } = others({});
		const { error } = await run(rule, 'cutBefore', false);
		expect(error?.message).toContain(
			`Ref: the rule "${rule.id}" of this ruleset has the ref "case-1"`,
		);
		expect(rulesOf(cf, com)).toEqual([...before, rule]);
	});

	test.each(['cutBefore', 'cutAfter'] as const)(
		'with the same definition, %s: there is one',
		async (when) => {
			const same = { action: 'block', expression: 'ip.src in {203.0.113.7}', description: '' };
			const { before, rule } = others(same);
			for (const isFirst of [false, true]) {
				cf.reset();
				const result = await run(rule, when, isFirst);
				expect(result.error).toBeUndefined();
				expect(rulesOf(cf, com)).toHaveLength(before.length + 1);
				const { id } = result.items[0].json;
				expect(rulesOf(cf, com).map((each) => each.id)).toContain(id);
				// The earlier one stays.
				expect(id === rule.id).toBe(when === 'cutBefore');
			}
		},
	);

	test('that came behind ours does not matter: ours stays, and is found although its answer was lost', async () => {
		const { before, rule } = others({});
		for (const isFirst of [false, true]) {
			cf.reset();
			const result = await run(rule, 'cutAfter', isFirst);
			expect(result.error).toBeUndefined();
			const { id, created, expression } = result.items[0].json;
			expect({ created, expression }).toEqual({
				created: true,
				expression: 'ip.src in {203.0.113.7}',
			});
			const rules = rulesOf(cf, com);
			// The other run takes back its own.
			expect(rules).toHaveLength(before.length + 2);
			expect(rules.map((each) => each.id)).toContain(id);
		}
	});
});
