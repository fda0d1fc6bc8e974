import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { accountField } from '../../descriptions/targets';
import { readLists, type IpList } from '../../ipLists/ipList';
import { parseList, pickList, type ListChoice } from '../../targets/ipList';
import type { PathSegment } from '../../transport/path';
import { yesOrNo } from '../../input/values';
import { accountOf, checkAccount } from '../accountTarget';
import type { Item } from '../item';

export const listFields: INodeProperties[] = [
	accountField,
	{
		displayName: 'List',
		name: 'list',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'The IP list, which rules use as $name',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a list…',
				typeOptions: { searchListMethod: 'searchLists', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'name',
				type: 'string',
				placeholder: 'e.g. n8n_blocklist',
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 2c0fc9fa937b11eaa1b71c4d701ab86e',
			},
		],
	},
];

/** A list and the account that it belongs to. */
export interface ListTarget {
	account: PathSegment;
	list: IpList;
	/** Every list of the account, of any kind. */
	all: readonly IpList[];
}

/** Sends nothing. @throws InputError */
export function readListChoice(item: Item): ListChoice {
	checkAccount(item);
	return parseList(item.value('list', ''), item.mistakes());
}

/** @throws InputError when there is no such list of addresses, NodeApiError */
export async function findList(item: Item, choice: ListChoice): Promise<ListTarget> {
	const account = await accountOf(item);
	const all = await item.lookUp(
		['lists', account],
		async () => await readLists(item.client, account),
	);
	return { account, list: pickList(all, choice), all };
}

export const listFacts = ({ list: { id, name } }: ListTarget): IDataObject => ({
	list_id: id,
	list_name: name,
});

const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to show the exact request and its effect, without changing anything',
};

/** @param more further options, which come after Dry Run in the alphabet */
export const optionsField = (...more: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [dryRunOption, ...more],
});

/** @throws InputError when it is neither yes nor no: a doubt must not change anything */
export function readOption(
	item: Item,
	name: 'dryRun' | 'includeItems' | 'otherKinds',
	field: string,
) {
	const options = item.collection('options');
	return Object.hasOwn(options, name) && yesOrNo(options[name], field);
}
