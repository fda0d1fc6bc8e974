import { ago, HOUR } from '../auditLog.cjs';
import { exampleCom, locator, mainAccount, seedIds, type Cloudflare } from '../nodeTest.cjs';
import { runsOf, type OperationRun } from './types.cjs';

const ofZone = { scope: 'zone', zone: exampleCom };
const ofAccount = { scope: 'account', account: mainAccount };
const all = { returnAll: true };
const lastMonth = { lastAmount: 30, lastUnit: 'days' };

const account = runsOf('account');
const zone = runsOf('zone', { zone: exampleCom });
const auditLog = runsOf('auditLog', { account: mainAccount });
const alertHistory = runsOf('alertHistory', { account: mainAccount });
const insight = runsOf('insight');
const application = runsOf('accessApplication');
const connection = runsOf('connection');

const dmarc = { insight: locator('id', seedIds.insights.dmarc) };
const classified = { insight: locator('id', seedIds.insights.acceptedRisk) };
const dismissed = { insight: locator('id', seedIds.insights.dismissed) };
const adminSite = { application: locator('id', seedIds.accessApps.adminSite) };
const staging = { application: locator('id', seedIds.accessApps.zoneStaging) };

/** Three changes of one DNS record; the parameters name the first. */
function changesOfARecord({ state }: Cloudflare): object {
	const time = Math.trunc(Date.now() / 1000) * 1000 - HOUR;
	const resource = {
		product: 'dns_records',
		type: 'dns_record',
		scope: 'zones' as const,
		id: 'record-1',
	};
	const [first] = state.audit.burst({ count: 3, time, spacing: 100, event: { resource } });
	return { eventId: first.ids.v2, actionTime: new Date(time).toISOString() };
}

/** Everything that looks, and the few changes of what Security Center and zones show. */
export const investigationRuns: OperationRun[] = [
	account('getAll', 'all', all),
	account('getAll', 'by name', { filters: { name: 'Example Corp' } }),

	zone('get', 'by name'),
	zone('get', 'by ID', { zone: locator('id', seedIds.zones['example.net']), simplify: false }),
	zone('getAll', 'all', all),
	zone('getAll', 'filtered', { limit: 3, filters: { nameOperator: 'contains', name: 'example' } }),
	zone('getSettings', 'the usual ones'),
	zone('getSettings', 'chosen ones', { settings: ['ssl', 'min_tls_version'], simplify: false }),
	zone('updateSetting', 'security level', { setting: 'security_level', value: 'under_attack' }),
	zone('updateSetting', 'another one', {
		setting: 'other',
		settingName: 'browser_cache_ttl',
		valueJson: '1800',
	}),
	zone('purgeCache', 'URLs', { purge: 'urls', items: 'https://www.example.com/a.css' }),
	zone('purgeCache', 'everything', { purge: 'everything' }),

	auditLog('getAll', 'version 2', { ...lastMonth, ...all }),
	auditLog('getAll', 'version 2, filtered', {
		...lastMonth,
		filters: { actionType: 'delete' },
		simplify: false,
	}),
	auditLog('getAll', 'version 1', { ...lastMonth, ...all, source: 'v1' }),
	auditLog('getAll', 'between two times', {
		timeRange: 'between',
		since: ago(48 * HOUR),
		before: ago(HOUR),
	}),
	auditLog('getHistory', 'of a record', all, changesOfARecord),

	alertHistory('getAll', 'all', { ...lastMonth, ...all }),
	alertHistory('getAll', 'of one type', {
		...lastMonth,
		filters: { alertTypes: ['dos_attack_l7'] },
	}),

	insight('getAll', 'of the account', { ...ofAccount, ...all, includeContext: true }),
	insight('getAll', 'of a zone', { ...ofZone, filters: { severity: ['critical'] } }),
	insight('getSummary', 'of the account', ofAccount),
	insight('getSummary', 'of a zone', ofZone),
	insight('archive', 'archive', { ...ofAccount, ...dmarc }),
	insight('archive', 'restore', { ...ofAccount, ...dismissed, change: 'restore' }),
	insight('classify', 'first', { ...ofAccount, ...dmarc, rationale: 'Not ours' }),
	insight('classify', 'another one', { ...ofAccount, ...classified, rationale: 'Not ours' }),
	insight('classify', 'none', { ...ofAccount, ...classified, classification: 'none' }),

	application('get', 'of the account', { ...ofAccount, ...adminSite, includePolicies: true }),
	application('get', 'of a zone', { ...ofZone, ...staging }),
	application('getAll', 'of the account', { ...ofAccount, ...all, includePolicies: true }),
	application('getAll', 'of a zone', { ...ofZone, ...all }),

	connection('checkPermissions', 'everything', { account: mainAccount, zone: exampleCom }),
];
