import type Cloudflare from 'cloudflare';
import type { AuditLogListParams } from 'cloudflare/resources/audit-logs/audit-logs';
import type { RulesetCreateParams } from 'cloudflare/resources/rulesets/rulesets';
import { seedIds } from '../../../sandbox/cloudflare/index.cjs';
import {
	account,
	attempt,
	auditPages,
	chosen,
	exampleCom,
	insightsIn,
	lastMonth,
	otherZone,
	phase,
	type SdkCalls,
	type SdkJobs,
} from './helpers.cjs';

const { insights: insightIds, accessApps } = seedIds;
const { dmarc, acceptedRisk, dismissed } = insightIds;
const notOurs = { classification: 'false_positive', rationale: 'Not ours' } as const;

const settingsOfZone =
	(names: readonly string[]): SdkCalls =>
	async (sdk) => {
		const zone = await exampleCom(sdk);
		await Promise.all(names.map(async (name) => await sdk.zones.settings.get(name, zone)));
	};

const accountsAndZones: SdkJobs = {
	'account:getAll (all)': async (sdk) => await sdk.accounts.list({ page: 1, per_page: 50 }),
	'account:getAll (by name)': async (sdk) =>
		await sdk.accounts.list({ name: 'Example Corp', page: 1, per_page: 50 }),

	'zone:get (by name)': async (sdk) => await sdk.zones.get(await exampleCom(sdk)),
	'zone:get (by ID)': async (sdk) => await sdk.zones.get(otherZone),
	'zone:getAll (all)': async (sdk) => {
		for (const page of [1, 2]) await sdk.zones.list({ page, per_page: 50 });
	},
	'zone:getAll (filtered)': async (sdk) =>
		await sdk.zones.list({ name: 'contains:example', page: 1, per_page: 5 }),
	'zone:getSettings (the usual ones)': settingsOfZone([
		'always_use_https',
		'development_mode',
		'min_tls_version',
		'security_level',
		'ssl',
	]),
	'zone:getSettings (chosen ones)': settingsOfZone(['ssl', 'min_tls_version']),
	'zone:updateSetting (security level)': async (sdk) => {
		const zone = await exampleCom(sdk);
		await sdk.zones.settings.get('security_level', zone);
		await sdk.zones.settings.edit('security_level', { ...zone, value: 'under_attack' });
	},
	'zone:updateSetting (another one)': async (sdk) => {
		const zone = await exampleCom(sdk);
		await sdk.zones.settings.get('browser_cache_ttl', zone);
		await sdk.zones.settings.edit('browser_cache_ttl', { ...zone, value: 1800 });
	},
	'zone:purgeCache (URLs)': async (sdk) =>
		await sdk.cache.purge({
			...(await exampleCom(sdk)),
			files: ['https://www.example.com/a.css'],
		}),
	'zone:purgeCache (everything)': async (sdk) =>
		await sdk.cache.purge({ ...(await exampleCom(sdk)), purge_everything: true }),
};

const logs: SdkJobs = {
	'auditLog:getAll (version 2)': async (sdk) =>
		await auditPages(sdk, { ...account, ...lastMonth(), direction: 'desc', limit: 1000 }),
	'auditLog:getAll (version 2, filtered)': async (sdk) =>
		await sdk.accounts.logs.audit.list({
			...account,
			...lastMonth(),
			direction: 'desc',
			limit: 50,
		}),
	'auditLog:getAll (version 1)': async (sdk) => {
		const list: AuditLogListParams = {
			...account,
			...lastMonth(),
			direction: 'desc',
			per_page: 1000,
		};
		for (let page = 1; ; page += 1) {
			const { result } = await sdk.auditLogs.list({ ...list, page });
			if (result.length === 0) return;
		}
	},
	'auditLog:getAll (between two times)': async (sdk, { since, before }) =>
		await sdk.accounts.logs.audit.list({
			...account,
			since: String(since),
			before: String(before),
			direction: 'desc',
			limit: 50,
		}),
	'auditLog:getHistory (of a record)': async (sdk, { eventId, actionTime }) =>
		await sdk.accounts.logs.audit.history(String(eventId), {
			...account,
			...lastMonth(),
			action_time: String(actionTime),
			direction: 'desc',
			limit: 1000,
		}),
	'alertHistory:getAll (all)': async (sdk) =>
		await sdk.alerting.history.list({ ...account, ...lastMonth(), page: 1, per_page: 1000 }),
	// The API does not filter by type.
	'alertHistory:getAll (of one type)': async (sdk) =>
		await sdk.alerting.history.list({ ...account, ...lastMonth(), page: 1, per_page: 1000 }),
};

