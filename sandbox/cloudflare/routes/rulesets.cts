import type { Call, Routes } from '../call.cjs';
import { empty, ok, type Reply } from '../envelope.cjs';
import { noEntryPoint, notFound, refused, invalid } from '../errors.cjs';
import { afterCursor } from '../query.cjs';
import { addedRule, editedRule, ruleIndex } from '../rulesets/rules.cjs';
import {
	checkPhase,
	checkRemovable,
	newRuleset,
	nextVersion,
	replacement,
} from '../rulesets/rulesets.cjs';
import {
	entryPointKind,
	findEntryPoint,
	visible,
	type RulesetContext,
} from '../rulesets/context.cjs';
import { latest, type Ruleset, type RulesetRecord } from '../rulesets/types.cjs';
import { checkDryRun, contextOf, requirePhase, rulesetOf, remove, store } from './rulesetCalls.cjs';

const withoutRules = ({ rules: _rules, ...ruleset }: Ruleset): Omit<Ruleset, 'rules'> => ruleset;

type Handler = (call: Call, context: RulesetContext) => Reply;

/** The entry point named by the phase in the path. Throws 404 while the phase has none. */
function entryPointOf(call: Call, context: RulesetContext): RulesetRecord {
	const phase = checkPhase(call.params.phase, context);
	requirePhase(call, context, phase);
	const record = findEntryPoint(context, phase);
	if (record === undefined) throw noEntryPoint(phase);
	return record;
}

const list: Handler = ({ query, state }, context) => {
	const rulesets = visible(context).map((record) => withoutRules(latest(record)));
	const sizes = { default: 20, least: 1, most: 50 };
	const { result, result_info } = afterCursor(rulesets, query, state.cursorPlace, sizes);
	return ok(result, { result_info });
};

const create: Handler = (call, context) => {
	const body = call.json();
	const { phase } = (body ?? {}) as { phase?: unknown };
	if (typeof phase === 'string') requirePhase(call, context, phase);
	return store(call, context, newRuleset(body, context));
};

const replace: Handler = (call, context) => {
	const current = latest(rulesetOf(call, context));
	return store(call, context, replacement(current, call.json(), context));
};

const replaceEntryPoint: Handler = (call, context) => {
	const phase = checkPhase(call.params.phase, context);
	requirePhase(call, context, phase);
	const record = findEntryPoint(context, phase);
	if (record !== undefined)
		return store(call, context, replacement(latest(record), call.json(), context));
	const body = call.json() as Record<string, unknown>;
	const fresh = newRuleset(
		{ name: 'default', ...body, kind: entryPointKind(context), phase },
		context,
	);
	return store(call, context, fresh);
};

const destroy: Handler = (call, context) => {
	const record = rulesetOf(call, context);
	checkRemovable(latest(record), context);
	return remove(call, context, record);
};

const addRule: Handler = (call, context) => {
	const current = latest(rulesetOf(call, context));
	const rules = addedRule(call.json(), current, context);
	return store(call, context, nextVersion(current, rules, context));
};

const editRule: Handler = (call, context) => {
	const current = latest(rulesetOf(call, context));
	const rules = editedRule(call.params.rule_id, call.json(), current, context);
	return store(call, context, nextVersion(current, rules, context));
};

const deleteRule: Handler = (call, context) => {
	const current = latest(rulesetOf(call, context));
	const index = ruleIndex(current.rules, call.params.rule_id);
	const rules = current.rules.filter((_, each) => each !== index);
	return store(call, context, nextVersion(current, rules, context));
};

function versionOf({ versions }: RulesetRecord, { params }: Call): Ruleset {
	const found = versions.find(({ version }) => version === params.version);
	if (found === undefined) throw notFound('ruleset version');
	return found;
}

const deleteVersion: Handler = (call, context) => {
	const record = rulesetOf(call, context);
	const version = versionOf(record, call);
	if (version === latest(record))
		throw refused(invalid('/', 'the latest version of a ruleset cannot be deleted'));
	if (!checkDryRun(call)) record.versions = record.versions.filter((each) => each !== version);
	return empty();
};

const HANDLERS: Readonly<Record<string, Handler>> = {
	'GET /rulesets': list,
	'POST /rulesets': create,
	'GET /rulesets/phases/:phase/entrypoint': (call, context) =>
		ok(latest(entryPointOf(call, context))),
	'PUT /rulesets/phases/:phase/entrypoint': replaceEntryPoint,
	'GET /rulesets/phases/:phase/entrypoint/versions': (call, context) =>
		ok(entryPointOf(call, context).versions.map(withoutRules)),
	'GET /rulesets/phases/:phase/entrypoint/versions/:version': (call, context) =>
		ok(versionOf(entryPointOf(call, context), call)),
	'GET /rulesets/:ruleset_id': (call, context) => ok(latest(rulesetOf(call, context))),
	'PUT /rulesets/:ruleset_id': replace,
	'DELETE /rulesets/:ruleset_id': destroy,
	'GET /rulesets/:ruleset_id/versions': (call, context) =>
		ok(rulesetOf(call, context).versions.map(withoutRules)),
	'GET /rulesets/:ruleset_id/versions/:version': (call, context) =>
		ok(versionOf(rulesetOf(call, context), call)),
	'DELETE /rulesets/:ruleset_id/versions/:version': deleteVersion,
	'POST /rulesets/:ruleset_id/rules': addRule,
	'PATCH /rulesets/:ruleset_id/rules/:rule_id': editRule,
	'DELETE /rulesets/:ruleset_id/rules/:rule_id': deleteRule,
};

/** The same calls below a zone and below an account. */
export const rulesetRoutes: Routes = Object.fromEntries(
	(['zone', 'account'] as const).flatMap((level) =>
		Object.entries(HANDLERS).map(([route, handle]) => [
			route.replace(' ', ` /${level}s/:${level}_id`),
			(call: Call) => handle(call, contextOf(call, level)),
		]),
	),
);
