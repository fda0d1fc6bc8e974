import './environment.cjs';
import { WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunData,
	type ITaskData,
	type NodeExecutionHint,
	type OnError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.cjs';
import { createHost } from './host.cjs';
import { recordLogs } from './logs.cjs';
import { loadPackage, SOURCE_TYPE, type LoadedPackage } from './package.cjs';
import { createRunExecutionData } from './versions.cjs';
import { withoutWaiting } from './waits.cjs';

export interface RunNodeInput {
	/** Node parameters as a workflow file holds them; what is left out takes its default. */
	parameters: Record<string, unknown>;
	/** Default: the one given to setDefaultCredentials. */
	credentials?: TestCredential;
	/** The `json` of each input item; one empty item by default. */
	items?: Array<Record<string, unknown>>;
	onError?: OnError;
	/** waitBetweenTries is a real wait: 1 ms by default here, and 0 would be n8n's default of a second. */
	retryOnFail?: { maxTries: number; waitBetweenTries?: number };
	executionId?: string;
	/** How often the node ran before in this execution, as in a loop; 0 by default. */
	runIndex?: number;
	mode?: WorkflowExecuteMode;
	/** Cancels the execution, as Stop in the editor does, when it aborts. */
	abortSignal?: AbortSignal;
	/** Cancels the execution after so many milliseconds. */
	cancelAfter?: number;
	/** 'skip' (default): n8n-workflow's `sleep` returns at once and moves Date.now() on. */
	waits?: 'skip' | 'real';
	/** Called for each skipped wait before it ends. */
	onWait?: (ms: number) => void;
	/** Name of the node in the workflow. */
	nodeName?: string;
	/** The node type without its package; the action node by default. */
	nodeType?: string;
	/** Folder of the package; this project by default. */
	packageFolder?: string;
}

export interface RunNodeError extends Error {
	description?: string | null;
	httpCode?: string | null;
	context?: IDataObject;
}

export interface RunNodeResult {
	/** The first output. */
	items: INodeExecutionData[];
	/** All outputs; with continueErrorOutput the second holds the failed items. */
	outputs: INodeExecutionData[][];
	/** The error that ended the execution, as n8n keeps it, or that of a node that was told to continue. */
	error?: RunNodeError;
	/** 'success', 'error', 'canceled' … */
	status: IRun['status'];
	/** What the node threw, once per try: the live errors with their causes, of which n8n keeps only copies. */
	thrown: unknown[];
	hints: NodeExecutionHint[];
	runData: IRunData;
	/** Everything that node and engine logged. */
	logs: string[];
	/** The skipped waits in milliseconds. */
	waits: number[];
}

const SOURCE_NAME = 'Source';

/** The package's node types, with what their `execute` throws noted in `thrown`. */
function noteThrown(nodeTypes: INodeTypes, thrown: unknown[]): INodeTypes {
	return {
		...nodeTypes,
		getByNameAndVersion(name, version) {
			const nodeType = nodeTypes.getByNameAndVersion(name, version);
			const { execute } = nodeType;
			if (!execute) return nodeType;
			const noting: INodeType['execute'] = async function () {
				try {
					return await execute.call(this);
				} catch (error) {
					thrown.push(error);
					throw error;
				}
			};
			return Object.create(nodeType, { execute: { value: noting } }) as INodeType;
		},
	};
}

function createWorkflow(
	pack: LoadedPackage,
	input: RunNodeInput,
	credentials: INode['credentials'],
	thrown: unknown[],
): Workflow {
	const source: INode = {
		id: 'source',
		name: SOURCE_NAME,
		type: SOURCE_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const node: INode = {
		id: 'node-under-test',
		name: input.nodeName ?? 'Cloudflare Security',
		type: `${pack.name}.${input.nodeType ?? 'cloudflareSecurity'}`,
		typeVersion: 1,
		position: [200, 0],
		parameters: input.parameters as INodeParameters,
		credentials,
		onError: input.onError,
		retryOnFail: input.retryOnFail !== undefined,
		maxTries: input.retryOnFail?.maxTries,
		waitBetweenTries: input.retryOnFail?.waitBetweenTries ?? 1,
	};
	return new Workflow({
		id: 'test-workflow',
		name: 'Test workflow',
		nodes: [source, node],
		connections: { [SOURCE_NAME]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes: noteThrown(pack.nodeTypes, thrown),
		settings: { executionOrder: 'v1' },
	});
}

async function execute(
	workflow: Workflow,
	input: RunNodeInput,
	run: WorkflowExecute,
): Promise<IRun> {
	const execution = run.processRunExecutionData(workflow);
	const cancel = () => execution.cancel();
	const timer = input.cancelAfter === undefined ? undefined : setTimeout(cancel, input.cancelAfter);
	input.abortSignal?.addEventListener('abort', cancel, { once: true });
	if (input.abortSignal?.aborted) cancel();
	try {
		return await execution;
	} finally {
		clearTimeout(timer);
		input.abortSignal?.removeEventListener('abort', cancel);
	}
}

/**
 * Runs a node of the built package once in n8n's own engine.
 *
 * @returns also for a failed run. What n8n refuses before it starts (a missing required field, an ID that does not match its
 *   pattern) is the `error` with the status 'error', as in n8n
 * @throws when the package cannot be loaded
 */
export async function runNode(input: RunNodeInput): Promise<RunNodeResult> {
	const pack = await loadPackage(input.packageFolder);
	const mode = input.mode ?? 'manual';
	const host = await createHost(pack, {
		credentials: input.credentials,
		executionId: input.executionId,
		mode,
	});
	const thrown: unknown[] = [];
	const workflow = createWorkflow(pack, input, host.nodeCredentials, thrown);
	const node = workflow.nodes[input.nodeName ?? 'Cloudflare Security'];
	const items: INodeExecutionData[] = (input.items ?? [{}]).map((json, item) => ({
		json: json as IDataObject,
		pairedItem: { item },
	}));
	const sourceRun: ITaskData = {
		startTime: Date.now(),
		executionIndex: 0,
		executionTime: 0,
		executionStatus: 'success',
		source: [],
		data: { main: [items] },
	};
	const data = createRunExecutionData({
		resultData: {
			runData: {
				[SOURCE_NAME]: [sourceRun],
				...(input.runIndex
					? { [node.name]: Array<ITaskData>(input.runIndex).fill(sourceRun) }
					: {}),
			},
		},
		executionData: {
			nodeExecutionStack: [
				{ node, data: { main: [items] }, source: { main: [{ previousNode: SOURCE_NAME }] } },
			],
		},
	});
	const run = new WorkflowExecute(host.additionalData, mode, data);
	const outcome = async () => {
		try {
			return await execute(workflow, input, run);
		} catch (error) {
			return error as Error;
		}
	};
	const { result, logs } = await recordLogs(async () =>
		input.waits === 'real'
			? { result: await outcome(), waits: [] }
			: await withoutWaiting(outcome, input.onWait),
	);
	return { ...readOutcome(result.result, node.name), thrown, logs, waits: result.waits };
}

function readOutcome(
	run: IRun | Error,
	nodeName: string,
): Omit<RunNodeResult, 'thrown' | 'logs' | 'waits'> {
	if (!('data' in run)) {
		return { items: [], outputs: [], error: run, status: 'error', hints: [], runData: {} };
	}
	const { runData, error } = run.data.resultData;
	const task = runData[nodeName]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return {
		items: outputs[0] ?? [],
		outputs,
		error: (error ?? task?.error) as RunNodeError | undefined,
		// Older versions leave the last word to the n8n around them.
		status: error && run.status === 'running' ? 'error' : run.status,
		hints: task?.hints ?? [],
		runData,
	};
}
