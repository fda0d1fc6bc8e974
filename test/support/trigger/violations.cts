import fc from 'fast-check';
import { everyTrouble, histories, type Scene } from './history.cjs';
import {
	everythingIsBounded,
	nothingIsHalfWritten,
	nothingIsLost,
	nothingIsRepeated,
	oldestComesFirst,
	type Invariant,
} from './invariants.cjs';
import { simulate } from './simulate.cjs';
import { loadNewEvents, type Breakage } from './variants.cjs';

/** An invariant with the histories in which it must hold. */
interface Property extends Scene {
	invariant: Invariant;
}

const anyScene: Scene = {
	troubles: everyTrouble,
	logs: { few: 16, crowd: 2, stream: 1 },
	leastPage: 1,
};

/** The promises of the trigger. */
export const properties = {
	'no loss': { ...anyScene, invariant: nothingIsLost },
	'no repeat': { ...anyScene, invariant: nothingIsRepeated },
	// Where one walk does not read all, late events may come after new ones.
	'oldest first': { ...anyScene, invariant: oldestComesFirst, logs: { few: 1 }, leastPage: 6 },
	// Another poll under way may write meanwhile.
	'nothing half-written': {
		...anyScene,
		invariant: nothingIsHalfWritten,
		troubles: { ...everyTrouble, overlaps: false },
	},
	// A crowd may take more calls in one second than a poll has.
	bounded: {
		...anyScene,
		invariant: everythingIsBounded,
		logs: { few: 2, stream: 1 },
		leastPage: 3,
	},
} as const satisfies Record<string, Property>;

export type PropertyName = keyof typeof properties;

/** 10,000 for each property, unless HISTORIES says otherwise. */
export const HISTORIES = Number(process.env.HISTORIES ?? 10_000);

/**
 * Looks for a history in which a property does not hold.
 * @returns how many were tried, and the first one found with what is wrong in it
 */
export async function findViolation(
	name: PropertyName,
	{ breakage, newestFirst }: { breakage?: Breakage; newestFirst?: boolean } = {},
): Promise<{ tried: number; found?: string }> {
	const { invariant, ...scene }: Property = properties[name];
	const core = loadNewEvents(breakage);
	let tried = 0;
	const outcome = await fc.check(
		fc.asyncProperty(histories(scene), async (history) => {
			tried += 1;
			const wrong = invariant(await simulate(history, core, newestFirst), history);
			if (wrong.length > 0) throw new Error(wrong.slice(0, 3).join('; '));
		}),
		// A broken variant only has to be caught; for the real one the smallest case helps.
		{ numRuns: HISTORIES, endOnFailure: breakage !== undefined || newestFirst },
	);
	if (!outcome.failed) return { tried };
	return { tried, found: `${String(outcome.errorInstance)}\n${fc.defaultReportMessage(outcome)}` };
}
