import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import { limitFields } from '../../descriptions/output';
import { scopeFields } from '../../descriptions/targets';
import { CUSTOM_PHASE, phases } from '../../targets/phases';
import { rulesetPageSize, type Ruleset } from '../../targets/ruleset';
import { cursorRows, mapRows } from '../../transport/paginate';
import { filterWord } from '../../input/values';
import { apiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { readRulesets } from '../../permissions';

const kinds = ['custom', 'managed', 'root', 'zone'] as const;

const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'Account Entry Point', value: 'root' },
				{ name: 'Custom', value: 'custom', description: 'A reusable set of rules of the account' },
				{ name: 'Managed', value: 'managed', description: "Cloudflare's own rules" },
				{ name: 'Zone Entry Point', value: 'zone' },
			],
			default: 'zone',
			description: 'Only rulesets of this kind',
		},
		{
			displayName: 'Phase',
			name: 'phase',
			type: 'options',
			options: byName(phases.map(({ name, value }) => ({ name, value }))),
			default: CUSTOM_PHASE,
			description: 'Only rulesets of this phase',
		},
	],
};

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many rulesets',
	description:
		'Retrieve a list of rulesets without their rules. The list of a zone also names the account and managed rulesets that it may run.',
	fields: [...scopeFields, ...limitFields, filterFields],
	permission: readRulesets,
	async execute(item) {
		const filters = item.collection('filters');
		const phaseNames = phases.map(({ value }) => value);
		const wanted = Object.entries({
			kind: filterWord(filters, 'kind', 'Kind', kinds),
			phase: filterWord(filters, 'phase', 'Phase', phaseNames),
		}).filter(([, word]) => word !== undefined);
		const limit = item.limit();
		const scope = await item.scope();
		const rows = cursorRows<Ruleset>(item.client, {
			path: apiPath`${scope.path}/rulesets`,
			pageSize: rulesetPageSize,
		});
		// The API has no filters here.
		const fits = (ruleset: Ruleset) => wanted.every(([key, word]) => ruleset[key] === word);
		const chosen = (ruleset: Ruleset) => (fits(ruleset) ? (ruleset as IDataObject) : undefined);
		return await mapRows(rows, chosen, limit);
	},
};
