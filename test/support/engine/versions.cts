/** What differs between versions of n8n-core: types and harness follow the newest, and older ones lack some of it. */
import './environment.cjs';
import * as core from 'n8n-core';
import type { PollContext, PollTriggerExecutor } from 'n8n-core';
import * as n8n from 'n8n-workflow';
import type { INode, Workflow, WorkflowActivateMode } from 'n8n-workflow';
import { di } from './packages.cjs';
import { noteOfPoll, type TriggerWorkflow } from './triggerWorkflow.cjs';

const sampleError = new n8n.NodeApiError({} as INode, new Error() as never, {
	description: 'why',
	failure: { cause: 'rate-limited' },
});

/** What only newer versions of n8n have: the nodes and the tests know hosts without it too. */
export const hasFeature = {
	'keys in the database': 'EncryptionKeyProxy' in core,
	// Older ones schedule the polls when the one of the activation is over.
	'polls beside an activation': 'PollTriggerExecutor' in core,
	'durable polls': 'runPollInStagingScope' in core,
	'a budget for polls': String(core.PollContext).includes('getPollBudgetMs'),
	'a sleep that can be cancelled': n8n.sleep.length > 1,
	'errors that keep their cause': Boolean(sampleError.cause),
	'errors that say why': 'failure' in sampleError,
	'activations that say why': Boolean(
		new n8n.WorkflowActivationError('', { cause: sampleError }).description,
	),
	'details at error outputs': 'N8N_NODES_API_VERSION' in n8n,
};

/** @throws where this n8n lacks what a test is about; test/compatibility counts that as not applicable */
export function needs(feature: keyof typeof hasFeature): void {
	if (!hasFeature[feature]) throw new Error(`Not applicable: this n8n lacks ${feature}`);
}

/** Fills in what is left out, which older versions leave to those who call. */
export const createRunExecutionData: typeof n8n.createRunExecutionData =
	'createRunExecutionData' in n8n
		? n8n.createRunExecutionData
		: ({ resultData, executionData } = {}) =>
				({
					startData: {},
					resultData: { runData: {}, ...resultData },
					executionData: {
						contextData: {},
						metadata: {},
						nodeExecutionStack: [],
						waitingExecution: {},
						waitingExecutionSource: {},
						...executionData,
					},
				}) as unknown as ReturnType<typeof n8n.createRunExecutionData>;

/** Newer versions evaluate expressions in an isolate that has to be there. */
export async function inIsolate<T>({ expression }: Workflow, action: () => Promise<T>): Promise<T> {
	return 'withIsolate' in expression ? await expression.withIsolate(action) : await action();
}

type Execute = ReturnType<PollTriggerExecutor['create']>;

interface OlderActiveWorkflows {
	scheduledTaskManager: { registerCron(...given: unknown[]): void };
	add(...given: unknown[]): Promise<void>;
}

/** Versions without PollTriggerExecutor: the schedule's function is made with the activation, and drops nothing by itself. */
function executionOfActiveWorkflows(
	{ workflow, additionalData }: TriggerWorkflow,
	context: PollContext,
	mode: WorkflowActivateMode,
	isCurrent: () => boolean,
): Execute {
	const { __emit, __emitError } = context;
	Object.assign(context, {
		__emit: ((...given) => isCurrent() && __emit(...given)) as typeof __emit,
		__emitError: ((...given) => isCurrent() && __emitError(...given)) as typeof __emitError,
	});
	const { ActiveWorkflows } = core as unknown as {
		ActiveWorkflows: new () => OlderActiveWorkflows;
	};
	const host = di.Container.get(ActiveWorkflows);
	let scheduled: Execute | undefined;
	return async (isActivation = false) => {
		if (!isActivation) {
			await scheduled?.();
			return;
		}
		host.scheduledTaskManager.registerCron = (...given) => {
			scheduled = given.find((one): one is Execute => typeof one === 'function');
		};
		try {
			await host.add(
				workflow.id,
				workflow,
				additionalData,
				'trigger',
				mode,
				undefined,
				() => context,
			);
		} catch (error) {
			throw noteOfPoll().thrown ?? error;
		}
		if (!scheduled) throw new Error('n8n-core has not scheduled the polls');
	};
}

/** Polls as this n8n-core does in its default engine: at activation with `true`, else as the schedule does. */
export function createPollExecution(
	made: TriggerWorkflow,
	context: PollContext,
	mode: WorkflowActivateMode,
	isCurrent: () => boolean,
): Execute {
	return 'PollTriggerExecutor' in core
		? di.Container.get(core.PollTriggerExecutor).create(
				made.workflow,
				made.node,
				context,
				isCurrent,
			)
		: executionOfActiveWorkflows(made, context, mode, isCurrent);
}
