import './environment.cjs';
import { LoadOptionsContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.cjs';
import { createHost } from './host.cjs';
import { loadPackage } from './package.cjs';

export interface EditorInput {
	/** The parameters as the editor holds them, saved or not. */
	parameters?: Record<string, unknown>;
	credentials?: TestCredential;
	/** The parameter whose list is opened, e.g. `parameters.zone`. */
	path?: string;
	nodeType?: string;
	packageFolder?: string;
}

/** What n8n gives to the methods that fill a list of the editor. */
export async function createEditorContext(
	input: EditorInput,
): Promise<{ nodeType: INodeType; context: LoadOptionsContext }> {
	const pack = await loadPackage(input.packageFolder);
	const node: INode = {
		id: 'temporary-node',
		name: 'Temp-Node',
		type: `${pack.name}.${input.nodeType ?? 'cloudflareSecurity'}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodeType = pack.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	// The editor sends what it shows, with the defaults in the fields that nobody touched.
	node.parameters =
		NodeHelpers.getNodeParameters(
			nodeType.description.properties,
			(input.parameters ?? {}) as INodeParameters,
			true,
			false,
			node,
			nodeType.description,
		) ?? {};
	const host = await createHost(pack, {
		credentials: input.credentials,
		mode: 'internal',
		currentNodeParameters: node.parameters,
	});
	node.credentials = host.nodeCredentials;
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: pack.nodeTypes,
	});
	const context = new LoadOptionsContext(
		workflow,
		workflow.nodes[node.name],
		host.additionalData,
		input.path ?? 'parameters',
	);
	return { nodeType, context };
}