const securityCenter: SdkJobs = {
	'insight:getAll (of the account)': async (sdk) => {
		const { insights } = sdk.securityCenter;
		const page = await insights.list({ ...account, page: 1, per_page: 1000 });
		for (const { id, has_extended_context } of insightsIn(page).issues ?? [])
			if (has_extended_context) await insights.context.get(id ?? '', account);
	},
	'insight:getAll (of a zone)': async (sdk) =>
		await sdk.securityCenter.insights.list({
			...(await exampleCom(sdk)),
			severity: ['critical'],
			page: 1,
			per_page: 50,
		}),
	'insight:getSummary (of the account)': async (sdk) => {
		const { severity, type, class: classes } = sdk.securityCenter.insights;
		await Promise.all([severity.get(account), type.get(account), classes.get(account)]);
	},
	'insight:getSummary (of a zone)': async (sdk) => {
		const zone = await exampleCom(sdk);
		const { severity, type, class: classes } = sdk.securityCenter.insights;
		await Promise.all([severity.get(zone), type.get(zone), classes.get(zone)]);
	},
	'insight:archive (archive)': async (sdk) =>
		await sdk.securityCenter.insights.dismiss(dmarc, { ...account, dismiss: true }),
	'insight:archive (restore)': async (sdk) =>
		await sdk.securityCenter.insights.dismiss(dismissed, { ...account, dismiss: false }),
	'insight:classify (first)': async (sdk) =>
		await sdk.securityCenter.insights.classification.update(dmarc, { ...account, ...notOurs }),
	// A classification that is there has to be taken away first.
	'insight:classify (another one)': async (sdk) => {
		const { auditLogs, classification } = sdk.securityCenter.insights;
		await attempt(classification.update(acceptedRisk, { ...account, ...notOurs }));
		await auditLogs.listByInsight(acceptedRisk, {
			...account,
			field_changed: 'user_classification',
			order: 'desc',
			per_page: 5,
		});
		await classification.update(acceptedRisk, { ...account, classification: null });
		await classification.update(acceptedRisk, { ...account, ...notOurs });
	},
	'insight:classify (none)': async (sdk) =>
		await sdk.securityCenter.insights.classification.update(acceptedRisk, {
			...account,
			classification: null,
		}),
};

const access: SdkJobs = {
	'accessApplication:get (of the account)': async (sdk) =>
		await sdk.zeroTrust.access.applications.get(accessApps.adminSite, account),
	'accessApplication:get (of a zone)': async (sdk, given) =>
		await sdk.zeroTrust.access.applications.get(
			chosen(given, 'application'),
			await exampleCom(sdk),
		),
	'accessApplication:getAll (of the account)': async (sdk) =>
		await sdk.zeroTrust.access.applications.list({ ...account, page: 1, per_page: 1000 }),
	'accessApplication:getAll (of a zone)': async (sdk) =>
		await sdk.zeroTrust.access.applications.list({
			...(await exampleCom(sdk)),
			page: 1,
			per_page: 1000,
		}),
};

const few = { per_page: 5 };
/** What Check Permissions asks once it knows whose credential it is. */
export async function checkRights(sdk: Cloudflare): Promise<void> {
	await sdk.accounts.list(few);
	await sdk.zones.list(few);
	const { result } = await sdk.zones.list({ name: 'example.com', page: 1, per_page: 50 });
	const zone = { zone_id: result[0].id };
	const empty: RulesetCreateParams = { name: 'default', phase, rules: [], dry_run: true };
	await sdk.zeroTrust.access.applications.list({ ...zone, ...few });
	await sdk.zeroTrust.access.applications.list({ ...account, ...few });
	await sdk.accounts.get(account);
	await sdk.alerting.history.list({ ...account, ...few });
	await sdk.dns.records.list({ ...zone, ...few });
	await sdk.firewall.accessRules.list({ ...zone, ...few });
	await sdk.firewall.accessRules.list({ ...account, ...few });
	await sdk.rules.lists.list(account);
	await sdk.rulesets.phases.get(phase, zone);
	await attempt(sdk.rulesets.create({ ...zone, kind: 'zone', ...empty }));
	await sdk.rulesets.phases.get(phase, account);
	await attempt(sdk.rulesets.create({ ...account, kind: 'root', ...empty }));
	await sdk.securityCenter.insights.list({ ...zone, ...few });
	await sdk.securityCenter.insights.list({ ...account, ...few });
	await sdk.zones.settings.get('security_level', zone);
}
const connection: SdkJobs = {
	'connection:checkPermissions (everything)': async (sdk) => {
		await sdk.user.tokens.verify();
		await checkRights(sdk);
	},
};

/** For everything that looks, and the few changes of what Security Center and zones show. */
export const investigationJobs: SdkJobs = {
	...accountsAndZones,
	...logs,
	...securityCenter,
	...access,
	...connection,
};
