// Bodies of the same requests with other things in them: kinds of records, rules and purges.
import type { RecordCreateParams } from 'cloudflare/resources/dns/records';
import type { CachePurgeParams } from 'cloudflare/resources/cache/cache';
import type { RuleCreateParams } from 'cloudflare/resources/rulesets/rules';
import { locator, mainAccount, seedIds } from '../../support/nodeTest.cjs';
import { fromAddress } from '../../support/createRule.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, phase, zone } from '../sdkCalls/helpers.cjs';

const zoneById = locator('id', zone.zone_id);
const records = pairsOf('dnsRecord', { zone: zoneById });
const rules = pairsOf('rulesetRule', {
	scope: 'zone',
	zone: zoneById,
	conditions: fromAddress('203.0.113.7'),
});
const purges = pairsOf('zone', { zone: zoneById });

const HASH = 'ab'.repeat(32);
const name = 'new.example.com';

/** @param parameters of our node, but those that hold the data */
const record = (sent: RecordCreateParams, parameters: object): Pair => {
	const data = 'data' in sent ? { data: JSON.stringify(sent.data) } : {};
	const given = { type: sent.type, name, ...data, ...parameters };
	return records(
		'create',
		String(sent.type),
		given,
		async (sdk) => await sdk.dns.records.create(sent),
	);
};
const recordOf = { ...zone, name, ttl: 1 } as const;

const recordPairs: readonly Pair[] = [
	record({ ...recordOf, type: 'AAAA', content: '2001:db8::1' }, { content: '2001:db8::1' }),
	record({ ...recordOf, type: 'CNAME', content: 'example.org' }, { content: 'example.org' }),
	record({ ...recordOf, type: 'TXT', content: '"hello"' }, { content: '"hello"' }),
	record({ ...recordOf, type: 'NS', content: 'ns.example.org' }, { content: 'ns.example.org' }),
	record(
		{ ...recordOf, type: 'PTR', content: 'host.example.com' },
		{ content: 'host.example.com' },
	),
	record({ ...recordOf, type: 'OPENPGPKEY', content: 'mQENBFzj' }, { content: 'mQENBFzj' }),
	record(
		{ ...recordOf, type: 'MX', content: 'mail.example.org', priority: 5 },
		{ content: 'mail.example.org', priority: 5 },
	),
	record(
		{ ...recordOf, type: 'URI', priority: 7, data: { weight: 1, target: 'https://example.org/' } },
		{ priority: 7 },
	),
	record(
		{
			...recordOf,
			type: 'LOC',
			data: {
				lat_degrees: 51,
				lat_minutes: 0,
				lat_seconds: 0,
				lat_direction: 'N',
				long_degrees: 0,
				long_minutes: 0,
				long_seconds: 0,
				long_direction: 'W',
				altitude: 10,
				size: 0,
				precision_horz: 0,
				precision_vert: 0,
			},
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'CERT',
			data: { type: 1, key_tag: 2, algorithm: 8, certificate: 'AbC=' },
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'DNSKEY',
			data: { flags: 257, protocol: 3, algorithm: 13, public_key: 'AbC=' },
		},
		{},
	),
	record(
		{ ...recordOf, type: 'DS', data: { key_tag: 1, algorithm: 13, digest_type: 2, digest: HASH } },
		{},
	),
	record(
		{ ...recordOf, type: 'HTTPS', data: { priority: 1, target: '.', value: 'alpn="h2"' } },
		{},
	),
	record(
		{ ...recordOf, type: 'SVCB', data: { priority: 0, target: 'a.example.com', value: '' } },
		{},
	),
	record(
		{
			...recordOf,
			type: 'NAPTR',
			data: {
				order: 1,
				preference: 2,
				flags: 'S',
				service: 'SIP+D2U',
				regex: '',
				replacement: '.',
			},
		},
		{},
	),
	record(
		{
			...recordOf,
			type: 'SMIMEA',
			data: { usage: 3, selector: 0, matching_type: 1, certificate: HASH },
		},
		{},
	),
	record({ ...recordOf, type: 'SSHFP', data: { algorithm: 4, type: 2, fingerprint: HASH } }, {}),
	record(
		{
			...recordOf,
			type: 'TLSA',
			data: { usage: 3, selector: 1, matching_type: 1, certificate: HASH },
		},
		{},
	),
	records(
		'create',
		'all that is beside the value',
		{
			type: 'A',
			name,
			content: '192.0.2.9',
			additionalFields: {
				comment: 'Sinkhole, case 42',
				ipv4Only: true,
				privateRouting: false,
				proxied: true,
				tags: 'owner:soc, critical',
				ttl: 1,
			},
		},
		async (sdk) =>
			await sdk.dns.records.create({
				...recordOf,
				type: 'A',
				content: '192.0.2.9',
				comment: 'Sinkhole, case 42',
				settings: { ipv4_only: true },
				private_routing: false,
				proxied: true,
				tags: ['owner:soc', 'critical'],
			}),
	),
];

/** @param sent what the SDK sends beside what all these rules have */
const rule = (what: string, sent: RuleCreateParams, parameters: object): Pair =>
	rules('create', what, { ...parameters, additionalFields: { ref: 'case_42' } }, async (sdk) => {
		const { id } = await sdk.rulesets.phases.get(phase, zone);
		await sdk.rulesets.rules.create(id, sent);
	});
const definition = {
	expression: 'ip.src in {203.0.113.7}',
	description: '',
	enabled: true,
	ref: 'case_42',
} as const;
const ruleOf = { ...zone, ...definition } as const;
const blocks = { ...ruleOf, action: 'block' } as const;
const { accountCustom } = seedIds.rulesets;

const rulePairs: readonly Pair[] = [
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
			scope: 'account',
			account: mainAccount,
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
				expression: 'ip.src in {203.0.113.7}',
				description: '',
				enabled: true,
				ref: 'case_42',
			});
		},
	),
];

const purge = (what: string, sent: CachePurgeParams, parameters: object): Pair =>
	purges('purgeCache', what, parameters, async (sdk) => await sdk.cache.purge(sent));

const purgePairs: readonly Pair[] = [
	purge(
		'hosts',
		{ ...zone, hosts: ['www.example.com'] },
		{ purge: 'hosts', items: 'www.example.com' },
	),
	purge('tags', { ...zone, tags: ['product-1'] }, { purge: 'tags', items: 'product-1' }),
	purge(
		'prefixes',
		{ ...zone, prefixes: ['www.example.com/shop'] },
		{ purge: 'prefixes', items: 'www.example.com/shop' },
	),
	purge(
		'URLs with headers',
		{
			...zone,
			files: [{ url: 'https://www.example.com/', headers: { 'CF-Device-Type': 'mobile' } }],
		},
		{ purge: 'urls', items: 'https://www.example.com/', options: { deviceType: 'mobile' } },
	),
];

export const bodyPairs: readonly Pair[] = [...recordPairs, ...rulePairs, ...purgePairs];
