/** When each of n8n's poll engines keeps a trigger's state. */
import { hasFeature, type TriggerInput } from './index.cjs';
import { answers, api, make, polls } from './tinyTrigger.cjs';

describe.each(['default', 'older'] as const)('%s engine', (host) => {
	test('saves after activation and with emissions only; a restart reverts to what was saved', async () => {
		const trigger = make({ host });
		answers([], [], ['a'], []);
		const seen = [];
		for (const step of ['activate', 'poll', 'poll', 'poll'] as const) {
			const { items } = await trigger[step]();
			seen.push([items?.[0].things ?? items, trigger.state.polls, trigger.saved.polls]);
		}
		expect(seen).toEqual([
			[null, 1, 1],
			[null, 2, 1],
			[['a'], 3, 3],
			[null, 4, 3],
		]);
		answers(['b']);
		expect((await trigger.restart()).items).toMatchObject([{ polls: 4, activation: 'init' }]);
	});

	test('a poll that throws has changed the memory', async () => {
		const trigger = make({ host, state: polls(5) });
		answers([], 403);
		await trigger.activate();
		const { items, error, thrown } = await trigger.poll();
		expect(items).toBeUndefined();
		expect(thrown).toBe(error);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(error?.description).toBe('Request failed with status code 403');
		expect([trigger.state, trigger.saved]).toEqual([polls(7), polls(6)]);
	});

	test('the context is that of the activation in every poll', async () => {
		const trigger = make({ host });
		const budget = host === 'default' && hasFeature['a budget for polls'] ? 300_000 : 'none';
		answers([], ['a'], ['b']);
		await trigger.activate();
		expect((await trigger.poll()).items).toMatchObject([{ activation: 'activate', budget }]);
		expect((await trigger.test()).items).toMatchObject([{ activation: 'manual', budget }]);
	});

	test('polls that overlap see the one live state, and each has its own result', async () => {
		const trigger = make({ host, parameters: { path: '/get', sleep: 60_000 } });
		answers([]);
		await trigger.activate();
		api().get('/get').delay(100).reply(200, ['late']).get('/get').reply(200, ['soon']);
		const [late, soon] = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(late.items).toMatchObject([{ things: ['late'], polls: 3 }]);
		expect(soon.items).toMatchObject([{ things: ['soon'], polls: 3 }]);
		expect([late.waits, soon.waits]).toEqual([[60_000], [60_000]]);
	});
});

test('what changes inside of a saved value goes unnoticed until n8n starts again', async () => {
	const trigger = make({ parameters: { deep: true } });
	answers([], ['a']);
	await trigger.activate();
	await trigger.poll();
	expect([trigger.state, trigger.saved]).toEqual([{ deep: polls(2) }, { deep: polls(1) }]);
	answers([]);
	await trigger.restart();
	expect(trigger.saved).toEqual({ deep: polls(2) });
});

describe('durable engine', () => {
	const durable = (more: Partial<TriggerInput> = {}) => make({ host: 'durable', ...more });

	test('commits what polls gave, also null, and discards what a throw left', async () => {
		const trigger = durable({ state: polls(5) });
		answers(['a'], [], 403, ['b']);
		const seen = [];
		for (const step of ['activate', 'poll', 'poll', 'poll'] as const) {
			const { items, error } = await trigger[step]();
			expect(trigger.state).toEqual(trigger.saved);
			seen.push([items?.[0].things ?? items, error?.name, trigger.saved.polls]);
		}
		expect(seen).toEqual([
			[['a'], undefined, 6],
			[null, undefined, 7],
			[undefined, 'NodeApiError', 7],
			[['b'], undefined, 8],
		]);
	});

	test('does not commit an activation that gave null', async () => {
		const trigger = durable();
		answers([]);
		expect((await trigger.activate()).items).toBeNull();
		expect(trigger.saved).toEqual({});
	});

	test('notices changes inside of a value', async () => {
		const trigger = durable({ parameters: { deep: true }, state: { deep: polls(1) } });
		answers([], []);
		await trigger.activate();
		await trigger.poll();
		expect(trigger.saved).toEqual({ deep: polls(2) });
	});

	test('has the shorter budget and the mode "update" in scheduled polls', async () => {
		const trigger = durable();
		answers(['a'], ['b']);
		const budget = 300_000;
		expect((await trigger.activate()).items).toMatchObject([{ activation: 'activate', budget }]);
		expect((await trigger.poll()).items).toMatchObject([{ activation: 'update', budget: 36_000 }]);
	});

	test('gives polls that overlap a copy each; the last one to end is kept', async () => {
		const trigger = durable({ state: polls(5) });
		answers([]);
		await trigger.activate();
		api().get('/get').delay(100).reply(200, ['late']).get('/get').reply(200, ['soon']);
		const outcomes = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(outcomes.map(({ items }) => items?.[0].polls)).toEqual([6, 6]);
		expect(trigger.saved).toEqual(polls(6));
	});

	test('drops a poll that takes too long', async () => {
		const trigger = durable({ parameters: { sleep: 46_000 } });
		answers([], ['a']);
		await trigger.activate();
		const { items, error, logs } = await trigger.poll();
		expect([items, error, trigger.saved]).toEqual([undefined, undefined, {}]);
		expect(logs).toContain('warn Poll exceeded its timeout and was abandoned');
	});

	test('goes on after a restart without polling at once', async () => {
		const trigger = durable({ state: polls(5) });
		answers([]);
		await trigger.activate();
		expect((await trigger.restart()).items).toBeUndefined();
		answers([]);
		await trigger.poll();
		expect(trigger.saved).toEqual(polls(6));
	});
});
