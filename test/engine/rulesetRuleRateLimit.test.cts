import { refuses, type BadInput } from '../support/badInput.cjs';
import { fromAddress } from '../support/createRule.cjs';
import {
	locator,
	mainAccount,
	output,
	refusal,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { ruleOutput, ruleParameters } from '../support/ruleOperations.cjs';
import { entryPoints, rulesOf, snapshot } from '../support/rulesets.cjs';

const cf = useCloudflare();

const PHASE = 'http_ratelimit';
const zoneId = seedIds.zones['enterprise.example'];
type Parameters = Record<string, unknown>;
const login = {
	zone: locator('name', 'enterprise.example'),
	phase: PHASE,
	expressionFrom: 'expression',
	expression: 'http.request.uri.path eq "/login"',
};
const limit = (differences: Parameters = {}) => ({ ...login, ...differences });
const create = async (differences: Parameters = {}) =>
	await ruleOutput('create', limit(differences));
const COLO = 'cf.colo.id';

describe('Ruleset Rule: Create, a rate limiting rule', () => {
	test('takes defaults that every plan allows', async () => {
		const created = await create();
		expect(cf.calls.at(-1)?.body).toMatchObject({
			kind: 'zone',
			phase: PHASE,
			rules: [
				{
					action: 'block',
					ratelimit: {
						characteristics: [COLO, 'ip.src'],
						period: 10,
						requests_per_period: 100,
						mitigation_timeout: 10,
					},
				},
			],
		});
		expect(entryPoints(cf, zoneId, PHASE)).toHaveLength(1);
		expect(rulesOf(cf, zoneId, PHASE)).toEqual([expect.objectContaining({ id: created.id })]);
		expect(created).toMatchObject({ created: true, ruleset: { phase: PHASE } });
	});

	test('goes beside the rules that are there, and leaves custom rules alone', async () => {
		await create();
		const before = snapshot(cf);
		await create({
			expression: 'http.request.uri.path eq "/search"',
			additionalFields: { ref: 'search' },
		});
		const rules = rulesOf(cf, zoneId, PHASE);
		expect(rules.map(({ expression }) => expression)).toEqual([
			'http.request.uri.path eq "/login"',
			'http.request.uri.path eq "/search"',
		]);
		expect(entryPoints(cf, zoneId)).toEqual([]);
		expect(before).not.toEqual(snapshot(cf));
	});

	test.each<[what: string, fields: Parameters, ratelimit: object]>([
		[
			'all fields',
			{
				characteristics: ['http.host', 'ip.src.country'],
				period: 600,
				requestsPerPeriod: 5,
				mitigationTimeout: 3600,
				rateLimitOptions: {
					headerNames: 'X-Api-Key, Authorization',
					cookieNames: ['Session'],
					argumentNames: 'User',
					countingExpression: 'http.request.uri.path eq "/login" and http.request.method eq "POST"',
					requestsToOrigin: true,
				},
			},
			{
				characteristics: [
					COLO,
					'http.host',
					'ip.src.country',
					'http.request.headers["x-api-key"]',
					'http.request.headers["authorization"]',
					'http.request.cookies["Session"]',
					'http.request.uri.args["User"]',
				],
				period: 600,
				requests_per_period: 5,
				mitigation_timeout: 3600,
				counting_expression: 'http.request.uri.path eq "/login" and http.request.method eq "POST"',
				requests_to_origin: true,
			},
		],
		[
			'texts and a list from expressions',
			{
				characteristics: '={{ ["cf.unique_visitor_id", "cf.colo.id"] }}',
				period: '={{ "60" }}',
				requestsPerPeriod: '={{ "7" }}',
				mitigationTimeout: '={{ "0" }}',
			},
			{
				characteristics: [COLO, 'cf.unique_visitor_id'],
				period: 60,
				requests_per_period: 7,
				mitigation_timeout: 0,
			},
		],
		[
			'a header alone',
			{ characteristics: [], rateLimitOptions: { headerNames: 'X-Key' } },
			{ characteristics: [COLO, 'http.request.headers["x-key"]'] },
		],
	])('sends %s', async (_what, fields, ratelimit) => {
		const created = await create(fields);
		expect(created.ratelimit).toMatchObject(ratelimit);
		expect(rulesOf(cf, zoneId, PHASE)[0].ratelimit).toEqual(created.ratelimit);
	});

	test.each(['challenge', 'js_challenge', 'managed_challenge'])(
		'%s takes the timeout 0 by itself',
		async (ruleAction) => {
			const { ratelimit } = await create({ ruleAction });
			expect(ratelimit).toMatchObject({ mitigation_timeout: 0 });
		},
	);

	test('in a ruleset by ID, whose phase must be the chosen one', async () => {
		const { ruleset } = await create();
		const { id } = ruleset as { id: string };
		const inRuleset = { rulesetFrom: 'ruleset', ruleset: locator('id', id) };
		await create({ ...inRuleset, additionalFields: { ref: 'second' } });
		expect(rulesOf(cf, zoneId, PHASE)).toHaveLength(2);
		const before = snapshot(cf);
		const text = await refusal(
			ruleParameters('create', {
				...inRuleset,
				zone: login.zone,
				conditions: fromAddress('192.0.2.1'),
			}),
		);
		expect(text).toContain('belongs to the phase "http_ratelimit"');
		expect(text).toContain(
			'A ruleset of the phase http_request_firewall_custom (Custom Rules (WAF))',
		);
		expect(snapshot(cf)).toEqual(before);
	});

	test('one with the same definition is found by its ref', async () => {
		const parameters = {
			additionalFields: { ref: 'login' },
			characteristics: ['http.host', 'ip.src'],
		};
		const first = await create(parameters);
		expect(await create({ ...parameters, characteristics: ['ip.src', 'http.host'] })).toEqual({
			...first,
			created: false,
		});
		const text = await refusal(
			ruleParameters('create', limit({ ...parameters, requestsPerPeriod: 1 })),
		);
		expect(text).toContain('another definition');
	});

	test('Dry Run shows the whole limit', async () => {
		const before = snapshot(cf);
		const [item] = await output(
			ruleParameters('create', limit({ options: { dryRun: true }, requestsPerPeriod: 3 })),
		);
		expect(item).toMatchObject({
			dryRun: true,
			request: { body: { rules: [{ ratelimit: { requests_per_period: 3 } }] } },
		});
		expect(snapshot(cf)).toEqual(before);
	});

	test('at account level, a ruleset can be run', async () => {
		const ofAccount = { scope: 'account', account: mainAccount, phase: PHASE };
		const custom = { ...ofAccount, ...login, zone: undefined };
		const { ruleset } = await ruleOutput('create', custom);
		expect(ruleset).toMatchObject({ kind: 'root', phase: PHASE });
		const text = await refusal(
			ruleParameters('create', {
				...custom,
				ruleAction: 'execute',
				executeRuleset: locator('id', seedIds.rulesets.accountCustom),
			}),
			{ executionId: '2' },
		);
		// Sent without a limit; the stand-in then misses a ruleset of this phase.
		expect(text).toContain('there is no custom or managed ruleset of the http_ratelimit phase');
	});
});

const bad = (what: string, fields: Parameters, field: string, expected: string): BadInput => [
	what,
	ruleParameters('create', limit(fields)),
	field,
	expected,
];

refuses('Bad input: rate limits', cf, [
	bad('an action of another phase', { ruleAction: 'skip' }, 'Action: got "skip"', 'One of: block'),
	bad('execute for a zone', { ruleAction: 'execute' }, 'Action:', 'One of: block'),
	...[7, 0, '={{ "10 s" }}', '={{ null }}'].map((period) =>
		bad(`period ${period}`, { period }, 'Period:', period === 7 ? '10, 15, 20' : 'A whole number'),
	),
	...[0, 1.5, '={{ "many" }}'].map((requestsPerPeriod) =>
		bad(
			`${requestsPerPeriod} requests`,
			{ requestsPerPeriod },
			'Requests Per Period:',
			'A whole number from 1',
		),
	),
	bad('a negative timeout', { mitigationTimeout: -1 }, 'Mitigation Timeout:', 'from 0'),
	bad(
		'both kinds of addresses',
		{ characteristics: ['ip.src', 'cf.unique_visitor_id'] },
		'Count Requests By: got both',
		'One of the two',
	),
	bad('nothing to count by', { characteristics: [] }, 'Count Requests By:', 'At least one'),
	bad('only the data center', { characteristics: [COLO] }, 'Count Requests By:', 'At least one'),
	bad(
		'an unknown characteristic',
		{ characteristics: ['ip.dst'] },
		'Count Requests By: got "ip.dst"',
		'One of: ip.src.asnum',
	),
	bad(
		'a header with a blank',
		{ rateLimitOptions: { headerNames: 'x key' } },
		'Header Names: got "x key"',
		'Names of request headers',
	),
	bad(
		'a cookie with a quotation mark',
		{ rateLimitOptions: { cookieNames: 'a"b' } },
		'Cookie Names:',
		'Names of cookies',
	),
	bad(
		'a query argument with a line break in a list',
		{ rateLimitOptions: { argumentNames: '={{ ["a\\nb"] }}' } },
		'Query Argument Names:',
		'Names of query arguments',
	),
	bad(
		'a query argument that tries to get out of its quotes',
		{ rateLimitOptions: { argumentNames: 'a"] or true' } },
		'Query Argument Names:',
		'Names of query arguments',
	),
	bad(
		'a blank counting expression',
		{ rateLimitOptions: { countingExpression: ' ' } },
		'Counting Expression:',
		'An expression such as',
	),
	bad(
		'a doubtful origin',
		{ rateLimitOptions: { requestsToOrigin: '={{ "maybe" }}' } },
		'Requests to Origin Only:',
		'true or false',
	),
]);
