// The limit: undici on 8 connections, all pages at once as soon as their number is known, always the largest page.
import { Pool } from 'undici';
import type { ListSpec, Task } from '../protocol.cjs';
import { idOf, serveClient, type Result } from './serve.cjs';

const CONNECTIONS = 8;
const POLL_MS = 1000;

interface Envelope {
	success: boolean;
	result: unknown;
	result_info?: {
		total_pages?: number;
		total_count?: number;
		cursor?: string;
		cursors?: { after?: string };
	};
}
type Row = Record<string, unknown>;

let pool: Pool | undefined;

async function call(task: Task, method: 'GET' | 'POST', path: string, body?: unknown) {
	pool ??= new Pool('https://api.cloudflare.com', { connections: CONNECTIONS });
	const answer = await pool.request({
		method,
		path: `/client/v4${path}`,
		headers: {
			authorization: `Bearer ${task.apiToken}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const envelope = (await answer.body.json()) as Envelope;
	if (!envelope.success) throw new Error(`${method} ${path}: HTTP ${answer.statusCode}`);
	return envelope;
}

const pageOf = async (task: Task, list: ListSpec, more: Record<string, string>) => {
	const size = { [list.sizeParameter]: String(list.pageSize) };
	const query = new URLSearchParams({ ...list.query, ...size, ...more });
	return await call(task, 'GET', `${list.path}?${query}`);
};

const rowsOf = ({ rowsIn }: ListSpec, { result }: Envelope): Row[] =>
	(rowsIn === undefined ? result : (result as Row)[rowsIn]) as Row[];

function pagesOf(list: ListSpec, { result, result_info = {} }: Envelope): number {
	const total = list.rowsIn === undefined ? result_info.total_count : (result as Row).count;
	return Math.ceil(Number(total) / list.pageSize);
}

async function listAll(task: Task, list: ListSpec): Promise<Row[]> {
	const first = await pageOf(task, list, list.paging === 'cursor' ? {} : { page: '1' });
	const rows = rowsOf(list, first);
	if (list.paging === 'total') {
		const others = Array.from({ length: Math.max(0, pagesOf(list, first) - 1) }, (_, index) =>
			pageOf(task, list, { page: String(index + 2) }),
		);
		return [rows, ...(await Promise.all(others)).map((page) => rowsOf(list, page))].flat();
	}
	let last = first;
	for (let page = 2; ; page += 1) {
		const cursor = last.result_info?.cursors?.after ?? last.result_info?.cursor;
		if (list.paging === 'cursor' ? !cursor : rowsOf(list, last).length < list.pageSize) return rows;
		last = await pageOf(
			task,
			list,
			list.paging === 'cursor' ? { cursor: cursor! } : { page: String(page) },
		);
		rows.push(...rowsOf(list, last));
	}
}

const listed = async (task: Task): Promise<Result> => {
	const rows = await listAll(task, task.list!);
	return { ids: () => rows.map(idOf) };
};

async function search(task: Task): Promise<Result> {
	const zones = await listAll(task, task.list!);
	const query = new URLSearchParams({ per_page: '5000', content: task.content! });
	const found = await Promise.all(
		zones.map(async ({ id }) => await call(task, 'GET', `/zones/${id}/dns_records?${query}`)),
	);
	return { ids: () => found.flatMap(({ result }) => (result as Row[]).map(idOf)) };
}

async function block(task: Task): Promise<Result> {
	const lists = `/accounts/${task.account}/rules/lists`;
	const path = `${lists}/${task.blockList}/items`;
	const items = task.addresses!.map((ip) => ({ ip, comment: 'Benchmark' }));
	const { result } = await call(task, 'POST', path, items);
	const { operation_id: operation } = result as { operation_id: string };
	for (;;) {
		const { result: state } = await call(task, 'GET', `${lists}/bulk_operations/${operation}`);
		if ((state as Row).status === 'completed') break;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	const list: ListSpec = {
		path,
		query: {},
		pageSize: 500,
		defaultPageSize: 25,
		sizeParameter: 'per_page',
		paging: 'cursor',
	};
	const rows = await listAll(task, list);
	return { ids: () => rows.map(({ ip }) => String(ip)) };
}

/** What a poll would read at the least: the events of the range once, oldest first, with no memory of earlier ones. */
async function readRange(task: Task): Promise<Result> {
	const before = new Date().toISOString();
	const since = new Date(Date.parse(before) - 15 * 60_000).toISOString();
	const rows = await listAll(task, {
		path: `/accounts/${task.account}/logs/audit`,
		query: { since, before, direction: 'asc' },
		pageSize: 1000,
		defaultPageSize: 100,
		sizeParameter: 'limit',
		paging: 'cursor',
	});
	return { ids: () => rows.map(idOf) };
}

serveClient({
	async warmUp(task) {
		const requests = Array.from({ length: CONNECTIONS }, () =>
			call(task, 'GET', '/accounts?per_page=5'),
		);
		await Promise.all(requests);
	},
	jobs: {
		zones: listed,
		dnsRecords: listed,
		auditV2: listed,
		auditV1: listed,
		insights: listed,
		dnsSearch: search,
		block,
		quietPoll: readRange,
		burst: readRange,
		burstLargest: readRange,
	},
});
