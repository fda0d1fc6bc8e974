import type { INodeProperties } from 'n8n-workflow';
import { showWhen } from '../../descriptions/show';
import { InputError, shown } from '../../input/inputError';
import { oneOf } from '../../input/values';
import { editAccessRules } from '../../permissions';
import type { Scope } from '../../targets/scope';
import { hexId, type PathSegment } from '../../transport/path';
import type { Item } from '../item';
import type { Operation } from '../operation';
import {
	ACCESS_RULE,
	accessRulePath,
	inheritedFrom,
	presentAccessRule,
	type AccessRule,
} from './accessRule';
import { configurationFields, readConfiguration, type Configuration } from './configuration';
import { lookThrough, readRulesInAnySpelling, type Found } from './findRule';
import { dryRunField, planned, readDryRun, removalOf } from './ruleWrites';
import { accessRuleScopeFields } from './scopeFields';

const choiceFields: INodeProperties[] = [
	{
		displayName: 'Find Rule By',
		name: 'ruleBy',
		type: 'options',
		options: [
			{
				name: 'Target and Value',
				value: 'value',
				description: 'The rule for an address, range, autonomous system or country',
			},
			{ name: 'ID', value: 'id' },
		],
		default: 'value',
		description: 'How the rule is chosen',
	},
	...showWhen({ ruleBy: ['value'] }, configurationFields),
	{
		displayName: 'Rule ID',
		name: 'ruleId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 92f17202ed8bd63d69a66b86a49a8f6b',
		description: 'The ID of the rule; Get Many finds it',
		displayOptions: { show: { ruleBy: ['id'] } },
	},
];

type Choice = { id: PathSegment } | { configuration: Configuration };

/** Sends nothing. @throws InputError */
function readChoice(item: Item): Choice {
	if (oneOf(item.value('ruleBy', 'value'), ['value', 'id'], 'Find Rule By') === 'value') {
		return { configuration: readConfiguration(item) };
	}
	const kind = { field: 'Rule ID', byName: 'choose Target and Value', mistakes: item.mistakes() };
	return { id: hexId(item.value('ruleId', ''), kind) };
}

const notOurs = (field: string, owner: string) =>
	new InputError(
		field,
		`the rule belongs to ${owner} and holds for this zone too`,
		owner.startsWith('the account')
			? 'Scope Account, to delete it for all domains of the account'
			: 'A rule of this zone. That of a user is deleted in the dashboard',
	);

/** @throws InputError when the only rule there is inherited */
function ownRule({ own, inherited }: Found, scope: Scope, field: string): AccessRule | undefined {
	const owner = inherited && inheritedFrom(inherited, scope);
	if (!own && owner !== undefined) throw notOurs(field, owner);
	return own;
}

async function findById(item: Item, scope: Scope, id: PathSegment): Promise<AccessRule> {
	const outcome = await item.client.attempt<AccessRule>({
		method: 'GET',
		path: accessRulePath(scope, id),
		expect: ACCESS_RULE,
	});
	const isMissing = !outcome.ok && outcome.failure.kind === 'notFound' && scope.kind === 'zone';
	// The list tells what the single call hides: that it is a rule of the account.
	const found = isMissing
		? await lookThrough(item.client, scope, (rule) => rule.id === id)
		: { own: undefined };
	const listed = ownRule(found, scope, 'Rule ID');
	const rule = listed ?? item.client.unwrap(outcome).result;
	const owner = inheritedFrom(rule, scope);
	if (owner !== undefined) throw notOurs('Rule ID', owner);
	return rule;
}

async function findRule(item: Item, scope: Scope, choice: Choice): Promise<AccessRule> {
	if ('id' in choice) return await findById(item, scope, choice.id);
	const found = await readRulesInAnySpelling(item.client, scope, choice.configuration);
	const rule = ownRule(found, scope, 'Value');
	if (rule) return rule;
	throw new InputError(
		'Value',
		`this ${scope.kind} has no rule for ${shown(choice.configuration.value)}`,
		'The target and value of a rule that exists; Get Many lists them',
	);
}

export const deleteRule: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete IP access rule',
	description:
		'Delete an IP access rule for good, chosen by what it is about or by its ID. The output holds the rule as it was, so that a later step can create it again.',
	fields: [...accessRuleScopeFields, ...choiceFields, dryRunField],
	permission: editAccessRules,
	writes: true,
	async execute(item) {
		const choice = readChoice(item);
		const dryRun = readDryRun(item);
		const scope = await item.scope();
		const found = await findRule(item, scope, choice);
		const rule = presentAccessRule(found, scope);
		const write = removalOf(scope, found);
		if (dryRun) {
			const { value } = found.configuration;
			return [planned(`The rule for ${value} would be deleted`, write, rule)];
		}
		const outcome = await item.client.attempt<unknown>({ ...write, expect: 'nothing' });
		// It was there a moment ago: an earlier try, or somebody else, has deleted it.
		const isGone = !outcome.ok && outcome.failure.kind === 'notFound';
		if (!isGone) item.client.unwrap(outcome);
		return [{ deleted: true, rule }];
	},
};
