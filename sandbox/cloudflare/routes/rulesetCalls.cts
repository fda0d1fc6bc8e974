import type { Call } from '../call.cjs';
import { empty, ok, type Reply } from '../envelope.cjs';
import { notFound, refused } from '../errors.cjs';
import { require as requirePermission } from '../permissions.cjs';
import { findRuleset, type RulesetContext } from '../rulesets/context.cjs';
import { PHASES } from '../rulesets/phases.cjs';
import { latest, type Ruleset, type RulesetRecord } from '../rulesets/types.cjs';
import { countWrite } from '../rulesets/writeLimit.cjs';

/** The zone or account of the path as a place for rulesets. Throws 403 when it is out of reach. */
export function contextOf(call: Call, level: 'zone' | 'account'): RulesetContext {
	const { state } = call;
	if (level === 'zone') {
		const { id, account, plan } = call.zone();
		return { state, scope: { level, id }, accountId: account.id, plan: plan.legacy_id };
	}
	const { id, type } = call.account();
	const plan = type === 'enterprise' ? 'enterprise' : 'free';
	return { state, scope: { level, id }, accountId: id, plan };
}

/** Throws unless the credential may use this phase: zone phases belong to different permission groups. */
export function requirePhase(call: Call, { scope }: RulesetContext, phase: string): void {
	const group = PHASES.get(phase)?.zonePermission;
	if (scope.level === 'account' || !group) return;
	requirePermission(call.credential, { ...call.requirement, anyOf: [group] });
}

/** The ruleset named in the path. Throws 404 when the scope has none of that id. */
export function rulesetOf(call: Call, context: RulesetContext): RulesetRecord {
	const record = findRuleset(context, call.params.ruleset_id);
	if (record === undefined) throw notFound('ruleset');
	requirePhase(call, context, latest(record).phase);
	return record;
}

/** Whether the call only wants to be checked. Throws 400 for anything but true and false. */
export function checkDryRun({ query }: Call): boolean {
	const given = query.get('dry_run');
	if (given === null || given === 'false') return false;
	if (given === 'true') return true;
	throw refused({ code: 20000, message: `'${given}' is not a valid value for dry_run` });
}

/** Stores a checked version, unless it is a dry run. */
export function store(call: Call, { state, scope }: RulesetContext, ruleset: Ruleset): Reply {
	if (checkDryRun(call)) return ok(null);
	countWrite(state, ruleset.id);
	const record = state.rulesets.get(ruleset.id);
	if (record === undefined) state.rulesets.set(ruleset.id, { owner: scope, versions: [ruleset] });
	else record.versions = [...record.versions, ruleset];
	state.record({
		action: record === undefined ? 'create' : 'update',
		resource: { product: 'rulesets', type: 'ruleset', id: ruleset.id },
		scope,
		actor: call.credential.name,
		before: record?.versions.at(-2),
		after: ruleset,
	});
	return ok(ruleset);
}

/** Takes a ruleset away with all its versions, unless it is a dry run. */
export function remove(call: Call, { state, scope }: RulesetContext, record: RulesetRecord): Reply {
	if (checkDryRun(call)) return empty();
	const { id } = latest(record);
	countWrite(state, id);
	state.rulesets.delete(id);
	state.record({
		action: 'delete',
		resource: { product: 'rulesets', type: 'ruleset', id },
		scope,
		actor: call.credential.name,
		before: latest(record),
	});
	return empty();
}
