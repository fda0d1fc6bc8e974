// Rules and rulesets at the other level, and where somebody else is at work.
import { fromAddress } from '../../support/createRule.cjs';
import { locator, seedIds, type Cloudflare } from '../../support/nodeTest.cjs';
import { byId, byRef, editRule } from '../../support/ruleOperations.cjs';
import { storedRuleset } from '../../support/rulesets.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account, phase, zone } from '../sdkCalls/helpers.cjs';
import { definition } from './newRules.cjs';
import { ofAccount, ofZone } from './shared.cjs';

const { accountCustom } = seedIds.rulesets;
const companyRules = {
	...ofAccount,
	rulesetFrom: 'ruleset',
	ruleset: locator('id', accountCustom),
};

const rule = pairsOf('rulesetRule');
const ruleset = pairsOf('ruleset');

const blockOne = { ruleAction: 'block', conditions: fromAddress('203.0.113.7'), ref: 'case_42' };
const companyRule = (cloudflare: Cloudflare) => ({
	rule: byId(storedRuleset(cloudflare, accountCustom).rules[0]),
});
const block42 = { ...definition, action: 'block' } as const;

export const rulePairs: readonly Pair[] = [
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
			rule: byRef('block_scanners'),
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
