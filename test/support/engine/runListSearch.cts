import type { INodeListSearchResult } from 'n8n-workflow';
import { createEditorContext, type EditorInput } from './editorContext.cjs';
import { recordLogs } from './logs.cjs';
import { withoutWaiting } from './waits.cjs';

export interface RunListSearchInput extends EditorInput {
	filter?: string;
	paginationToken?: string;
}

export interface RunListSearchResult extends INodeListSearchResult {
	logs: string[];
	waits: number[];
}

/**
 * Fills a list of the editor as n8n does when the user opens it.
 *
 * @throws what the method throws; the editor shows its message
 */
export async function runListSearch(
	method: string,
	input: RunListSearchInput = {},
): Promise<RunListSearchResult> {
	const { nodeType, context } = await createEditorContext(input);
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list search method ${method}`);
	const { result, logs } = await recordLogs(
		async () =>
			await withoutWaiting(
				async () => await search.call(context, input.filter, input.paginationToken),
			),
	);
	return { ...result.result, waits: result.waits, logs };
}
