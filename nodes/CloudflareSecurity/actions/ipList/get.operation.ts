import type { IDataObject } from 'n8n-workflow';
import { permissions } from '../../permissions';
import type { Operation } from '../operation';
import { findList, listFields, readListChoice } from './listField';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get IP list',
	description:
		'Retrieve one IP list by its name or ID: its description, how many items it has and how many rules use it. Get Items retrieves the items.',
	fields: listFields,
	permission: { account: permissions.filterListsRead },
	async execute(item) {
		const { list } = await findList(item, readListChoice(item));
		return [{ ...(list as IDataObject) }];
	},
};
