import './environment.cjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import {
	commitStagedCursor,
	PollContext,
	runPollInStagingScope,
	TriggersAndPollers,
} from 'n8n-core';
import {
	LoggerProxy,
	UnexpectedError,
	type IDataObject,
	type IPollFunctions,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { di } from './packages.cjs';
import { emit, emitError, PollHost, type Active } from './pollHosts.cjs';
import {
	asJson,
	createTriggerWorkflow,
	noteOfPoll,
	type TriggerWorkflow,
} from './triggerWorkflow.cjs';

const POLL_TIMEOUT_MS = 45_000;
const POLL_BUDGET_MS = 36_000;

interface Staged {
	snapshot: IDataObject;
	seed: IDataObject;
}

/**
 * The opt-in durable engine: nothing stays in memory, each turn makes workflow and context anew and works on a copy of
 * the state, which is committed when the turn is done.
 */
export class DurableHost extends PollHost {
	/** The node's row in the table of cursors; the first poll makes it from the static data, which is not used again. */
	private cursor?: IDataObject;
	private readonly staging = new AsyncLocalStorage<Staged>();

	override get saved(): IDataObject {
		return this.cursor ? asJson(this.cursor) : super.saved;
	}

	get live(): IDataObject {
		return this.saved;
	}

	override revert(state: IDataObject): void {
		super.revert(state);
		this.cursor = asJson(state);
	}

	/** The jobs are in the database and go on as they are: unlike the default engine, n8n does not poll at its start. */
	override async restart(): Promise<void> {
		if (this.active) this.active = { ...this.active };
		else await super.restart();
	}

	protected createContext(
		{ workflow, node, additionalData }: TriggerWorkflow,
		mode: WorkflowActivateMode,
		budget?: () => number,
	): PollContext {
		const commit = () => {
			const staged = this.staged();
			const snapshot = asJson(staged.snapshot);
			if (isDeepStrictEqual(snapshot, staged.seed)) return;
			this.cursor = snapshot;
			staged.seed = asJson(snapshot);
		};
		const emitAndCommit: typeof emit = (data) => {
			emit(data);
			commit();
		};
		const runPoll: NonNullable<IPollFunctions['__runPoll']> = async (poll) => {
			this.cursor ??= asJson(workflow.getStaticData('node', node));
			return await this.staging.run(
				{ snapshot: asJson(this.cursor), seed: asJson(this.cursor) },
				poll,
			);
		};
		return new PollContext(
			workflow,
			node,
			additionalData,
			'trigger',
			mode,
			emitAndCommit,
			emitError,
			async () => commit(),
			runPoll,
			() => this.staged().snapshot,
			budget,
		);
	}

	/** n8n's PollTriggerTaskHandler, without its back-off after failures. */
	protected async turn(active: Active): Promise<void> {
		const made = await createTriggerWorkflow(this.input, 'trigger', this.row);
		const { workflow, node } = made;
		const context = this.createContext(made, 'update', () => POLL_BUDGET_MS);
		const started = Date.now();
		const isDropped = () => {
			if (Date.now() - started <= POLL_TIMEOUT_MS) return this.active !== active;
			LoggerProxy.warn('Poll exceeded its timeout and was abandoned');
			return true;
		};
		await runPollInStagingScope(context, async () => {
			const poll = async () =>
				await di.Container.get(TriggersAndPollers).runPollFunction(workflow, node, context);
			try {
				const data = await workflow.expression.withIsolate(poll);
				if (isDropped()) {
					noteOfPoll().items = undefined;
				} else if (data === null) {
					await commitStagedCursor(context);
				} else {
					context.__emit(data);
				}
			} catch (error) {
				if (!isDropped()) context.__emitError(error as Error);
			}
		});
	}

	private staged(): Staged {
		const staged = this.staging.getStore();
		if (!staged) throw new UnexpectedError('Poll node read its static data outside of a poll');
		return staged;
	}
}
