import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Item } from './item';
import type { Permission } from '../permissions';

export type { Permission } from '../permissions';

/** What came of one input item: the records to output, or why there are none. */
export type ItemOutcome = IDataObject[] | { error: unknown };

interface OperationTexts {
	/** Fixed: saved workflows hold it. */
	value: string;
	/** As the selector shows it, without the resource. */
	name: string;
	/** As the nodes panel and an AI agent see it, with the resource: "Get many zones". */
	action: string;
	description: string;
	/** Its own fields; the registry shows them only for this operation. */
	fields: INodeProperties[];
	/** From permissions.ts: the hints of errors, the permission check and the README are made of it. */
	permission: Permission;
	/** Set when a parameter chooses what is needed: what each of its values needs. `permission` is that of its default. */
	permissionBy?: { parameter: string; needs: Readonly<Record<string, Permission>> };
	/** Set when it changes something at Cloudflare. */
	writes?: true;
}

/** Works on each input item for itself. */
export interface ItemOperation extends OperationTexts {
	/**
	 * Does the work for one input item.
	 * @returns the records to output, none when there is nothing
	 * @throws InputError for bad input, NodeApiError for a request that did not succeed
	 */
	execute(item: Item): Promise<IDataObject[]>;
}

/** Works on all input items of a run at once, because the API takes many things in one request. */
export interface RunOperation extends OperationTexts {
	/**
	 * Does the work for all input items.
	 * @returns an outcome for each item, in their order
	 * @throws what concerns all of them alike
	 */
	executeTogether(items: readonly Item[]): Promise<ItemOutcome[]>;
}

/** One operation of one resource: everything about it stands in its own file. */
export type Operation = ItemOperation | RunOperation;

export interface Resource {
	value: string;
	/** Singular, in title case. */
	name: string;
	/** For people who do not know Cloudflare's words: what it is about. */
	description: string;
	operations: readonly Operation[];
}
