import { formatBlockComment } from '../../firewall/blockComment';
import { lastsUntil, mergeNotes, readKept } from '../../firewall/blockMerge';
import { collect, inOrder } from '../../transport/inOrder';
import { configurationFor } from '../ipAccessRule/configuration';
import { blockAt, planAt, type RuleResult, type RuleWish } from './accessRuleBlock';
import { byAddress, forAll, type Blocked, type Job, type Outcomes, type Wish } from './job';
import type { Place } from './method';
import { tellBeside } from '../../transport/tellBeside';
import { PlaceFailures, reasonOf, type Tried } from './placeFailures';

/** An address that is to be blocked in each place, for so many wishes. */
interface Target extends RuleWish {
	readonly wishes: readonly Wish[];
}

type Refused = Blocked & { readonly outcome: 'refused' };

function targetFor(wishes: readonly Wish[]): Target | Refused {
	const configuration = configurationFor(wishes[0].network);
	if ('refused' in configuration) {
		const { code, reason } = configuration.refused;
		return { outcome: 'refused', code, reason, places: [] };
	}
	const note = mergeNotes(wishes.map((wish) => wish.note));
	const { expiresAt } = note;
	const until = expiresAt === undefined ? {} : { expiresAt };
	return { wishes, configuration, notes: formatBlockComment(note), ...until };
}

interface Attempt {
	readonly place: Place;
	readonly tried: Tried<RuleResult>;
}

/** What came of each target in each place, in their order. */
async function attemptAll(job: Job, targets: readonly Target[]): Promise<Attempt[][]> {
	const { item, places, dryRun } = job;
	const failures = new PlaceFailures();
	const carryOut = dryRun ? planAt : blockAt;
	const pairs = targets.flatMap((target) => places.map((place) => ({ target, place })));
	const attempts = await collect(
		inOrder(pairs, async ({ target, place }) => ({
			place,
			tried: await failures.attempt(place, async () => await carryOut(item.client, place, target)),
		})),
	);
	return targets.map((_, index) =>
		attempts.slice(index * places.length, (index + 1) * places.length),
	);
}

/** The first that stands for several places. */
const OUTCOMES = ['blocked', 'extended', 'alreadyBlocked', 'refused'] as const;

/** Of several blocks that one that ends first: what is true of all of them. */
const endingFirst = (results: readonly RuleResult[]): RuleResult =>
	results.reduce((first, result) =>
		lastsUntil(result.notes, readKept(first.notes).expiresAt) ? first : result,
	);

/** What the places come to; an error when none of them gave an answer. */
function summed(attempts: readonly Attempt[]): Blocked | { error: unknown } {
	const results = attempts.map(
		({ place, tried }): RuleResult =>
			'done' in tried ? tried.done : { place, outcome: 'failed', reason: reasonOf(tried.error) },
	);
	const outcome = OUTCOMES.find((each) => results.some((result) => result.outcome === each));
	if (outcome === undefined) {
		const [error] = attempts.flatMap(({ tried }) => ('error' in tried ? [tried.error] : []));
		return { error };
	}
	const told = endingFirst(results.filter((result) => result.outcome === outcome));
	const { code, reason, notes, previous } = told;
	const request = results.length === 1 ? results[0].request : undefined;
	return {
		outcome,
		places: results,
		...(outcome === 'refused' ? { code, reason } : { comment: notes }),
		...(previous === undefined ? {} : { previous }),
		...(request === undefined ? {} : { request }),
	};
}

/** Says beside each error how far the run came. */
function tellWhatIsDone(results: ReadonlyArray<Blocked | { error: unknown }>): void {
	const errors = results.flatMap((result) => ('error' in result ? [result.error] : []));
	const done = results.filter((result) => 'outcome' in result && result.outcome !== 'refused');
	const text = `Blocked by now: ${done.length} of the ${results.length} addresses that this run writes.`;
	// Addresses that were given up share the error of the one that failed.
	for (const error of new Set(errors)) tellBeside(error, text);
}

/**
 * Blocks networks through one IP access rule for each network and place.
 * @throws NodeApiError when the execution was cancelled
 */
export async function blockWithAccessRules(job: Job): Promise<Outcomes> {
	const outcomes = new Map<Wish, Blocked | { error: unknown }>();
	const tell = (wishes: readonly Wish[], result: Blocked | { error: unknown }) => {
		for (const [wish, outcome] of forAll(wishes, result)) outcomes.set(wish, outcome);
	};
	const targets: Target[] = [];
	for (const wishes of byAddress(job.wishes).values()) {
		const target = targetFor(wishes);
		if ('wishes' in target) targets.push(target);
		else tell(wishes, target);
	}
	const results = (await attemptAll(job, targets)).map(summed);
	if (!job.dryRun) tellWhatIsDone(results);
	for (const [index, { wishes }] of targets.entries()) tell(wishes, results[index]);
	return outcomes;
}
