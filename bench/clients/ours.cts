// Our node, built, in n8n's own engine, sending real HTTPS through n8n-core's request helper.
import { rmSync } from 'node:fs';
import {
	createTrigger,
	runNode,
	type RunNodeResult,
	type TestCredential,
	type Trigger,
} from '../../test/support/engine/index.cjs';
import { POLL_JOBS, type Task } from '../protocol.cjs';
import { reportId } from '../proof.cjs';
import { inputFor, parametersFor } from './jobsOfNode.cjs';
import { locator } from './locator.cjs';
import { idOf, serveClient, type Result } from './serve.cjs';

const MINUTES_2 = 120_000;

export const credentialsOf = ({ apiToken }: Task): TestCredential => ({
	type: 'cloudflareSecurityTokenApi',
	data: { apiToken, ownedBy: 'automatic', accountId: '', zoneId: '' },
});

async function run(task: Task, parameters = parametersFor(task)): Promise<RunNodeResult> {
	const result = await runNode({
		parameters: parameters ?? {},
		items: inputFor(task),
		credentials: credentialsOf(task),
		waits: 'real',
	});
	if (result.error) throw result.error;
	return result;
}

const listed = async (task: Task): Promise<Result> => {
	const { items } = await run(task);
	return { ids: () => items.map(({ json }) => idOf(json)) };
};

async function block(task: Task): Promise<Result> {
	const { items } = await run(task);
	return {
		ids: () => items.map(({ json }) => (json.outcome === 'blocked' ? String(json.address) : '')),
	};
}

let trigger: Trigger | undefined;

async function activate(task: Task): Promise<void> {
	trigger = createTrigger({
		parameters: {
			account: locator('id', task.account),
			options: {
				...(task.eventsPerPoll !== undefined && { maxEvents: task.eventsPerPoll }),
				// Not from now on: the events of the burst happened some minutes ago and came in late.
				startFrom: new Date(Date.now() - 10 * MINUTES_2).toISOString(),
			},
		},
		credentials: credentialsOf(task),
	});
	const { error, items } = await trigger.activate();
	if (error) throw error;
	if (items) throw new Error(`There were ${items.length} events at the activation`);
}

/** Polls until all events came, or once where there are none. */
async function poll({ size }: Task): Promise<Result> {
	if (!trigger) throw new Error('The trigger is not active');
	const ids: string[] = [];
	for (let polls = 1; ; polls += 1) {
		const { items, error } = await trigger.poll();
		if (error) throw error;
		ids.push(...(items ?? []).map(idOf));
		if (ids.length >= size || !items)
			return { ids: () => ids, note: () => `${polls} ${polls === 1 ? 'poll' : 'polls'}` };
	}
}

process.on('exit', () => {
	rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
});

serveClient({
	async warmUp(task) {
		const parameters = { authentication: 'token', resource: 'account', operation: 'getAll' };
		await run({ ...task, addresses: undefined }, parameters);
	},
	async prepare(task) {
		if (POLL_JOBS.includes(task.job)) await activate(task);
	},
	jobs: {
		zones: listed,
		dnsRecords: listed,
		dnsSearch: listed,
		auditV2: listed,
		auditV1: listed,
		insights: listed,
		recordsOfZones: listed,
		sweep: listed,
		block,
		quietPoll: poll,
		burst: poll,
		burstLargest: poll,
		async checkPermissions(task) {
			const { items } = await run(task);
			return { ids: () => items.map(({ json }) => reportId(json.credential)) };
		},
	},
});
