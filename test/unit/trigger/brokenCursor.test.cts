import { findViolation, type PropertyName } from '../../support/trigger/violations.cjs';
import type { Breakage } from '../../support/trigger/variants.cjs';

/** The trigger without one of its rules, and the property that notices. */
interface Variant {
	name: string;
	caughtBy: PropertyName;
	breakage?: Breakage;
	newestFirst?: boolean;
}

const variants: Variant[] = [
	{
		name: 'remembered events are replaced by those of the last poll',
		caughtBy: 'no repeat',
		breakage: { file: 'cursor', find: 'new Map([...live.seen, ...', replace: 'new Map([...' },
	},
	{
		name: 'there is no look-back',
		caughtBy: 'no loss',
		breakage: { file: 'cursor', find: 'start - lookBack', replace: 'start' },
	},
	{
		name: 'the log is read newest first',
		caughtBy: 'oldest first',
		newestFirst: true,
	},
	{
		name: 'the log is read newest first, and taken for ordered',
		caughtBy: 'no loss',
		newestFirst: true,
		breakage: { file: 'walk', find: 'second < this.second', replace: 'false' },
	},
	{
		name: 'the mark moves past the cap',
		caughtBy: 'no loss',
		breakage: {
			file: 'cursor',
			find: 'walks[0].readTo : fromSettled.readTo',
			replace: 'Infinity : Infinity',
		},
	},
	{
		name: 'the mark moves into a second that was not read to its end',
		caughtBy: 'no loss',
		breakage: {
			file: 'walk',
			find: 'Math.max(this.plan.from, second)',
			replace: 'Math.max(this.plan.from, second + 1)',
		},
	},
	...(['nothing half-written', 'no loss'] as const).map((caughtBy) => ({
		name: 'the state is written before the requests',
		caughtBy,
		breakage: {
			file: 'newEvents',
			find: 'const reading = await readLog(',
			replace: `const second = toSecond(now() + offset);
				const early = { ...cursor, head: second, settled: second - settings.lookBack };
				keepState(savedState(poll), stateOf(fingerprint, early, { clockOffset: offset, failures: 0 }));
				const reading = await readLog(`,
		},
	})),
	{
		name: 'the state is not read a second time',
		caughtBy: 'no repeat',
		breakage: {
			file: 'newEvents',
			find: "found.kind === 'cursor' ? found.cursor : cursor",
			replace: 'cursor',
		},
	},
	{
		name: 'events are let through that another poll has settled meanwhile',
		caughtBy: 'no repeat',
		breakage: { file: 'cursor', find: ' || found.second < live.settled', replace: '' },
	},
	{
		name: "the machine's clock is believed",
		caughtBy: 'no loss',
		breakage: {
			file: 'readLog',
			find: 'serverTime === undefined ? before : toSecond(serverTime)',
			replace: 'before',
		},
	},
	{
		name: 'a walk stops before it got any further',
		caughtBy: 'no loss',
		breakage: { file: 'readLog', find: 'walk.mayStop && !hasRoom', replace: '!hasRoom' },
	},
	{
		name: 'the calls are not counted',
		caughtBy: 'bounded',
		breakage: { file: 'readLog', find: 'return calls < share && ', replace: 'return ' },
	},
	{
		name: 'the cap is not kept',
		caughtBy: 'bounded',
		breakage: { file: 'walk', find: 'this.found.length >= this.room', replace: 'false' },
	},
];

describe('The properties catch a trigger in which', () => {
	test.each(variants)(
		'$name ($caughtBy)',
		async ({ caughtBy, breakage, newestFirst }) => {
			const { found } = await findViolation(caughtBy, { breakage, newestFirst });
			expect(found).toBeDefined();
		},
		900_000,
	);
});
