import { permissions } from '../../permissions';
import type { Operation } from '../operation';
import { addressesField, readAddresses } from './addresses';
import { listFields, optionsField } from './listField';
import { removeBatch } from './removeBatch';
import { writeTogether } from './together';

export const removeItems: Operation = {
	value: 'removeItems',
	name: 'Remove Items',
	action: 'Remove items from IP list',
	description:
		'Remove IP addresses or networks from a list; the other items stay. Each address gives one result: removed, with the item as it was, or notThere. An address inside a network of the list is notThere.',
	fields: [...listFields, addressesField, optionsField()],
	permission: { account: permissions.filterListsEdit },
	writes: true,
	executeTogether: async (items) =>
		await writeTogether(items, (item) => ({ values: readAddresses(item) }), removeBatch),
};
