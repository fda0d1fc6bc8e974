// Lists and dropdowns of the editor.
import {
	exampleCom as zoneByName,
	locator,
	mainAccount,
	runListSearch,
	runLoadOptions,
	seedIds,
} from '../../support/nodeTest.cjs';
import type { Pair } from '../requests/jobs.cjs';
import { account, exampleCom, phase, zone, type SdkCalls } from '../sdkCalls/helpers.cjs';
import { ofAccount } from './shared.cjs';

const { accountCustom } = seedIds.rulesets;
const ofZone = { scope: 'zone', zone: zoneByName };
const zoneById = { zone: locator('id', zone.zone_id) };

function list(
	method: string,
	what: string,
	parameters: Record<string, unknown>,
	sdk: SdkCalls,
	filter?: string,
): Pair {
	const job = {
		name: `${method} (${what})`,
		part: method,
		prepare: async () => parameters,
		run: async () => await runListSearch(method, { parameters, filter }),
	};
	return { job, sdk };
}

const options = (method: string, resource: string, sdk: SdkCalls): Pair => ({
	job: {
		name: method,
		part: method,
		prepare: async () => ({ resource, operation: 'getAll', account: mainAccount }),
		run: async (parameters) => await runLoadOptions(method, { parameters }),
	},
	sdk,
});

export const editorPairs: readonly Pair[] = [
	list('searchAccounts', 'all', {}, async (sdk) => {
		await sdk.accounts.list({ page: 1, per_page: 50 });
	}),
	list('searchZones', 'first page', {}, async (sdk) => {
		await sdk.zones.list({ order: 'name', page: 1, per_page: 50 });
	}),
	list(
		'searchZones',
		'by name',
		{},
		async (sdk) => {
			await sdk.zones.list({ order: 'name', name: 'contains:store-01', page: 1, per_page: 50 });
		},
		'store-01',
	),
	list('searchRulesets', 'of the account', ofAccount, async (sdk) => {
		await sdk.rulesets.list({ ...account, per_page: 50 });
	}),
	list('searchRulesets', 'of a zone', ofZone, async (sdk) => {
		await sdk.rulesets.list({ ...(await exampleCom(sdk)), per_page: 50 });
	}),
	list('searchRules', 'of a zone', ofZone, async (sdk) => {
		await sdk.rulesets.phases.get(phase, await exampleCom(sdk));
	}),
	list(
		'searchRules',
		'of a ruleset',
		{ ...ofAccount, rulesetFrom: 'ruleset', ruleset: locator('id', accountCustom) },
		async (sdk) => {
			await sdk.rulesets.get(accountCustom, account);
		},
	),
	list('searchAccessApplications', 'of the account', ofAccount, async (sdk) => {
		await sdk.zeroTrust.access.applications.list({ ...account, page: 1, per_page: 1000 });
	}),
	list('searchInsights', 'of the account', ofAccount, async (sdk) => {
		await sdk.securityCenter.insights.list({ ...account, page: 1, per_page: 1000 });
	}),
	list('searchLists', 'of the account', ofAccount, async (sdk) => {
		await sdk.rules.lists.list(account);
	}),
	list('searchRecords', 'first page', zoneById, async (sdk) => {
		await sdk.dns.records.list({ ...zone, order: 'name', page: 1, per_page: 100 });
	}),
	list(
		'searchRecords',
		'by name',
		zoneById,
		async (sdk) => {
			const search = { order: 'name', search: 'vpn' } as const;
			await sdk.dns.records.list({ ...zone, ...search, page: 1, per_page: 100 });
		},
		'vpn',
	),
	options('getProductCategories', 'auditLog', async (sdk) => {
		await sdk.accounts.logs.audit.productCategories(account);
	}),
	options('getAlertTypes', 'alertHistory', async (sdk) => {
		await sdk.alerting.availableAlerts.list(account);
	}),
];
