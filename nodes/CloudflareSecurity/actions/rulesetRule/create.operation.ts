import type { IDataObject } from 'n8n-workflow';
import { summary } from '../../targets/ruleset';
import type { Item } from '../item';
import type { ItemOperation } from '../operation';
import { editRulesets } from '../../permissions';
import { addRule, planRule, type NewRule } from './addRule';
import { defaultRef } from './defaultRef';
import { positionFields } from './position';
import { ruleFields, readWantedRule } from './ruleForm';
import { additionalFieldsWithRef, readDryRun, readRef } from './ruleOptions';
import { tryOut } from './ruleWrites';

function readRule(item: Item): NewRule {
	const { definition, ...where } = readWantedRule(item, 'last');
	// A definition may bring its own; the field is not there then.
	const ref = readRef(item) ?? definition.ref;
	return {
		definition: { ...definition, ref: ref ?? defaultRef(item) },
		refIsOurs: ref === undefined,
		...where,
	};
}

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create ruleset rule',
	description:
		'Add a WAF custom rule or rate limiting rule that blocks, challenges, logs or skips matching requests, beside the rules that are there',
	fields: ruleFields({ position: positionFields, additional: additionalFieldsWithRef }),
	permission: editRulesets,
	writes: true,
	async execute(item) {
		// Everything is read before the first request, so that bad input changes nothing.
		const choice = item.ruleset();
		const wanted = readRule(item);
		const dryRun = readDryRun(item);
		const target = { scope: await item.scope(), choice };
		if (dryRun) return [await tryOut(item, await planRule(item, target, wanted))];
		const { rule, ruleset, created } = await addRule(item, target, wanted);
		return [{ ...(rule as IDataObject), ruleset: summary(ruleset), created }];
	},
};
