import { invalid } from '../accessRules/errors.cjs';
import { found } from '../accessRules/filters.cjs';
import { MODES, type AccessRule, type RuleScope } from '../accessRules/types.cjs';
import type { Call, Routes } from '../call.cjs';
import { ok, type Reply } from '../envelope.cjs';
import { paged } from '../query.cjs';
import { isObject } from '../rulesets/shape.cjs';
import type { State } from '../state.cjs';
import type { Change } from '../types.cjs';

type Level = RuleScope['level'];
type Handler = (call: Call, scope: RuleScope) => Reply;

function scopeOf(call: Call, level: Level): RuleScope {
	if (level === 'user') return { level, id: call.state.user.id };
	return { level, id: (level === 'zone' ? call.zone() : call.account()).id };
}

/** Source: answers quoted in public issues: an account is called an organization. */
function shownScope({ level, id }: RuleScope, { zones, accounts, user }: State) {
	if (level === 'user') return { id, email: user.email, type: 'user' };
	return level === 'zone'
		? { id, name: zones.get(id)?.name, type: 'zone' }
		: { id, name: accounts.get(id)?.name, type: 'organization' };
}

function shown({ id, mode, notes, configuration, ...rule }: AccessRule, state: State) {
	return {
		id,
		paused: false,
		modified_on: rule.modified_on,
		allowed_modes: MODES,
		mode,
		notes,
		configuration,
		scope: shownScope(rule.scope, state),
		created_on: rule.created_on,
	};
}

function report(
	{ state, credential }: Call,
	{ id, scope }: AccessRule,
	change: Pick<Change, 'action' | 'before' | 'after'>,
): void {
	state.record({
		...change,
		resource: { product: 'firewall', type: 'access_rule', id },
		scope,
		actor: credential.name,
	});
}

const list: Handler = ({ state, query, params }, scope) => {
	const store = state.accessRules;
	const zone = state.zones.get(params.zone_id);
	const inherited = zone !== undefined && store.listsInherited;
	const rules = found(inherited ? store.forZone(zone) : store.of(scope), query, store.searchesIp6);
	const sizes = { default: 20, least: 1, most: store.mostPerPage };
	const { result, result_info } = paged(rules, query, sizes);
	return ok(
		result.map((rule) => shown(rule, state)),
		{ result_info },
	);
};

const create: Handler = (call, scope) => {
	const rule = call.state.accessRules.create(scope, call.json());
	const after = shown(rule, call.state);
	report(call, rule, { action: 'create', after });
	return ok(after);
};

const edit: Handler = (call, scope) => {
	const { state, params } = call;
	const before = state.accessRules.get(scope, params.rule_id);
	const rule = state.accessRules.edit(before, call.json());
	const after = shown(rule, state);
	report(call, rule, { action: 'update', before: shown(before, state), after });
	return ok(after);
};

/** How much a zone's call takes along; other levels know no cascade. */
function cascadeOf(call: Call, { level }: RuleScope): 'none' | 'basic' | 'aggressive' {
	if (level !== 'zone') return 'none';
	const body = call.optionalJson();
	const cascade = isObject(body) ? (body.cascade ?? 'none') : 'none';
	if (cascade === 'none' || cascade === 'basic' || cascade === 'aggressive') return cascade;
	throw invalid(`invalid cascade received: ${JSON.stringify(cascade)}`);
}

const destroy: Handler = (call, scope) => {
	const { state, params } = call;
	const rule = state.accessRules.get(scope, params.rule_id);
	for (const gone of state.accessRules.remove(rule, cascadeOf(call, scope)))
		report(call, gone, { action: 'delete', before: shown(gone, state) });
	return ok({ id: rule.id });
};

const HANDLERS: Readonly<Record<string, Handler>> = {
	'GET ': list,
	'POST ': create,
	'GET /:rule_id': ({ state, params }, scope) =>
		ok(shown(state.accessRules.get(scope, params.rule_id), state)),
	'PATCH /:rule_id': edit,
	'DELETE /:rule_id': destroy,
};
const PLACES: Readonly<Record<Level, string>> = {
	account: '/accounts/:account_id',
	zone: '/zones/:zone_id',
	user: '/user',
};

/** The same calls below an account, a zone and the user, but for getting one rule of a user. */
export const accessRuleRoutes: Routes = Object.fromEntries(
	(['account', 'zone', 'user'] as const).flatMap((level) =>
		Object.entries(HANDLERS)
			.filter(([route]) => level !== 'user' || route !== 'GET /:rule_id')
			.map(([route, handle]) => [
				route.replace(' ', ` ${PLACES[level]}/firewall/access_rules/rules`),
				(call: Call) => handle(call, scopeOf(call, level)),
			]),
	),
);
