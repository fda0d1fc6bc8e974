import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { blockRule, createRule, fromAddress } from '../support/createRule.cjs';
import {
	exampleCom,
	locator,
	mainAccount,
	refusal,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { rulesOf } from '../support/rulesets.cjs';

const cf = useCloudflare();

const { rulesets, zones } = seedIds;
const com = zones['example.com'];
const attacker = { ip: '203.0.113.7' };
const ofZone = { scope: 'zone', zone: exampleCom };
const ofAccount = { scope: 'account', account: mainAccount };
const ofEnterpriseZone = { scope: 'zone', zone: locator('name', 'enterprise.example') };
const response = (differences: object = {}) => ({
	blockResponse: {
		response: { statusCode: 403, contentType: 'text/plain', content: 'No', ...differences },
	},
});
const skipsRules = { action_parameters: { ruleset: 'current' }, logging: { enabled: true } };

/** What the action adds to the rule on the wire. */
const sentAction = () => {
	type Body = Record<string, unknown> & { rules?: Array<Record<string, unknown>> };
	const body = cf.calls.at(-1)?.body as Body;
	const { action, action_parameters, logging } = body.rules?.[0] ?? body;
	return {
		action,
		...(action_parameters === undefined ? {} : { action_parameters }),
		...(logging === undefined ? {} : { logging }),
	};
};

const cases: Array<[what: string, parameters: Record<string, unknown>, sent: object]> = [
	['block', { ruleAction: 'block' }, {}],
	[
		'block with a custom response',
		{
			ruleAction: 'block',
			...response({ statusCode: 429, content: '{"error":"no"}', contentType: 'application/json' }),
		},
		{
			action_parameters: {
				response: { status_code: 429, content_type: 'application/json', content: '{"error":"no"}' },
			},
		},
	],
	[
		'block with a response that takes the defaults',
		{ ruleAction: 'block', blockResponse: { response: { content: ' No ' } } },
		{
			action_parameters: {
				response: { status_code: 403, content_type: 'text/plain', content: ' No ' },
			},
		},
	],
	[
		'block with a status code that an expression gives as text',
		{ ruleAction: 'block', ...response({ statusCode: '={{ "451" }}' }) },
		{
			action_parameters: {
				response: { status_code: 451, content_type: 'text/plain', content: 'No' },
			},
		},
	],
	['challenge', { ruleAction: 'challenge' }, {}],
	['js_challenge', { ruleAction: 'js_challenge' }, {}],
	['managed_challenge', { ruleAction: 'managed_challenge' }, {}],
	['log', { ruleAction: 'log', ...ofEnterpriseZone }, {}],
	['skip with the defaults', { ruleAction: 'skip' }, skipsRules],
	[
		'skip without logging',
		{ ruleAction: 'skip', logMatches: false },
		{ ...skipsRules, logging: { enabled: false } },
	],
	[
		'skip the whole phase',
		{ ruleAction: 'skip', skipRules: 'phase' },
		{ action_parameters: { phase: 'current' }, logging: { enabled: true } },
	],
	[
		'skip phases and products',
		{
			ruleAction: 'skip',
			skipRules: 'none',
			skipPhases: ['http_ratelimit', 'http_request_sbfm', 'http_request_firewall_managed'],
			skipProducts: ['zoneLockdown', 'uaBlock', 'bic', 'hot', 'securityLevel', 'rateLimit', 'waf'],
		},
		{
			action_parameters: {
				phases: ['http_ratelimit', 'http_request_sbfm', 'http_request_firewall_managed'],
				products: ['zoneLockdown', 'uaBlock', 'bic', 'hot', 'securityLevel', 'rateLimit', 'waf'],
			},
			logging: { enabled: true },
		},
	],
	[
		'skip rules and one product from an expression',
		{ ruleAction: 'skip', skipRules: 'ruleset', skipProducts: '={{ "bic" }}' },
		{ action_parameters: { ruleset: 'current', products: ['bic'] }, logging: { enabled: true } },
	],
	['skip at account level', { ...ofAccount, ruleAction: 'skip' }, skipsRules],
	[
		'execute',
		{ ruleAction: 'execute', executeRuleset: locator('id', rulesets.accountCustom) },
		{ action_parameters: { id: rulesets.accountCustom } },
	],
	[
		'execute at account level',
		{
			...ofAccount,
			ruleAction: 'execute',
			executeRuleset: locator('list', rulesets.accountCustom),
			conditions: { condition: [{ field: 'cf.zone.plan', operator: 'eq', values: 'ENT' }] },
		},
		{ action_parameters: { id: rulesets.accountCustom } },
	],
	[
		'rewrite at account level',
		{ ...ofAccount, ruleAction: 'rewrite' },
		{
			action_parameters: {
				headers: { 'Exposed-Credential-Check': { operation: 'set', value: '1' } },
			},
		},
	],
	[
		'rewrite with a header of its own',
		{ ...ofAccount, ruleAction: 'rewrite', headerName: 'X-Checked', headerValue: 'yes "it" is' },
		{ action_parameters: { headers: { 'X-Checked': { operation: 'set', value: 'yes "it" is' } } } },
	],
];

describe('Ruleset Rule: Create, the actions', () => {
	test.each(cases)('%s', async (_what, parameters, sent) => {
		const created = await createRule(parameters);
		const rule = { action: parameters.ruleAction, ...sent };
		expect(sentAction()).toEqual(rule);
		expect(created).toMatchObject(rule);
		const stored = [...cf.state.rulesets.values()].flatMap(
			({ versions }) => versions.at(-1)?.rules,
		);
		expect(stored.find((each) => each?.id === created.id)).toMatchObject(rule);
	});

	test.each([
		['block', 'block'],
		['challenge', 'challenge'],
		['js_challenge', 'challenge'],
		['managed_challenge', 'challenge'],
	])('%s: the request meets a %s', async (ruleAction, outcome) => {
		const { id } = await createRule({ ruleAction });
		expect(wouldBlock(cf.state, com, attacker)).toMatchObject({ outcome, by: { rule: id } });
		expect(wouldBlock(cf.state, com, { ip: '203.0.113.8' }).outcome).toBe('pass');
	});

	test('log only records', async () => {
		const { id } = await createRule({ ruleAction: 'log', ...ofEnterpriseZone });
		const verdict = wouldBlock(cf.state, zones['enterprise.example'], attacker);
		expect(verdict.outcome).toBe('pass');
		expect(verdict.matched).toEqual([expect.objectContaining({ rule: id, action: 'log' })]);
	});

	test('skip lets the request pass what follows', async () => {
		const scan = { ...attacker, path: '/.env' };
		expect(wouldBlock(cf.state, com, scan).blocked).toBe(true);
		await createRule({ ruleAction: 'skip', position: 'first' });
		expect(wouldBlock(cf.state, com, scan).blocked).toBe(false);
		expect(wouldBlock(cf.state, com, { ...scan, ip: '203.0.113.8' }).blocked).toBe(true);
	});

	test('execute runs the other ruleset', async () => {
		// The account would block it too: take its entry point away.
		cf.state.rulesets.delete(rulesets.accountRoot);
		const sanctioned = { ip: '198.51.100.1', country: 'KP', path: '/x' };
		expect(wouldBlock(cf.state, com, sanctioned).blocked).toBe(false);
		await createRule({
			ruleAction: 'execute',
			executeRuleset: locator('id', rulesets.accountCustom),
			conditions: { condition: [{ field: 'http.request.uri.path', operator: 'eq', values: '/x' }] },
		});
		expect(wouldBlock(cf.state, com, sanctioned).blocked).toBe(true);
		expect(wouldBlock(cf.state, com, { ...sanctioned, path: '/y' }).blocked).toBe(false);
	});

	test('checks exposed credentials at account level', async () => {
		const check = {
			usernameExpression: 'url_decode(http.request.body.form["username"][0])',
			passphraseExpression: 'url_decode(http.request.body.form["password"][0])',
		};
		await createRule({
			...ofAccount,
			ruleAction: 'rewrite',
			additionalFields: { exposedCredentialCheck: { check } },
		});
		const expected = {
			username_expression: check.usernameExpression,
			password_expression: check.passphraseExpression,
		};
		expect(rulesOf(cf, seedIds.mainAccount).at(-1)?.exposed_credential_check).toEqual(expected);
	});

	test.each<[what: string, parameters: Record<string, unknown>, words: string]>([
		['log below Enterprise', { ruleAction: 'log' }, 'an Enterprise plan is required'],
		[
			'a custom response on a Free zone',
			{ zone: locator('name', 'example.net'), ...response() },
			'a Pro plan is required',
		],
		[
			'execute of a ruleset that does not exist',
			{ ruleAction: 'execute', executeRuleset: locator('id', '0'.repeat(32)) },
			'there is no custom or managed ruleset',
		],
		[
			'execute of a ruleset of another phase',
			{ ruleAction: 'execute', executeRuleset: locator('id', rulesets.cloudflareManaged) },
			'there is no custom or managed ruleset',
		],
	])("the API's own refusal comes through: %s", async (_what, parameters, words) => {
		const text = await refusal(
			blockRule({ ...ofZone, conditions: fromAddress('203.0.113.7'), ...parameters }),
		);
		expect(text).toContain(words);
		expect(cf.state.changes).toEqual([]);
	});
});
