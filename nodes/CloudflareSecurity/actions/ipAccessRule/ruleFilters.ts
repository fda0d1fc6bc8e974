import type { INodeProperties } from 'n8n-workflow';
import { directionOption, directions } from '../../descriptions/sort';
import { parseNetwork } from '../../firewall/ipAddress';
import { InputError } from '../../input/inputError';
import { filterText, filterWord } from '../../input/values';
import type { Query } from '../../transport/client';
import type { Item } from '../item';
import { parseConfiguration, spellings, targetNames, targets, type Target } from './configuration';
import { modeOptions, modes } from './modes';

const orders = ['configuration.target', 'configuration.value', 'mode'] as const;

export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Match',
			name: 'match',
			type: 'options',
			options: [
				{ name: 'All Filters', value: 'all' },
				{ name: 'Any Filter', value: 'any' },
			],
			default: 'all',
			description: 'Whether a rule must pass all filters or one of them',
		},
		{
			displayName: 'Mode',
			name: 'mode',
			type: 'options',
			options: modeOptions,
			default: 'block',
			description: 'Only rules that do this',
		},
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'string',
			default: '',
			placeholder: 'e.g. case 4711',
			description: 'Only rules whose notes contain this, ignoring case',
		},
		{
			displayName: 'Target',
			name: 'target',
			type: 'options',
			options: targets.map((value) => ({ name: targetNames[value], value })),
			default: 'ip',
			description: 'Only rules about this kind of visitors',
		},
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			default: '',
			placeholder: 'e.g. 203.0.113.7',
			description:
				'Only rules with exactly this address, range, autonomous system (AS64496) or country code. A range does not find the addresses in it.',
		},
	],
};

export const sortFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		directionOption('the rules'),
		{
			displayName: 'Sort By',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Mode', value: 'mode' },
				{ name: 'Target', value: 'configuration.target' },
				{ name: 'Value', value: 'configuration.value' },
			],
			default: 'configuration.value',
			description: 'What the rules are sorted by',
		},
	],
};

/** In the spelling that Cloudflare keeps, where the value tells what it is. */
function keptValue(value: string | undefined, target: Target | undefined): string | undefined {
	if (value === undefined) return undefined;
	const isNetwork = parseNetwork(value) !== undefined;
	const kind = isNetwork ? 'address' : /^AS\d+$/i.test(value) ? 'asn' : 'country';
	return spellings(parseConfiguration(target ?? kind, value))[0];
}

export interface RuleFilters {
	query: Query;
	/** A target by which the rules must be told apart here. */
	only?: Target;
}

/** Sends nothing. @throws InputError for a filter that was added and cannot be used */
export function readFilters(item: Item): RuleFilters {
	const filters = item.collection('filters');
	const options = item.collection('options');
	const target = filterWord(filters, 'target', 'Target', targets);
	const match = filterWord(filters, 'match', 'Match', ['all', 'any']);
	// The documented targets of this call leave out ip6.
	const only = target === 'ip6' ? target : undefined;
	if (only && match === 'any') {
		throw new InputError(
			'Match',
			'Any Filter was chosen, and the target is IPv6 Address, for which Cloudflare has no filter',
			'All Filters, or another target',
		);
	}
	const query = {
		mode: filterWord(filters, 'mode', 'Mode', modes),
		'configuration.target': only ? undefined : target,
		'configuration.value': keptValue(
			filterText(filters, 'value', 'Value'),
			// With any filter, the value need not be of that target.
			match === 'any' ? undefined : target,
		),
		notes: filterText(filters, 'notes', 'Notes'),
		match,
		order: filterWord(options, 'order', 'Sort By', orders),
		direction: filterWord(options, 'direction', 'Direction', directions),
	};
	return { query, ...(only ? { only } : {}) };
}
