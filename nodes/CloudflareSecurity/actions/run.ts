import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { connect, credentialTypeFor } from '../transport/connect';
import { toNodeError, type NodeError } from '../transport/errors';
import { errorJson } from './errorJson';
import { Item, Lookups } from './item';
import type { Operation } from './operation';
import { findOperation } from './registry';

/** Requests of a run may wait for the reset of the request quota; the execution can be cancelled meanwhile. */
const MAX_QUOTA_WAIT_MS = 300_000;

// No `error` beside `json`: n8n would then drop the details.
const errorItem = (error: NodeError, item: number): INodeExecutionData => ({
	json: errorJson(error),
	pairedItem: { item },
});

function permissionText({ permission }: Operation, scope: unknown): string | undefined {
	const values = Object.values(permission);
	const chosen = scope === 'account' || scope === 'zone' ? permission[scope] : undefined;
	return chosen ?? (values.length === 1 ? values[0] : undefined);
}

/**
 * Runs the chosen operation for every input item: the only item loop of the node.
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node continues on errors
 */
export async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const resource = context.getNodeParameter('resource', 0);
	// A resource that does not exist hides the field, and n8n would say only that it has no such parameter.
	const name = context.getNodeParameter('operation', 0, '');
	const operation = findOperation(resource, name);
	if (!operation) {
		throw new NodeOperationError(
			node,
			`There is no operation ${[resource, name].filter(Boolean).join(': ')}`,
			{
				description: 'Choose the resource and the operation from the lists.',
			},
		);
	}
	const credentialType = credentialTypeFor(context.getNodeParameter('authentication', 0));
	const signal = context.getExecutionCancelSignal();
	const connection = await connect(context, credentialType, {
		permission: permissionText(operation, context.getNodeParameter('scope', 0, '')),
		maxQuotaWaitMs: MAX_QUOTA_WAIT_MS,
		signal,
	});
	const lookups = new Lookups();
	const output: INodeExecutionData[] = [];

	for (const itemIndex of context.getInputData().keys()) {
		try {
			const records = await operation.execute(new Item(context, itemIndex, connection, lookups));
			// One by one: spreading a long list into push overflows the stack.
			for (const json of records) output.push({ json, pairedItem: { item: itemIndex } });
		} catch (error) {
			const itemError = toNodeError(node, error, connection.secrets);
			itemError.context.itemIndex = itemIndex;
			if (signal?.aborted || !context.continueOnFail()) throw itemError;
			output.push(errorItem(itemError, itemIndex));
		}
	}
	return [output];
}
