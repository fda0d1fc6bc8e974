import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../input/inputError';
import { oneOf, optionalText } from '../../input/values';
import { editAccessRules } from '../../permissions';
import type { Scope } from '../../targets/scope';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { inheritedFrom, presentAccessRule, type AccessRule } from './accessRule';
import { configurationFields, readConfiguration } from './configuration';
import { readRules, readRulesThoroughly, type Found } from './findRule';
import { modeOptions, modes } from './modes';
import {
	addRule,
	additionOf,
	changedFields,
	changeOf,
	changeRule,
	dryRunField,
	planned,
	readDryRun,
	type WantedRule,
} from './ruleWrites';
import { accessRuleScopeFields } from './scopeFields';

const ruleFields: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: modeOptions,
		default: 'block',
		description: 'What happens to their requests. Blocking a country needs the Enterprise plan.',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				default: '',
				placeholder: 'e.g. Credential stuffing, case 4711',
				description:
					'Why the rule is there. Left out, a new rule has none, and a rule that is there keeps its own.',
			},
		],
	},
];

function readWanted(item: Item): WantedRule {
	const fields = item.collection('additionalFields');
	return {
		configuration: readConfiguration(item),
		mode: oneOf(item.value('mode', ''), modes, 'Mode'),
		...('notes' in fields ? { notes: optionalText(fields.notes, 'Notes') ?? '' } : {}),
	};
}

interface Done {
	rule: AccessRule;
	created: boolean;
	changed: string[];
	previous: IDataObject | null;
}

const previousOf = ({ mode, notes }: AccessRule): IDataObject => ({ mode, notes: notes ?? '' });

/** @returns undefined when somebody deleted the rule in the meantime */
async function updateRule(
	item: Item,
	scope: Scope,
	before: AccessRule,
	wanted: WantedRule,
): Promise<Done | undefined> {
	const changed = changedFields(before, wanted);
	if (changed.length === 0) return { rule: before, created: false, changed, previous: null };
	const rule = await changeRule(item.client, scope, before, wanted);
	return rule && { rule, created: false, changed, previous: previousOf(before) };
}

/** A round is only repeated because somebody else created or deleted the rule in between. */
const MAX_ROUNDS = 4;

async function upsertRule(item: Item, scope: Scope, wanted: WantedRule): Promise<Done> {
	const { client } = item;
	let { own } = await readRules(client, scope, wanted.configuration);
	for (let round = 1; round <= MAX_ROUNDS; round += 1) {
		if (own) {
			const done = await updateRule(item, scope, own, wanted);
			if (done) return done;
		}
		const added = await addRule(client, scope, wanted);
		if ('rule' in added) {
			return { rule: added.rule, created: true, changed: [], previous: null };
		}
		const found: Found = await readRulesThoroughly(client, scope, wanted.configuration);
		own = found.own;
		if (own && added.inDoubt && changedFields(own, wanted).length === 0) {
			return { rule: own, created: true, changed: [], previous: null };
		}
		const owner = found.inherited && inheritedFrom(found.inherited, scope);
		if (!own && owner) {
			throw new InputError(
				'Value',
				`Cloudflare takes no rule for ${wanted.configuration.value} here, because ${owner} has one`,
				'Scope Account, to change that rule',
			);
		}
		if (!own && round === MAX_ROUNDS) client.unwrap(added.duplicate);
	}
	throw new InputError(
		'Value',
		`somebody else kept creating and deleting the rule for ${wanted.configuration.value}`,
		'No change by others meanwhile: run the operation again',
	);
}

async function plan(item: Item, scope: Scope, wanted: WantedRule): Promise<IDataObject> {
	const { own, inherited } = await readRules(item.client, scope, wanted.configuration);
	const { value } = wanted.configuration;
	if (!own) {
		const owner = inherited && inheritedFrom(inherited, scope);
		const beside = inherited ? `, beside the one of ${owner} with the mode ${inherited.mode}` : '';
		const effect = `A rule for ${value} with the mode ${wanted.mode} would be created${beside}`;
		return planned(effect, additionOf(scope, wanted));
	}
	const rule = presentAccessRule(own, scope);
	const changed = changedFields(own, wanted);
	if (changed.length === 0) {
		return planned(`Nothing would change: the rule for ${value} is so already`, undefined, rule);
	}
	const what = changed.map((name) => `${name} from ${JSON.stringify(own[name] ?? '')}`);
	const effect = `The rule for ${value} would be updated: ${what.join(', ')}`;
	return planned(effect, changeOf(scope, own, wanted), rule);
}

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update IP access rule',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [...accessRuleScopeFields, ...configurationFields, ...ruleFields, dryRunField],
	permission: editAccessRules,
	writes: true,
	async execute(item) {
		const wanted = readWanted(item);
		const dryRun = readDryRun(item);
		const scope = await item.scope();
		if (dryRun) return [await plan(item, scope, wanted)];
		const { rule, ...outcome } = await upsertRule(item, scope, wanted);
		return [{ ...presentAccessRule(rule, scope), ...outcome }];
	},
};
