import { comparable, sdkRequest } from '../support/sdkRequest.cjs';
import {
	callLines,
	exampleCom,
	jsonOf,
	locator,
	mainAccount,
	output,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const INSIGHTS = 3000;
const cf = useCloudflare({ insights: INSIGHTS });

const account = seedIds.mainAccount;
const com = seedIds.zones['example.com'];
const getAll = {
	authentication: 'token',
	resource: 'insight',
	operation: 'getAll',
	scope: 'account',
	account: mainAccount,
};
const all = { ...getAll, returnAll: true };
const ofZone = { ...all, scope: 'zone', zone: locator('id', com) };
const listPath = `/accounts/${account}/security-center/insights`;
const stored = () => cf.state.insights.value.filter(({ accountId }) => accountId === account);

describe('Security Insight: Get Many', () => {
	test('Return All gives 3,000 insights, each once, in 3 calls', async () => {
		const insights = await output(all);
		expect(insights).toHaveLength(INSIGHTS);
		expect(insights.map(({ id }) => id)).toEqual(stored().map(({ insight }) => insight.id));
		expect(cf.calls.map(({ path, query }) => [path, Object.fromEntries(query)])).toEqual(
			['1', '2', '3'].map((page) => [listPath, { page, per_page: '1000' }]),
		);
		console.log(`insight:getAll, ${insights.length} insights: ${cf.calls.length} calls`);
	});

	test.each([
		[1, 1, '5'],
		[7, 1, '10'],
		[50, 1, '50'],
		[1000, 1, '1000'],
		[1001, 2, '1000'],
		[5000, 3, '1000'],
	])('Limit %i takes %i pages of %s', async (limit, pages, size) => {
		const insights = await output({ ...getAll, limit });
		expect(insights).toHaveLength(Math.min(limit, INSIGHTS));
		expect(new Set(insights.map(({ id }) => id)).size).toBe(insights.length);
		expect(cf.calls).toHaveLength(pages);
		expect(Object.fromEntries(cf.calls[0].query)).toMatchObject({ per_page: size });
	});

	test('takes 50 when nothing is said', async () => {
		expect(await output(getAll)).toHaveLength(50);
		expect(cf.calls).toHaveLength(1);
	});

	test('of a zone', async () => {
		const insights = await output(ofZone);
		const own = cf.state.insights.value.filter(({ zoneId }) => zoneId === com);
		expect(insights.map(({ id }) => id)).toEqual(own.map(({ insight }) => insight.id));
		expect(cf.calls[0].path).toBe(`/zones/${com}/security-center/insights`);
	});

	test('of a zone by name', async () => {
		expect(await output({ ...ofZone, zone: exampleCom, returnAll: false, limit: 3 })).toHaveLength(
			3,
		);
		expect(callLines(cf)).toEqual([
			'GET /zones 200',
			`GET /zones/${com}/security-center/insights 200`,
		]);
	});

	test("of the credential's account when none is chosen", async () => {
		const credentials = tokenCredential({ accountId: account });
		await output({ ...getAll, account: locator('list', '') }, { credentials });
		expect(callLines(cf)).toEqual([`GET ${listPath} 200`]);
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({
			parameters: { ...all, filters: { subject: 'nowhere.example' } },
		});
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(cf.calls).toHaveLength(1);
	});

	test.each<[filters: object, wire: object]>([
		[{ severity: ['critical'] }, { severity: ['critical'] }],
		[{ severity: ['Critical', 'low'] }, { severity: ['critical', 'low'] }],
		[{ severity: '={{ "Moderate" }}' }, { severity: ['moderate'] }],
		[{ severityNot: ['low', 'moderate'] }, { 'severity~neq': ['low', 'moderate'] }],
		[{ issueClass: 'dmarc' }, { issue_class: ['dmarc'] }],
		[
			{ issueClass: ' dmarc , a_record_dangling,' + 'dmarc' },
			{ issue_class: ['dmarc', 'a_record_dangling'] },
		],
		[{ issueClassNot: '={{ ["dmarc"] }}' }, { 'issue_class~neq': ['dmarc'] }],
		[
			{ issueType: ['email_security', 'weak_authentication'] },
			{ issue_type: ['email_security', 'weak_authentication'] },
		],
		[{ issueTypeNot: ['compliance_violation'] }, { 'issue_type~neq': ['compliance_violation'] }],
		[{ product: 'dns' }, { product: ['dns'] }],
		[{ productNot: 'dns, ssl' }, { 'product~neq': ['dns', 'ssl'] }],
		[{ subject: 'example.com' }, { subject: ['example.com'] }],
		[{ subjectNot: 'example.com,example.net' }, { 'subject~neq': ['example.com', 'example.net'] }],
		[{ source: ['cloudflare', 'riskrecon'] }, { source: ['cloudflare', 'riskrecon'] }],
		[{ dismissed: 'true' }, { dismissed: true }],
		[{ dismissed: 'false' }, { dismissed: false }],
		[{ dismissed: '={{ true }}' }, { dismissed: true }],
		[
			{ severity: ['critical'], issueTypeNot: ['email_security'], dismissed: 'false' },
			{ severity: ['critical'], 'issue_type~neq': ['email_security'], dismissed: false },
		],
	])('filter %j is sent as the SDK sends it', async (filters, wire) => {
		await output({ ...getAll, filters });
		const params = { account_id: account, ...wire };
		expect(comparable(cf.calls[0])).toEqual(
			await sdkRequest((sdk) => sdk.securityCenter.insights.list(params)),
		);
		expect(cf.calls[0].status).toBe(200);
	});

	test('a filter and its exclusion give all insights between them', async () => {
		const chosen = await output({ ...all, filters: { severity: ['critical'] } });
		const rest = await output({ ...all, filters: { severityNot: ['critical'] } });
		expect(new Set(chosen.map(({ severity }) => severity))).toEqual(new Set(['Critical']));
		expect(chosen.length + rest.length).toBe(INSIGHTS);
	});

	test('simplifies, and shows everything on wish', async () => {
		const filters = { issueClass: 'a_record_dangling', subject: 'old-shop.example.com' };
		const [simple] = await output({ ...getAll, limit: 1, filters });
		expect(simple).toEqual({
			id: seedIds.insights.danglingRecord,
			severity: 'Critical',
			issue_class: 'a_record_dangling',
			issue_type: 'exposed_infrastructure',
			subject: 'old-shop.example.com',
			status: 'active',
			dismissed: false,
			user_classification: null,
			since: expect.stringMatching(/^\d{4}-.*Z$/),
			resolve_text: 'Review A record',
		});
		const [raw] = await output({ ...getAll, limit: 1, filters, simplify: false });
		expect(raw).toEqual(stored()[0].insight);
	});

	test('fetches the full payload of those that have one, and of no others', async () => {
		const insights = await output({ ...getAll, limit: 30, includeContext: true });
		const large = stored()
			.slice(0, 30)
			.filter(({ insight }) => insight.has_extended_context);
		expect(large.length).toBeGreaterThan(3);
		expect(insights.filter(({ context }) => context !== undefined)).toHaveLength(large.length);
		expect(insights[0].context).toEqual(large[0].context);
		expect(cf.calls).toHaveLength(1 + large.length);
		const { id } = large[0].insight;
		expect(comparable(cf.calls[1])).toEqual(
			await sdkRequest((sdk) =>
				sdk.securityCenter.insights.context.get(id, { account_id: account }),
			),
		);
	});

	test('an insight without its payload by now does not end the list', async () => {
		stored()[0].context = undefined;
		const insights = await output({ ...getAll, limit: 5, includeContext: true });
		expect(insights).toHaveLength(5);
		expect(insights[0].context).toBeNull();
	});

	test('links every insight to the item that asked for it, and goes on after a bad one', async () => {
		const result = await runNode({
			parameters: {
				...all,
				filters: { severity: '={{ $json.severity }}', subject: 'example.com' },
			},
			items: [{ severity: 'critical' }, { severity: 'fatal' }, { severity: 'moderate' }],
			onError: 'continueRegularOutput',
		});
		const links = result.items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		expect(new Set(links)).toEqual(new Set([0, 1, 2]));
		expect(links).toEqual([...links].sort());
		const bad = jsonOf(result).filter((_json, index) => links[index] === 1);
		expect(bad).toEqual([
			{
				error: 'Severity: got "fatal"',
				details: expect.objectContaining({ kind: 'input', field: 'Severity' }),
			},
		]);
		for (const [index, { severity }] of jsonOf(result).entries())
			if (links[index] !== 1) expect(severity).toBe(links[index] === 0 ? 'Critical' : 'Moderate');
	});
});
