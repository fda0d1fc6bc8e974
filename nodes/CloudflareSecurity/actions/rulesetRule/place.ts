import { InputError, shown } from '../../input/inputError';
import type { Rule } from '../../targets/ruleset';

/** The API's forms: before and after take a rule's ID, or an empty text for first and last; index counts from 1. */
export type Position = { before: string } | { after: string } | { index: number };

/** Where a rule shall stand. Of several the first counts whose neighbour is still there. */
export type PlaceWish = readonly Position[];

/** Where a rule stands, so that it can be put back there also when other rules have come or gone. */
export interface Place {
	[key: string]: string | number | undefined;
	/** Counted from 1. */
	index: number;
	/** ID of the rule before it. */
	after?: string;
	/** ID of the rule behind it. */
	before?: string;
}

export function placeOf(rules: readonly Rule[], id: string | undefined): Place {
	const at = rules.findIndex((rule) => rule.id === id);
	const [previous, next] = [rules[at - 1]?.id, rules[at + 1]?.id];
	return {
		index: at + 1,
		...(previous === undefined ? {} : { after: previous }),
		...(next === undefined ? {} : { before: next }),
	};
}

/** Position among these rules, from 0; undefined when there is no such place. */
function slot(position: Position, others: readonly Rule[]): number | undefined {
	if ('index' in position) {
		return position.index <= others.length + 1 ? position.index - 1 : undefined;
	}
	const isBefore = 'before' in position;
	const neighbour = isBefore ? position.before : position.after;
	if (neighbour === '') return isBefore ? 0 : others.length;
	const at = others.findIndex(({ id }) => id === neighbour);
	if (at < 0) return undefined;
	return isBefore ? at : at + 1;
}

/**
 * What to ask of the API, so that the rule stands where it is wished.
 * @param others the rules of the ruleset without the rule itself
 * @param rules how many the ruleset has with it
 * @throws InputError when the ruleset has no such place
 */
export function choosePlace(
	wish: PlaceWish | undefined,
	others: readonly Rule[],
	rules = others.length,
): Position | undefined {
	if (!wish || wish.length === 0) return undefined;
	const possible = wish.find((position) => slot(position, others) !== undefined);
	if (possible) return possible;
	// A remembered place: its neighbours are gone, and there are fewer rules than there were.
	if (wish.length > 1) return { after: '' };
	const [position] = wish;
	if ('index' in position) {
		throw new InputError(
			'Number',
			`got ${position.index}, but the ruleset has ${rules} rules`,
			`A whole number from 1 to ${others.length + 1}`,
		);
	}
	throw new InputError(
		'Rule',
		`the ruleset has no rule ${shown('before' in position ? position.before : position.after)}`,
		'A rule of the chosen ruleset',
	);
}

/** Like `choosePlace` for a rule of the ruleset. @returns undefined also when it stands there already */
export function chooseMove(
	wish: PlaceWish | undefined,
	rules: readonly Rule[],
	id: string | undefined,
): Position | undefined {
	if (wish?.length === 1 && Object.values(wish[0]).includes(id)) {
		throw new InputError('Rule', 'it is the rule itself', 'Another rule of the ruleset');
	}
	const others = rules.filter((rule) => rule.id !== id);
	const position = choosePlace(wish, others, rules.length);
	const at = rules.findIndex((rule) => rule.id === id);
	return position && slot(position, others) !== at ? position : undefined;
}

/** The rule that was put there, in the answer to the request that put it there. */
export function ruleAt(
	rules: readonly Rule[],
	position: Position = { after: '' },
): Rule | undefined {
	if ('index' in position) return rules[position.index - 1];
	const isBefore = 'before' in position;
	const neighbour = isBefore ? position.before : position.after;
	if (neighbour === '') return isBefore ? rules[0] : rules[rules.length - 1];
	const at = rules.findIndex(({ id }) => id === neighbour);
	return at < 0 ? undefined : rules[isBefore ? at - 1 : at + 1];
}
