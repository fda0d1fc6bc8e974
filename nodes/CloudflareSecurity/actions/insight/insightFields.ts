import type { INodeProperties } from 'n8n-workflow';
import { scopeFieldsFor } from '../../descriptions/targets';
import { readLocator } from '../../targets/locator';
import { uuid, type PathSegment } from '../../transport/path';
import type { Item } from '../item';

export const insightScopeFields = scopeFieldsFor(
	'account',
	'For an account with all its domains, and what is about the account itself',
);

export const insightField: INodeProperties = {
	displayName: 'Insight',
	name: 'insight',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The Security Center insight. Its ID comes with Get Many and with alerts.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an insight…',
			typeOptions: { searchListMethod: 'searchInsights', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. f174e90a-fafe-4643-bbbc-4a0ed4fc8415',
		},
	],
};

/** Sends nothing. @throws InputError when the field holds no insight's ID */
export function readInsightId(item: Item): PathSegment {
	const chosen = readLocator(item.value('insight', ''), 'Insight');
	return uuid(chosen?.value, { field: 'Insight', mistakes: item.mistakes() });
}
