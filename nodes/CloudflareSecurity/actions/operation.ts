import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item } from './item';
import type { Permission } from '../permissions';

export type { Permission } from '../permissions';

/** One operation of one resource: everything about it stands in its own file. */
export interface Operation {
	/** Fixed: saved workflows hold it. */
	value: string;
	/** As the selector shows it, without the resource. */
	name: string;
	/** As the nodes panel and an AI agent see it, with the resource: "Get many zones". */
	action: string;
	description: string;
	/** Its own fields; the registry shows them only for this operation. */
	fields: INodeProperties[];
	/** From actions/permissions: the hints of errors, the permission check and the README are made of it. */
	permission: Permission;
	/** Set when it changes something at Cloudflare. */
	writes?: true;
	/**
	 * Does the work for one input item.
	 * @returns the records to output, none when there is nothing
	 * @throws InputError for bad input, NodeApiError for a request that did not succeed
	 */
	execute(item: Item): Promise<IDataObject[]>;
}

export interface Resource {
	value: string;
	/** Singular, in title case. */
	name: string;
	operations: readonly Operation[];
}
