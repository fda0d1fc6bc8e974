import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditEntry, seedIds } from '../../../sandbox/cloudflare/index.cjs';
import type { Execution } from '../../../sandbox/n8n/restClient.cjs';
import type { Sandbox } from '../../../sandbox/n8n/sandbox.cjs';
import { waitFor } from '../../../sandbox/n8n/waitFor.cjs';
import { TRIGGER } from './workflows.cjs';

/** A workflow, and what is to start it. */
export interface Watched {
	/** Also that of its token, hence without blanks. */
	name: string;
	workflowId: string;
	account?: string;
	version?: 1 | 2;
	/** Every event when left out. */
	wants?: (entry: AuditEntry) => boolean;
}

export interface Tally {
	expected: number;
	missing: string[];
	unexpected: string[];
	duplicates: string[];
}

export const NOTHING_WRONG = { missing: [], unexpected: [], duplicates: [] };

const isOver = ({ status }: Execution) => !['new', 'running', 'waiting'].includes(status);

/** Compares what happened at Cloudflare with what started workflows. */
export class Watch {
	/** What the log had before nobody is to be told. */
	private readonly before: Set<AuditEntry>;

	constructor(private readonly current: () => Sandbox) {
		this.before = new Set(
			[seedIds.mainAccount, seedIds.secondAccount].flatMap((id) => this.log(id)),
		);
	}

	private log(account: string): readonly AuditEntry[] {
		return this.current().cloudflare.state.audit.entriesOf(account);
	}

	/** The events that are to start the workflow. */
	expected({ account = seedIds.mainAccount, wants }: Watched): AuditEntry[] {
		return this.log(account).filter((entry) => !this.before.has(entry) && (wants?.(entry) ?? true));
	}

	/** The events' IDs of all executions. */
	async seen({ workflowId }: Watched): Promise<string[]> {
		const { client } = this.current().n8n;
		const ids: string[] = [];
		for (const { id } of await client.executions(workflowId)) {
			const [run] = (await client.runData(id))[TRIGGER] ?? [];
			ids.push(...(run?.data?.main[0] ?? []).map(({ json }) => String(json.id)));
		}
		return ids;
	}

	async tally(watched: Watched): Promise<Tally> {
		const version = watched.version === 1 ? 'v1' : 'v2';
		const wanted = new Set(this.expected(watched).map(({ ids }) => ids[version]));
		const seen = await this.seen(watched);
		const once = new Set(seen);
		const executions = await this.current().n8n.client.executions(watched.workflowId);
		const tally = {
			expected: wanted.size,
			missing: [...wanted].filter((id) => !once.has(id)),
			unexpected: [...once].filter((id) => !wanted.has(id)),
			duplicates: seen.filter((id, index) => seen.indexOf(id) !== index),
		};
		process.stderr.write(
			`    ${watched.name}: ${wanted.size} events, ${seen.length} items, ${tally.duplicates.length} twice, ` +
				`${tally.missing.length} missing, ${executions.length} executions, ${this.polls(watched)} polls\n`,
		);
		return tally;
	}

	/** How often the log was asked for in vain. */
	refused({ name }: Watched, since = 0): number {
		return this.asked(name, since).filter(({ status }) => status !== 200).length;
	}

	/** How many polls got through. */
	polls({ name }: Watched, since = 0): number {
		return this.asked(name, since).filter(
			({ status, query }) =>
				status === 200 &&
				// A further page is no further poll.
				!query.some(([key, value]) => key === 'cursor' || (key === 'page' && value !== '1')),
		).length;
	}

	private asked(name: string, since: number) {
		return this.current()
			.cloudflare.calls.slice(since)
			.filter(
				({ credential, path }) => credential === name && /\/(audit_logs|logs\/audit)$/.test(path),
			);
	}

	/** Waits until each has polled that often from now on, and what was started then is over. */
	async morePolls(watched: readonly Watched[], count: number): Promise<void> {
		const since = this.current().cloudflare.calls.length;
		await waitFor(
			`${count} polls of ${watched.map(({ name }) => name).join(', ')}`,
			async () => watched.every((each) => this.polls(each, since) >= count) || undefined,
			{ seconds: 75 * count },
		);
		await this.quiet(watched);
	}

	/** As morePolls, but the polls count only from when the log shows every event: before that nobody can tell it. */
	async pollsOfAll(watched: readonly Watched[], count: number): Promise<void> {
		const { state } = this.current().cloudflare;
		const shown = Math.max(
			...[seedIds.mainAccount, seedIds.secondAccount]
				.flatMap((id) => this.log(id))
				.map(({ visibleAt }) => visibleAt),
		);
		await sleep(Math.max(0, shown - state.now()));
		await this.morePolls(watched, count);
	}

	/** Waits until no poll asks for further pages, and no execution runs. */
	async quiet(watched: readonly Watched[]): Promise<void> {
		const { n8n, cloudflare } = this.current();
		const names = new Set(watched.map(({ name }) => name));
		const calls = () => cloudflare.calls.filter(({ credential }) => names.has(credential)).length;
		let before: number;
		do {
			before = calls();
			await sleep(2000);
		} while (calls() !== before);
		await waitFor(
			'the end of all executions',
			async () => {
				const all = await Promise.all(
					watched.map(({ workflowId }) => n8n.client.executions(workflowId)),
				);
				return all.flat().every(isOver) || undefined;
			},
			{ seconds: 60 },
		);
	}
}
