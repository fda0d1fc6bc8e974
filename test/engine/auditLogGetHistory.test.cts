import { ago, auditLog, DAY, lastMonth, queryOf, v2Path } from '../support/auditLog.cjs';
import {
	callLines,
	jsonOf,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { comparable, sdkRequest } from '../support/sdkRequest.cjs';

const cf = useCloudflare();

const history = { ...auditLog, operation: 'getHistory' };
const MINUTE = 60_000;
const time = () => Math.trunc(Date.now() / 1000) * 1000 - 10 * MINUTE;
const resource = (id?: string) => ({
	product: 'dns_records',
	type: 'dns_record',
	scope: 'zones' as const,
	...(id === undefined ? {} : { id }),
});

/** Changes of one resource: `count`, a tenth of a second apart. Gives the event of the first as a normalised one. */
async function changes(count: number, more: object = {}, id: string | undefined = 'record-1') {
	const event = { resource: resource(id), ...more };
	const [first] = cf.state.audit.burst({ count, time: time(), spacing: 100, event });
	const [item] = await output({ ...auditLog, filters: { eventId: first.ids.v2 } });
	cf.calls.length = 0;
	return item;
}

describe('Audit Log: Get Change History', () => {
	test('takes the event of the node before, and says how sure Cloudflare is', async () => {
		const item = await changes(3);
		const events = await output(history, { items: [item] });
		expect(events).toHaveLength(3);
		expect(events[0]).toEqual({ ...events[0], source: 'v2', history_status: 'exact' });
		expect(new Set(events.map(({ resource_id }) => resource_id))).toEqual(new Set(['record-1']));
		expect(callLines(cf)).toEqual([`GET ${v2Path}/${String(item.id)}/history 200`]);
		const query = queryOf(cf.calls[0]);
		expect(query).toMatchObject({ action_time: item.time, direction: 'desc', limit: '50' });
		expect(Date.parse(query.before) - Date.parse(query.since)).toBe(30 * DAY);
	});

	test('sends what the official SDK sends', async () => {
		const item = await changes(1);
		const range = { since: ago(20 * DAY), before: ago(-300 * DAY) };
		const times = { timeRange: 'between', ...range };
		await output({ ...history, ...times, options: { direction: 'asc' } }, { items: [item] });
		const { method, path, query } = cf.calls[0];
		expect(comparable({ method, path, query })).toEqual(
			await sdkRequest((client) =>
				client.accounts.logs.audit.history(String(item.id), {
					account_id: seedIds.mainAccount,
					action_time: String(item.time),
					...range,
					direction: 'asc',
					limit: 50,
				}),
			),
		);
	});

	test('takes id and time from fields, in any form', async () => {
		const item = await changes(2);
		const events = await output(
			{
				...history,
				eventId: '={{ $json.event.toUpperCase() }}',
				actionTime: '={{ DateTime.fromISO($json.at).setZone("Asia/Tokyo") }}',
			},
			{ items: [{ event: item.id, at: item.time }] },
		);
		expect(events).toHaveLength(2);
		expect(Date.parse(queryOf(cf.calls[0]).action_time)).toBe(item.time_ms);
	});

	test('keeps all digits of the time', async () => {
		const item = await changes(1);
		const actionTime = String(item.time).replace('Z', '.000456Z');
		await output({ ...history, actionTime }, { items: [item] });
		expect(queryOf(cf.calls[0]).action_time).toBe(actionTime);
	});

	test('raw events on wish, with the status too', async () => {
		const item = await changes(1);
		const [event] = await output({ ...history, simplify: false }, { items: [item] });
		expect(event).toMatchObject({ action: { type: 'update' }, history_status: 'exact' });
		expect(event).not.toHaveProperty('source');
	});

	test('approximate where there was no request', async () => {
		const item = await changes(2, { request: undefined });
		const events = await output(history, { items: [item] });
		expect(events.map(({ history_status }) => history_status)).toEqual([
			'approximate',
			'approximate',
		]);
	});

	test('unavailable is an item that says so, and a hint', async () => {
		const item = await changes(2, { resource: resource() });
		const result = await runNode({ parameters: history, items: [item] });
		expect(jsonOf(result)).toEqual([
			{
				id: item.id,
				history_status: 'unavailable',
				message: expect.stringContaining('recorded too little'),
			},
		]);
		expect(result.hints).toHaveLength(1);
	});

	test('nothing in the range is no item', async () => {
		const item = await changes(1);
		const range = { timeRange: 'between', since: '20d', before: '19d' };
		const result = await runNode({ parameters: { ...history, ...range }, items: [item] });
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([]);
		expect(result.hints).toEqual([]);
	});

	test.each<['cursor' | 'cursors.after']>([['cursor'], ['cursors.after']])(
		'Return All and Limit over pages (%s)',
		async (place) => {
			const item = await changes(2300);
			cf.state.audit.cursorPlace = place;
			const items = [item];
			const lengthOf = async (parameters: object) => {
				cf.calls.length = 0;
				const events = await output({ ...history, ...parameters }, { items });
				return [new Set(events.map(({ id }) => id)).size, cf.calls.length];
			};
			expect(await lengthOf({ returnAll: true })).toEqual([2300, 3]);
			expect(await lengthOf({ limit: 7 })).toEqual([7, 1]);
			expect(await lengthOf({ limit: 1001 })).toEqual([1001, 2]);
		},
	);

	test('one bad item among good ones', async () => {
		const item = await changes(2);
		const result = await runNode({
			parameters: history,
			items: [item, { id: 'nonsense', time: item.time }, {}, item],
			onError: 'continueRegularOutput',
		});
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 2, 3, 3].map((index) => ({ item: index })),
		);
		const errors = result.items.map(({ json }) => json.error).filter(Boolean);
		expect(errors).toEqual(['Event ID: got "nonsense"', 'Event ID: got nothing']);
	});

	test.each<[parameters: object, says: string]>([
		[{ eventId: seedIds.mainAccount }, 'which looks like the ID of an account'],
		[{ actionTime: '' }, 'Action Time: got nothing'],
		[{ actionTime: 'then' }, 'Action Time: got "then"'],
		[{ timeRange: 'between', since: '1d', before: '2d' }, 'is not before'],
	])('refuses %j before any request', async (parameters, says) => {
		const item = await changes(1);
		expect(await refusal({ ...history, ...parameters }, { items: [item] })).toContain(says);
		expect(cf.calls).toEqual([]);
	});

	test('an event that Cloudflare does not find', async () => {
		const item = await changes(1);
		const actionTime = '2026-06-01T00:00:00Z';
		const text = await refusal({ ...history, ...lastMonth, actionTime }, { items: [item] });
		expect(text).toContain('audit log entry not found');
	});
});
