import { refuses, type BadInput } from '../support/badInput.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';
import {
	callLines,
	jsonOf,
	locator,
	mainAccount,
	output,
	refusal,
	runListSearch,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const { insights } = seedIds;
const account = seedIds.mainAccount;
const net = seedIds.zones['example.net'];
const inAccount = { account_id: account };
const base = {
	authentication: 'token',
	resource: 'insight',
	scope: 'account',
	account: mainAccount,
};
const summary = { ...base, operation: 'getSummary' };
const byId = (value: unknown) => ({ insight: locator('id', value) });
const archive = { ...base, operation: 'archive', ...byId(insights.dmarc) };
const classify = { ...base, operation: 'classify', ...byId(insights.dmarc) };
const recordOf = (id: string) => cf.state.insights.value.find(({ insight }) => insight.id === id)!;
describe('Security Insight: Get Summary', () => {
	test('counts by severity, type and class in one item, with three calls', async () => {
		const own = cf.state.insights.value.filter(({ accountId }) => accountId === account);
		const [counts, ...more] = await output(summary);
		expect(more).toEqual([]);
		expect(counts.count).toBe(own.length);
		const number = (severity: string) =>
			own.filter(({ insight }) => insight.severity === severity).length;
		expect(counts.severity).toEqual({
			Critical: number('Critical'),
			Moderate: number('Moderate'),
			Low: number('Low'),
		});
		const sum = (group: unknown) =>
			Object.values(group as Record<string, number>).reduce((total, each) => total + each, 0);
		expect(sum(counts.issue_type)).toBe(own.length);
		expect(sum(counts.issue_class)).toBe(own.length);
		expect(callLines(cf).sort()).toEqual(
			['class', 'severity', 'type'].map(
				(what) => `GET /accounts/${account}/security-center/insights/${what} 200`,
			),
		);
		console.log(`insight:getSummary: ${cf.calls.length} calls`);
	});

	test('names a severity that does not occur', async () => {
		const [counts] = await output({ ...summary, filters: { severity: ['low'] } });
		expect(counts.severity).toEqual({ Critical: 0, Moderate: 0, Low: counts.count });
	});

	test('takes the filters of Get Many, for each of its calls', async () => {
		const filters = { severityNot: ['low'], issueType: ['email_security'], dismissed: 'false' };
		await output({ ...summary, filters });
		const params = {
			...inAccount,
			'severity~neq': ['low' as const],
			issue_type: ['email_security' as const],
			dismissed: false,
		};
		const sent = cf.calls.map(comparable);
		expect(sent).toHaveLength(3);
		for (const request of await Promise.all([
			sdkRequest((sdk) => sdk.securityCenter.insights.class.get(params)),
			sdkRequest((sdk) => sdk.securityCenter.insights.type.get(params)),
			sdkRequest((sdk) => sdk.securityCenter.insights.severity.get(params)),
		]))
			expect(sent).toContainEqual(request);
	});
});

describe('Security Insight: Archive', () => {
	test.each([
		['archive', insights.dmarc, true],
		['restore', insights.dismissed, false],
	])('%s', async (change, id, dismissed) => {
		expect(await output({ ...archive, ...byId(id), change })).toEqual([{ id, dismissed }]);
		expect(recordOf(id).insight.dismissed).toBe(dismissed);
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((sdk) =>
				sdk.securityCenter.insights.dismiss(id, { ...inAccount, dismiss: dismissed }),
			),
		]);
	});

	test('at zone level, with an ID in capitals', async () => {
		const zone = { scope: 'zone', zone: locator('id', net) };
		const given = byId(` ${insights.acceptedRisk.toUpperCase()} `);
		await output({ ...archive, ...zone, ...given });
		expect(recordOf(insights.acceptedRisk).insight.dismissed).toBe(true);
	});

	test('links items and goes on after a bad one', async () => {
		const ids = [insights.dmarc, 'dmarc', insights.danglingRecord, account];
		const result = await runNode({
			parameters: { ...archive, ...byId('={{ $json.id }}') },
			items: ids.map((id) => ({ id })),
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_id, item) => ({ item })),
		);
		const [good, bad, alsoGood, alsoBad] = jsonOf(result);
		expect(good).toEqual({ id: insights.dmarc, dismissed: true });
		expect(bad.error).toBe('Insight: got "dmarc"');
		expect(alsoGood).toEqual({ id: insights.danglingRecord, dismissed: true });
		expect(alsoBad.error).toContain('which looks like the ID of an account');
		expect(cf.calls).toHaveLength(2);
	});

	test('names the permission that a reading token lacks', async () => {
		const credentials = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		const text = await refusal(archive, { credentials });
		expect(text).toContain('"Account → Security Center Insights → Edit"');
	});
});

