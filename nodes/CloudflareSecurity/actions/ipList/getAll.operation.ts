import type { IDataObject } from 'n8n-workflow';
import { limitFields } from '../../descriptions/output';
import { accountField } from '../../descriptions/targets';
import { readLists } from '../../ipLists/ipList';
import { permissions } from '../../permissions';
import { IP_KIND } from '../../targets/ipList';
import { accountOf, checkAccount } from '../accountTarget';
import type { Operation } from '../operation';
import { readOption } from './listField';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many IP lists',
	description: 'Retrieve a list of the IP lists of an account, without their items',
	fields: [
		accountField,
		...limitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Include Other Kinds',
					name: 'otherKinds',
					type: 'boolean',
					default: false,
					description:
						'Whether to return lists of host names, autonomous systems and redirects too, as their kind says',
				},
			],
		},
	],
	permission: { account: permissions.filterListsRead },
	async execute(item) {
		const limit = item.limit();
		const otherKinds = readOption(item, 'otherKinds', 'Include Other Kinds');
		checkAccount(item);
		const lists = await readLists(item.client, await accountOf(item));
		const wanted = otherKinds ? lists : lists.filter(({ kind }) => kind === IP_KIND);
		return wanted.slice(0, limit).map((list) => ({ ...(list as IDataObject) }));
	},
};
