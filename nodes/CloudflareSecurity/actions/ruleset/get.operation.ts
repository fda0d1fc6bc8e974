import type { IDataObject } from 'n8n-workflow';
import { scopeFields } from '../../descriptions/targets';
import { phases } from '../../targets/phases';
import { RULESET, rulesetPath } from '../../targets/ruleset';
import type { Operation } from '../operation';
import { readRulesets } from '../../permissions';
import { rulesetFields } from './rulesetFields';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get ruleset',
	description: 'Retrieve one ruleset with its rules, by phase or by ID',
	fields: [...scopeFields, ...rulesetFields(phases)],
	permission: readRulesets,
	async execute(item) {
		const choice = item.ruleset();
		const { result } = await item.client.send<IDataObject>({
			method: 'GET',
			path: rulesetPath(await item.scope(), choice),
			expect: RULESET,
		});
		return [result];
	},
};