describe('Security Insight: Classify', () => {
	test.each<[classification: string, rationale: string | undefined]>([
		['false_positive', undefined],
		['false_positive', 'Checked by hand'],
		['accept_risk', 'Test server'],
		['other', 'See ticket 4711'],
	])('%s because of %j, with one call', async (classification, rationale) => {
		const [result] = await output({ ...classify, classification, rationale });
		expect(result).toEqual({
			id: insights.dmarc,
			user_classification: classification,
			...(rationale && { rationale }),
			replaced: false,
		});
		expect(recordOf(insights.dmarc)).toMatchObject({
			insight: { user_classification: classification },
		});
		expect(cf.calls.map(comparable)).toEqual([
			await sdkRequest((sdk) =>
				sdk.securityCenter.insights.classification.update(insights.dmarc, {
					...inAccount,
					classification: classification as 'other',
					...(rationale && { rationale }),
				}),
			),
		]);
	});

	test('None removes the classification', async () => {
		const result = await output({
			...classify,
			...byId(insights.acceptedRisk),
			classification: 'none',
		});
		expect(result).toEqual([
			{ id: insights.acceptedRisk, user_classification: null, replaced: false },
		]);
		expect(cf.calls[0].body).toEqual({ classification: null });
		expect(recordOf(insights.acceptedRisk).insight.user_classification).toBeNull();
	});

	const replace = {
		...classify,
		...byId(insights.acceptedRisk),
		classification: 'false_positive',
	};

	const earlier = {
		user_classification: 'accept_risk',
		rationale: 'Looked at by the team, see ticket 100',
	};
	const acceptedRisk = () => recordOf(insights.acceptedRisk);
	const bodies = () => cf.calls.map(({ method, body, status }) => [method, body, status]);
	const errors = [{ code: 1001, message: 'rationale is not allowed here' }];
	const refuses = (nth: number) =>
		cf.faults.add({ kind: 'status', status: 400, errors, match: { method: 'PATCH', nth } });

	test('another classification: removes the earlier one in between, and tells it', async () => {
		expect(await output(replace)).toEqual([
			{
				id: insights.acceptedRisk,
				user_classification: 'false_positive',
				replaced: true,
				previous: earlier,
			},
		]);
		expect(bodies()).toEqual([
			['PATCH', { classification: 'false_positive' }, 400],
			['GET', undefined, 200],
			['PATCH', { classification: null }, 200],
			['PATCH', { classification: 'false_positive' }, 200],
		]);
		expect(comparable(cf.calls[1])).toEqual(
			await sdkRequest((sdk) =>
				sdk.securityCenter.insights.auditLogs.listByInsight(insights.acceptedRisk, {
					...inAccount,
					field_changed: 'user_classification',
					order: 'desc',
					per_page: 5,
				}),
			),
		);
		expect(acceptedRisk().insight.user_classification).toBe('false_positive');
	});

	test('sets the earlier one again when the new one is refused for another reason', async () => {
		refuses(3);
		const text = await refusal(replace);
		expect(text).toContain(
			'As the new one was not set, the earlier one was set again: accept_risk, because of "Looked at by the team, see ticket 100".',
		);
		expect(text).toContain('rationale is not allowed here (code 1001)');
		expect(acceptedRisk().insight.user_classification).toBe('accept_risk');
		expect(acceptedRisk().history.at(-1)).toMatchObject({ rationale: earlier.rationale });
	});

	test('says that the insight is unclassified when the earlier one cannot be set again', async () => {
		refuses(3);
		refuses(4);
		const text = await refusal(replace);
		expect(text).toContain('It was removed, and then the new one was not set');
		expect(text).toContain('the insight is unclassified now. It was accept_risk, because of');
		expect(text).toContain('rationale is not allowed here (code 1001)');
		expect(acceptedRisk().insight.user_classification).toBeNull();
	});

	test('says that nothing is known when the answers about the new one are lost', async () => {
		for (const nth of [3, 4, 5, 6])
			cf.faults.add({ kind: 'cutAfter', match: { method: 'PATCH', nth } });
		const text = await refusal(replace);
		expect(text).toContain('whether the new one was set is not known. It was accept_risk');
		expect(acceptedRisk().insight.user_classification).toBe('false_positive');
	});

	test('changes nothing while the history cannot be reached', async () => {
		cf.faults.add({ kind: 'status', status: 500, errors, match: { path: /audit-log/ }, times: 4 });
		expect(await refusal(replace)).toContain('Cloudflare could not process the request');
		expect(acceptedRisk().insight.user_classification).toBe('accept_risk');
	});

	test.each<[what: string, prepare: () => void, words: string]>([
		[
			'is refused',
			() =>
				cf.faults.add({
					kind: 'status',
					status: 403,
					errors: [{ code: 10000, message: 'Authentication error' }],
					match: { path: /audit-log/ },
				}),
			'Cloudflare refused access',
		],
		['is empty', () => void (acceptedRisk().history = []), 'Its history does not tell it'],
		[
			'tells of other changes',
			() => void (acceptedRisk().history[0].field_changed = 'status'),
			'Its history does not tell it',
		],
	])('replaces the earlier one also when the history %s', async (_what, prepare, words) => {
		prepare();
		expect(await output(replace)).toEqual([
			{
				id: insights.acceptedRisk,
				user_classification: 'false_positive',
				replaced: true,
				previousUnknown: expect.stringContaining(words) as string,
			},
		]);
		cf.reset();
		prepare();
		refuses(3);
		const text = await refusal(replace);
		expect(text).toContain('the insight is unclassified now. Run the operation again to set it.');
		expect(text).not.toContain('It was accept_risk');
	});

	test('an unknown insight stays as it is, and nothing is removed', async () => {
		const unknown = 'f174e90a-fafe-4643-bbbc-4a0ed4fc8415';
		const text = await refusal({ ...classify, ...byId(unknown), classification: 'false_positive' });
		expect(text).toContain('Cloudflare has nothing under this ID');
		expect(cf.calls).toHaveLength(1);
	});
});

