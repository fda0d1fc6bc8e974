import { idsOf, LOOK_BACK, MINUTE, Watch } from '../support/auditTrigger.cjs';
import { v2Path } from '../support/auditLog.cjs';
import { needs } from '../support/engine/index.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
afterEach(() => jest.restoreAllMocks());

interface Held {
	/** Resolves when the answer is made: later events are not in it. */
	made: Promise<void>;
	release(): void;
}

/** Keeps the next answer on its way for as long as the test wants. */
function holdNextAnswer(): Held {
	const { fetch } = cf;
	let release!: () => void;
	let isMade!: () => void;
	const released = new Promise<void>((resolve) => (release = resolve));
	const made = new Promise<void>((resolve) => (isMade = resolve));
	const spy = jest.spyOn(cf, 'fetch').mockImplementation(async (request) => {
		spy.mockRestore();
		const response = await fetch(request);
		isMade();
		await released;
		return response;
	});
	return { made, release };
}

/** A poll whose only answer is under way. */
async function slowPoll(trigger: Watch) {
	const { made, release } = holdNextAnswer();
	const polling = trigger.trigger.poll();
	await made;
	return async () => {
		release();
		const { items, error, logs } = await polling;
		if (error) throw error;
		return { items, ids: (items ?? []).map(({ id }) => String(id)), logs };
	};
}

async function started(parameters?: Record<string, unknown>): Promise<Watch> {
	const trigger = new Watch(cf, parameters);
	await trigger.activate();
	time.advance(MINUTE);
	return trigger;
}

const addPast = (count = 3) =>
	cf.state.audit.burst({ count, time: time.now() - 30_000, spacing: 1_000 });

describe('Two polls at the same time give each event once', () => {
	test.each([
		['first', 1],
		['second', 2],
	])('the %s one is slower', async (_which, nth) => {
		const trigger = await started();
		const entries = addPast(20);
		cf.faults.add({ kind: 'hold', until: 2, match: { path: v2Path } });
		cf.faults.add({ kind: 'delay', ms: 150, match: { path: v2Path, nth } });
		const both = await Promise.all([trigger.trigger.poll(), trigger.trigger.poll()]);
		const given = both.map(({ items }) => (items ?? []).map(({ id }) => id));
		expect(given[2 - nth]).toEqual(idsOf(entries));
		expect(both[nth - 1].items).toBeNull();
		expect(cf.calls).toHaveLength(2);
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('the one that asked first ends last, and knows less', async () => {
		const trigger = await started();
		const first = addPast();
		const finish = await slowPoll(trigger);
		const second = addPast();
		expect((await trigger.poll()).ids.sort()).toEqual(idsOf([...first, ...second]).sort());
		const { head } = trigger.trigger.state;
		expect((await finish()).items).toBeNull();
		expect(trigger.trigger.state).toMatchObject({ head });
	});

	test('the one that asked last ends last, and gives only what the other did not', async () => {
		const trigger = await started();
		const first = addPast();
		const finishFirst = await slowPoll(trigger);
		const second = addPast();
		const finishSecond = await slowPoll(trigger);
		expect((await finishFirst()).ids).toEqual(idsOf(first));
		expect((await finishSecond()).ids).toEqual(idsOf(second));
	});

	test('three at once, each with a cap', async () => {
		const trigger = await started({ options: { maxEvents: 10 } });
		const entries = addPast(25);
		cf.faults.add({ kind: 'hold', until: 3, match: { path: v2Path } });
		const all = await Promise.all([1, 2, 3].map(async () => await trigger.trigger.poll()));
		const given = all.flatMap(({ items }) => (items ?? []).map(({ id }) => String(id)));
		await trigger.drain(3);
		expect([...given, ...trigger.ids]).toEqual(idsOf(entries));
	});

	test('one that ends after the look-back does not bring back what has been forgotten by then', async () => {
		const trigger = await started();
		const entries = addPast();
		const finish = await slowPoll(trigger);
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		time.advance(LOOK_BACK + 2 * MINUTE);
		expect((await trigger.poll()).items).toBeNull();
		expect(trigger.trigger.state).toMatchObject({ seen: '' });
		const { head, settled } = trigger.trigger.state;
		expect((await finish()).items).toBeNull();
		expect(trigger.trigger.state).toMatchObject({ head, settled });
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('one that fails does not undo what the other did', async () => {
		const trigger = await started();
		const entries = addPast();
		cf.faults.add({ kind: 'rateLimited', retryAfter: 300, match: { path: v2Path, nth: 1 } });
		const { made, release } = holdNextAnswer();
		const failing = trigger.trigger.poll();
		await made;
		expect((await trigger.poll()).ids).toEqual(idsOf(entries));
		const { state } = trigger.trigger;
		release();
		expect((await failing).items).toBeNull();
		expect(trigger.trigger.state).toEqual({ ...state, failures: 1 });
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('the first of all: the earlier beginning counts', async () => {
		needs('polls beside an activation');
		const trigger = new Watch(cf);
		const { made, release } = holdNextAnswer();
		const activation = trigger.trigger.activate();
		await made;
		expect((await trigger.poll()).items).toBeNull();
		const { head } = trigger.trigger.state;
		time.advance(5_000);
		const entry = cf.state.audit.add({ time: time.now() - 2_000 });
		release();
		expect((await activation).items).toBeNull();
		expect(trigger.trigger.state).toMatchObject({ head, settled: head });
		time.advance(5_000);
		expect((await trigger.poll()).ids).toEqual([entry.ids.v2]);
	});

	test('with Start From, the first two of all', async () => {
		needs('polls beside an activation');
		const trigger = new Watch(cf, { options: { startFrom: '2m' } });
		const entries = addPast(25);
		const { made, release } = holdNextAnswer();
		const activation = trigger.trigger.activate();
		await made;
		const finish = await slowPoll(trigger);
		release();
		const both = [await activation, await finish()];
		const given = both.flatMap(({ items }) => (items ?? []).map(({ id }) => String(id)));
		expect(given.filter((id) => idsOf(entries).includes(id))).toEqual(idsOf(entries));
		time.advance(MINUTE);
		expect((await trigger.poll()).items).toBeNull();
	});

	test('a slow one of before an edit changes nothing in what the edited trigger does', async () => {
		const trigger = await started();
		const entries = addPast();
		const { made, release } = holdNextAnswer();
		const slow = trigger.trigger.poll();
		await made;
		const edited = await trigger.change({ parameters: { options: { lookBackMinutes: 30 } } });
		expect(edited.ids).toEqual(idsOf(entries));
		const { state } = trigger.trigger;
		release();
		expect((await slow).items).toBeUndefined();
		expect(trigger.trigger.state).toEqual(state);
	});
});
