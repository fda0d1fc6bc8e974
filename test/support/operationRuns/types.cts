import type { IDataObject } from 'n8n-workflow';
import type { Cloudflare } from '../nodeTest.cjs';

/** What a node is run with. */
export interface Prepared {
	/** All parameters of the node but the authentication. */
	parameters: Record<string, unknown>;
	/** The input items, where one empty item is not enough. */
	items?: IDataObject[];
}

/** A way of using an operation that succeeds with a fresh stand-in. */
export interface OperationRun {
	resource: string;
	operation: string;
	/** What tells it from the other runs of the operation. */
	what: string;
	/** Puts into the stand-in what must be there before, and gives what the node is run with. */
	prepare(cloudflare: Cloudflare): Prepared | Promise<Prepared>;
}

type Given = (cloudflare: Cloudflare) => unknown;

/**
 * Makes the runs of a resource.
 * @param shared parameters of all of them
 * @returns makes one run: operation, what is special, further parameters, what must be there before (may add parameters)
 */
export const runsOf =
	(resource: string, shared: object = {}) =>
	(operation: string, what: string, parameters: object = {}, given?: Given): OperationRun => ({
		resource,
		operation,
		what,
		async prepare(cloudflare) {
			const more = (await given?.(cloudflare)) as object | undefined;
			return { parameters: { resource, operation, ...shared, ...parameters, ...more } };
		},
	});
