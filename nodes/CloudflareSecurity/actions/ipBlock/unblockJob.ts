import type { IDataObject } from 'n8n-workflow';
import { readKept } from '../../firewall/blockMerge';
import type { IpNetwork } from '../../firewall/ipAddress';
import { NetworkIndex } from '../../firewall/networkIndex';
import type { Item } from '../item';
import type { Place } from './method';
import { NOTHING_READ, type Survey, type SurveyWish } from './survey/survey';
import type { Target } from './unblockRequest';

/** What is unblocked together: the same places by the same method. */
export interface UnblockJob {
	/** One of the input items, for what they have in common. */
	readonly item: Item;
	readonly targets: readonly Target[];
	/** All networks of the run. */
	readonly networks: readonly IpNetwork[];
	readonly places: readonly Place[];
	readonly list: string;
	readonly includeForeign: boolean;
	readonly dryRun: boolean;
	/**
	 * Reads what else may block, before anything is removed. Undefined when that is not asked for.
	 * @param wish what was read already
	 */
	readonly readRest?: (known: Pick<SurveyWish, 'knownLists'>) => Promise<Survey>;
}

/** Something that was removed, or in a dry run would be. */
export interface Removal {
	readonly id: string;
	readonly network: IpNetwork;
	/** As outputs name it. */
	readonly facts: IDataObject;
	readonly request: IDataObject;
}

/** A place in which it is not known what blocks, or where a block could not be removed. */
export interface PlaceFailure {
	readonly place: Place;
	readonly error: unknown;
	/** All of them when left out. */
	readonly network?: IpNetwork;
}

export interface Unblocked {
	/** Where blocks were removed. */
	readonly places: readonly Place[];
	/** What was there before the removal. */
	readonly survey: Survey;
	/** What the last read showed to be gone. */
	readonly removals: readonly Removal[];
	readonly failures: readonly PlaceFailure[];
}

/** What came of each target: the job's result, or why there is none. */
export interface UnblockResult {
	readonly unblocked: Unblocked;
	/** Targets that failed. */
	readonly errors: ReadonlyMap<Target, unknown>;
}

/** Whether a block may be removed. @param comment its comment or notes */
export const mayRemove = ({ includeForeign }: UnblockJob, comment: string | undefined): boolean =>
	includeForeign || readKept(comment).isOurs;

/** Finds the failures that concern a target. */
export function failuresFinder(
	failures: readonly PlaceFailure[],
): (target: Target) => PlaceFailure[] {
	const general = failures.filter(({ network }) => network === undefined);
	const special = new NetworkIndex(
		failures.flatMap((failure) =>
			failure.network === undefined ? [] : [[failure.network, failure] as const],
		),
	);
	return ({ wanted }) => [...general, ...wanted.flatMap((network) => special.about(network))];
}

export const NOTHING_DONE: Unblocked = {
	places: [],
	survey: NOTHING_READ,
	removals: [],
	failures: [],
};
