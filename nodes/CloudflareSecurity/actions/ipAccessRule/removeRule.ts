import type { Scope } from '../../targets/scope';
import type { CloudflareClient } from '../../transport/client';
import { hexId } from '../../transport/path';
import { ACCESS_RULE, accessRulePath, type AccessRule } from './accessRule';
import { removalOf } from './ruleWrites';

/** What became of a rule that was to go. */
export interface RemovedRule {
	/** As it was right before; left out when it was gone already. */
	rule?: AccessRule;
	isRemoved: boolean;
}

/**
 * Looks at a rule again, and deletes it when it may still go: an earlier look may be old.
 * @throws NodeApiError
 */
export async function removeRule(
	client: CloudflareClient,
	scope: Scope,
	{ id }: AccessRule,
	mayGo: (rule: AccessRule) => boolean,
): Promise<RemovedRule> {
	const path = accessRulePath(scope, hexId(id, { field: 'Rule' }));
	const again = await client.attempt<AccessRule>({ method: 'GET', path, expect: ACCESS_RULE });
	if (!again.ok && again.failure.kind === 'notFound') return { isRemoved: false };
	const rule = client.unwrap(again).result;
	if (!mayGo(rule)) return { rule, isRemoved: false };
	const write = removalOf(scope, rule);
	const outcome = await client.attempt<unknown>({ ...write, expect: 'nothing' });
	// It was there a moment ago: an earlier try, or somebody else, has deleted it.
	if (!outcome.ok && outcome.failure.kind !== 'notFound') client.unwrap(outcome);
	return { rule, isRemoved: true };
}
