import type Cloudflare from 'cloudflare';
import type { AccessRuleListParams } from 'cloudflare/resources/firewall/access-rules';
import type { PhaseGetResponse } from 'cloudflare/resources/rulesets/phases';
import type { BlockRuleParam } from 'cloudflare/resources/rulesets/rules';
import { seedIds } from '../../../sandbox/cloudflare/index.cjs';
import { DEFAULT_REF } from '../requests/compare.cjs';
import {
	account,
	attempt,
	exampleCom,
	phase,
	zoneNamed,
	type SdkCalls,
	type SdkJobs,
} from './helpers.cjs';

const { accountCustom } = seedIds.rulesets;

/** The entry point of example.com with its zone. */
async function customRules(sdk: Cloudflare) {
	const zone = await exampleCom(sdk);
	const ruleset = await sdk.rulesets.phases.get(phase, zone);
	return { zone, ruleset, path: { ...zone, ruleset_id: ruleset.id } };
}

const blocked = {
	action: 'block',
	expression: 'ip.src in {203.0.113.7}',
	description: '',
	enabled: true,
} satisfies BlockRuleParam;
/** Ours is made from execution, node, run and item, which only n8n knows. */
const withDefaultRef = { ...blocked, ref: DEFAULT_REF };

const scannersIn = ({ rules }: PhaseGetResponse) => {
	const found = rules.find(({ ref }) => ref === 'block_scanners');
	if (found?.id === undefined || found.action !== 'block') throw new Error('There is no such rule');
	const { id, action, description, enabled, expression, ref } = found;
	const rule: BlockRuleParam = { action, description, enabled, expression, ref };
	return { id, rule };
};

const deleted: SdkCalls = async (sdk) => {
	const { ruleset, path } = await customRules(sdk);
	await sdk.rulesets.rules.delete(scannersIn(ruleset).id, path);
};
const edited =
	(change: BlockRuleParam): SdkCalls =>
	async (sdk) => {
		const { ruleset, path } = await customRules(sdk);
		const { id, rule } = scannersIn(ruleset);
		await sdk.rulesets.rules.edit(id, { ...path, ...rule, ...change });
	};

const rulesets: SdkJobs = {
	'ruleset:get (by phase)': async (sdk) => await customRules(sdk),
	'ruleset:get (by ID)': async (sdk) => await sdk.rulesets.get(accountCustom, account),
	'ruleset:getAll (of a zone)': async (sdk) =>
		await sdk.rulesets.list({ ...(await exampleCom(sdk)), per_page: 50 }),
	'ruleset:getAll (of the account)': async (sdk) =>
		await sdk.rulesets.list({ ...account, per_page: 50 }),

	'rulesetRule:getAll (of a zone)': async (sdk) => await customRules(sdk),
	'rulesetRule:getAll (of a ruleset)': async (sdk) =>
		await sdk.rulesets.get(accountCustom, account),
	'rulesetRule:create (beside others)': async (sdk) => {
		const { zone, ruleset } = await customRules(sdk);
		await sdk.rulesets.rules.create(ruleset.id, { ...zone, ...withDefaultRef });
	},
	'rulesetRule:create (the first)': async (sdk) => {
		const zone = await zoneNamed(sdk, 'example.net');
		await attempt(sdk.rulesets.phases.get(phase, zone));
		const rules = [withDefaultRef];
		await sdk.rulesets.create({ ...zone, name: 'default', kind: 'zone', phase, rules });
	},
	'rulesetRule:create (of the account)': async (sdk) => {
		const { id } = await sdk.rulesets.phases.get(phase, account);
		await sdk.rulesets.rules.create(id, { ...account, ...withDefaultRef });
	},
	'rulesetRule:upsert (new)': async (sdk) => {
		const { zone, ruleset } = await customRules(sdk);
		await sdk.rulesets.rules.create(ruleset.id, { ...zone, ...blocked, ref: 'case_42' });
	},
	'rulesetRule:upsert (there)': edited(blocked),
	'rulesetRule:update (by ref)': edited({ enabled: false }),
	'rulesetRule:update (by ID)': edited({ description: 'Case 42' }),
	'rulesetRule:delete (by ref)': deleted,
	'rulesetRule:delete (by ID)': deleted,
};

const one = { target: 'ip', value: '203.0.113.7' } as const;
/** The rules for one address, before one of them is written. */
const rulesFor = async (sdk: Cloudflare, params: AccessRuleListParams) =>
	await sdk.firewall.accessRules.list({ ...params, match: 'all', page: 1, per_page: 100 });

const accessRules: SdkJobs = {
	'ipAccessRule:getAll (of a zone)': async (sdk) =>
		await sdk.firewall.accessRules.list({ ...(await exampleCom(sdk)), page: 1, per_page: 100 }),
	'ipAccessRule:getAll (of the account)': async (sdk) =>
		await sdk.firewall.accessRules.list({ ...account, page: 1, per_page: 50 }),
	'ipAccessRule:upsert (new)': async (sdk) => {
		const zone = await exampleCom(sdk);
		await rulesFor(sdk, { ...zone, configuration: one });
		const rule = { mode: 'block', configuration: one, notes: 'Case 42' } as const;
		await sdk.firewall.accessRules.create({ ...zone, ...rule });
	},
	'ipAccessRule:upsert (there)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const { result } = await rulesFor(sdk, { ...zone, configuration: one });
		const [{ id, notes }] = result;
		const rule = { mode: 'challenge', configuration: one, notes } as const;
		await sdk.firewall.accessRules.edit(id, { ...zone, ...rule });
	},
	'ipAccessRule:upsert (of the account)': async (sdk) => {
		const configuration = { target: 'asn', value: 'AS64496' } as const;
		await rulesFor(sdk, { ...account, configuration });
		await sdk.firewall.accessRules.create({ ...account, mode: 'block', configuration, notes: '' });
	},
	'ipAccessRule:delete (by value)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const { result } = await rulesFor(sdk, { ...zone, configuration: one });
		await sdk.firewall.accessRules.delete(result[0].id, zone);
	},
	'ipAccessRule:delete (by ID)': async (sdk, given) => {
		const zone = await exampleCom(sdk);
		const id = String(given.ruleId);
		await sdk.firewall.accessRules.get(id, zone);
		await sdk.firewall.accessRules.delete(id, zone);
	},
};

export const ruleJobs: SdkJobs = { ...rulesets, ...accessRules };
