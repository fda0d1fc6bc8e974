// The same operations at the other level, with other credentials, with a zone by its ID, and where somebody else is at work.
import { sandboxCredentials, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { locator, mainAccount, tokenCredential, type Cloudflare } from '../../support/nodeTest.cjs';
import { fromAddress } from '../../support/createRule.cjs';
import { byId, editRule } from '../../support/ruleOperations.cjs';
import { storedRuleset } from '../../support/rulesets.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { checkRights } from '../sdkCalls/investigation.cjs';
import { account, lastMonth, phase, zone } from '../sdkCalls/helpers.cjs';

const { accountCustom } = seedIds.rulesets;
const { adminSite, zoneStaging } = seedIds.accessApps;
const { dmarc } = seedIds.insights;
const byName = locator('name', 'example.com');
const zoneById = locator('id', zone.zone_id);
const ofAccount = { scope: 'account', account: mainAccount };
const ofZone = { scope: 'zone', zone: zoneById };
const companyRules = {
	...ofAccount,
	rulesetFrom: 'ruleset',
	ruleset: locator('id', accountCustom),
};

const insight = pairsOf('insight', ofZone);
const application = pairsOf('accessApplication');
const rule = pairsOf('rulesetRule');
const ruleset = pairsOf('ruleset');
const accessRule = pairsOf('ipAccessRule', ofAccount);
const record = pairsOf('dnsRecord', { zone: zoneById });
const auditLog = pairsOf('auditLog', { account: mainAccount, lastAmount: 30, lastUnit: 'days' });
const connection = pairsOf('connection', { account: mainAccount, zone: byName });
const list = pairsOf('ipList', { account: mainAccount });

const idInList = { insight: locator('id', dmarc) };
const notOurs = { classification: 'false_positive', rationale: 'Not ours' } as const;

const insights: readonly Pair[] = [
	insight('archive', 'of a zone', idInList, async (sdk) => {
		await sdk.securityCenter.insights.dismiss(dmarc, { ...zone, dismiss: true });
	}),
	insight('classify', 'of a zone', { ...idInList, rationale: 'Not ours' }, async (sdk) => {
		await sdk.securityCenter.insights.classification.update(dmarc, { ...zone, ...notOurs });
	}),
];

/** As when the list leaves them out. */
const withoutPolicies =
	(level: 'accounts' | 'zones', owner: string, id: string) => (cloudflare: Cloudflare) => {
		const found = cloudflare.state.accessApps.value.find(({ app }) => app.id === id)?.app;
		const result = [{ ...found, policies: undefined }];
		cloudflare.faults.add({
			kind: 'body',
			status: 200,
			body: JSON.stringify({ success: true, errors: [], messages: [], result }),
			match: { path: `/${level}/${owner}/access/apps` },
		});
	};
const withPolicies = { includePolicies: true, returnAll: true };
const all = { page: 1, per_page: 1000 };

const applications: readonly Pair[] = [
	application(
		'getAll',
		'with policies from their own list',
		{ ...ofAccount, ...withPolicies },
		async (sdk) => {
			const { applications: apps } = sdk.zeroTrust.access;
			await apps.list({ ...account, ...all });
			await apps.policies.list(adminSite, { ...account, ...all });
		},
		{ given: withoutPolicies('accounts', account.account_id, adminSite) },
	),
	application(
		'getAll',
		'of a zone, with policies from their own list',
		{ ...ofZone, ...withPolicies },
		async (sdk) => {
			const { applications: apps } = sdk.zeroTrust.access;
			await apps.list({ ...zone, ...all });
			await apps.policies.list(zoneStaging, { ...zone, ...all });
		},
		{ given: withoutPolicies('zones', zone.zone_id, zoneStaging) },
	),
];

const blockOne = { ruleAction: 'block', conditions: fromAddress('203.0.113.7'), ref: 'case_42' };
const companyRule = (cloudflare: Cloudflare) => ({
	rule: byId(storedRuleset(cloudflare, accountCustom).rules[0]),
});
const block42 = {
	action: 'block',
	expression: 'ip.src in {203.0.113.7}',
	description: '',
	enabled: true,
	ref: 'case_42',
} as const;

const rules: readonly Pair[] = [
	ruleset(
		'get',
		'of a zone, by ID',
		{
			...ofZone,
			rulesetFrom: 'ruleset',
			ruleset: locator('id', seedIds.rulesets.exampleComCustom),
		},
		async (sdk) => {
			await sdk.rulesets.get(seedIds.rulesets.exampleComCustom, zone);
		},
	),
	rule('upsert', 'of the account', { ...companyRules, ...blockOne }, async (sdk) => {
		const { id } = await sdk.rulesets.get(accountCustom, account);
		await sdk.rulesets.rules.create(id, { ...account, ...block42 });
	}),
	rule(
		'create',
		'the first of the account',
		{
			...ofAccount,
			...blockOne,
			additionalFields: { ref: 'case_42' },
		},
		async (sdk) => {
			await sdk.rulesets.phases.get(phase, account).catch(() => undefined);
			await sdk.rulesets.create({
				...account,
				name: 'default',
				kind: 'root',
				phase,
				rules: [block42],
			});
		},
		{ given: ({ state }) => void state.rulesets.delete(seedIds.rulesets.accountRoot) },
	),
	rule(
		'update',
		'of the account',
		{
			...companyRules,
			updateFields: { enabled: false },
		},
		async (sdk) => {
			const {
				rules: [first],
			} = await sdk.rulesets.get(accountCustom, account);
			if (first.action !== 'block') throw new Error('It does not block');
			const { description, expression, ref } = first;
			const edited = { action: 'block', description, enabled: false, expression, ref } as const;
			await sdk.rulesets.rules.edit(first.id ?? '', {
				...account,
				ruleset_id: accountCustom,
				...edited,
			});
		},
		{ given: companyRule },
	),
	rule(
		'delete',
		'of the account',
		companyRules,
		async (sdk) => {
			const {
				rules: [first],
			} = await sdk.rulesets.get(accountCustom, account);
			await sdk.rulesets.rules.delete(first.id ?? '', { ...account, ruleset_id: accountCustom });
		},
		{ given: companyRule },
	),
	rule(
		'delete',
		'which somebody changes meanwhile',
		{
			...ofZone,
			rule: { __rl: true, mode: 'ref', value: 'block_scanners' },
		},
		async (sdk) => {
			const { id: ruleset_id, rules: found, version } = await sdk.rulesets.phases.get(phase, zone);
			const { id = '' } = found.find(({ ref }) => ref === 'block_scanners') ?? {};
			await sdk.rulesets.rules.delete(id, { ...zone, ruleset_id });
			await sdk.rulesets.versions.get(String(Number(version) + 1), { ...zone, ruleset_id });
		},
		{
			meanwhile({ method }, cloudflare) {
				if (method === 'DELETE') editRule(cloudflare, 'scanners', { enabled: false });
			},
		},
	),
];

const one = { target: 'ip', value: '203.0.113.7' } as const;
const given = ({ state }: Cloudflare) => {
	const scope = { level: 'account', id: account.account_id } as const;
	const made = state.accessRules.create(scope, { mode: 'block', configuration: one, notes: '' });
	return { ruleId: made.id };
};

const accessRules: readonly Pair[] = [
	accessRule(
		'delete',
		'of the account',
		{ ruleBy: 'id' },
		async (sdk, { ruleId }) => {
			await sdk.firewall.accessRules.get(String(ruleId), account);
			await sdk.firewall.accessRules.delete(String(ruleId), account);
		},
		{ given },
	),
	accessRule(
		'upsert',
		'of the account, there',
		{ value: one.value, mode: 'challenge' },
		async (sdk) => {
			const wanted = {
				...account,
				configuration: one,
				match: 'all',
				page: 1,
				per_page: 100,
			} as const;
			const { result } = await sdk.firewall.accessRules.list(wanted);
			const rule = { mode: 'challenge', configuration: one, notes: '' } as const;
			await sdk.firewall.accessRules.edit(result[0].id, { ...account, ...rule });
		},
		{ given },
	),
];

const zonesById: readonly Pair[] = [
	record(
		'upsert',
		'in a zone by ID',
		{ type: 'A', name: 'new', content: '203.0.113.99' },
		async (sdk) => {
			const { name } = await sdk.zones.get(zone);
			const wanted = {
				name: { exact: `new.${name}` },
				type: 'A',
				page: 1,
				per_page: 5000,
			} as const;
			await sdk.dns.records.list({ ...zone, ...wanted });
			await sdk.dns.records.create({
				...zone,
				type: 'A',
				name: 'new',
				content: '203.0.113.99',
				ttl: 1,
			});
		},
	),
	auditLog('getAll', 'version 2, of a zone', { filters: { zone: zoneById } }, async (sdk) => {
		await sdk.zones.get(zone);
		await sdk.accounts.logs.audit.list({
			...account,
			...lastMonth(),
			direction: 'desc',
			limit: 50,
		});
	}),
	list('get', 'by ID', { list: locator('id', seedIds.lists.officeNetwork) }, async (sdk) => {
		await sdk.rules.lists.list(account);
	}),
];

const { email, apiKey } = sandboxCredentials.globalKey;
const { accountToken } = sandboxCredentials;

const credentials: readonly Pair[] = [
	connection(
		'checkPermissions',
		'a token of the account',
		{},
		async (sdk) => {
			await sdk.accounts.tokens.verify(account);
			await checkRights(sdk);
		},
		{
			credentials: {
				ours: tokenCredential({ apiToken: accountToken }),
				sdk: { apiToken: accountToken },
			},
		},
	),
	connection(
		'checkPermissions',
		'a Global API key',
		{},
		async (sdk) => {
			await sdk.user.get();
			await checkRights(sdk);
		},
		{
			credentials: {
				ours: { type: 'cloudflareSecurityGlobalKeyApi', data: { email, apiKey } },
				sdk: { apiEmail: email, apiKey },
			},
		},
	),
];

export const levelPairs: readonly Pair[] = [
	...insights,
	...applications,
	...rules,
	...accessRules,
	...zonesById,
	...credentials,
];
