import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { directionOption, directions } from '../../descriptions/sort';
import { limitFields } from '../../descriptions/output';
import { accountPageSize, type Account } from '../../targets/account';
import { allRows, pageNumberRows } from '../../transport/paginate';
import { apiPath } from '../../transport/path';
import type { Operation } from '../operation';
import { permissions } from '../../permissions';
import { filterText, oneOf } from '../../input/values';

const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Example Corp',
			description: 'Only the account with exactly this name',
		},
	],
};

const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [directionOption('the accounts')],
};

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many accounts',
	description: 'Retrieve a list of the accounts that the credential reaches, with their IDs',
	fields: [...limitFields, filterFields, optionFields],
	permission: { account: permissions.accountSettingsRead },
	async execute(item) {
		const { direction } = item.collection('options');
		const accounts = await allRows(
			pageNumberRows<Account>(item.client, {
				path: apiPath`/accounts`,
				query: {
					name: filterText(item.collection('filters'), 'name', 'Name'),
					direction:
						direction === undefined ? undefined : oneOf(direction, directions, 'Direction'),
				},
				pageSize: accountPageSize,
				limit: item.limit(),
			}),
		);
		return accounts as IDataObject[];
	},
};
