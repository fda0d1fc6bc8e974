import type { IDataObject } from 'n8n-workflow';
import type { BlockNote } from '../../firewall/blockComment';
import type { IpNetwork } from '../../firewall/ipAddress';
import type { Item } from '../item';
import type { Guarded } from './guard';
import type { Place } from './method';

/** A network that an input item wants blocked. */
export interface Wish {
	readonly subject: Guarded;
	readonly network: IpNetwork;
	/** The network as results write it, and lists keep it. */
	readonly address: string;
	readonly note: BlockNote;
}

/** Wishes that are carried out together: they go to the same places by the same method. */
export interface Job {
	/** One of their input items, for what they have in common. */
	readonly item: Item;
	readonly places: readonly Place[];
	/** Several places may fail one by one; a failure of the only one is the failure of all. */
	readonly isSingle: boolean;
	readonly wishes: readonly Wish[];
	readonly dryRun: boolean;
}

/** What holds in one zone or account. Fixed words: workflows look at them. */
export type PlaceOutcome =
	| 'blocked'
	| 'extended'
	| 'alreadyBlocked'
	| 'ruleInactive'
	| 'overruled'
	| 'refused'
	| 'failed';

export interface PlaceResult {
	readonly place: Place;
	readonly outcome: PlaceOutcome;
	/** Of the custom rule or access rule. */
	readonly ruleId?: string;
	/** Why it does not hold there, a sentence. */
	readonly reason?: string;
	/** What a dry run would send. */
	readonly request?: IDataObject;
}

const HOLDING: ReadonlySet<PlaceOutcome> = new Set(['blocked', 'extended', 'alreadyBlocked']);

/** Whether the address is blocked there. */
export const isHolding = ({ outcome }: PlaceResult): boolean => HOLDING.has(outcome);

/** What came of a wish. */
export interface Blocked {
	/** `ruleInactive` and `overruled`: nowhere blocked. */
	readonly outcome: Exclude<PlaceOutcome, 'failed'>;
	readonly places: readonly PlaceResult[];
	/** Why it was refused, a sentence. */
	readonly reason?: string;
	/** For workflows, of a refusal. */
	readonly code?: string;
	/** The comment or notes that are kept by now, which say until when. */
	readonly comment?: string;
	/** The comment or notes that it replaced. */
	readonly previous?: string;
	/** The list and its item. */
	readonly list?: IDataObject;
	/** What a dry run would send for the address. */
	readonly request?: IDataObject;
}

/** What came of each wish, none left out. */
export type Outcomes = ReadonlyMap<Wish, Blocked | { readonly error: unknown }>;

/** The wishes by the network that they block, each network once, in the order in which they came. */
export function byAddress(wishes: readonly Wish[]): ReadonlyMap<string, readonly Wish[]> {
	const groups = new Map<string, Wish[]>();
	for (const wish of wishes) {
		const group = groups.get(wish.address);
		if (group) group.push(wish);
		else groups.set(wish.address, [wish]);
	}
	return groups;
}

/** @returns the same outcome for each wish of a group */
export const forAll = <T>(wishes: readonly Wish[], outcome: T): Array<[Wish, T]> =>
	wishes.map((wish) => [wish, outcome]);
