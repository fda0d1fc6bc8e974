import type { Resource } from '../operation';
import { checkPermissions } from './checkPermissions.operation';

/** @param all every resource of the node; handed in, so that this one need not import the registry that imports it */
export const connection = (all: () => readonly Resource[]): Resource => ({
	value: 'connection',
	name: 'Connection',
	description: 'What the credential of this node may do',
	operations: [checkPermissions(all)],
});