describe('The list of insights', () => {
	test('names class, subject and severity, and finds by them', async () => {
		const parameters = { ...archive };
		const { results } = await runListSearch('searchInsights', { parameters });
		expect(results).toHaveLength(60);
		expect(results[0]).toEqual({
			name: 'a_record_dangling: old-shop.example.com (Critical)',
			value: insights.danglingRecord,
		});
		const found = await runListSearch('searchInsights', {
			parameters,
			filter: 'OLD-SHOP.example.c',
		});
		expect(found.results[0].value).toBe(insights.danglingRecord);
		expect(found.results.length).toBeLessThan(60);
	});
});

const UUID = 'A UUID such as';
const filter = (filters: object) => ({ ...base, operation: 'getAll', filters });
const wrong: BadInput[] = [
	['an insight that is a domain', { ...archive, ...byId('example.com') }, 'Insight:', UUID],
	['an insight that is an account', { ...archive, ...byId(account) }, 'Insight:', UUID],
	['no insight', { ...archive, ...byId('') }, 'Insight: By ID was chosen', 'An ID or a name'],
	['nothing chosen', { ...archive, insight: locator('list', '') }, 'Insight: got nothing', UUID],
	['an unknown change', { ...archive, change: '={{ "delete" }}' }, 'Change:', 'archive, restore'],
	[
		'an unknown classification',
		{ ...classify, classification: '={{ "fine" }}' },
		'Classification:',
		'One of: accept_risk',
	],
	[
		'no reason for accept_risk',
		{ ...classify, classification: 'accept_risk' },
		'Rationale:',
		'why',
	],
	[
		'a blank reason for other',
		{ ...classify, classification: 'other', rationale: '  ' },
		'Rationale:',
		'why',
	],
	['an unknown severity', filter({ severity: ['high'] }), 'Severity:', 'One of: critical'],
	['an unknown exclusion', filter({ severityNot: '={{ "x" }}' }), 'Severity Is Not:', 'One of:'],
	['an unknown type', filter({ issueType: ['dns'] }), 'Type:', 'One of: compliance_violation'],
	['no type', filter({ issueType: [] }), 'Type: nothing was given', 'or remove this filter'],
	['an empty class', filter({ issueClass: ' , ' }), 'Class:', 'or remove this filter'],
	['a missing subject', filter({ subject: '={{ $json.none }}' }), 'Subject:', 'remove this filter'],
	['a number as product', filter({ product: '={{ 7 }}' }), 'Product:', 'Texts'],
	['an unknown answer', filter({ dismissed: 'maybe' }), 'Archived:', 'true or false'],
	['an unknown source', filter({ source: ['x'] }), 'Source:', 'cloudflare, riskrecon'],
	['a limit of 0', { ...filter({}), limit: '={{ 0 }}' }, 'Limit:', 'A whole number from 1'],
	['an unknown scope', { ...filter({}), scope: '={{ "all" }}' }, 'Scope:', 'One of: zone, account'],
];
refuses('Security Insight: bad input', cf, wrong);
