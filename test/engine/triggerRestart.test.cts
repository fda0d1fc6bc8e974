import { DAY } from '../support/auditLog.cjs';
import {
	entriesSince,
	idsOf,
	MINUTE,
	printFigures,
	warnings,
	Watch,
} from '../support/auditTrigger.cjs';
import { locator, moveTime, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

/** Something new, and the poll that hands it over. */
async function handOver(trigger: Watch, count = 5) {
	const entries = cf.state.audit.burst({ count, time: time.now() + 1_000, spacing: 1_000 });
	time.advance(MINUTE);
	const turn = await trigger.poll();
	expect(turn.ids).toEqual(idsOf(entries));
	return entries;
}

async function started(parameters?: Record<string, unknown>): Promise<Watch> {
	const trigger = new Watch(cf, parameters);
	await trigger.activate();
	return trigger;
}

describe('Restart', () => {
	test('nothing comes twice, although n8n has forgotten the polls that gave nothing', async () => {
		const trigger = await started();
		await handOver(trigger);
		for (let poll = 0; poll < 5; poll += 1) {
			time.advance(MINUTE);
			expect((await trigger.poll()).items).toBeNull();
		}
		expect(trigger.trigger.saved).not.toEqual(trigger.trigger.state);
		const restarted = await trigger.restart();
		expect(restarted).toMatchObject({ items: null, calls: [expect.anything()] });
		await handOver(trigger);
		printFigures('restart', [restarted]);
	});

	test('what happened while n8n was down comes at once', async () => {
		const trigger = await started();
		await handOver(trigger);
		const entries = cf.state.audit.burst({ count: 30, time: time.now() + 1_000, spacing: 1_000 });
		time.advance(40 * MINUTE);
		expect((await trigger.restart()).ids).toEqual(idsOf(entries));
	});

	test('after many forgotten polls over events that do not match, it only takes more calls', async () => {
		const trigger = await started({ filters: { actorIp: '192.0.2.0/24' } });
		const { head } = trigger.trigger.state;
		for (let poll = 0; poll < 6; poll += 1) {
			cf.state.audit.burst({ count: 500, spacing: 100 });
			time.advance(30 * MINUTE);
			expect((await trigger.poll()).items).toBeNull();
		}
		expect(trigger.trigger.state.head).toBeGreaterThan(Number(head) + 10_000);
		expect(trigger.trigger.saved).toMatchObject({ head });
		const restarted = await trigger.restart();
		expect(restarted.items).toBeNull();
		expect(restarted.calls).toHaveLength(3);
		printFigures('restart after 3,000 events that do not match', [restarted]);
	});

	test('with an older saved state, only what came since that state comes again', async () => {
		const trigger = await started();
		const before = await handOver(trigger);
		const { saved } = trigger.trigger;
		const since = [...(await handOver(trigger)), ...(await handOver(trigger))];
		time.advance(30 * MINUTE);
		expect((await trigger.poll()).items).toBeNull();
		const { ids } = await trigger.restart({ state: saved });
		expect(ids).toEqual(idsOf(since));
		expect(ids).not.toContain(before[0].ids.v2);
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('in the middle of a backlog, it goes on where it was', async () => {
		const trigger = await started({ options: { maxEvents: 100 } });
		const entries = cf.state.audit.burst({ count: 450, spacing: 100 });
		time.advance(MINUTE);
		await trigger.poll();
		await trigger.restart();
		await trigger.restart();
		await trigger.drain(3);
		expect(trigger.ids).toEqual(idsOf(entries));
	});
});

describe('Days without polls', () => {
	test('it goes on from where it was, the oldest first', async () => {
		const trigger = await started();
		await handOver(trigger);
		const { saved } = trigger.trigger;
		const entries = cf.state.audit.burst({
			count: 1_500,
			time: time.now() + 1_000,
			spacing: 170_000,
		});
		time.advance(3 * DAY);
		const again = new Watch(cf, {}, { state: saved });
		const first = await again.activate();
		expect(first.ids).toEqual(idsOf(entries.slice(0, 1_000)));
		expect(warnings(first)).toEqual([expect.stringMatching(/ is behind by 1 d/)]);
		await again.drain(1);
		expect(again.ids).toEqual(idsOf(entries.filter(({ time: at }) => at < time.now() - 5_000)));
		printFigures('three days without polls', again.turns);
	});

	test('many events of one second, more than a poll takes, come once each', async () => {
		const trigger = await started({ options: { maxEvents: 100 } });
		const second = Math.ceil(time.now() / 1000) * 1000;
		const entries = [
			...cf.state.audit.burst({ count: 30, time: second, spacing: 1_000 }),
			...cf.state.audit.burst({ count: 230, time: second + 31_000 }),
			...cf.state.audit.burst({ count: 30, time: second + 32_000, spacing: 1_000 }),
		];
		time.advance(DAY);
		await trigger.drain(3);
		expect(trigger.ids).toEqual(idsOf(entries));
	});
});

describe('Edits of the active workflow', () => {
	test.each<[what: string, parameters: object, original?: object]>([
		['a longer look-back', { options: { lookBackMinutes: 60 } }],
		['a shorter look-back', {}, { options: { lookBackMinutes: 120 } }],
		['a filter', { filters: { actorEmail: 'alice@example.com' } }],
		['other groups', { triggerOn: ['dns'] }],
		['fewer events per poll', { options: { maxEvents: 3 } }],
		['raw events', { options: { rawEvent: true } }],
		['Start From', { options: { startFrom: '2026-10-01T00:00:00Z' } }],
	])('%s: nothing is lost or repeated', async (_what, parameters, original = {}) => {
		const trigger = await started({ ...original });
		await handOver(trigger);
		const before = trigger.trigger.state;
		const entries = cf.state.audit.burst({ count: 3, time: time.now() + 1_000, spacing: 1_000 });
		time.advance(MINUTE);
		const changed = await trigger.change({ parameters: { ...parameters } });
		expect(changed.ids).toEqual(idsOf(entries));
		expect(trigger.trigger.state.settled).toBeGreaterThanOrEqual(Number(before.settled));
		expect(warnings(changed)).toEqual([]);
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('with wider filters, what did not match stays away if it is older than the look-back before the last saved position', async () => {
		const trigger = await started({ filters: { actorIp: '192.0.2.0/24' } });
		const old = cf.state.audit.add();
		time.advance(30 * MINUTE);
		const mine = cf.state.audit.add({
			actor: { id: '', type: 'user', context: 'dash', ip: '192.0.2.9' },
			time: time.now() - 5_000,
		});
		expect((await trigger.poll()).ids).toEqual([mine.ids.v2]);
		const late = cf.state.audit.add({ time: time.now() + 1_000 });
		time.advance(MINUTE);
		const changed = await trigger.change({ parameters: {} });
		expect(changed.ids).toEqual([late.ids.v2]);
		expect(changed.ids).not.toContain(old.ids.v2);
	});

	test.each([
		['another source', { source: 'v1' }, 'v1'],
		['another account', { account: locator('id', seedIds.secondAccount) }, 'v2'],
	] as const)(
		'%s: it begins anew from now on, and the log says so',
		async (_what, parameters, version) => {
			const trigger = await started();
			await handOver(trigger);
			const accountId = 'account' in parameters ? seedIds.secondAccount : seedIds.mainAccount;
			cf.state.audit.add({ accountId });
			time.advance(MINUTE);
			const changed = await trigger.change({ parameters });
			expect(changed).toMatchObject({ items: null, calls: [expect.anything()] });
			expect(warnings(changed)).toEqual([
				expect.stringMatching(
					/starts with audit events from .* another account or source was chosen/,
				),
			]);
			const entry = cf.state.audit.add({ accountId, time: time.now() + 1_000 });
			time.advance(MINUTE);
			expect((await trigger.poll()).ids).toEqual([entry.ids[version]]);
			// And back: the old position is gone.
			cf.state.audit.add();
			time.advance(MINUTE);
			expect((await trigger.change({ parameters: {} })).items).toBeNull();
		},
	);

	test('another name for the node begins anew, as the log had said', async () => {
		const trigger = new Watch(cf);
		const { logs } = await trigger.activate();
		expect(logs.join()).toContain('renaming the node makes it start anew');
		await handOver(trigger);
		expect(entriesSince(cf, time.now() - 2 * MINUTE)).toHaveLength(5);
		expect((await trigger.change({ nodeName: 'Renamed' })).items).toBeNull();
		await handOver(trigger);
	});
});
