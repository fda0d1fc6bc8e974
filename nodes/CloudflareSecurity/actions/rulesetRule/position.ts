import type { INodeProperties } from 'n8n-workflow';
import { InputError, shown } from '../../input/inputError';
import { readLocator } from '../../targets/locator';
import type { Rule } from '../../targets/ruleset';
import { hexId } from '../../transport/path';
import type { Item } from '../item';
import { oneOf, wholeNumber } from '../../input/values';

/** The API's forms: before and after take a rule's ID, or an empty text for first; index counts from 1. */
export type Position = { before: string } | { after: string } | { index: number };

const places = ['last', 'first', 'before', 'after', 'index'] as const;

export const positionFields: INodeProperties[] = [
	{
		displayName: 'Position',
		name: 'position',
		type: 'options',
		options: [
			{ name: 'After a Rule', value: 'after' },
			{ name: 'At a Number', value: 'index' },
			{ name: 'Before a Rule', value: 'before' },
			{ name: 'First', value: 'first' },
			{ name: 'Last', value: 'last' },
		],
		default: 'last',
		description: 'Where the rule stands in the order in which rules run',
	},
	{
		displayName: 'Rule',
		name: 'positionRule',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The rule before or after which the new one stands',
		displayOptions: { show: { position: ['before', 'after'] } },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a rule…',
				typeOptions: { searchListMethod: 'searchRules', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3a03d665bac047339bb530ecb439a90d',
			},
		],
	},
	{
		displayName: 'Number',
		name: 'positionIndex',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'The place of the rule, counted from 1',
		displayOptions: { show: { position: ['index'] } },
	},
];

/** @returns undefined for the last place, where the API puts a rule by itself @throws InputError when the fields name no place */
export function readPosition(item: Item): Position | undefined {
	const place = oneOf(item.value('position', 'last'), places, 'Position');
	switch (place as (typeof places)[number]) {
		case 'first':
			return { before: '' };
		case 'last':
			return undefined;
		case 'index':
			return { index: wholeNumber(item.value('positionIndex', 1), { field: 'Number', min: 1 }) };
		default: {
			const chosen = readLocator(item.value('positionRule', ''), 'Rule');
			const id = hexId(chosen?.value ?? '', { field: 'Rule' });
			return place === 'before' ? { before: id } : { after: id };
		}
	}
}

/** @throws InputError when the place does not exist in a ruleset with these rules */
export function checkPosition(position: Position | undefined, rules: readonly Rule[]): void {
	if (position === undefined) return;
	if ('index' in position) {
		if (position.index <= rules.length + 1) return;
		throw new InputError(
			'Number',
			`got ${position.index}, but the ruleset has ${rules.length} rules`,
			`A whole number from 1 to ${rules.length + 1}`,
		);
	}
	const neighbour = 'before' in position ? position.before : position.after;
	if (neighbour === '' || rules.some(({ id }) => id === neighbour)) return;
	throw new InputError(
		'Rule',
		`the ruleset has no rule ${shown(neighbour)}`,
		'A rule of the chosen ruleset',
	);
}
