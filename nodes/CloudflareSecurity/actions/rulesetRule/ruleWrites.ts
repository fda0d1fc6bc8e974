import type { IDataObject } from 'n8n-workflow';
import { RULESET, summary, type Rule, type Ruleset } from '../../targets/ruleset';
import type { Scope } from '../../targets/scope';
import { apiPath, hexId, type ApiPath } from '../../transport/path';
import type { Item } from '../item';
import type { Position } from './place';

/** One request that changes rules, as data: what is sent, and what Dry Run shows. The answer is the whole ruleset. */
export interface RuleWrite {
	method: 'POST' | 'PATCH' | 'DELETE';
	path: ApiPath;
	body?: Readonly<Record<string, unknown>>;
	expect: typeof RULESET;
}

const rulesPath = (scope: Scope, { id }: Ruleset): ApiPath =>
	apiPath`${scope.path}/rulesets/${hexId(id, { field: 'Ruleset' })}/rules`;

const rulePath = (scope: Scope, ruleset: Ruleset, id: string | undefined): ApiPath =>
	apiPath`${rulesPath(scope, ruleset)}/${hexId(id, { field: 'Rule' })}`;

/** Adds a rule to a ruleset. */
export function additionTo(
	scope: Scope,
	ruleset: Ruleset,
	definition: Rule,
	position?: Position,
): RuleWrite {
	// Last is where the API puts it by itself.
	const isLast = position === undefined || ('after' in position && position.after === '');
	return {
		method: 'POST',
		path: rulesPath(scope, ruleset),
		body: { ...definition, ...(isLast ? {} : { position }) },
		expect: RULESET,
	};
}

/**
 * Adds the first rule of a phase, and with it the entry point. Not a PUT of the entry point: that would replace the
 * rules that somebody else adds at the same time.
 */
export const firstOf = (scope: Scope, phase: string, definition: Rule): RuleWrite => ({
	method: 'POST',
	path: apiPath`${scope.path}/rulesets`,
	body: {
		name: 'default',
		kind: scope.kind === 'zone' ? 'zone' : 'root',
		phase,
		rules: [definition],
	},
	expect: RULESET,
});

/** @param body a whole definition, for the API forgets what it lacks; or a position alone */
export const changeOf = (
	scope: Scope,
	ruleset: Ruleset,
	id: string | undefined,
	body: RuleWrite['body'],
): RuleWrite => ({ method: 'PATCH', path: rulePath(scope, ruleset, id), body, expect: RULESET });

export const removalOf = (scope: Scope, ruleset: Ruleset, id: string | undefined): RuleWrite => ({
	method: 'DELETE',
	path: rulePath(scope, ruleset, id),
	expect: RULESET,
});

/** What a run would do. */
export interface Plan {
	/** Left out when nothing would be sent. */
	write?: RuleWrite;
	ruleset?: Ruleset;
	effect: string;
}

/**
 * Lets Cloudflare check a plan without storing anything (`dry_run=true`: full authorization and validation).
 * @returns the output of a dry run
 * @throws NodeApiError as the real run would
 */
export async function tryOut(item: Item, { write, ruleset, effect }: Plan): Promise<IDataObject> {
	if (write) {
		await item.client.send<unknown>({
			...write,
			query: { dry_run: true },
			expect: 'nothing',
			// Nothing is stored, so repeating it after a broken connection does no harm.
			readBack: async () => ({ ok: true, envelope: { result: undefined, resultInfo: {} } }),
		});
	}
	return {
		dryRun: true,
		effect,
		request: write
			? ({
					method: write.method,
					path: write.path.text,
					...(write.body ? { body: write.body } : {}),
				} as IDataObject)
			: null,
		ruleset: ruleset ? summary(ruleset) : null,
	};
}

/** How messages name a ruleset. */
export const nameOf = ({ name, id }: Ruleset): string => name || id;
