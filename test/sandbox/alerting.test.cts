import type { AlertRecord } from '../../sandbox/cloudflare/alerting/types.cjs';
import { createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { refusal, sender } from './support.cjs';

const DAY = 86_400_000;
let now = Date.parse('2026-11-02T12:00:00Z');
const cloudflare = createCloudflare({ now: () => now });
const send = sender(cloudflare);
const base = `/accounts/${seedIds.mainAccount}/alerting/v3`;
const branch = `/accounts/${seedIds.secondAccount}/alerting/v3/history`;
beforeEach(() => {
	now = Date.parse('2026-11-02T12:00:00Z');
	cloudflare.reset();
});

const ago = (days: number): string => new Date(now - days * DAY).toISOString();
const history = async (query = 'per_page=1000', path = `${base}/history`) =>
	(await send('GET', `${path}?${query}`)).json;
const rows = async (query = ''): Promise<AlertRecord[]> =>
	(await history(`per_page=1000&${query}`)).result;

test.each([
	['', { page: 1, per_page: 25, count: 25, total_count: 91 }],
	['per_page=5&page=2', { page: 2, per_page: 5, count: 5 }],
	['per_page=2000', { per_page: 1000, count: 91 }],
	['page=99', { count: 0 }],
])('history: %s', async (query, expected) => {
	expect((await history(query)).result_info).toMatchObject(expected);
});

test('one row for each destination, newest first', async () => {
	const found = await rows();
	const times = found.map(({ sent }) => Date.parse(sent));
	expect(times).toEqual([...times].sort((left, right) => right - left));
	const first = found.filter(({ sent }) => sent === found[0].sent);
	expect(first.map(({ mechanism_type, mechanism }) => [mechanism_type, mechanism])).toEqual([
		['email', 'soc@example.com'],
		['email', 'on-call@example.com'],
		['pagerduty', expect.any(String)],
	]);
	expect(new Set(first.map(({ id }) => id)).size).toBe(3);
	for (const row of first) {
		expect(row.policy_id).toBe(seedIds.alertPolicies.httpDdos);
		expect(row.alert_body).toEqual(first[0].alert_body);
	}
});

test('bodies are JSON as text, plain text, text that looks like JSON, and objects', async () => {
	const kind = ({ alert_body }: AlertRecord): string => {
		if (typeof alert_body !== 'string') return 'object';
		try {
			JSON.parse(alert_body);
			return 'JSON';
		} catch {
			return /^[[{]/.test(alert_body) ? 'like JSON' : 'text';
		}
	};
	expect(new Set((await rows()).map(kind))).toEqual(
		new Set(['object', 'JSON', 'like JSON', 'text']),
	);
});

test('since counts from that time on, and before up to it', async () => {
	const all = await rows();
	const { sent } = all[40];
	const newer = await rows(`since=${sent}`);
	const older = await rows(`before=${sent}`);
	expect([...newer, ...older]).toEqual(all);
	expect(newer.at(-1)?.sent).toBe(sent);
	expect(await rows(`since=${ago(3)}&before=${ago(5)}`)).toEqual([]);
	expect(await rows(`since=${encodeURIComponent(sent.replace('Z', '+00:00'))}`)).toEqual(newer);
});

test.each([
	'since=2026-10-01',
	'since=2026-10-01T00:00:00',
	'before=1790000000',
	'before=1790000000000',
	'since=yesterday',
	'since=',
	'before=2026-13-01T00:00:00Z',
	// A plus sign that was not encoded arrives as a space.
	'since=2026-10-01T00:00:00+02:00',
	'per_page=4',
	'page=0',
])('%s is refused', async (query) => {
	expect(refusal(await send('GET', `${base}/history?${query}`))).toBe('400 1001');
});

test('30 days are kept, and 90 with Enterprise; older rows are left out without a word', async () => {
	const since = `since=${ago(365)}`;
	expect(await rows(since)).toEqual(await rows());
	const stored = cloudflare.state.alerting.value.history;
	expect(stored.get(seedIds.mainAccount)?.length).toBeGreaterThan(91);
	expect((await history(since, branch)).result_info).toMatchObject({ total_count: 8 });
	expect(stored.get(seedIds.secondAccount)).toHaveLength(12);
	now += 31 * DAY;
	expect((await history('', branch)).result).toEqual([]);
	expect((await rows()).length).toBeLessThan(91);
});

test('more alerts on demand', async () => {
	const many = sender(createCloudflare({ alerts: 1500 }));
	const { json } = await many('GET', `${base}/history?per_page=1000&page=3`);
	expect(json.result_info.total_count).toBeGreaterThan(2000);
});

test('alert types by product, and policies in one piece', async () => {
	const types = (await send('GET', `${base}/available_alerts`)).json.result;
	const known = Object.values<Array<{ type: string }>>(types).flat();
	const { result, result_info } = (await send('GET', `${base}/policies`)).json;
	expect(result_info).toBeUndefined();
	for (const { alert_type } of result) expect(known.map(({ type }) => type)).toContain(alert_type);
	for (const { policy_id } of await rows())
		expect(result.map(({ id }: { id: string }) => id)).toContain(policy_id);
	const missing = await send('GET', `${base}/policies/${seedIds.insights.dmarc}`);
	expect(refusal(missing)).toBe('404 0');
});
