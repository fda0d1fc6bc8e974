import { addToken, createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { INSIGHT_CLASSES } from '../../sandbox/cloudflare/seed/insightClasses.cjs';
import type { Insight } from '../../sandbox/cloudflare/insights/types.cjs';
import { refusal, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
const account = `/accounts/${seedIds.mainAccount}/security-center/insights`;
const second = `/accounts/${seedIds.secondAccount}/security-center/insights`;
const zone = `${zonePath('example.com')}/security-center/insights`;
const ids = seedIds.insights;
beforeEach(() => cloudflare.reset());

const list = async (query = '', base = account) => (await send('GET', `${base}?${query}`)).json;
const issues = async (query: string, base = account): Promise<Insight[]> =>
	(await list(`per_page=1000&${query}`, base)).result.issues;
const one = async (id: string): Promise<Insight | undefined> =>
	(await issues('')).find((issue) => issue.id === id);

test('the total and the page are in the result, and there is no result_info', async () => {
	const answer = await list();
	expect(answer).not.toHaveProperty('result_info');
	expect(answer.result).toMatchObject({ count: 60, page: 1, per_page: 25 });
	expect(answer.result.issues).toHaveLength(25);
	expect((await list('page=3')).result.issues).toHaveLength(10);
	expect((await list('page=4')).result).toMatchObject({ count: 60, issues: [] });
	expect((await list('', second)).result.count).toBe(6);
});

test('every class, type, severity, status and classification is there', async () => {
	const all = await issues('');
	const values = (of: (issue: Insight) => unknown) => new Set(all.map(of));
	expect(values((issue) => issue.issue_class).size).toBe(INSIGHT_CLASSES.length);
	expect(values((issue) => issue.issue_type).size).toBe(6);
	expect(values((issue) => issue.severity)).toEqual(new Set(['Low', 'Moderate', 'Critical']));
	expect(values((issue) => issue.status)).toEqual(new Set(['active', 'resolved']));
	expect(values((issue) => issue.dismissed)).toEqual(new Set([true, false]));
	expect(values((issue) => issue.user_classification)).toEqual(
		new Set([null, 'false_positive', 'accept_risk', 'other']),
	);
	expect(values((issue) => issue.id).size).toBe(60);
	expect(values((issue) => issue.subject).size).toBeGreaterThan(20);
});

test('3,000 insights take three calls', async () => {
	const many = sender(createCloudflare({ insights: 3000 }));
	const found = new Set<string>();
	for (const page of [1, 2, 3]) {
		const { result } = (await many('GET', `${account}?per_page=1000&page=${page}`)).json;
		expect(result.count).toBe(3000);
		for (const { id } of result.issues) found.add(id);
	}
	expect(found.size).toBe(3000);
});

test.each<[string, (issue: Insight) => boolean]>([
	['dismissed=true', ({ dismissed }) => dismissed],
	['dismissed=false', ({ dismissed }) => !dismissed],
	['issue_class=dmarc', (issue) => issue.issue_class === 'dmarc'],
	[
		'issue_class=dmarc&issue_class=casb_findings',
		(issue) => /^(dmarc|casb)/.test(issue.issue_class),
	],
	['issue_class~neq=dmarc', (issue) => issue.issue_class !== 'dmarc'],
	['issue_type=email_security', (issue) => issue.issue_type === 'email_security'],
	['issue_type~neq=email_security', (issue) => issue.issue_type !== 'email_security'],
	['severity=low&severity=critical', ({ severity }) => severity !== 'Moderate'],
	['severity~neq=low&severity~neq=critical', ({ severity }) => severity === 'Moderate'],
	['subject=example.com', ({ subject }) => subject === 'example.com'],
	['subject=Example%20Corp', ({ subject }) => subject === 'Example Corp'],
	['subject~neq=example.com', ({ subject }) => subject !== 'example.com'],
	['product=dns', (issue) => issue.issue_class.endsWith('_dangling')],
	['product~neq=dns', (issue) => !issue.issue_class.endsWith('_dangling')],
	[
		'severity=critical&dismissed=false',
		(issue) => issue.severity === 'Critical' && !issue.dismissed,
	],
	['source=cloudflare', () => true],
	['issue_class=', () => true],
	// Other libraries write arrays so: the API does not know these parameters.
	['severity[]=low', () => true],
])('filters by %s', async (query, expected) => {
	const all = await issues('');
	const found = await issues(query);
	expect(found).toEqual(all.filter(expected));
	expect(found.length).toBeGreaterThan(0);
});

test.each([
	'per_page=0',
	'per_page=4',
	'per_page=26',
	'per_page=1005',
	'per_page=all',
	'page=0',
	'severity=Critical',
	'severity=low,critical',
	'severity~neq=high',
	'issue_type=dns',
	'dismissed=yes',
	'source=mine',
])('%s is refused', async (query) => {
	expect(refusal(await send('GET', `${account}?${query}`))).toBe('400 1001');
});

test.each([
	['class', account, 'issue_class'],
	['type', account, 'issue_type'],
	['severity', account, 'severity'],
	['class', zone, 'issue_class'],
	['type', zone, 'issue_type'],
	['severity', zone, 'severity'],
] as const)('counts by %s take the filters of the list (%s)', async (name, base, field) => {
	const filters = 'dismissed=false&severity~neq=low';
	const found = await issues(filters, base);
	const counts = (await send('GET', `${base}/${name}?${filters}`)).json.result;
	expect(counts.length).toBeGreaterThan(0);
	for (const { value, count } of counts)
		expect(count).toBe(found.filter((issue) => issue[field] === value).length);
	expect(counts).toHaveLength(new Set(found.map((issue) => issue[field])).size);
	expect((await send('GET', `${base}/${name}?severity=High`)).status).toBe(400);
});

test('a zone shows its own insights, and the account shows those of all its zones', async () => {
	const own = await issues('', zone);
	expect(own.length).toBeGreaterThan(5);
	for (const { payload } of own) expect(payload.zone_tag).toBe(seedIds.zones['example.com']);
	expect(own.map(({ id }) => id)).toContain(ids.danglingRecord);
	expect(own.map(({ id }) => id)).not.toContain(ids.accountLevel);
	const path = `${zonePath('example.net')}/security-center/insights/${ids.dmarc}/dismiss`;
	expect(refusal(await send('PUT', path, { dismiss: true }))).toBe('404 10001');
});

test.each([account, zone])('dismisses and restores, below %s', async (base) => {
	const path = `${base}/${ids.dmarc}/dismiss`;
	const answer = await send('PUT', path, { dismiss: true });
	expect(answer.json).toEqual({ success: true, errors: [], messages: [] });
	expect(await one(ids.dmarc)).toMatchObject({ dismissed: true, status: 'active' });
	await send('PUT', path, { dismiss: true });
	await send('PUT', path, { dismiss: false });
	expect(await one(ids.dmarc)).toMatchObject({ dismissed: false });
	expect(cloudflare.state.changes.map(({ action, resource }) => [action, resource.type])).toEqual(
		Array(3).fill(['update', 'insight']),
	);
	expect(cloudflare.state.changes[0]).toMatchObject({
		actor: 'userToken',
		resource: { id: ids.dmarc },
		before: { dismissed: false },
		after: { dismissed: true },
	});
});

const rationale = 'Known and wanted';
test.each<[string, object[], string | null]>([
	['false positive', [{ classification: 'false_positive' }], 'false_positive'],
	['accepted risk', [{ classification: 'accept_risk', rationale }], 'accept_risk'],
	['the same twice', Array(2).fill({ classification: 'other', rationale }), 'other'],
	[
		'another one after null',
		[
			{ classification: 'false_positive' },
			{ classification: null },
			{ classification: 'other', rationale },
		],
		'other',
	],
	['null', [{ classification: null }], null],
])('classifies: %s', async (_what, bodies, expected) => {
	for (const body of bodies) {
		const answer = await send('PATCH', `${zone}/${ids.dmarc}/classification`, body);
		expect(answer.json).toEqual({ success: true, errors: [], messages: [] });
	}
	expect(await one(ids.dmarc)).toMatchObject({ user_classification: expected, dismissed: false });
});

test('the history of an insight: filters, order, pages', async () => {
	const path = `${zone}/${ids.dmarc}`;
	for (const body of [{ classification: 'other', rationale }, { classification: null }])
		await send('PATCH', `${path}/classification`, body);
	await send('PUT', `${path}/dismiss`, { dismiss: true });
	const history = async (query = '') => (await send('GET', `${path}/audit-log?${query}`)).json;
	const { result, result_info } = await history();
	expect(result).toEqual([
		expect.objectContaining({ previous_value: 'other', current_value: null, rationale: null }),
		{
			id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
			issue_id: ids.dmarc,
			changed_at: expect.any(String),
			changed_by: 'userToken',
			field_changed: 'user_classification',
			previous_value: null,
			current_value: 'other',
			rationale,
		},
	]);
	expect(result_info).toEqual({ count: 2, per_page: 25 });
	expect((await history('order=asc')).result).toEqual([...result].reverse());
	const first = await history('per_page=1');
	expect(first.result).toEqual(result.slice(0, 1));
	const second = await history(`per_page=1&cursor=${first.result_info.cursor}`);
	expect([second.result, second.result_info.cursor]).toEqual([result.slice(1), undefined]);
	for (const none of [
		'field_changed=status',
		'changed_by=system',
		`before=${result[1].changed_at}`,
	])
		expect((await history(none)).result).toEqual([]);
	expect((await history(`since=${result[1].changed_at}`)).result).toHaveLength(2);
	for (const wrong of ['order=up', 'field_changed=dismissed', 'since=now', 'per_page=0'])
		expect((await send('GET', `${path}/audit-log?${wrong}`)).status).toBe(400);
});

test.each<[string, string, string, unknown, string]>([
	[
		'another one without null',
		'acceptedRisk',
		'classification',
		{ classification: 'false_positive' },
		'400 1001',
	],
	['no rationale', 'dmarc', 'classification', { classification: 'accept_risk' }, '400 1001'],
	[
		'a blank rationale',
		'dmarc',
		'classification',
		{ classification: 'other', rationale: ' ' },
		'400 1001',
	],
	['an unknown class', 'dmarc', 'classification', { classification: 'fixed' }, '400 1001'],
	['no class', 'dmarc', 'classification', {}, '400 1001'],
	['a list', 'dmarc', 'classification', [], '400 1001'],
	['no word on dismissing', 'dmarc', 'dismiss', {}, '400 1001'],
	['a text on dismissing', 'dmarc', 'dismiss', { dismiss: 'true' }, '400 1001'],
	['no JSON', 'dmarc', 'dismiss', '{', '400 6007'],
])('refuses %s, and changes nothing', async (_what, name, call, body, expected) => {
	const id = ids[name as keyof typeof ids];
	const before = await one(id);
	const method = call === 'dismiss' ? 'PUT' : 'PATCH';
	expect(refusal(await send(method, `${account}/${id}/${call}`, body))).toBe(expected);
	expect(await one(id)).toEqual(before);
	expect(cloudflare.state.changes).toEqual([]);
});

test.each([
	['PUT', 'dismiss', { dismiss: true }],
	['PATCH', 'classification', { classification: null }],
	['GET', 'context', undefined],
	['GET', 'audit-log', undefined],
])('an unknown insight: %s %s', async (method, call, body) => {
	const path = `${account}/${seedIds.accessApps.adminSite}/${call}`;
	expect(refusal(await send(method, path, body))).toBe('404 10001');
});

test('the full payload is there where the list says so, at account level alone', async () => {
	const { has_extended_context } = (await one(ids.danglingRecord)) ?? {};
	expect(has_extended_context).toBe(true);
	const { json } = await send('GET', `${account}/${ids.danglingRecord}/context`);
	expect(json.result.records).toHaveLength(1);
	expect(refusal(await send('GET', `${account}/${ids.dmarc}/context`))).toBe('404 10001');
	expect(refusal(await send('GET', `${zone}/${ids.danglingRecord}/context`))).toBe('404 7003');
});

test('a reset brings the seed back, and other accounts have no insights', async () => {
	await send('PUT', `${account}/${ids.dmarc}/dismiss`, { dismiss: true });
	cloudflare.reset();
	expect(await one(ids.dmarc)).toMatchObject({ dismissed: false });
	const [, , customer] = cloudflare.state.accounts.keys();
	const { json } = await send('GET', `/accounts/${customer}/security-center/insights`);
	expect(json.result).toEqual({ count: 0, issues: [], page: 1, per_page: 25 });
});

test('a token that may only read is refused the changes as a wrong method', async () => {
	const token = addToken(cloudflare.state, {
		permissions: ['Account Security Center Insights Read'],
	});
	const reader = sender(cloudflare, token);
	expect((await reader('GET', account)).status).toBe(200);
	const change = await reader('PUT', `${account}/${ids.dmarc}/dismiss`, { dismiss: true });
	expect(refusal(change)).toBe('405 10405');
	expect(refusal(await reader('GET', zone))).toBe('403 10000');
});
