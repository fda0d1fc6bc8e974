import fc from 'fast-check';
import { everyTrouble, histories, type Troubles } from './history.cjs';
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
export interface Property {
	invariant: Invariant;
	troubles: Troubles;
	/** Rows of a page at least. */
	leastPage?: number;
}

/** The promises of the trigger. */
export const properties = {
	'no loss': { invariant: nothingIsLost, troubles: everyTrouble },
	'no repeat': { invariant: nothingIsRepeated, troubles: everyTrouble },
	// With enough rows on a page one walk does all; with fewer, late events may come after new ones.
	'oldest first': { invariant: oldestComesFirst, troubles: everyTrouble, leastPage: 6 },
	// Another poll under way may write meanwhile.
	'nothing half-written': {
		invariant: nothingIsHalfWritten,
		troubles: { ...everyTrouble, overlaps: false },
	},
	// With fewer rows on a page, one second may take more calls than a poll has.
	bounded: { invariant: everythingIsBounded, troubles: everyTrouble, leastPage: 3 },
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
	const { invariant, troubles, leastPage }: Property = properties[name];
	const core = loadNewEvents(breakage);
	let tried = 0;
	const outcome = await fc.check(
		fc.asyncProperty(histories(troubles, leastPage), async (history) => {
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
