import { ago, DAY, queryOf } from '../support/auditLog.cjs';
import {
	callLines,
	locator,
	mainAccount,
	output,
	refusal,
	runLoadOptions,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare({ alerts: 1500 });

const path = `/accounts/${seedIds.mainAccount}/alerting/v3/history`;
const getAll = {
	authentication: 'token',
	resource: 'alertHistory',
	operation: 'getAll',
	account: mainAccount,
};
const quarter = { lastAmount: 90, lastUnit: 'days' };
const all = { ...getAll, ...quarter, returnAll: true };
const stored = () => {
	const rows = cf.state.alerting.value.history.get(seedIds.mainAccount) ?? [];
	return rows.filter(({ sent }) => Date.parse(sent) >= Date.now() - 90 * DAY);
};

describe('Alert History: Get Many', () => {
	test('Return All gives each row once, with no page too many', async () => {
		const alerts = await output(all);
		const expected = stored();
		expect(alerts.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
		expect(callLines(cf)).toEqual(Array(Math.ceil(expected.length / 1000)).fill(`GET ${path} 200`));
		process.stdout.write(
			`alertHistory: getAll: ${alerts.length} alerts with ${cf.calls.length} calls\n`,
		);
	});

	test('rows of one alert that share an ID are kept', async () => {
		const rows = cf.state.alerting.value.history.get(seedIds.mainAccount) ?? [];
		const [first] = rows;
		const twin = rows.find(({ sent, id }) => sent === first.sent && id !== first.id)!;
		twin.id = first.id;
		const alerts = await output({ ...all, lastAmount: 1 });
		expect(alerts.filter(({ id }) => id === first.id)).toHaveLength(2);
	});

	test.each([
		[1, 1, '5'],
		[50, 1, '50'],
		[1000, 1, '1000'],
		[1001, 2, '1000'],
	])('Limit %i takes %i pages of %s', async (limit, pages, size) => {
		expect(await output({ ...getAll, ...quarter, limit })).toHaveLength(limit);
		expect(cf.calls).toHaveLength(pages);
		expect(queryOf(cf.calls[0]).per_page).toBe(size);
	});

	test('the last seven days and 50 rows when nothing is said', async () => {
		expect(await output(getAll)).toHaveLength(50);
		const { since, before } = queryOf(cf.calls[0]);
		expect(Date.parse(before) - Date.parse(since)).toBe(7 * DAY);
	});

	test('sends what the official SDK sends', async () => {
		const range = { since: ago(20 * DAY), before: ago(-40 * DAY) };
		await output({ ...getAll, timeRange: 'between', ...range });
		const { method, path: sent, query } = cf.calls[0];
		expect(comparable({ method, path: sent, query })).toEqual(
			await sdkRequest((client) =>
				client.alerting.history.list({ account_id: seedIds.mainAccount, ...range }),
			),
		);
	});

	test('nothing found is no item and no error', async () => {
		const range = { timeRange: 'between', since: '5s' };
		const result = await runNode({ parameters: { ...getAll, ...range } });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
	});

	test('bodies: JSON becomes a value, other text stays', async () => {
		const bodies = new Map((await output(all)).map((row) => [row.alert_type, row.alert_body]));
		expect(bodies.get('dos_attack_l7')).toMatchObject({ attack_type: 'HTTP Flood' });
		expect(bodies.get('security_insights_alert')).toEqual([
			expect.objectContaining({ issue_class: 'a_record_dangling' }),
		]);
		expect(bodies.get('universal_ssl_event_type')).toMatchObject({
			data: { event_type: 'ssl.certificate.renewed' },
		});
		expect(bodies.get('tunnel_health_event')).toMatch(/^\[(?:Down|Healthy)\] Tunnel/);
		expect(bodies.get('abuse_report_alert')).toMatch(/^\{"report_type"/);
	});

	test.each<[filters: object, fits: (alert: Record<string, unknown>) => boolean]>([
		[{ alertTypes: ['dos_attack_l7'] }, (a) => a.alert_type === 'dos_attack_l7'],
		[
			{ alertTypes: '={{ "dos_attack_l7, incident_alert" }}' },
			(a) => ['dos_attack_l7', 'incident_alert'].includes(String(a.alert_type)),
		],
		[{ mechanismTypes: ['pagerduty'] }, (a) => a.mechanism_type === 'pagerduty'],
		[
			{ mechanismTypes: ['email', 'webhook'], alertTypes: ['dos_attack_l7'] },
			(a) => a.mechanism_type !== 'pagerduty' && a.alert_type === 'dos_attack_l7',
		],
	])('filter %j is applied by the node, and Limit counts afterwards', async (filters, fits) => {
		const expected = (await output(all)).filter(fits);
		expect(expected.length).toBeGreaterThan(3);
		expect(await output({ ...all, filters })).toEqual(expected);
		expect(await output({ ...getAll, ...quarter, filters, limit: 3 })).toEqual(
			expected.slice(0, 3),
		);
		for (const { query } of cf.calls) {
			expect(query.map(([name]) => name).sort()).toEqual(['before', 'page', 'per_page', 'since']);
		}
	});

	test('one destination, in capitals or not', async () => {
		const mechanism = String(stored().find((row) => row.mechanism_type === 'email')?.mechanism);
		const alerts = await output({ ...all, filters: { mechanism: mechanism.toUpperCase() } });
		expect(alerts.length).toBeGreaterThan(0);
		expect(new Set(alerts.map((alert) => alert.mechanism))).toEqual(new Set([mechanism]));
	});

	test('links rows to their items, and goes on after a bad one', async () => {
		const result = await runNode({
			parameters: { ...getAll, limit: 2, timeRange: 'between', since: '={{ $json.since }}' },
			items: [{ since: '3d' }, { since: 'never' }, { since: '5d' }],
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2, 2].map((item) => ({ item })),
		);
		expect(result.items[2].json.error).toBe('Since: got "never"');
	});

	test.each<[parameters: object, says: string]>([
		[{ filters: { mechanismTypes: ['fax'] } }, 'Mechanism Type: got "fax"'],
		[{ filters: { mechanismTypes: [] } }, 'Mechanism Type: nothing was given'],
		[{ filters: { alertTypes: [] } }, 'Alert Type: nothing was given'],
		[{ filters: { mechanism: '' } }, 'Mechanism: got an empty text'],
		[
			{ timeRange: 'between', since: '200d', before: '100d' },
			'keeps the alert history for 90 days',
		],
		[{ account: locator('id', 'x') }, 'Account: got "x"'],
		[{ limit: -1 }, 'Limit: got -1'],
	])('refuses %j before any request', async (parameters, says) => {
		expect(await refusal({ ...getAll, ...parameters })).toContain(says);
		expect(cf.calls).toEqual([]);
	});

	test('says that most accounts see 30 days only', async () => {
		const { hints } = await runNode({ parameters: { ...getAll, ...quarter } });
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('last 30 days only') }),
		]);
	});
});

test('alert types in the editor come from the API', async () => {
	const options = await runLoadOptions('getAlertTypes', { parameters: getAll });
	expect(options.map(({ value }) => value)).toContain('dos_attack_l7');
	expect(options.map(({ name }) => name)).toEqual(
		options.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en')),
	);
	expect(callLines(cf)).toEqual([
		`GET /accounts/${seedIds.mainAccount}/alerting/v3/available_alerts 200`,
	]);
});
