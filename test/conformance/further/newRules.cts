// Rules with other actions, options and places.
import type { RuleCreateParams } from 'cloudflare/resources/rulesets/rules';
import { fromAddress } from '../../support/createRule.cjs';
import { locator, seedIds } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, phase, zone } from '../sdkCalls/helpers.cjs';
import { ofAccount, ofZone } from './shared.cjs';

const rules = pairsOf('rulesetRule', { ...ofZone, conditions: fromAddress('203.0.113.7') });

/** @param sent what the SDK sends beside what all these rules have */
const rule = (what: string, sent: RuleCreateParams, parameters: object): Pair =>
	rules('create', what, { ...parameters, additionalFields: { ref: 'case_42' } }, async (sdk) => {
		const { id } = await sdk.rulesets.phases.get(phase, zone);
		await sdk.rulesets.rules.create(id, sent);
	});
/** What the SDK sends for the conditions and the ref. */
export const definition = {
	expression: 'ip.src in {203.0.113.7}',
	description: '',
	enabled: true,
	ref: 'case_42',
} as const;
const ruleOf = { ...zone, ...definition } as const;
const blocks = { ...ruleOf, action: 'block' } as const;
const { accountCustom } = seedIds.rulesets;

export const newRulePairs: readonly Pair[] = [
	rule(
		'with a response',
		{
			...blocks,
			action_parameters: {
				response: { status_code: 451, content_type: 'text/plain', content: 'No' },
			},
		},
		{
			ruleAction: 'block',
			blockResponse: { response: { statusCode: 451, contentType: 'text/plain', content: 'No' } },
		},
	),
	rule('challenge', { ...ruleOf, action: 'challenge' }, { ruleAction: 'challenge' }),
	rule('js_challenge', { ...ruleOf, action: 'js_challenge' }, { ruleAction: 'js_challenge' }),
	rule(
		'managed_challenge',
		{ ...ruleOf, action: 'managed_challenge' },
		{ ruleAction: 'managed_challenge' },
	),
	rule(
		'skip',
		{
			...ruleOf,
			action: 'skip',
			action_parameters: {
				ruleset: 'current',
				phases: ['http_ratelimit', 'http_request_sbfm'],
				products: ['zoneLockdown', 'uaBlock', 'bic', 'hot', 'securityLevel', 'rateLimit', 'waf'],
			},
			logging: { enabled: true },
		},
		{
			ruleAction: 'skip',
			skipPhases: ['http_ratelimit', 'http_request_sbfm'],
			skipProducts: ['zoneLockdown', 'uaBlock', 'bic', 'hot', 'securityLevel', 'rateLimit', 'waf'],
		},
	),
	rule(
		'skip the phase',
		{
			...ruleOf,
			action: 'skip',
			action_parameters: { phase: 'current' },
			logging: { enabled: false },
		},
		{ ruleAction: 'skip', skipRules: 'phase', logMatches: false },
	),
	rule(
		'execute',
		{ ...ruleOf, action: 'execute', action_parameters: { id: accountCustom } },
		{ ruleAction: 'execute', executeRuleset: locator('id', accountCustom) },
	),
	rule(
		'first',
		{ ...blocks, position: { before: '' } },
		{ ruleAction: 'block', position: 'first' },
	),
	rule(
		'at a number',
		{ ...blocks, position: { index: 2 } },
		{ ruleAction: 'block', position: 'index', positionIndex: 2 },
	),
	rule('dry run', { ...blocks, dry_run: true }, { ruleAction: 'block', options: { dryRun: true } }),
	rules(
		'create',
		'rate limit',
		{
			zone: locator('id', seedIds.zones['enterprise.example']),
			phase: 'http_ratelimit',
			ruleAction: 'block',
			additionalFields: { ref: 'case_42' },
		},
		async (sdk) => {
			const zone_id = seedIds.zones['enterprise.example'];
			await sdk.rulesets.phases.get('http_ratelimit', { zone_id }).catch(() => undefined);
			await sdk.rulesets.create({
				zone_id,
				name: 'default',
				kind: 'zone',
				phase: 'http_ratelimit',
				rules: [
					{
						...definition,
						action: 'block',
						ratelimit: {
							characteristics: ['cf.colo.id', 'ip.src'],
							period: 10,
							requests_per_period: 100,
							mitigation_timeout: 10,
						},
					},
				],
			});
		},
	),
	rules(
		'create',
		'check of exposed credentials',
		{
			...ofAccount,
			ruleAction: 'rewrite',
			additionalFields: {
				ref: 'case_42',
				exposedCredentialCheck: {
					check: {
						usernameExpression: 'url_decode(http.request.body.form["username"][0])',
						passphraseExpression: 'url_decode(http.request.body.form["password"][0])',
					},
				},
			},
		},
		async (sdk) => {
			const { id } = await sdk.rulesets.phases.get(phase, account);
			await sdk.rulesets.rules.create(id, {
				...account,
				action: 'rewrite',
				action_parameters: {
					headers: { 'Exposed-Credential-Check': { operation: 'set', value: '1' } },
				},
				exposed_credential_check: {
					username_expression: 'url_decode(http.request.body.form["username"][0])',
					password_expression: 'url_decode(http.request.body.form["password"][0])',
				},
				...definition,
			});
		},
	),
];
