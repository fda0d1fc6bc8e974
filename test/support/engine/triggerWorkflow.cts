import './environment.cjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.cjs';
import { createHost } from './host.cjs';
import { loadPackage } from './package.cjs';

/** The node and its workflow, as a user can edit them. */
export interface TriggerWorkflowInput {
	/** Node parameters as a workflow file holds them; what is left out takes its default. */
	parameters: Record<string, unknown>;
	/** Default: the one given to setDefaultCredentials. */
	credentials?: TestCredential;
	/** The node type without its package; the package's trigger by default. */
	nodeType?: string;
	/** Name of the node in the workflow. */
	nodeName?: string;
	/** Folder of the package; this project by default. */
	packageFolder?: string;
	/** The workflow's time zone. */
	timezone?: string;
}

/** What became of one poll. */
export interface PollNotes {
	/** What n8n took from the poll; null when it gave null; undefined when it failed or n8n dropped the result. */
	items?: IDataObject[] | null;
	error?: Error;
	thrown?: unknown;
}

const notes = new AsyncLocalStorage<PollNotes>();

/** Runs a poll that writes its notes here: several may be under way with one context. */
export const withNotes = async (note: PollNotes, action: () => Promise<void>): Promise<void> =>
	await notes.run(note, action);

/** The notes of the poll that is running. */
export function noteOfPoll(): PollNotes {
	const note = notes.getStore();
	if (!note) throw new Error('Not within a poll');
	return note;
}

export const jsonOfOutput = (data: INodeExecutionData[][]): IDataObject[] =>
	(data[0] ?? []).map(({ json }) => json);

function notePolls(nodeTypes: INodeTypes): INodeTypes {
	return {
		...nodeTypes,
		getByNameAndVersion(name, version) {
			const nodeType = nodeTypes.getByNameAndVersion(name, version);
			const { poll } = nodeType;
			if (!poll) return nodeType;
			const noting: INodeType['poll'] = async function () {
				const note = noteOfPoll();
				try {
					const data = await poll.call(this);
					if (data === null) note.items = null;
					return data;
				} catch (error) {
					note.thrown = error;
					throw error;
				}
			};
			return Object.create(nodeType, { poll: { value: noting } }) as INodeType;
		},
	};
}

export const asJson = <T,>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const DEFAULT_NAME = 'Cloudflare Security Trigger';

/** Under which key a workflow's static data holds that of the node. */
export const keyOf = ({ nodeName = DEFAULT_NAME }: TriggerWorkflowInput): string =>
	`node:${nodeName}`;

export interface TriggerWorkflow {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** A workflow as n8n makes it from its row in the database; each has a memory of its own. */
export async function createTriggerWorkflow(
	input: TriggerWorkflowInput,
	mode: 'trigger' | 'manual',
	staticData: IDataObject,
): Promise<TriggerWorkflow> {
	const pack = await loadPackage(input.packageFolder);
	const { additionalData, nodeCredentials } = await createHost(pack, {
		credentials: input.credentials,
		mode,
	});
	// An active trigger polls outside of any execution.
	if (mode === 'trigger') {
		Object.assign(additionalData, { executionId: undefined, hooks: undefined });
	}
	const node: INode = {
		id: 'trigger-under-test',
		name: input.nodeName ?? DEFAULT_NAME,
		type: `${pack.name}.${input.nodeType ?? 'cloudflareSecurityTrigger'}`,
		typeVersion: 1,
		position: [0, 0],
		parameters: asJson(input.parameters) as INodeParameters,
		credentials: nodeCredentials,
	};
	const workflow = new Workflow({
		id: 'test-workflow',
		name: 'Test workflow',
		nodes: [node],
		connections: {},
		active: mode === 'trigger',
		nodeTypes: notePolls(pack.nodeTypes),
		staticData: asJson(staticData),
		settings: {
			executionOrder: 'v1',
			...(input.timezone === undefined ? {} : { timezone: input.timezone }),
		},
	});
	return { workflow, node: workflow.nodes[node.name], additionalData };
}
