import { blocking, blocksOf } from '../support/ipBlocks.cjs';
import { exampleCom, locator, output, useCloudflare } from '../support/nodeTest.cjs';

type Rule = Record<string, unknown>;

/** What comes in place of our rule, in the answer to the request that made it. */
let inPlaceOf: (rule: Rule) => unknown[] = (rule) => [rule];
const cf = useCloudflare({}, async (request, response) => {
	if (request.method !== 'POST' || !/\/rulesets(?:$|\/[^/]+\/rules$)/.test(request.url))
		return response;
	const answer = (await response.json()) as { result: { rules: Rule[] } };
	answer.result.rules = answer.result.rules.flatMap((rule) =>
		String(rule.ref).startsWith('n8n-block') ? (inPlaceOf(rule) as Rule[]) : [rule],
	);
	return Response.json(answer);
});
const { isBlocked, rules } = blocksOf(cf);

const without =
	(...names: string[]) =>
	(rule: Rule) => [
		Object.fromEntries(Object.entries(rule).filter(([name]) => !names.includes(name))),
	];

describe.each([
	['a zone with custom rules', exampleCom],
	['a zone without an entry point', locator('name', 'example.net')],
])('IP Block: Block in %s, when the answer about the new rule', (_where, zone) => {
	test.each<[what: string, change: typeof inPlaceOf]>([
		['leaves out its action', without('action')],
		['leaves out its expression', without('expression')],
		['leaves out its ID', without('id')],
		['holds nothing of it', () => [{}]],
		['leaves it out', () => []],
		['holds it twice', (rule) => [rule, rule]],
	])('%s: blocked, by one rule', async (_what, change) => {
		inPlaceOf = change;
		const [result] = await output(blocking('45.1.2.3', { zone }));
		expect(result).toMatchObject({ outcome: 'blocked', places: [{ outcome: 'blocked' }] });
		expect(rules()).toHaveLength(1);
		expect(isBlocked('45.1.2.3', zoneOf(result))).toBe(true);
		expect(cf.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
	});
});

const zoneOf = (result: Record<string, unknown>): string =>
	(result.places as Array<{ id: string }>)[0].id;
