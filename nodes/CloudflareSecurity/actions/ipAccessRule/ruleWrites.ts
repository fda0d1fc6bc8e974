import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { yesOrNo } from '../../input/values';
import type { Scope } from '../../targets/scope';
import type { CloudflareClient } from '../../transport/client';
import { hasCode, type Outcome } from '../../transport/failure';
import { hexId, type ApiPath } from '../../transport/path';
import type { Item } from '../item';
import { ACCESS_RULE, accessRulePath, accessRulesPath, type AccessRule } from './accessRule';
import type { Configuration } from './configuration';
import { attemptRules } from './findRule';

/** The API's code for a second rule with the same target and value, whatever the mode. */
export const DUPLICATE = 10009;

/** A rule as the user wants it. Notes that were not given stay as they are. */
export interface WantedRule {
	configuration: Configuration;
	mode: string;
	notes?: string;
}

/** One request that changes rules, as data: what is sent, and what Dry Run shows. */
export interface RuleWrite {
	method: 'POST' | 'PATCH' | 'DELETE';
	path: ApiPath;
	body?: Readonly<Record<string, unknown>>;
}

export const additionOf = (scope: Scope, wanted: WantedRule): RuleWrite => {
	const { target, value } = wanted.configuration;
	return {
		method: 'POST',
		path: accessRulesPath(scope),
		body: { mode: wanted.mode, configuration: { target, value }, notes: wanted.notes ?? '' },
	};
};

const pathOf = (scope: Scope, { id }: AccessRule) =>
	accessRulePath(scope, hexId(id, { field: 'Rule' }));

/** Whole: that a part which is left out stays is not documented. */
export const changeOf = (scope: Scope, before: AccessRule, wanted: WantedRule): RuleWrite => ({
	method: 'PATCH',
	path: pathOf(scope, before),
	body: {
		mode: wanted.mode,
		configuration: before.configuration,
		notes: wanted.notes ?? before.notes ?? '',
	},
});

export const removalOf = (scope: Scope, rule: AccessRule): RuleWrite => ({
	method: 'DELETE',
	path: pathOf(scope, rule),
});

/** The names of the fields in which a rule differs from what is wanted. */
export function changedFields(before: AccessRule, { mode, notes }: WantedRule): string[] {
	const isNew = notes !== undefined && notes !== (before.notes ?? '');
	return [...(before.mode === mode ? [] : ['mode']), ...(isNew ? ['notes'] : [])];
}

export type Added = { rule: AccessRule } | { duplicate: Outcome<AccessRule>; inDoubt: boolean };

/**
 * Creates a rule, once, also when the connection breaks after Cloudflare stored it.
 * @returns `duplicate` when there is a rule about the same already; `inDoubt` when it may be ours
 * @throws NodeApiError
 */
export async function addRule(
	client: CloudflareClient,
	scope: Scope,
	wanted: WantedRule,
): Promise<Added> {
	let inDoubt = false;
	const readBack = async (): Promise<Outcome<AccessRule | undefined>> => {
		inDoubt = true;
		const found = await attemptRules(client, scope, wanted.configuration);
		if (!found.ok) return found;
		const { own } = found.envelope.result;
		const isOurs = own !== undefined && changedFields(own, wanted).length === 0;
		return { ok: true, envelope: { result: isOurs ? own : undefined, resultInfo: {} } };
	};
	const outcome = await client.attempt<AccessRule>({
		...additionOf(scope, wanted),
		expect: ACCESS_RULE,
		readBack,
	});
	if (outcome.ok) return { rule: outcome.envelope.result };
	if (!hasCode(outcome.failure, DUPLICATE)) client.unwrap(outcome);
	return { duplicate: outcome, inDoubt };
}

/** @returns undefined when somebody deleted the rule in the meantime. @throws NodeApiError */
export async function changeRule(
	client: CloudflareClient,
	scope: Scope,
	before: AccessRule,
	wanted: WantedRule,
): Promise<AccessRule | undefined> {
	const write = { ...changeOf(scope, before, wanted), expect: ACCESS_RULE };
	const outcome = await client.attempt<AccessRule>(write);
	if (!outcome.ok && outcome.failure.kind === 'notFound') return undefined;
	return client.unwrap(outcome).result;
}

export const dryRunField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to show the exact request and its effect, without changing anything',
		},
	],
};

/** @throws InputError when it is neither yes nor no: a doubt must not change anything */
export function readDryRun(item: Item): boolean {
	const options = item.collection('options');
	return 'dryRun' in options && yesOrNo(options.dryRun, 'Dry Run');
}

/** A request as outputs show it. */
export const requestOf = (write: RuleWrite): IDataObject => ({ ...write, path: write.path.text });

/** The output of a dry run. */
export const planned = (effect: string, write: RuleWrite | undefined, rule?: IDataObject) => ({
	dryRun: true,
	effect,
	request: write ? requestOf(write) : null,
	rule: rule ?? null,
});
