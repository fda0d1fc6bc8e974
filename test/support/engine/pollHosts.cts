import './environment.cjs';
import { PollContext, type PollTriggerExecutor } from 'n8n-core';
import {
	WorkflowActivationError,
	type IDataObject,
	type IPollFunctions,
	type Workflow,
	type WorkflowActivateMode,
} from 'n8n-workflow';
// Sets the logger, which n8n's classes take when they are made.
import './logs.cjs';
import {
	asJson,
	createTriggerWorkflow,
	jsonOfOutput,
	keyOf,
	noteOfPoll,
	type TriggerWorkflow,
	type TriggerWorkflowInput,
} from './triggerWorkflow.cjs';
import { createPollExecution, inIsolate } from './versions.cjs';

export interface Active extends TriggerWorkflow {
	execute: ReturnType<PollTriggerExecutor['create']>;
}

export const emit: IPollFunctions['__emit'] = (data) => {
	noteOfPoll().items = asJson(jsonOfOutput(data));
};
export const emitError: IPollFunctions['__emitError'] = (error) => {
	noteOfPoll().error = error;
};

/** What an n8n does with an active trigger: n8n-core polls, the rest here stands for the n8n around it. */
export abstract class PollHost {
	protected active?: Active;
	/** The workflow's static data in the database. */
	protected row: IDataObject = {};

	constructor(
		public input: TriggerWorkflowInput,
		state?: IDataObject,
	) {
		if (state) this.row[keyOf(input)] = asJson(state);
	}

	/** The node's state in memory. */
	abstract get live(): IDataObject;
	/** The node's state in the database. */
	get saved(): IDataObject {
		return asJson((this.row[keyOf(this.input)] ?? {}) as IDataObject);
	}

	/** Sets what is in the database, as from a backup. */
	revert(state: IDataObject): void {
		this.row[keyOf(this.input)] = asJson(state);
	}

	protected abstract createContext(made: TriggerWorkflow, mode: WorkflowActivateMode): PollContext;

	/** Activates with a memory made anew from the database, and polls once. */
	async begin(mode: WorkflowActivateMode): Promise<void> {
		this.active = undefined;
		const made = await createTriggerWorkflow(this.input, 'trigger', this.row);
		const { workflow, node } = made;
		const context = this.createContext(made, mode);
		const isCurrent = () => this.active?.workflow === workflow;
		const active = { ...made, execute: createPollExecution(made, context, mode, isCurrent) };
		this.active = active;
		try {
			await inIsolate(workflow, async () => await active.execute(true));
		} catch (error) {
			this.active = undefined;
			this.failed(workflow);
			const cause = error as Error;
			noteOfPoll().error = new WorkflowActivationError(
				`There was a problem activating the workflow: "${cause.message}"`,
				{ cause, node },
			);
			return;
		}
		this.save(workflow);
	}

	/** The process ends and starts again. */
	async restart(): Promise<void> {
		await this.begin('init');
	}

	/** One turn of the schedule. */
	async poll(): Promise<void> {
		const { active } = this;
		if (!active) throw new Error('The trigger is not active');
		await this.turn(active);
		// n8n drops what comes from a trigger that was replaced meanwhile.
		if (this.active !== active) noteOfPoll().items = undefined;
	}

	protected abstract turn(active: Active): Promise<void>;

	/** The editor's test: sees what is saved, and its changes go with its workflow. */
	async test(): Promise<void> {
		const made = await createTriggerWorkflow(this.input, 'manual', this.row);
		const { workflow, node, additionalData } = made;
		const context = new PollContext(workflow, node, additionalData, 'manual', 'manual');
		const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const poll = async () => await nodeType.poll?.call(this.adapt(context));
		try {
			const data = await inIsolate(workflow, poll);
			if (data) emit(data);
		} catch (error) {
			emitError(error as Error);
		}
	}

	/** Makes the context that of this n8n's version. */
	protected adapt(context: PollContext): PollContext {
		return context;
	}

	protected failed(workflow: Workflow): void {
		this.save(workflow);
	}

	/** n8n's WorkflowStaticDataService: writes all when anything was seen to change. */
	protected save({ staticData }: Workflow): void {
		if (staticData.__dataChanged !== true) return;
		this.row = asJson(staticData);
		staticData.__dataChanged = false;
	}
}

/** The default: the state lives in memory, and is saved after activation and with every emission. */
export class MemoryHost extends PollHost {
	get live(): IDataObject {
		const { workflow, node } = this.active ?? {};
		return workflow ? asJson(workflow.getStaticData('node', node)) : this.saved;
	}

	protected createContext(
		{ workflow, node, additionalData }: TriggerWorkflow,
		mode: WorkflowActivateMode,
	): PollContext {
		const emitAndSave: typeof emit = (data) => {
			emit(data);
			this.save(workflow);
		};
		return this.adapt(
			new PollContext(workflow, node, additionalData, 'trigger', mode, emitAndSave, emitError),
		);
	}

	protected async turn({ execute }: Active): Promise<void> {
		await execute();
	}
}

/** An n8n from before getPollBudgetMs() and the durable engine. */
export class OlderHost extends MemoryHost {
	protected override adapt(context: PollContext): PollContext {
		for (const name of ['getPollBudgetMs', '__commitCursor', '__runPoll']) {
			Reflect.deleteProperty(context, name);
		}
		return context;
	}

	protected override failed(): void {
		// Saved only after an activation that went well.
	}
}
