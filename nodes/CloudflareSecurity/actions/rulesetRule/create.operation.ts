import type { IDataObject } from 'n8n-workflow';
import { scopeFields } from '../../descriptions/targets';
import { CUSTOM_PHASE, phases } from '../../targets/phases';
import { summary } from '../../targets/ruleset';
import type { Item } from '../item';
import type { Operation } from '../operation';
import { editRulesets } from '../../permissions';
import { rulesetFields } from '../ruleset/rulesetFields';
import { addRule, planRule, type NewRule } from './addRule';
import { expressionInputs, readExpression } from './conditions';
import { defaultRef } from './defaultRef';
import { positionFields, readPosition } from './position';
import { actionFields, readAction } from './ruleActions';
import { readDryRun, readRef, readRuleOptions, ruleOptionFields } from './ruleOptions';

function readRule(item: Item): NewRule {
	const ref = readRef(item);
	return {
		definition: {
			...readAction(item),
			expression: readExpression(item),
			...readRuleOptions(item),
			ref: ref ?? defaultRef(item),
		},
		refIsOurs: ref === undefined,
		position: readPosition(item),
	};
}

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create ruleset rule',
	description:
		'Add a WAF custom rule that blocks, challenges, logs or skips matching requests, beside the rules that are there',
	fields: [
		...scopeFields,
		...rulesetFields(phases.filter(({ value }) => value === CUSTOM_PHASE)),
		...actionFields,
		...expressionInputs,
		...positionFields,
		...ruleOptionFields,
	],
	permission: editRulesets,
	writes: true,
	async execute(item) {
		// Everything is read before the first request, so that bad input changes nothing.
		const choice = item.ruleset();
		const rule = readRule(item);
		const dryRun = readDryRun(item);
		const scope = await item.scope();
		if (dryRun) {
			const { request, ruleset, effect } = await planRule(item, scope, choice, rule);
			return [
				{
					dryRun: true,
					effect,
					request: (request ?? null) as IDataObject | null,
					ruleset: ruleset ? summary(ruleset) : null,
				},
			];
		}
		const { rule: added, ruleset, created } = await addRule(item, scope, choice, rule);
		return [{ ...(added as IDataObject), ruleset: summary(ruleset), created }];
	},
};
