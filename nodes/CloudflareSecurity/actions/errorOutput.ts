import {
	N8N_NODES_API_VERSION,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

// n8n 2.34.4, 2.35.2 and 2.36 began to take {error, details} for an error; before, it did so with {error} alone. None tells
// whether it does: those from 2.39 on declare this version, and there the details are kept.
const HOST_KNOWS_DETAILS = (N8N_NODES_API_VERSION as number | undefined) !== undefined;

const isErrorJson = ({ json }: INodeExecutionData): boolean =>
	typeof json.error === 'string' &&
	Object.keys(json).every((key) => key === 'error' || key === 'details');

/**
 * Sees to it that what failed leaves the node by its error output, where it has one, and not among the successes. Older
 * hosts need an `error` beside the `json` for that, and then keep the message of the `json` alone.
 */
export function toErrorOutput(
	node: INode,
	items: INodeExecutionData[],
	hostKnowsDetails = HOST_KNOWS_DETAILS,
): INodeExecutionData[] {
	if (hostKnowsDetails || node.onError !== 'continueErrorOutput') return items;
	return items.map((item) =>
		isErrorJson(item)
			? { ...item, error: new NodeOperationError(node, item.json.error as string) }
			: item,
	);
}
