import './environment.cjs';
import type { IDataObject } from 'n8n-workflow';
import { recordLogs } from './logs.cjs';
import { DurableHost } from './durablePollHost.cjs';
import { MemoryHost, OlderHost, type PollHost } from './pollHosts.cjs';
import type { RunNodeError } from './runNode.cjs';
import { withNotes, type PollNotes, type TriggerWorkflowInput } from './triggerWorkflow.cjs';
import { needs } from './versions.cjs';
import { withoutWaiting } from './waits.cjs';

const hosts = { default: MemoryHost, durable: DurableHost, older: OlderHost };

export type PollHostName = keyof typeof hosts;

export interface TriggerInput extends TriggerWorkflowInput {
	/**
	 * 'default': the state is live in memory, and saved after activation and with every emission. 'durable': n8n's opt-in
	 * engine, where each poll gets a copy of the saved state. 'older': as 'default', but without getPollBudgetMs().
	 */
	host?: PollHostName;
	/** The node's saved static data to begin with. */
	state?: IDataObject;
}

export interface PollOutcome {
	/**
	 * The `json` of the first output; null when the poll gave null. Undefined when there is no result: the poll threw, n8n
	 * dropped what came too late, or did not poll.
	 */
	items?: IDataObject[] | null;
	/** What n8n shows; for an activation that is n8n's error about the node's. */
	error?: RunNodeError;
	/** What the node threw. */
	thrown?: unknown;
	/** Everything that node and engine logged, also for polls that ran meanwhile. */
	logs: string[];
	/** The skipped waits in milliseconds. */
	waits: number[];
}

/** A polling trigger in an active workflow. */
export class Trigger {
	constructor(private readonly host: PollHost) {}

	/** Activates, once more if it is active, and polls at once as n8n does. */
	async activate(): Promise<PollOutcome> {
		return await record(async () => await this.host.begin('activate'));
	}

	/** A scheduled poll; several may be under way at the same time. */
	async poll(): Promise<PollOutcome> {
		return await record(async () => await this.host.poll());
	}

	/** The editor's test of the node. */
	async test(): Promise<PollOutcome> {
		return await record(async () => await this.host.test());
	}

	/**
	 * n8n stops and starts: what was only in memory is gone. Polls once, but not in a durable n8n.
	 * @param options.state what the database holds in place of the last saved state, e.g. a backup
	 */
	async restart({ state }: { state?: IDataObject } = {}): Promise<PollOutcome> {
		if (state) this.host.revert(state);
		return await record(async () => await this.host.restart());
	}

	/** The user edits the active workflow, and n8n activates it anew with what is saved. Polls once. */
	async change(
		edits: Partial<Omit<TriggerWorkflowInput, 'nodeType' | 'packageFolder'>>,
	): Promise<PollOutcome> {
		this.host.input = { ...this.host.input, ...edits };
		return await record(async () => await this.host.begin('update'));
	}

	/** A copy of the node's state in memory. */
	get state(): IDataObject {
		return this.host.live;
	}

	/** A copy of the node's state in the database. */
	get saved(): IDataObject {
		return this.host.saved;
	}

	/** How large the state in memory is as JSON. */
	get stateBytes(): number {
		return Buffer.byteLength(JSON.stringify(this.state));
	}
}

async function record(action: () => Promise<void>): Promise<PollOutcome> {
	const note: PollNotes = {};
	const { result, logs } = await recordLogs(
		async () => await withoutWaiting(async () => await withNotes(note, action)),
	);
	return { ...note, logs, waits: result.waits };
}

/** A polling trigger of the built package, not yet active, in n8n's own poll engine. */
export function createTrigger({ host = 'default', state, ...input }: TriggerInput): Trigger {
	if (host === 'durable') needs('durable polls');
	return new Trigger(new hosts[host](input, state));
}
