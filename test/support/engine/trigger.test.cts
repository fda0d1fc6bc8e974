/** The harness for polling triggers itself, with a trigger so small that each expectation can be read off it. */
import { sleep } from 'n8n-workflow';
import { hasFeature, moveTime } from './index.cjs';
import { answers, api, make, polls, SECRET } from './tinyTrigger.cjs';
import { withoutWaiting } from './waits.cjs';

const time = moveTime();

test('a poll has credentials, defaults, time zone, modes and logs', async () => {
	api()
		.get('/get')
		.matchHeader('authorization', `Bearer ${SECRET}`)
		.matchHeader('x-account', 'default account')
		.reply(200, ['a']);
	const trigger = make({ timezone: 'Asia/Tokyo' });
	const { items, error, logs, waits } = await trigger.activate();
	expect(items).toEqual([
		{
			things: ['a'],
			polls: 1,
			mode: 'trigger',
			activation: 'activate',
			budget: hasFeature['a budget for polls'] ? 300_000 : 'none',
			timezone: 'Asia/Tokyo',
			slept: expect.any(Number),
		},
	]);
	expect([error, waits]).toEqual([undefined, []]);
	expect(logs).toContain('info asking');
	expect(trigger.stateBytes).toBe('{"polls":1}'.length);
});

describe('any engine', () => {
	test.each(['default', 'durable', 'older'] as const)('%s: tests discard', async (host) => {
		const trigger = make({ host, state: polls(5) });
		answers(['a']);
		expect((await trigger.test()).items).toMatchObject([{ polls: 6, mode: 'manual' }]);
		answers([], ['a'], 403);
		await trigger.activate();
		const { state, saved } = trigger;
		expect((await trigger.test()).error).toBeUndefined();
		expect((await trigger.test()).error).toMatchObject({ httpCode: '403' });
		expect([trigger.state, trigger.saved]).toEqual([state, saved]);
	});

	test.each([
		['default', polls(1)],
		['durable', {}],
		['older', {}],
	] as const)('%s: an activation that throws fails', async (host, saved) => {
		const trigger = make({ host });
		answers(403);
		const { items, error, thrown } = await trigger.activate();
		expect(items).toBeUndefined();
		expect(error).toMatchObject({
			name: 'WorkflowActivationError',
			message: expect.stringContaining('Forbidden'),
			...(hasFeature['activations that say why']
				? { description: 'Request failed with status code 403' }
				: {}),
		});
		expect(thrown).toMatchObject({ name: 'NodeApiError' });
		expect(trigger.saved).toEqual(saved);
		await expect(trigger.poll()).rejects.toThrow('not active');
	});

	test.each(['default', 'durable', 'older'] as const)(
		'%s: an edit keeps the saved state, by the name of the node',
		async (host) => {
			const trigger = make({ host, state: polls(5) });
			answers(['a']);
			await trigger.activate();
			api().get('/else').reply(200, ['b']);
			const { items } = await trigger.change({ parameters: { path: '/else' } });
			expect(items).toMatchObject([{ things: ['b'], polls: 7, activation: 'update' }]);
			api().get('/else').reply(200, ['c']);
			const renamed = await trigger.change({ nodeName: 'Renamed' });
			// A durable n8n goes by the ID.
			expect(renamed.items).toMatchObject([{ polls: host === 'durable' ? 8 : 1 }]);
		},
	);

	test.each(['default', 'durable', 'older'] as const)(
		'%s: a restart can find an older state',
		async (host) => {
			const trigger = make({ host, state: polls(5) });
			answers([], ['a']);
			await trigger.activate();
			const { items } = await trigger.restart({ state: polls(2) });
			const next = items ?? (await trigger.poll()).items;
			expect(next).toMatchObject([{ polls: 3 }]);
		},
	);

	test.each(['default', 'durable', 'older'] as const)(
		'%s: what a poll gives after a restart is dropped',
		async (host) => {
			const trigger = make({ host, state: polls(5) });
			answers([]);
			await trigger.activate();
			const late = api().get('/get').delay(200).reply(200, ['late']);
			late.get('/get').delay(200).reply(200, []).get('/get').delay(200).reply(403, {});
			const underWay = Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
			// Until their requests are out.
			await new Promise((resolve) => setTimeout(resolve, 50));
			if (host !== 'durable') answers([]);
			await trigger.restart({ state: polls(1) });
			const { state, saved } = trigger;
			const given = (await underWay).map(({ items, error }) => [items, error]);
			expect(given).toEqual(Array(3).fill([undefined, undefined]));
			expect([trigger.state, trigger.saved]).toEqual([state, saved]);
		},
	);
});

describe('time', () => {
	let before: number;

	test('moves on by will and by sleep, also between polls', async () => {
		before = Date.now();
		time.advance(3_600_000);
		const trigger = make({ parameters: { sleep: 60_000 } });
		answers(['a']);
		const { items, waits } = await trigger.activate();
		expect(waits).toEqual([60_000]);
		expect(items?.[0].slept).toBeGreaterThanOrEqual(60_000);
		expect(time.now() - before).toBeGreaterThanOrEqual(3_660_000);
	});

	test('is skipped for as long as one of several actions is under way', async () => {
		const first = withoutWaiting(async () => await sleep(1_000));
		const second = withoutWaiting(async () => {
			await first;
			await sleep(60_000);
		});
		expect([(await first).waits, (await second).waits]).toEqual([[1_000], [60_000]]);
	});

	test('is the real one again in the next test', () => {
		expect(time.now() - before).toBeLessThan(60_000);
	});
});
