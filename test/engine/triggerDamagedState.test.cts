import type { IDataObject } from 'n8n-workflow';
import { MINUTE, warnings, Watch } from '../support/auditTrigger.cjs';
import { moveTime, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });

/** A position that a trigger has saved, with some events handed over. */
async function goodState(): Promise<IDataObject> {
	const trigger = new Watch(cf);
	await trigger.activate();
	cf.state.audit.burst({ count: 5, spacing: 1_000 });
	time.advance(MINUTE);
	expect((await trigger.poll()).ids).toHaveLength(5);
	return trigger.trigger.state;
}

type Damage = (state: IDataObject) => object;
const set =
	(differences: object): Damage =>
	(state) => ({ ...state, ...differences });
const without =
	(key: string): Damage =>
	(state) =>
		Object.fromEntries(Object.entries(state).filter(([name]) => name !== key));
const soon = (minutes: number) => Math.floor(time.now() / 1000) + minutes * 60;

const damages: Record<string, [damage: Damage, reason: string]> = {
	'a newer version': [set({ version: 2 }), 'damaged (version)'],
	'a version as text': [set({ version: '1' }), 'damaged (version)'],
	'no version': [without('version'), 'damaged (version)'],
	'only a version': [() => ({ version: 1 }), 'damaged (failures)'],
	'no fingerprint': [without('fingerprint'), 'damaged (fingerprint)'],
	'a fingerprint that is a record': [set({ fingerprint: {} }), 'damaged (fingerprint)'],
	'events cut off': [
		({ seen, ...state }) => ({ ...state, seen: String(seen).slice(0, -1) }),
		'damaged (seen)',
	],
	'events cut off at four signs': [
		({ seen, ...state }) => ({ ...state, seen: String(seen).slice(0, -4) }),
		'damaged (seen)',
	],
	'events that are no base64': [set({ seen: '<script>' }), 'damaged (seen)'],
	'events as a list': [set({ seen: [] }), 'damaged (seen)'],
	'no events': [without('seen'), 'damaged (seen)'],
	'a head below zero': [set({ head: -1 }), 'damaged (head)'],
	'a head with a fraction': [set({ head: 1_795_000_000.5 }), 'damaged (head)'],
	'a head as text': [set({ head: '1795000000' }), 'damaged (head)'],
	'a head in milliseconds': [set({ head: 1_795_000_000_000 }), 'damaged (head)'],
	'no head': [set({ head: null }), 'damaged (head)'],
	'settled after the head': [
		(state) => ({ ...state, settled: Number(state.head) + 1 }),
		'damaged (settled)',
	],
	'settled below zero': [set({ settled: -5 }), 'damaged (settled)'],
	'no settled': [without('settled'), 'damaged (settled)'],
	'calls below zero': [set({ rereadCalls: -1 }), 'damaged (rereadCalls)'],
	'a place to go on from after the head': [
		(state) => ({ ...state, resumeAt: Number(state.head) + 1 }),
		'damaged (resumeAt)',
	],
	'an offset of centuries': [set({ clockOffset: 1e14 }), 'damaged (clockOffset)'],
	'an offset as text': [set({ clockOffset: '0' }), 'damaged (clockOffset)'],
	'failures below zero': [set({ failures: -1 }), 'damaged (failures)'],
	'failures as a list': [set({ failures: [] }), 'damaged (failures)'],
	'a wait since nonsense': [set({ waitingSince: 'yesterday' }), 'damaged (waitingSince)'],
	'marks of tomorrow': [() => ({}), 'lies in the future'],
	'marks of the year 2099': [
		set({ head: 4_080_000_000, settled: 4_080_000_000 }),
		'lies in the future',
	],
	'keys that every record has': [
		() =>
			JSON.parse(
				'{"__proto__":{"version":1},"constructor":{"x":1},"toString":7,"version":0}',
			) as object,
		'damaged (version)',
	],
};
damages['marks of tomorrow'][0] = (state) => ({ ...state, head: soon(1440), settled: soon(1440) });

describe('A damaged saved position', () => {
	test.each(Object.entries(damages))(
		'%s: it begins anew with one call, says why, and goes on',
		async (_what, [damage, reason]) => {
			const state = damage(await goodState()) as IDataObject;
			time.advance(MINUTE);
			const trigger = new Watch(cf, {}, { state });
			const first = await trigger.activate();
			expect(first).toMatchObject({ items: null, calls: [expect.stringContaining(' 200')] });
			expect(warnings(first)).toEqual([expect.stringContaining(reason)]);
			expect(warnings(first)[0]).toContain('starts with audit events from');

			const { head, ...kept } = trigger.trigger.state;
			expect(Math.abs(Number(head) - time.now() / 1000)).toBeLessThan(5);
			expect(Object.keys({ head, ...kept }).sort()).toEqual(
				[
					'version',
					'fingerprint',
					'head',
					'settled',
					'seen',
					'rereadCalls',
					'resumeAt',
					'clockOffset',
					'failures',
				].sort(),
			);
			const entry = cf.state.audit.add({ time: time.now() + 1_000 });
			time.advance(MINUTE);
			const next = await trigger.poll();
			expect(next.ids).toEqual([entry.ids.v2]);
			expect(warnings(next)).toEqual([]);
		},
	);

	test.each<[string, Damage]>([
		['a head far in the future', set({ head: 4_080_000_000 })],
		['a clock offset of years ahead', set({ clockOffset: 200_000_000_000 })],
		['a clock offset of years behind', set({ clockOffset: -200_000_000_000 })],
		['very many calls', set({ rereadCalls: Number.MAX_SAFE_INTEGER })],
		['a place to go on from', (state) => ({ ...state, resumeAt: Number(state.head) })],
		['very many failures', set({ failures: Number.MAX_SAFE_INTEGER })],
		['further keys', set({ extra: { deep: [1] }, toString: 1 })],
	])(
		'%s, which cannot be told from a good one, loses and repeats nothing',
		async (_what, damage) => {
			const trigger = new Watch(cf, {}, { state: damage(await goodState()) as IDataObject });
			const entries = [cf.state.audit.add({ time: time.now() + 1_000 })];
			time.advance(MINUTE);
			await trigger.activate();
			time.advance(MINUTE);
			await trigger.poll();
			expect(trigger.ids).toEqual([entries[0].ids.v2]);
			for (let poll = 0; poll < 25; poll += 1) {
				entries.push(cf.state.audit.add({ time: time.now() + 1_000 }));
				time.advance(MINUTE);
				await trigger.poll();
			}
			expect(trigger.ids).toEqual(entries.map(({ ids }) => ids.v2));
			expect(trigger.turns.at(-1)?.calls).toHaveLength(1);
			expect(trigger.trigger.stateBytes).toBeLessThan(400 + 15 * 20);
		},
	);

	test('with Start From, it begins there again', async () => {
		const state = { ...(await goodState()), version: 9 };
		const entry = cf.state.audit.add({ time: time.now() - 50 * MINUTE });
		const trigger = new Watch(cf, { options: { startFrom: '1h' } }, { state });
		const first = await trigger.activate();
		expect(first.ids).toContain(entry.ids.v2);
		expect(warnings(first).join()).toContain('damaged (version)');
	});
});
