import type { INodePropertyOptions } from 'n8n-workflow';
import { createEditorContext, type EditorInput } from './editorContext.cjs';
import { withoutWaiting } from './waits.cjs';

/**
 * Fills a dropdown of the editor as n8n does when the form is opened.
 *
 * @throws what the method throws; the editor shows its message
 */
export async function runLoadOptions(
	method: string,
	input: EditorInput = {},
): Promise<INodePropertyOptions[]> {
	const { nodeType, context } = await createEditorContext(input);
	const load = nodeType.methods?.loadOptions?.[method];
	if (!load) throw new Error(`The node has no options method ${method}`);
	return (await withoutWaiting(async () => await load.call(context))).result;
}
