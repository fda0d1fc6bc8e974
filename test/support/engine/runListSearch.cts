import './environment.cjs';
import { LoadOptionsContext } from 'n8n-core';
import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.cjs';
import { createHost } from './host.cjs';
import { recordLogs } from './logs.cjs';
import { loadPackage } from './package.cjs';
import { withoutWaiting } from './waits.cjs';

export interface RunListSearchInput {
	/** The parameters as the editor holds them, saved or not. */
	parameters?: Record<string, unknown>;
	credentials?: TestCredential;
	filter?: string;
	paginationToken?: string;
	/** The parameter whose list is opened, e.g. `parameters.zone`. */
	path?: string;
	nodeType?: string;
	packageFolder?: string;
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
	const search = nodeType.methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list search method ${method}`);
	const context = new LoadOptionsContext(
		workflow,
		workflow.nodes[node.name],
		host.additionalData,
		input.path ?? 'parameters',
	);
	const { result, logs } = await recordLogs(
		async () =>
			await withoutWaiting(
				async () => await search.call(context, input.filter, input.paginationToken),
			),
	);
	return { ...result.result, waits: result.waits, logs };
}
