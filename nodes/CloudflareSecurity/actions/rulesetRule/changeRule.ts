import { InputError } from '../../input/inputError';
import type { Rule, Ruleset } from '../../targets/ruleset';
import type { Item } from '../item';
import { changedFields, definitionOf, hasDefinition, rebased } from './definition';
import { readOthers } from './history';
import { chooseMove, placeOf, type Place, type PlaceWish } from './place';
import type { RuleTarget, StoredRule } from './ruleTarget';
import { changeOf, type Plan, type RuleWrite } from './ruleWrites';

/** One for each run that changes the rule at the same time. */
const MAX_REPAIRS = 10;

/** What a rule shall become. */
export interface Change {
	/** Gives the definition that is meant, from the rule as it is. @throws InputError when they do not go together */
	apply: (rule: Rule) => Rule;
	/** It stays where it is when left out. */
	position?: PlaceWish;
}

/** A definition and a place, in the form that puts them back. */
export type Previous = Rule & { position: Place };

export interface ChangedRule extends StoredRule {
	previous: Previous;
	/** The API's names of what changed, and `position`. */
	changed: string[];
}

interface ChangePlan extends Plan {
	changed: string[];
	definition?: Rule;
}

const previousOf = (rule: Rule, { rules }: Ruleset): Previous => ({
	...definitionOf(rule),
	position: placeOf(rules ?? [], rule.id),
});

/** @throws InputError when the change does not fit the rule or its ruleset */
export function planChange(
	{ scope }: RuleTarget,
	{ rule, ruleset }: StoredRule,
	change: Change,
): ChangePlan {
	// The API replaces the whole definition: what the rule has and the change does not mention goes along.
	const wanted = definitionOf(change.apply(rule));
	const fields = changedFields(rule, wanted);
	const position = chooseMove(change.position, ruleset.rules ?? [], rule.id);
	const changed = [...fields, ...(position ? ['position'] : [])];
	if (changed.length === 0) {
		return { ruleset, changed, effect: `Nothing would change: the rule ${rule.id} is so already` };
	}
	const definition = fields.length > 0 ? { ref: rule.ref, ...wanted } : undefined;
	return {
		ruleset,
		changed,
		definition,
		write: changeOf(scope, ruleset, rule.id, { ...definition, ...(position ? { position } : {}) }),
		effect: `The rule ${rule.id} would change: ${changed.join(', ')}`,
	};
}

/** Whether the versions say that somebody else changed the rule between our reading and our write. */
const wasOvertaken = (read: Rule, written: Rule): boolean =>
	Number(written.version) - Number(read.version) > 1;

function ruleIn(ruleset: Ruleset, id: string | undefined, meant: Rule | undefined): Rule {
	const rule = ruleset.rules?.find((each) => each.id === id);
	const essentials = ['action', 'enabled', 'expression'];
	const differs =
		!rule || (meant && changedFields(rule, meant).some((field) => essentials.includes(field)));
	if (!differs) return rule;
	throw new InputError(
		'Rule',
		`Cloudflare answered with another definition of the rule ${id} than was sent`,
		'The definition that was sent: look at the rule, then run the operation again',
	);
}

export const gone = ({ id }: Rule): InputError =>
	new InputError(
		'Rule',
		`somebody deleted the rule ${id} while this step ran`,
		'A rule that is there',
	);

/** Sends a change. @returns undefined when the rule is gone @throws NodeApiError */
async function send(item: Item, write: RuleWrite): Promise<Ruleset | undefined> {
	const outcome = await item.client.attempt<Ruleset>(write);
	if (!outcome.ok && outcome.failure.kind === 'notFound') return undefined;
	return item.client.unwrap(outcome).result;
}

/**
 * Changes one rule and nothing else. The API has no compare-and-set, so the versions in the answer tell whether a
 * change of somebody else was overwritten: then it is read from the ruleset's history and put back beside ours. Until
 * then, for two round trips, the rule lacks it; and a third run that reads it just then may write that back.
 * @returns undefined when the rule is gone
 * @throws InputError when the change does not fit, or others do not stop changing the rule; NodeApiError
 */
export async function changeRule(
	item: Item,
	target: RuleTarget,
	stored: StoredRule,
	change: Change,
): Promise<ChangedRule | undefined> {
	const plan = planChange(target, stored, change);
	if (!plan.write) {
		return { ...stored, previous: previousOf(stored.rule, stored.ruleset), changed: [] };
	}
	const { id } = stored.rule;
	let { write, definition } = plan;
	let read = stored.rule;
	/** The rule as it would be without this change. */
	let base = definitionOf(stored.rule);
	const place = placeOf(stored.ruleset.rules ?? [], id);
	const seen: Rule[] = [];
	for (let round = 1; round <= MAX_REPAIRS; round += 1) {
		const ruleset = await send(item, write);
		if (!ruleset) return undefined;
		const rule = ruleIn(ruleset, id, definition);
		seen.push(rule);
		if (definition && wasOvertaken(read, rule)) {
			for (const other of await readOthers(item, target, { rule, ruleset }, read)) {
				base = rebased(base, other, seen);
				seen.push(other);
			}
		}
		const wanted = definitionOf(change.apply({ ...base, id }));
		if (!definition || hasDefinition(rule, wanted)) {
			const moved = plan.changed.includes('position') ? ['position'] : [];
			const changed = [...changedFields(base, rule), ...moved];
			return { rule, ruleset, previous: { ...base, position: place }, changed };
		}
		read = rule;
		definition = { ref: rule.ref, ...wanted };
		write = changeOf(target.scope, ruleset, id, definition);
	}
	throw new InputError(
		'Rule',
		`other runs kept changing the rule ${id} at the same time`,
		'No change by others meanwhile: look at the rule, then run the operation again',
	);
}
