// The official SDK with its defaults: its own pages, its own auto-paging.
import { setTimeout as sleep } from 'node:timers/promises';
import Cloudflare from 'cloudflare';
import type { Task } from '../protocol.cjs';
import { idOf, serveClient, type Result } from './serve.cjs';

const POLL_MS = 1000;

let client: Cloudflare | undefined;
const sdk = ({ apiToken }: Task): Cloudflare =>
	(client ??= new Cloudflare({ apiToken, apiKey: null, apiEmail: null }));

async function all(rows: AsyncIterable<unknown>): Promise<Result> {
	const found: unknown[] = [];
	for await (const row of rows) found.push(row);
	return { ids: () => found.map(idOf) };
}

async function search(task: Task): Promise<Result> {
	const found: unknown[] = [];
	for await (const { id } of sdk(task).zones.list({ account: { id: task.account } })) {
		const records = sdk(task).dns.records.list({ zone_id: id, content: { exact: task.content } });
		for await (const record of records) found.push(record);
	}
	return { ids: () => found.map(idOf) };
}

async function block(task: Task): Promise<Result> {
	const { lists } = sdk(task).rules;
	const { account: account_id, blockList = '' } = task;
	const body = task.addresses!.map((ip) => ({ ip, comment: 'Benchmark' }));
	const { operation_id } = await lists.items.create(blockList, { account_id, body });
	for (;;) {
		const operation = await lists.bulkOperations.get(operation_id, { account_id });
		if (operation.status === 'completed') break;
		await sleep(POLL_MS);
	}
	const ips: string[] = [];
	for await (const item of lists.items.list(blockList, { account_id }))
		ips.push(String((item as { ip?: unknown }).ip));
	return { ids: () => ips };
}

const noTrigger = 'it has no trigger and keeps no state';

serveClient({
	async warmUp(task) {
		await sdk(task).accounts.list({ per_page: 5 });
	},
	jobs: {
		zones: async (task) => await all(sdk(task).zones.list()),
		dnsRecords: async (task) => await all(sdk(task).dns.records.list({ zone_id: task.zone })),
		dnsSearch: search,
		auditV2: async (task) =>
			await all(
				sdk(task).accounts.logs.audit.list({
					account_id: task.account,
					since: task.since!,
					before: task.before!,
				}),
			),
		auditV1: async (task) =>
			await all(
				sdk(task).auditLogs.list({
					account_id: task.account,
					since: task.since,
					before: task.before,
				}),
			),
		block,
	},
	unable: {
		insights: 'its auto-paging finds no rows: it reads `items`, the API answers `issues`',
		quietPoll: noTrigger,
		burst: noTrigger,
		burstLargest: noTrigger,
		checkPermissions: 'it has no such function',
	},
});
