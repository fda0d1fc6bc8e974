// Part of sdk.test.cts: insights, Access applications and alerts.
import Cloudflare from 'cloudflare';
import type { History } from 'cloudflare/resources/alerting/history';
import type { Policy } from 'cloudflare/resources/alerting/policies';
import type { AuditLogListByInsightResponse } from 'cloudflare/resources/security-center/insights/audit-logs';
import type { InsightListResponse } from 'cloudflare/resources/security-center/insights/insights';
import type { ApplicationListResponse } from 'cloudflare/resources/zero-trust/access/applications/applications';
import type { AccessApp } from '../../sandbox/cloudflare/access/types.cjs';
import type { AlertPolicy, AlertRecord } from '../../sandbox/cloudflare/alerting/types.cjs';
import { seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { Insight, InsightChange } from '../../sandbox/cloudflare/insights/types.cjs';
import { client, collect } from './referee.cjs';

const account = { account_id: seedIds.mainAccount };
const zone = { zone_id: seedIds.zones['example.com'] };
const scopes = [
	['account', account],
	['zone', zone],
] as const;
const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

type Assert<T extends true> = T;
type Fits<Ours, Theirs> = Ours extends Theirs ? true : false;
/** Checked by the compiler: what is seeded has the shape that the SDK promises. */
export type SeedsFit = [
	Assert<Fits<Insight, InsightListResponse.Issue>>,
	Assert<Fits<InsightChange, AuditLogListByInsightResponse>>,
	Assert<Fits<AlertPolicy['mechanisms'], NonNullable<Policy['mechanisms']>>>,
	// Our bodies may be objects, as in the official example; the official type has texts alone.
	Assert<Fits<Omit<AlertRecord, 'alert_body'>, Omit<History, 'alert_body'>>>,
	Assert<Fits<AccessApp['type'], NonNullable<ApplicationListResponse['type']>>>,
];

/** The SDK types the whole result as one item of a list, which it is not. */
const resultOf = ({ result }: { result: object }) => result as InsightListResponse;

test.each(scopes)('insights of the %s: list and counts', async (level, scope) => {
	const { insights } = client.securityCenter;
	const result = resultOf(await insights.list({ ...scope, per_page: 5, page: 1 }));
	expect(result).toMatchObject({ count: expect.any(Number), page: 1, per_page: 5 });
	expect(result.issues?.[0]).toEqual({
		id: seedIds.insights.danglingRecord,
		issue_class: 'a_record_dangling',
		issue_type: 'exposed_infrastructure',
		severity: 'Critical',
		subject: 'old-shop.example.com',
		status: 'active',
		dismissed: false,
		since: date,
		timestamp: date,
		resolve_link: expect.any(String),
		resolve_text: expect.any(String),
		payload: { detection_method: expect.any(String), zone_tag: zone.zone_id },
		has_extended_context: true,
		user_classification: null,
	});
	const filters = {
		...scope,
		dismissed: false,
		severity: ['moderate' as const, 'critical' as const],
		'issue_type~neq': ['configuration_suggestion' as const],
		'subject~neq': ['example.net'],
		source: ['cloudflare' as const],
	};
	const filtered = resultOf(await insights.list(filters));
	for (const counts of [insights.class, insights.type, insights.severity]) {
		const values = await counts.get(filters);
		expect(values[0]).toEqual({ value: expect.any(String), count: expect.any(Number) });
		const sum = values.reduce((total, { count = 0 }) => total + count, 0);
		expect([level, sum]).toEqual([level, filtered.count]);
	}
	expect(await insights.severity.get({ ...scope, severity: ['critical'] })).toEqual([
		{ value: 'Critical', count: expect.any(Number) },
	]);
});

test("insights: the SDK's own pager looks for items where the API sends issues", async () => {
	// The exception to "what the SDK asks is served": no pages can be collected with it. Should this
	// ever fail, the SDK was mended.
	expect(await collect(client.securityCenter.insights.list(account))).toEqual([]);
});

test.each(scopes)('insights of the %s: dismiss and classify', async (_level, scope) => {
	const { insights } = client.securityCenter;
	const issue = seedIds.insights.dmarc;
	const done = { success: true, errors: [], messages: [] };
	expect(await insights.dismiss(issue, { ...scope, dismiss: true })).toEqual(done);
	const classified = { classification: 'accept_risk' as const, rationale: 'A parked domain' };
	expect(await insights.classification.update(issue, { ...scope, ...classified })).toEqual(done);
	const dismissed = { ...scope, issue_class: ['dmarc'], dismissed: true };
	expect(resultOf(await insights.list(dismissed)).issues).toContainEqual(
		expect.objectContaining({ id: issue, dismissed: true, user_classification: 'accept_risk' }),
	);
	await expect(
		insights.classification.update(issue, { ...scope, classification: 'other', rationale: 'x' }),
	).rejects.toBeInstanceOf(Cloudflare.BadRequestError);
});

test.each(scopes)('insights of the %s: the history of one, by its pager', async (_level, scope) => {
	const { auditLogs, classification } = client.securityCenter.insights;
	const issue = seedIds.insights.dmarc;
	const notOurs = { classification: 'other' as const, rationale: 'A parked domain' };
	await classification.update(issue, { ...scope, ...notOurs });
	await classification.update(issue, { ...scope, classification: null });
	const query = { ...scope, field_changed: 'user_classification' as const, per_page: 1 };
	const changes = await collect(auditLogs.listByInsight(issue, query));
	const common = { id: uuid, issue_id: issue, changed_at: date, changed_by: expect.any(String) };
	const field_changed = 'user_classification';
	const [set, removed] = [
		{ previous_value: null, current_value: 'other', rationale: 'A parked domain' },
		{ previous_value: 'other', current_value: null, rationale: null },
	].map((values) => ({ ...common, field_changed, ...values }));
	expect(changes).toEqual([removed, set]);
	expect(await collect(auditLogs.listByInsight(issue, { ...query, order: 'asc' }))).toEqual([
		set,
		removed,
	]);
});

test('insights: the full payload, at account level alone', async () => {
	const { context } = client.securityCenter.insights;
	expect(await context.get(seedIds.insights.danglingRecord, account)).toEqual({
		records: [expect.objectContaining({ type: 'A' })],
	});
});

test.each([
	['account', account, 32, seedIds.accessApps.adminSite],
	['zone', zone, 3, seedIds.accessApps.zoneStaging],
])('Access applications of the %s: list, get, policies', async (_level, scope, count, appId) => {
	const { applications } = client.zeroTrust.access;
	const apps = await collect(applications.list({ ...scope, per_page: 25 }));
	expect(apps).toHaveLength(count);
	const app = await applications.get(appId, scope);
	expect(apps[0]).toEqual(app);
	expect(app).toMatchObject({
		id: uuid,
		aud: expect.stringMatching(/^[0-9a-f]{64}$/),
		type: 'self_hosted',
		session_duration: expect.any(String),
	});
	const policies = await collect(applications.policies.list(appId, scope));
	expect(policies).toEqual((app as { policies: unknown[] }).policies);
	expect(policies[0]).toMatchObject({ id: uuid, decision: 'allow', precedence: 1 });
	const missing = applications.get(seedIds.insights.dmarc, scope);
	await expect(missing).rejects.toMatchObject({ status: 404, errors: [{ code: 11021 }] });
});

test('Access applications: filters', async () => {
	const names = async (query: object) => {
		const apps = await collect(client.zeroTrust.access.applications.list({ ...account, ...query }));
		return apps.map(({ name }) => name);
	};
	expect(await names({ name: 'admin site', exact: false })).toEqual(['Admin Site']);
	expect(await names({ domain: 'admin.example.com', exact: true })).toEqual(['Admin Site']);
	expect(await names({ search: 'grafana' })).toEqual(['Grafana']);
	expect(await names({ target_attributes: 'hostname=web-2' })).toEqual(['Production Servers']);
});

test('alerts: history over pages', async () => {
	const since = new Date(Date.now() - 30 * 86_400_000).toISOString();
	const rows = await collect(client.alerting.history.list({ ...account, since, per_page: 5 }));
	expect(rows.length).toBeGreaterThan(5);
	expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
	for (const row of rows)
		expect(row).toEqual({
			id: uuid,
			name: expect.any(String),
			description: expect.any(String),
			alert_type: expect.any(String),
			alert_body: expect.anything(),
			mechanism: expect.any(String),
			mechanism_type: expect.stringMatching(/^(email|webhook|pagerduty)$/),
			policy_id: uuid,
			sent: date,
		});
});

test('alerts: types and policies', async () => {
	const { alerting } = client;
	const types = await alerting.availableAlerts.list(account);
	expect(types['Web Application Firewall']).toEqual([
		{
			type: 'clickhouse_alert_fw_anomaly',
			display_name: expect.any(String),
			description: expect.any(String),
			filter_options: expect.arrayContaining([expect.objectContaining({ Key: 'zones' })]),
		},
	]);
	const policies = await collect(alerting.policies.list(account));
	expect(policies).toHaveLength(8);
	const policyId = seedIds.alertPolicies.httpDdos;
	expect(await alerting.policies.get(policyId, account)).toEqual(policies[0]);
	const missing = alerting.policies.get(seedIds.insights.dmarc, account);
	await expect(missing).rejects.toMatchObject({ status: 404, errors: [{ code: 0 }] });
});
