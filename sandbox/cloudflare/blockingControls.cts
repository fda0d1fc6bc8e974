import type { Hono } from 'hono';
import type { AccessRuleStore } from './accessRules/store.cjs';
import { addToken, type TokenRights } from './addToken.cjs';
import type { Limits } from './lists/limits.cjs';
import type { ListStore } from './lists/store.cjs';
import type { State } from './state.cjs';

type ListSwitches = Partial<
	Pick<
		ListStore,
		| 'operationTime'
		| 'held'
		| 'accountTokens'
		| 'itemsPerCall'
		| 'largestBody'
		| 'prefixes'
		| 'unknownItems'
	>
>;
type AccessRuleSwitches = Partial<
	Pick<
		AccessRuleStore,
		'mostPerAccount' | 'mostPerPage' | 'longestNotes' | 'listsInherited' | 'searchesIp6'
	>
>;

// Records, so that the compiler keeps them complete.
const LIST_SWITCHES: Record<keyof ListSwitches, true> = {
	operationTime: true,
	held: true,
	accountTokens: true,
	itemsPerCall: true,
	largestBody: true,
	prefixes: true,
	unknownItems: true,
};
const ACCESS_RULE_SWITCHES: Record<keyof AccessRuleSwitches, true> = {
	mostPerAccount: true,
	mostPerPage: true,
	longestNotes: true,
	listsInherited: true,
	searchesIp6: true,
};

function turn(target: object, switches: object, known: object): void {
	const unknown = Object.keys(switches).find((name) => !Object.hasOwn(known, name));
	if (unknown !== undefined) throw new Error(`Unknown switch ${unknown}`);
	Object.assign(target, switches);
}

/** What the control interface offers for lists, IP access rules, rulesets and tokens. */
export function addBlockingControls(app: Hono, state: State): void {
	app.get('/lists', (context) =>
		context.json({
			lists: state.lists
				.all()
				.map(({ items, ...list }) => ({ ...list, items: [...items.values()] })),
			operations: state.lists.operations.values().map(({ id, list, write, status, error }) => ({
				id,
				list: list.id,
				write: write.kind,
				status,
				error,
			})),
		}),
	);
	app.put('/lists', async (context) => {
		type Body = ListSwitches & {
			limits?: Record<string, Partial<Limits>>;
			retryAfter?: number | null;
		};
		const { limits, retryAfter, ...switches } = await context.req.json<Body>();
		turn(state.lists, switches, LIST_SWITCHES);
		if (retryAfter !== undefined) state.lists.operations.retryAfter = retryAfter;
		for (const [accountId, limit] of Object.entries(limits ?? {}))
			state.lists.limits.set(accountId, limit);
		return context.json({ done: true });
	});
	app.post('/lists/fill', async (context) => {
		type Body = { list: string; addresses: string[]; comment?: string };
		const { list: wanted, addresses, comment } = await context.req.json<Body>();
		const list = state.lists.all().find(({ id, name }) => wanted === id || wanted === name);
		if (list === undefined) return context.json({ error: `There is no list ${wanted}` }, 404);
		state.lists.fill(list, addresses, comment);
		return context.json({ items: list.items.size });
	});
	app.get('/access-rules', (context) => context.json(state.accessRules.all()));
	app.put('/access-rules', async (context) => {
		turn(state.accessRules, await context.req.json(), ACCESS_RULE_SWITCHES);
		return context.json({ done: true });
	});
	app.put('/rulesets', async (context) => {
		const { writeLimit } = await context.req.json<{ writeLimit: State['rulesetWriteLimit'] }>();
		state.rulesetWriteLimit = writeLimit;
		return context.json({ done: true });
	});
	app.post('/tokens', async (context) =>
		context.json({ token: addToken(state, await context.req.json<TokenRights>()) }),
	);
}
