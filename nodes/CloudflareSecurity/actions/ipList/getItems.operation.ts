import type { IDataObject } from 'n8n-workflow';
import { limitFields } from '../../descriptions/output';
import { filterText } from '../../input/values';
import { itemRows } from '../../ipLists/ipList';
import { permissions } from '../../permissions';
import { mapRows } from '../../transport/paginate';
import type { Operation } from '../operation';
import { findList, listFacts, listFields, readListChoice } from './listField';

export const getItems: Operation = {
	value: 'getItems',
	name: 'Get Items',
	action: 'Get items of IP list',
	description: 'Retrieve the addresses and networks of an IP list with their comments',
	fields: [
		...listFields,
		...limitFields,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Starts With',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. 203.0.113.',
					description:
						'Only items whose text begins so. A network is not found by an address in it.',
				},
			],
		},
	],
	permission: { account: permissions.filterListsRead },
	async execute(item) {
		const limit = item.limit();
		const search = filterText(item.collection('filters'), 'search', 'Starts With')?.toLowerCase();
		const target = await findList(item, readListChoice(item));
		const rows = itemRows(item.client, target.account, target.list.id, { search, limit });
		const facts = listFacts(target);
		return await mapRows(rows, (row) => Object.assign(row as IDataObject, facts));
	},
};
