// IP access rules: all filters, and those of the account.
import type { Cloudflare } from '../../support/nodeTest.cjs';
import { pairsOf, type Pair } from '../requests/jobs.cjs';
import { account } from '../sdkCalls/helpers.cjs';
import { firstPage, ofAccount } from './shared.cjs';

const accessRule = pairsOf('ipAccessRule', ofAccount);

const one = { target: 'ip', value: '203.0.113.7' } as const;
const given = ({ state }: Cloudflare) => {
	const scope = { level: 'account', id: account.account_id } as const;
	const made = state.accessRules.create(scope, { mode: 'block', configuration: one, notes: '' });
	return { ruleId: made.id };
};

export const accessRulePairs: readonly Pair[] = [
	accessRule(
		'getAll',
		'all filters',
		{
			filters: {
				match: 'any',
				mode: 'challenge',
				notes: 'Case 42',
				target: 'country',
				value: 'T1',
			},
			options: { order: 'configuration.value', direction: 'desc' },
		},
		async (sdk) =>
			await sdk.firewall.accessRules.list({
				...account,
				match: 'any',
				mode: 'challenge',
				notes: 'Case 42',
				configuration: { target: 'country', value: 'T1' },
				order: 'configuration.value',
				direction: 'desc',
				...firstPage,
			}),
	),
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
