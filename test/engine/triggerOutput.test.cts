import { auditLog, DAY } from '../support/auditLog.cjs';
import { entriesSince, errorText, idsOf, MINUTE, Watch } from '../support/auditTrigger.cjs';
import { moveTime, output, takeCalls, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

async function one(parameters: Record<string, unknown>) {
	const trigger = new Watch(cf, parameters);
	await trigger.activate();
	const entry = cf.state.audit.add({ time: time.now() + 1_000 });
	time.advance(MINUTE);
	const { items } = await trigger.poll();
	expect(items).toHaveLength(1);
	return { entry, item: items?.[0] };
}

describe.each(['v1', 'v2'] as const)('Items from %s', (source) => {
	test('have the keys and values of Audit Log: Get Many', async () => {
		const { entry, item } = await one({ source });
		const filters = { eventId: entry.ids[source] };
		const [wanted] = await output({ ...auditLog, source, filters });
		expect(item).toEqual(wanted);
		expect(Object.keys(item ?? {})).toEqual(Object.keys(wanted));
	});

	test('Raw Event: as the API gives them', async () => {
		const { entry, item } = await one({ source, options: { rawEvent: true } });
		const filters = { eventId: entry.ids[source] };
		const [wanted] = await output({ ...auditLog, source, filters, simplify: false });
		expect(item).toEqual(wanted);
		expect(item).toMatchObject({ actor: expect.any(Object), resource: expect.any(Object) });
		expect(item).not.toHaveProperty('source');
	});
});

describe('A test in the editor', () => {
	test.each([
		['v2', 'default'],
		['v1', 'default'],
		['v2', 'durable'],
		['v2', 'older'],
	] as const)(
		'%s, %s engine: the newest five events, the newest first, and the state stays as it is',
		async (source, host) => {
			const trigger = new Watch(cf, { source }, { host });
			await trigger.activate();
			await trigger.poll();
			const entries = cf.state.audit.burst({ count: 8, time: time.now() + 1_000, spacing: 1_000 });
			time.advance(MINUTE);
			const { state, saved } = trigger.trigger;
			takeCalls(cf);
			const { items } = await trigger.trigger.test();
			expect(items?.map(({ id }) => id)).toEqual(idsOf(entries.slice(-5).reverse(), source));
			expect(takeCalls(cf)).toHaveLength(1);
			expect([trigger.trigger.state, trigger.trigger.saved]).toEqual([state, saved]);
			// The active workflow gets all of them.
			expect((await trigger.poll()).ids).toEqual(idsOf(entries, source));
		},
	);

	test('without an active workflow, from the last 30 days, and with Trigger On and Filters', async () => {
		const parameters = { triggerOn: ['signIns'], filters: { actorEmail: 'bob@example.com' } };
		const { items } = await new Watch(cf, parameters).trigger.test();
		const wanted = entriesSince(cf, time.now() - 30 * DAY).filter(
			({ action, actor }) => action.type === 'login' && actor.email === 'bob@example.com',
		);
		expect(items?.map(({ id }) => id)).toEqual(idsOf(wanted.slice(-5).reverse()));
		expect(items).toHaveLength(5);
	});

	test('fewer than five when there are no more, and raw ones on wish', async () => {
		const entry = cf.state.audit.add({
			actor: { id: '', type: 'user', context: 'dash', email: 'new@example.com' },
		});
		time.advance(MINUTE);
		const filters = { actorEmail: 'new@example.com' };
		const { items } = await new Watch(cf, { filters, options: { rawEvent: true } }).trigger.test();
		expect(items).toEqual([
			expect.objectContaining({ id: entry.ids.v2, actor: expect.any(Object) }),
		]);
	});

	test.each(['v1', 'v2'])(
		'%s: when nothing matches, it says how to make an event',
		async (source) => {
			const trigger = new Watch(cf, { source, filters: { actorEmail: 'nobody@example.com' } });
			const turn = await trigger.trigger.test();
			expect(errorText(turn)).toMatch(/There is no event yet that matches.*DNS record.*Everything/);
			expect(turn.items).toBeUndefined();
			expect(cf.calls).toHaveLength(1);
			expect(trigger.trigger.state).toEqual({});
		},
	);

	test('nothing among the newest 3,000 is enough to say so', async () => {
		cf.state.audit.burst({ count: 4_000, time: time.now() - 10 * MINUTE, spacing: 1 });
		const turn = await new Watch(cf, { filters: { actorIp: '192.0.2.0/30' } }).trigger.test();
		expect(errorText(turn)).toContain('There is no event yet that matches');
		expect(cf.calls).toHaveLength(3);
	});

	test('a failure is shown at once, and not counted', async () => {
		const trigger = new Watch(cf);
		await trigger.activate();
		const { state } = trigger.trigger;
		cf.faults.add({ kind: 'rateLimited', retryAfter: 300 });
		expect(errorText(await trigger.trigger.test())).toContain('too many requests');
		expect(trigger.trigger.state).toEqual(state);
	});
});
