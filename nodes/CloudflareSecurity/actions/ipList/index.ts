import type { Resource } from '../operation';
import { addItems } from './addItems.operation';
import { create } from './create.operation';
import { deleteList } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getItems } from './getItems.operation';
import { removeItems } from './removeItems.operation';

export const ipList: Resource = {
	value: 'ipList',
	name: 'IP List',
	description: 'Lists of addresses that rules look into',
	operations: [addItems, create, deleteList, get, getAll, getItems, removeItems],
};
