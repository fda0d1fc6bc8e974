import type { INodeProperties } from 'n8n-workflow';
import { readLocator } from '../../targets/locator';
import { hexId } from '../../transport/path';
import { oneOf, wholeNumber } from '../../input/values';
import type { Fields } from './fields';
import type { PlaceWish } from './place';

const places = ['last', 'first', 'before', 'after', 'index', 'keep'] as const;

const placeOptions = [
	{ name: 'After a Rule', value: 'after' },
	{ name: 'At a Number', value: 'index' },
	{ name: 'Before a Rule', value: 'before' },
	{ name: 'First', value: 'first' },
	{
		name: 'Keep',
		value: 'keep',
		description: 'A rule that is there stays where it is; a new one goes last',
	},
	{ name: 'Last', value: 'last' },
];

const placeField: INodeProperties = {
	displayName: 'Position',
	name: 'position',
	type: 'options',
	options: placeOptions.filter(({ value }) => value !== 'keep'),
	default: 'last',
	description: 'Where the rule stands in the order in which rules run',
};

const neighbourFields: INodeProperties[] = [
	{
		displayName: 'Rule',
		name: 'positionRule',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The rule before or after which this one stands',
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

/** For a rule that is new. */
export const positionFields: INodeProperties[] = [placeField, ...neighbourFields];

/** For a rule that may be there already. */
export const keptPositionFields: INodeProperties[] = [
	{ ...placeField, options: placeOptions, default: 'keep' },
	...neighbourFields,
];

/**
 * @param untouched what the form holds when nobody chose a place
 * @returns undefined where the rule may stay, or the API may put it
 * @throws InputError when the fields name no place
 */
export function readPosition(
	fields: Fields,
	untouched: 'keep' | 'last' = 'last',
): PlaceWish | undefined {
	const place = oneOf(fields.value('position', untouched), places, 'Position');
	switch (place) {
		case 'keep':
			return undefined;
		case 'first':
			return [{ before: '' }];
		case 'last':
			return [{ after: '' }];
		case 'index':
			return [
				{ index: wholeNumber(fields.value('positionIndex', 1), { field: 'Number', min: 1 }) },
			];
		default: {
			const chosen = readLocator(fields.value('positionRule', ''), 'Rule');
			const id = hexId(chosen?.value ?? '', { field: 'Rule' });
			return [place === 'before' ? { before: id } : { after: id }];
		}
	}
}
