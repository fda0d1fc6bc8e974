import type { INodeProperties } from 'n8n-workflow';
import { byName } from '../../descriptions/options';
import { showWhen } from '../../descriptions/show';
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
import { isMembers } from './fields';

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

const conditionsField: INodeProperties = {
	displayName: conditionLabels.conditions,
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: { condition: [{ field: 'ip.src', operator: 'in', values: '' }] },
	options: [{ displayName: conditionLabels.condition, name: 'condition', values: conditionFields }],
	description: 'What a request must look like for the rule to apply',
};

const combineField: INodeProperties = {
	displayName: conditionLabels.combine,
	name: 'combine',
	type: 'options',
	options: [
		{ name: 'All Conditions (And)', value: 'and' },
		{ name: 'Any Condition (Or)', value: 'or' },
	],
	default: 'and',
	description: 'Whether a request must fit all conditions or one of them',
};

const expressionField: INodeProperties = {
	displayName: conditionLabels.expression,
	name: 'expression',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. http.request.uri.path eq "/login" and ip.src.country in {"XX" "T1"}',
	description:
		'An expression of up to 4,096 characters, sent as typed. Do not put values from outside sources into it: whoever writes them could change what the rule matches.',
};

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
	...showWhen({ expressionFrom: ['conditions'] }, [conditionsField, combineField]),
	...showWhen({ expressionFrom: ['expression'] }, [expressionField]),
];

/** The same as members of a collection that changes a rule, where one of the two may be added. */
export const expressionChangeFields: INodeProperties[] = [
	conditionsField,
	combineField,
	expressionField,
];

const built = ({ condition = [] }: Readonly<Record<string, unknown>>, combine: unknown): string =>
	buildExpression(condition as Condition[], combine as Combination);

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
	return built(item.collection('conditions'), item.value('combine', 'and'));
}

/** @returns undefined when the collection says nothing about it @throws InputError as `readExpression`, and for both */
export function readExpressionChange(given: Readonly<Record<string, unknown>>): string | undefined {
	const { conditions, expression } = conditionLabels;
	const has = (name: string) => Object.hasOwn(given, name);
	if (has('conditions') && has('expression')) {
		throw new InputError(expression, `it was added beside ${conditions}`, 'One of the two');
	}
	if (has('expression')) return checkExpression(given.expression);
	if (!has('conditions') && !has('combine')) return undefined;
	return built(isMembers(given.conditions) ? given.conditions : {}, given.combine ?? 'and');
}
