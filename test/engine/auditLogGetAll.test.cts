import type { IPairedItemData } from 'n8n-workflow';
import { auditLog, DAY, HOUR, lastMonth, queryOf, v1Path, v2Path } from '../support/auditLog.cjs';
import {
	callLines,
	locator,
	output,
	refusal,
	runNode,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();

const v1 = { ...auditLog, source: 'v1' };
const ids = (events: Array<Record<string, unknown>>) => events.map(({ id }) => id);
const times = (events: Array<Record<string, unknown>>) => events.map(({ time_ms }) => time_ms);

/** Puts events of the last minutes into the log, several of them in one instant. */
const burst = (count: number) =>
	cf.state.audit.burst({ count, time: Date.now() - 1000 - count / 10, spacing: 0.1 });

describe.each<[source: 'v1' | 'v2', path: string, size: string]>([
	['v1', v1Path, 'per_page'],
	['v2', v2Path, 'limit'],
])('Audit Log: Get Many from %s', (source, path, size) => {
	const base = { ...auditLog, source };
	const all = { ...base, returnAll: true };
	const seeded = (since: number) =>
		cf.state.audit
			.entriesOf(seedIds.mainAccount)
			.filter(({ versions, time }) => versions.includes(source === 'v1' ? 1 : 2) && time >= since)
			.map((entry) => entry.ids[source]);

	test('Return All gives each event of the range once, the newest first', async () => {
		const events = await output({ ...all, ...lastMonth });
		expect([...ids(events)].sort()).toEqual(seeded(Date.now() - 40 * DAY).sort());
		expect(times(events)).toEqual([...(times(events) as number[])].sort((a, b) => b - a));
		// v1 tells no totals, so only a page below the default size is surely the last.
		const more = source === 'v1' && events.length % 1000 >= 100 ? 1 : 0;
		const calls = Math.ceil(events.length / 1000) + more;
		expect(callLines(cf)).toEqual(Array(calls).fill(`GET ${path} 200`));
	});

	test('takes the last 24 hours and 50 events when nothing is said', async () => {
		burst(60);
		const before = Date.now();
		expect(await output(base)).toHaveLength(50);
		expect(cf.calls).toHaveLength(1);
		const query = queryOf(cf.calls[0]);
		expect(query).toMatchObject({ direction: 'desc', [size]: '50' });
		expect(Date.parse(query.before)).toBeGreaterThanOrEqual(before);
		expect(Date.parse(query.before) - Date.parse(query.since)).toBe(DAY);
	});

	test.each([
		[1, '1', 1],
		[999, '999', 1],
		[1000, '1000', 1],
		[1001, '1000', 2],
		[2500, '1000', 3],
	])('Limit %i takes pages of %s', async (limit, asked, calls) => {
		burst(2600);
		const events = await output({ ...base, limit });
		expect(new Set(ids(events)).size).toBe(limit);
		expect(cf.calls).toHaveLength(calls);
		expect(cf.calls.map((call) => queryOf(call)[size])).toEqual(Array(calls).fill(asked));
	});

	test('oldest first, on wish', async () => {
		const events = await output({ ...base, ...lastMonth, options: { direction: 'asc' } });
		expect(times(events)).toEqual([...(times(events) as number[])].sort((a, b) => a - b));
		expect(queryOf(cf.calls[0]).direction).toBe('asc');
	});

	test('nothing found is no item and no error', async () => {
		const result = await runNode({
			parameters: { ...all, filters: { actorEmail: 'nobody@example.com' } },
		});
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(cf.calls).toHaveLength(1);
	});

	test('while new events arrive, the range stays, and nothing comes twice or is left out', async () => {
		burst(3000);
		const { fetch } = cf;
		const before = seeded(Date.now() - 2 * HOUR);
		jest.spyOn(cf, 'fetch').mockImplementation(async (request) => {
			const response = await fetch(request);
			cf.state.audit.burst({ count: 150, time: Date.now() + 1000 });
			return response;
		});
		const events = await output({ ...all, lastAmount: 2 });
		expect([...ids(events)].sort()).toEqual([...before].sort());
		const ranges = cf.calls.map((call) => queryOf(call)).map(({ since, before: b }) => since + b);
		expect(new Set(ranges).size).toBe(1);
		jest.restoreAllMocks();
	});

	test('pages that the server cuts down are all fetched', async () => {
		cf.state.audit.mostPerPage = 100;
		const events = await output({ ...all, ...lastMonth });
		expect([...ids(events)].sort()).toEqual(seeded(Date.now() - 40 * DAY).sort());
	});

	test('raw events on wish', async () => {
		const [event] = await output({ ...base, ...lastMonth, simplify: false, limit: 1 });
		expect(event).toMatchObject({ actor: expect.any(Object), resource: expect.any(Object) });
		expect(event).not.toHaveProperty('source');
	});

	test('links every event to the item that asked for it, and goes on after a bad one', async () => {
		burst(5);
		const result = await runNode({
			parameters: { ...all, lastAmount: '={{ $json.hours }}' },
			items: [{ hours: 1 }, { hours: 'yesterday' }, { hours: 2 }],
			onError: 'continueRegularOutput',
		});
		const linked = result.items.map(({ pairedItem }) => (pairedItem as IPairedItemData).item);
		expect(linked).toEqual([...linked].sort());
		expect(linked.filter((item) => item === 0).length).toBeGreaterThanOrEqual(5);
		expect(linked.filter((item) => item === 2).length).toBeGreaterThanOrEqual(5);
		expect(result.items.filter(({ json }) => 'error' in json)).toEqual([
			{
				json: {
					error: 'Last: got "yesterday"',
					details: expect.objectContaining({ kind: 'input', field: 'Last' }),
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(cf.calls).toHaveLength(2);
	});
});

describe('25,000 events', () => {
	const printed: string[] = [];
	beforeEach(() => {
		cf.state.audit.burst({ count: 25_000, time: Date.now() - 60_000, spacing: 1 });
	});
	afterAll(() => process.stdout.write(`${printed.join('\n')}\n`));

	test.each<['v1' | 'v2', 'cursor' | 'cursors.after']>([
		['v1', 'cursor'],
		['v2', 'cursor'],
		['v2', 'cursors.after'],
	])(
		'from %s (%s)',
		async (source, place) => {
			cf.state.audit.cursorPlace = place;
			cf.state.audit.ties = 'shuffled';
			const range = { timeRange: 'between', since: '1h' };
			const filters = { actorEmail: 'alice@example.com' };
			const events = await output({ ...auditLog, source, ...range, returnAll: true, filters });
			expect(new Set(ids(events)).size).toBe(events.length);
			expect(events.length).toBeGreaterThanOrEqual(25_000);
			expect(cf.calls.length).toBeLessThanOrEqual(26);
			printed.push(
				`auditLog: getAll ${source}${source === 'v2' ? ` (${place})` : ''}: ${events.length} events with ${cf.calls.length} calls`,
			);
		},
		60_000,
	);
});

describe('The shape of events', () => {
	test('v1 with what changed', async () => {
		const [entry] = cf.state.audit.burst({ count: 1, time: Date.now() - 5000 });
		expect(await output({ ...v1, filters: { eventId: entry.ids.v1 } })).toEqual([
			expect.objectContaining({
				id: entry.ids.v1,
				source: 'v1',
				result: 'success',
				action_type: 'rec_set',
				actor_email: 'alice@example.com',
				actor_ip: '198.51.100.10',
				actor_context: 'dash',
				account_id: seedIds.mainAccount,
				zone_name: 'example.com',
				changes: [{ field: 'ttl', before: 1, after: 300 }],
			}),
		]);
	});

	test('v2 with credential and request', async () => {
		const events = await output({
			...auditLog,
			...lastMonth,
			filters: { actorCredentialName: 'backup' },
			limit: 1,
		});
		expect(events).toEqual([
			expect.objectContaining({
				source: 'v2',
				actor_email: 'bob@example.com',
				actor_context: 'api_token',
				credential_name: 'backup',
				credential_id: expect.any(String),
				account_name: 'Example Corp',
				ray_id: expect.any(String),
				status_code: expect.any(Number),
			}),
		]);
	});

	test('both have the same keys', async () => {
		const [[one], [two]] = [
			await output({ ...auditLog, ...lastMonth }),
			await output({ ...v1, ...lastMonth }),
		];
		expect(Object.keys(one)).toEqual(Object.keys(two));
	});
});

describe('Account', () => {
	test('from the credential, and looked up once for many items', async () => {
		const credentials = tokenCredential({ accountId: seedIds.secondAccount });
		const nobody = locator('list', '');
		const events = await output({ ...auditLog, ...lastMonth, account: nobody }, { credentials });
		expect(new Set(events.map(({ account_id }) => account_id))).toEqual(
			new Set([seedIds.secondAccount]),
		);
		cf.calls.length = 0;
		const text = await refusal({ ...auditLog, account: nobody }, { items: [{}, {}] });
		expect(text).toContain('reaches several accounts');
		expect(callLines(cf)).toEqual(['GET /accounts 200']);
	});

	test.each([
		[locator('id', 'example.com'), 'Account: got "example.com", which looks like a domain name'],
		[locator('id', ''), 'Account: By ID was chosen'],
	])('refuses %j before any request', async (account, says) => {
		expect(await refusal({ ...auditLog, account })).toContain(says);
		expect(cf.calls).toEqual([]);
	});
});
