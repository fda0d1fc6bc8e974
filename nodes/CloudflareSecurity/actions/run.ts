import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { InputError, shown } from '../input/inputError';
import { connect, credentialTypeFor } from '../transport/connect';
import { toNodeError, withHelpLink, type NodeError } from '../transport/errors';
import { errorJson } from './errorJson';
import { toErrorOutput } from './errorOutput';
import { Item, Lookups } from './item';
import type { ItemOperation, ItemOutcome, Operation, RunOperation } from './operation';
import { findOperation } from './registry';

/** Requests of a run may wait for the reset of the request quota; the execution can be cancelled meanwhile. */
const MAX_QUOTA_WAIT_MS = 300_000;

// No `error` beside `json`, but where an older n8n needs it: n8n then drops the details.
const errorItem = (error: NodeError, item: number): INodeExecutionData => ({
	json: errorJson(error),
	pairedItem: { item },
});

/** How errors name what the chosen operation needs. */
function permissionText(operation: Operation, context: IExecuteFunctions): string | undefined {
	const { permission, permissionBy } = operation;
	const choice = permissionBy && context.getNodeParameter(permissionBy.parameter, 0, '');
	const chosenBy = new Map(Object.entries(permissionBy?.needs ?? {}));
	const needs = chosenBy.get(choice as string) ?? permission;
	const scope = context.getNodeParameter('scope', 0, '');
	const ofScope = scope === 'account' || scope === 'zone' ? needs[scope] : undefined;
	return ofScope ?? (Object.values(needs).join('" and "') || undefined);
}

async function outcomeOf(operation: ItemOperation, item: Item): Promise<ItemOutcome> {
	try {
		return await operation.execute(item);
	} catch (error) {
		return { error };
	}
}

async function outcomesTogether(
	operation: RunOperation,
	items: readonly Item[],
): Promise<ItemOutcome[]> {
	try {
		return await operation.executeTogether(items);
	} catch (error) {
		return items.map(() => ({ error }));
	}
}

/** What comes of each item, in their order; the next one is begun when the one before was taken. */
async function* outcomes(
	operation: Operation,
	items: readonly Item[],
): AsyncGenerator<{ item: Item; outcome: ItemOutcome }> {
	if ('execute' in operation) {
		for (const item of items) yield { item, outcome: await outcomeOf(operation, item) };
		return;
	}
	const found = await outcomesTogether(operation, items);
	for (const [place, item] of items.entries()) yield { item, outcome: found[place] };
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
		const given = [resource, name].filter(Boolean).map(shown).join(': ');
		const unknown = new InputError(
			'Operation',
			`there is no ${given}`,
			'A resource and one of its operations, as they stand in the lists',
		);
		throw withHelpLink(toNodeError(node, unknown, []));
	}
	const credentialType = credentialTypeFor(context.getNodeParameter('authentication', 0));
	const signal = context.getExecutionCancelSignal();
	const connection = await connect(context, credentialType, {
		permission: permissionText(operation, context),
		maxQuotaWaitMs: MAX_QUOTA_WAIT_MS,
		signal,
	});
	const lookups = new Lookups();
	const items = [...context.getInputData().keys()].map(
		(itemIndex) => new Item(context, itemIndex, connection, lookups),
	);
	const output: INodeExecutionData[] = [];
	for await (const { item, outcome } of outcomes(operation, items)) {
		const pairedItem = { item: item.index };
		if ('error' in outcome) {
			const itemError = toNodeError(node, outcome.error, connection.secrets);
			itemError.context.itemIndex = item.index;
			if (signal?.aborted || !context.continueOnFail()) throw withHelpLink(itemError);
			output.push(errorItem(itemError, item.index));
		} else {
			// One by one: spreading a long list into push overflows the stack.
			for (const json of outcome) output.push({ json, pairedItem });
		}
	}
	return [toErrorOutput(node, output)];
}
