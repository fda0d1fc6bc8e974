import { invalid, invalidValue, refused } from '../errors.cjs';
import { allows, entryPointKind, findEntryPoint, type RulesetContext } from './context.cjs';
import { checkLimits } from './limits.cjs';
import { PHASES } from './phases.cjs';
import { replacedRules } from './rules.cjs';
import { isObject, unknownKeys } from './shape.cjs';
import { latest, type Kind, type Rule, type Ruleset } from './types.cjs';

const KINDS: readonly string[] = ['managed', 'custom', 'root', 'zone'];
// Read-only parts of an answer may be sent back.
const FIELDS = ['name', 'description', 'kind', 'phase', 'rules', 'id', 'version', 'last_updated'];

/** Throws 400 unless the phase exists at this level and this account may use it. */
export function checkPhase(phase: unknown, context: RulesetContext): string {
	const known = typeof phase === 'string' ? PHASES.get(phase) : undefined;
	const { level } = context.scope;
	const wrong = (reason: string) => refused(invalidValue('/phase', 'phase', phase ?? '', reason));
	if (known === undefined) throw wrong('there is no such phase');
	if (!known.levels.includes(level)) throw wrong(`the phase is not available at ${level} level`);
	return phase as string;
}

/** Throws 400 when nobody may write rules in the phase at this level. */
function checkWritable(phase: string, context: RulesetContext): void {
	if (PHASES.get(phase)?.actions.length === 0)
		throw refused(invalid('/phase', `rules of the ${phase} phase are managed by its product`));
	const free = context.scope.level === 'zone' || phase === 'http_request_redirect';
	if (!free && !allows(context, 'enterprise'))
		throw refused(
			invalid(
				'/phase',
				`not entitled to use the ${phase} phase at account level: an Enterprise plan is required`,
			),
		);
}

function checkedBody(body: unknown): Record<string, unknown> {
	if (!isObject(body)) throw refused(invalid('/', 'the body must be an object'));
	const problems = unknownKeys(body, FIELDS, '', 'the ruleset');
	for (const key of ['name', 'description'])
		if (body[key] !== undefined && typeof body[key] !== 'string')
			problems.push(invalidValue(`/${key}`, key, body[key], 'it must be a string'));
	if (body.rules !== undefined && !Array.isArray(body.rules))
		problems.push(invalid('/rules', 'rules must be a list'));
	if (problems.length > 0) throw refused(...problems);
	return body;
}

/** A first version, checked but not stored. */
export function newRuleset(body: unknown, context: RulesetContext): Ruleset {
	const given = checkedBody(body);
	const { kind, name } = given;
	const wrongKind = (reason: string) => refused(invalidValue('/kind', 'kind', kind ?? '', reason));
	if (!KINDS.includes(String(kind))) throw wrongKind(`it must be one of ${KINDS.join(', ')}`);
	if (kind !== 'custom' && kind !== entryPointKind(context))
		throw wrongKind(`it cannot be created at ${context.scope.level} level`);
	const phase = checkPhase(given.phase, context);
	checkWritable(phase, context);
	if (kind !== 'custom' && findEntryPoint(context, phase) !== undefined)
		throw refused(
			invalidValue(
				'/kind',
				'kind',
				kind,
				`exceeded maximum number of ${String(kind)} rulesets for phase ${phase}`,
				20217,
			),
		);
	if (typeof name !== 'string' || name === '')
		throw refused(invalidValue('/name', 'name', name ?? '', 'the name cannot be blank'));
	const { state } = context;
	const ruleset: Ruleset = {
		id: state.newId('ruleset'),
		name,
		description: String(given.description ?? ''),
		kind: kind as Kind,
		phase,
		version: '1',
		last_updated: state.timestamp(),
		rules: replacedRules((given.rules ?? []) as unknown[], [], context, phase),
	};
	checkLimits(ruleset, context);
	return ruleset;
}

/** The next version with these rules, checked but not stored. */
export function nextVersion(
	current: Ruleset,
	rules: Rule[],
	context: RulesetContext,
	more: Partial<Pick<Ruleset, 'name' | 'description'>> = {},
): Ruleset {
	if (current.kind === 'managed') throw refused(invalid('/', 'managed rulesets cannot be changed'));
	checkWritable(current.phase, context);
	const next: Ruleset = {
		...current,
		...more,
		version: String(Number(current.version) + 1),
		last_updated: context.state.timestamp(),
		rules,
	};
	if (rules.length > current.rules.length) checkLimits(next, context);
	return next;
}

/** The version that a body replaces the current one by: rules that it leaves out are gone. */
export function replacement(current: Ruleset, body: unknown, context: RulesetContext): Ruleset {
	const given = checkedBody(body);
	for (const key of ['kind', 'phase'] as const)
		if (given[key] !== undefined && given[key] !== current[key])
			throw refused(invalidValue(`/${key}`, key, given[key], 'it cannot be changed'));
	const rules = replacedRules(
		(given.rules ?? []) as unknown[],
		current.rules,
		context,
		current.phase,
	);
	const { name, description } = given as { name?: string; description?: string };
	return nextVersion(current, rules, context, {
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
	});
}

/** Throws 400 when the ruleset cannot go. */
export function checkRemovable(ruleset: Ruleset, { state }: RulesetContext): void {
	if (ruleset.kind === 'managed') throw refused(invalid('/', 'managed rulesets cannot be deleted'));
	const inUse = [...state.rulesets.values()].some((record) =>
		latest(record).rules.some((rule) => rule.action_parameters?.id === ruleset.id),
	);
	if (inUse)
		throw refused(invalid('/', 'the ruleset is executed by another ruleset and cannot be deleted'));
}
