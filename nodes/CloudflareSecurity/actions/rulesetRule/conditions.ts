import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import {
	buildExpression,
	checkExpression,
	conditionLabels,
	expressionFields,
	operators,
	type Combination,
	type Condition,
} from '../../firewall/expression';
import { InputError, shown } from '../../input/inputError';
import type { Item } from '../item';

const namedFields = expressionFields.filter(({ named }) => named).map(({ name }) => name);
const textFields = expressionFields
	.filter(({ type, codes }) => type === 'string' && !codes)
	.map(({ name }) => name);

const conditionFields: INodeProperties[] = [
	{
		displayName: conditionLabels.field,
		name: 'field',
		type: 'options',
		options: byName(
			expressionFields.map(({ label, name, description }) => ({
				name: label,
				value: name,
				...(description ? { description } : {}),
			})),
		),
		default: 'ip.src',
		description: 'The part of the request to look at',
	},
	{
		displayName: conditionLabels.name,
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. x-api-key',
		description: 'The name of the header or query argument',
		displayOptions: { show: { field: namedFields } },
	},
	{
		displayName: conditionLabels.operator,
		name: 'operator',
		type: 'options',
		options: byName(operators.map(({ label, name }) => ({ name: label, value: name }))),
		default: 'in',
		description: 'How the request is compared. Not every operator fits every field.',
	},
	{
		displayName: conditionLabels.values,
		name: 'values',
		type: 'string',
		default: '',
		placeholder: 'e.g. 192.0.2.7, 198.51.100.0/24',
		description:
			'What to compare with. "Is In" takes several: a list from an expression, or addresses, numbers and codes separated by commas, texts by line breaks. "Is In List" takes the name of a Cloudflare list.',
		displayOptions: { hide: { operator: ['isTrue', 'isFalse'] } },
	},
	{
		displayName: conditionLabels.ignoreCase,
		name: 'ignoreCase',
		type: 'boolean',
		default: false,
		description: 'Whether capital and small letters count as the same',
		displayOptions: { show: { field: textFields } },
	},
];

/** Fields that say to which requests a rule applies: conditions that are built, or an expression that is typed. */
export const expressionInputs: INodeProperties[] = [
	{
		displayName: 'Match Requests By',
		name: 'expressionFrom',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Conditions',
				value: 'conditions',
				description: 'Safe for values from alerts and other outside sources: a value stays a value',
			},
			{
				name: 'Expression',
				value: 'expression',
				description: "Typed in Cloudflare's rules language and sent as it is",
			},
		],
		default: 'conditions',
		description: 'How to say to which requests the rule applies',
	},
	{
		displayName: conditionLabels.conditions,
		name: 'conditions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Condition',
		default: { condition: [{ field: 'ip.src', operator: 'in', values: '' }] },
		options: [
			{ displayName: conditionLabels.condition, name: 'condition', values: conditionFields },
		],
		description: 'What a request must look like for the rule to apply',
		displayOptions: { show: { expressionFrom: ['conditions'] } },
	},
	{
		displayName: conditionLabels.combine,
		name: 'combine',
		type: 'options',
		options: [
			{ name: 'All Conditions (And)', value: 'and' },
			{ name: 'Any Condition (Or)', value: 'or' },
		],
		default: 'and',
		description: 'Whether a request must fit all conditions or one of them',
		displayOptions: { show: { expressionFrom: ['conditions'] } },
	},
	{
		displayName: conditionLabels.expression,
		name: 'expression',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. http.request.uri.path eq "/login" and ip.src.country in {"XX" "T1"}',
		description:
			'An expression of up to 4,096 characters, sent as typed. Do not put values from outside sources into it: whoever writes them could change what the rule matches.',
		displayOptions: { show: { expressionFrom: ['expression'] } },
	},
];

/** @throws InputError when the fields do not make an expression */
export function readExpression(item: Item): string {
	const from = item.value('expressionFrom', 'conditions');
	if (from === 'expression') return checkExpression(item.value('expression', ''));
	if (from !== 'conditions') {
		throw new InputError(
			'Match Requests By',
			`got ${shown(from)}`,
			'One of: conditions, expression',
		);
	}
	const { condition = [] } = item.collection('conditions');
	return buildExpression(condition as Condition[], item.value('combine', 'and') as Combination);
}
