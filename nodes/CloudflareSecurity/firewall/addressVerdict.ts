import type { AddressTest } from './addressesInExpression';
import { rangeOf } from './addressesInExpression';
import { formatRange, type IpNetwork, type IpRange } from './ipAddress';

/** How much of a network something holds; unknown where it could not be read. */
export type Held = 'all' | 'part' | 'none' | 'unknown';

/**
 * Whether an expression is true for requests from an address.
 * `certain` and `never` whatever else the request is; `depends` on more than the address, which counts, however;
 * `unrelated`: it says nothing about this address in particular.
 */
export type Certainty = 'certain' | 'never' | 'depends' | 'unrelated';

export interface AddressVerdict {
	readonly certainty: Certainty;
	/** The ranges of the expression that hold the address or a part of the network. */
	readonly ranges: readonly string[];
	/** The lists of the expression that hold it, or that could not be read. */
	readonly lists: readonly string[];
	/** Whether a part of the network is treated otherwise than the rest. */
	readonly isPart: boolean;
	/** Whether a test of the address is known to be true of it, or of a part. */
	readonly isMet: boolean;
}

/** true, false, or not known. */
type Truth = boolean | undefined;

interface Findings {
	ranges: Set<string>;
	lists: Set<string>;
	isPart: boolean;
	isMet: boolean;
	/** A test of the address that is true, or may be. */
	mayBeMet: boolean;
}

function heldBy(ranges: readonly IpRange[], network: IpNetwork, findings: Findings): Held {
	const { version, first, last } = rangeOf(network);
	const meeting = ranges
		.filter((range) => range.version === version && range.first <= last && range.last >= first)
		.sort((a, b) => (a.first < b.first ? -1 : 1));
	if (meeting.length === 0) return 'none';
	for (const range of meeting) findings.ranges.add(formatRange(range));
	// Several ranges may hold it together.
	let next = first;
	for (const range of meeting) {
		if (range.first > next) return 'part';
		if (range.last >= next) next = range.last + 1n;
	}
	return next > last ? 'all' : 'part';
}

const truths: Readonly<Record<Held, Truth>> = {
	all: true,
	none: false,
	part: undefined,
	unknown: undefined,
};

function note(held: Held, findings: Findings): Truth {
	if (held === 'all' || held === 'part') findings.isMet = true;
	if (held !== 'none') findings.mayBeMet = true;
	if (held === 'part') findings.isPart = true;
	return truths[held];
}

function combined(kind: 'and' | 'or' | 'xor', left: Truth, right: Truth): Truth {
	if (kind === 'xor') return left === undefined || right === undefined ? undefined : left !== right;
	const deciding = kind === 'or';
	if (left === deciding || right === deciding) return deciding;
	return left === undefined || right === undefined ? undefined : !deciding;
}

/**
 * What an expression says about an address or network.
 * @param held how much of the network the list of a name holds
 */
export function addressVerdict(
	test: AddressTest,
	network: IpNetwork,
	held: (list: string) => Held,
): AddressVerdict {
	const findings: Findings = {
		ranges: new Set(),
		lists: new Set(),
		isPart: false,
		isMet: false,
		mayBeMet: false,
	};
	const truthOf = (part: AddressTest): Truth => {
		switch (part.kind) {
			case 'ranges':
				return note(heldBy(part.ranges, network, findings), findings);
			case 'list': {
				const amount = held(part.name);
				if (amount !== 'none') findings.lists.add(part.name);
				return note(amount, findings);
			}
			case 'opaque':
				return note('unknown', findings);
			case 'other':
				return undefined;
			case 'constant':
				return part.value;
			case 'not': {
				const inner = truthOf(part.of);
				return inner === undefined ? undefined : !inner;
			}
			default: {
				const [left, right] = part.parts.map(truthOf);
				return combined(part.kind, left, right);
			}
		}
	};
	const truth = truthOf(test);
	const { ranges, lists, isPart, isMet, mayBeMet } = findings;
	const open: Certainty = mayBeMet ? 'depends' : 'unrelated';
	const certainty = truth === undefined ? open : truth ? 'certain' : 'never';
	return { certainty, ranges: [...ranges], lists: [...lists], isPart, isMet };
}

/** Whether an expression looks at where the address comes from: country, continent or AS number. */
export function looksAtOrigin(test: AddressTest): boolean {
	if (test.kind === 'not') return looksAtOrigin(test.of);
	if ('parts' in test) return test.parts.some(looksAtOrigin);
	return test.kind === 'other' && test.origin;
}

/** The names of the lists in which an expression looks the address up. */
export function listsIn(test: AddressTest): string[] {
	if (test.kind === 'list') return [test.name];
	if (test.kind === 'not') return listsIn(test.of);
	return 'parts' in test ? test.parts.flatMap(listsIn) : [];
}
