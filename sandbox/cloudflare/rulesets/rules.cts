import { isDeepStrictEqual } from 'node:util';
import { notFound, refused, type ErrorEntry } from '../errors.cjs';
import type { RulesetContext } from './context.cjs';
import { place } from './position.cjs';
import { isObject } from './shape.cjs';
import type { Rule, RuleDefinition, Ruleset } from './types.cjs';
import { validateRule } from './validateRule.cjs';

function made(definition: RuleDefinition, { state }: RulesetContext): Rule {
	const id = state.newId('rule');
	return {
		...definition,
		id,
		version: '1',
		last_updated: state.timestamp(),
		ref: definition.ref ?? id,
	};
}

/** The rule with a new definition; a new version of it only if that differs. */
function redefined(rule: Rule, definition: RuleDefinition, { state }: RulesetContext): Rule {
	const { id, version, last_updated, categories } = rule;
	const next = { ...definition, ref: definition.ref ?? rule.ref };
	const same = {
		...next,
		id,
		version,
		last_updated,
		...(categories !== undefined && { categories }),
	};
	if (isDeepStrictEqual(rule, same)) return rule;
	return {
		...same,
		version: String(Number(version) + 1),
		last_updated: state.timestamp(),
	};
}

function defined(
	body: unknown,
	pointer: string,
	context: RulesetContext,
	phase: string,
): RuleDefinition {
	const outcome = validateRule(body, pointer, context, phase);
	if ('problems' in outcome) throw refused(...outcome.problems);
	return outcome.definition;
}

/** The rules of a body that replaces all of them. A rule stays itself by its id, else by its ref. */
export function replacedRules(
	bodies: unknown[],
	before: Rule[],
	context: RulesetContext,
	phase: string,
): Rule[] {
	const outcomes = bodies.map((body, index) =>
		validateRule(body, `/rules/${index}`, context, phase),
	);
	const problems: ErrorEntry[] = outcomes.flatMap((each) =>
		'problems' in each ? each.problems : [],
	);
	if (problems.length > 0) throw refused(...problems);
	const left = [...before];
	return outcomes.flatMap((outcome, index) => {
		if ('problems' in outcome) return [];
		const { id } = bodies[index] as { id?: unknown };
		const { ref } = outcome.definition;
		const at = left.findIndex((rule) => (id === undefined ? rule.ref === ref : rule.id === id));
		if (at < 0) return [made(outcome.definition, context)];
		return [redefined(left.splice(at, 1)[0], outcome.definition, context)];
	});
}

/** The rules with one more; at the end unless the body says where. */
export function addedRule(
	body: unknown,
	{ rules, phase }: Ruleset,
	context: RulesetContext,
): Rule[] {
	const rule = made(defined(body, '', context, phase), context);
	return place(rule, rules, (body as { position?: unknown }).position, rules.length);
}

export function ruleIndex(rules: Rule[], id: string): number {
	const index = rules.findIndex((rule) => rule.id === id);
	if (index < 0) throw notFound('rule');
	return index;
}

/** The rules with one redefined (the body replaces, it does not merge), moved, or both. */
export function editedRule(
	id: string,
	body: unknown,
	{ rules, phase }: Ruleset,
	context: RulesetContext,
): Rule[] {
	const index = ruleIndex(rules, id);
	const moveOnly = isObject(body) && Object.keys(body).join() === 'position';
	const rule = moveOnly
		? rules[index]
		: redefined(rules[index], defined(body, '', context, phase), context);
	const others = rules.filter((each) => each.id !== id);
	return place(rule, others, (body as { position?: unknown }).position, index);
}
