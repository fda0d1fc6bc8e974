import { HOUR } from '../support/auditLog.cjs';
import { entriesSince, idsOf, MINUTE, Watch, warnings } from '../support/auditTrigger.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
/** By how much n8n's clock is ahead of Cloudflare's. */
let ahead = 0;
let saysDate = true;
// Before the stand-in looks at its clock.
beforeEach(() => {
	ahead = 0;
	saysDate = true;
});
const cf = useCloudflare({ now: () => time.now() - ahead }, (_request, response) => {
	if (!saysDate) response.headers.delete('date');
	return response;
});

/** Moves n8n's clock alone. */
function jump(milliseconds: number): void {
	time.advance(milliseconds);
	ahead += milliseconds;
}

/** Half an hour of events, some of them late, with a poll each minute, until nothing more can come. */
async function watchFor(trigger: Watch, jumps: Readonly<Record<number, number>> = {}) {
	const start = cf.state.now();
	await trigger.activate();
	for (let minute = 0; minute < 46; minute += 1) {
		if (minute < 30) {
			cf.state.audit.burst({ count: 3, spacing: 1_000 });
			cf.state.audit.add({}, 9 * MINUTE);
		}
		time.advance(MINUTE);
		jump(jumps[minute] ?? 0);
		const { error } = await trigger.poll();
		if (error) throw error;
	}
	return entriesSince(cf, start);
}

describe("When the clock of n8n's machine is wrong, nothing is lost and nothing repeated", () => {
	test.each([
		['an hour ahead', HOUR],
		['an hour behind', -HOUR],
		['two minutes ahead', 2 * MINUTE],
		['30 days behind', -30 * 24 * HOUR],
	])('%s', async (_what, offset) => {
		jump(offset);
		const trigger = new Watch(cf);
		const wanted = await watchFor(trigger);
		expect(wanted).toHaveLength(120);
		expect(trigger.ids).toHaveLength(120);
		expect(new Set(trigger.ids)).toEqual(new Set(idsOf(wanted)));
		expect(Math.abs(Number(trigger.trigger.state.head) - cf.state.now() / 1000)).toBeLessThan(5);
		expect(trigger.turns.flatMap(warnings)).toEqual([]);
	});

	test.each<[string, Record<number, number>]>([
		['an hour on', { 10: HOUR }],
		['an hour back', { 10: -HOUR }],
		['to and fro', { 5: HOUR, 12: -2 * HOUR, 18: HOUR, 19: 10 * MINUTE, 20: -10 * MINUTE }],
	])('it jumps %s between polls', async (_what, jumps) => {
		const trigger = new Watch(cf);
		const wanted = await watchFor(trigger, jumps);
		expect(trigger.ids).toHaveLength(120);
		expect(new Set(trigger.ids)).toEqual(new Set(idsOf(wanted)));
	});

	test('it is set right while n8n restarts', async () => {
		jump(HOUR);
		const trigger = new Watch(cf);
		await trigger.activate();
		const entries = cf.state.audit.burst({ count: 5, spacing: 1_000 });
		time.advance(MINUTE);
		await trigger.poll();
		jump(-HOUR);
		await trigger.restart();
		entries.push(...cf.state.audit.burst({ count: 5, spacing: 1_000 }));
		time.advance(MINUTE);
		await trigger.poll();
		expect(trigger.ids).toEqual(idsOf(entries));
	});

	test.each([
		['ahead', HOUR],
		['behind', -HOUR],
	])('Start From a fixed time, with the clock an hour %s', async (_what, offset) => {
		jump(offset);
		const from = cf.state.now() - 3 * HOUR;
		cf.state.audit.burst({ count: 170, time: from + MINUTE, spacing: MINUTE });
		const wanted = entriesSince(cf, Math.floor(from / 1000) * 1000);
		const trigger = new Watch(cf, { options: { startFrom: new Date(from).toISOString() } });
		await trigger.activate();
		await trigger.poll();
		await trigger.poll();
		expect(trigger.ids).toEqual(idsOf(wanted));
	});

	test('the first polls of all fail, then the clock proves to be an hour ahead', async () => {
		jump(HOUR);
		const trigger = new Watch(cf);
		cf.faults.add({ kind: 'rateLimited', retryAfter: 300 });
		await trigger.activate();
		const entry = cf.state.audit.add();
		time.advance(5 * MINUTE);
		await trigger.poll();
		await trigger.poll();
		expect(trigger.ids).toEqual([entry.ids.v2]);
	});
});

test('when answers do not tell the time, the clock of the machine does', async () => {
	saysDate = false;
	const trigger = new Watch(cf);
	const wanted = await watchFor(trigger);
	expect(trigger.ids).toHaveLength(120);
	expect(new Set(trigger.ids)).toEqual(new Set(idsOf(wanted)));
});
