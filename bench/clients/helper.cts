// What n8n itself costs: in place of our node's code, a bare loop over n8n's request helper, on as many connections and
// with the pages of the limit, and nothing checked.
import { rmSync } from 'node:fs';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import { loadPackage, runNode } from '../../test/support/engine/index.cjs';
import type { ListSpec, Task } from '../protocol.cjs';
import { idOf, serveClient, type Result } from './serve.cjs';

const AT_ONCE = 8;
const CREDENTIAL = 'cloudflareSecurityTokenApi';

interface Envelope {
	result: IDataObject | IDataObject[];
	result_info?: { total_count?: number; cursors?: { after?: string } };
}

async function request(context: IExecuteFunctions, path: string, qs: IDataObject) {
	const options: IHttpRequestOptions = {
		method: 'GET',
		url: `https://api.cloudflare.com/client/v4${path}`,
		qs,
		json: true,
	};
	return (await context.helpers.httpRequestWithAuthentication.call(
		context,
		CREDENTIAL,
		options,
	)) as Envelope;
}

/** Runs the tasks 8 at a time; what they give comes in their order. */
async function several<T>(tasks: Array<() => Promise<T>>): Promise<T[]> {
	const results: T[] = [];
	let next = 0;
	const work = async () => {
		while (next < tasks.length) {
			const index = next;
			next += 1;
			results[index] = await tasks[index]();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return results;
}

async function rows(context: IExecuteFunctions, list: ListSpec): Promise<IDataObject[]> {
	const page = async (more: IDataObject) =>
		await request(context, list.path, {
			...list.query,
			[list.sizeParameter]: list.pageSize,
			...more,
		});
	const read = ({ result }: Envelope) =>
		(list.rowsIn === undefined ? result : (result as IDataObject)[list.rowsIn]) as IDataObject[];
	const first = await page(list.paging === 'cursor' ? {} : { page: 1 });
	const found = [...read(first)];
	if (list.paging === 'total') {
		const info = list.rowsIn === undefined ? first.result_info?.total_count : undefined;
		const total = info ?? Number((first.result as IDataObject).count);
		const pages = Math.ceil(total / list.pageSize);
		const others = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => async () => {
			return read(await page({ page: index + 2 }));
		});
		return [...found, ...(await several(others)).flat()];
	}
	let last = first;
	for (let number = 2; ; number += 1) {
		const cursor = last.result_info?.cursors?.after;
		if (list.paging === 'cursor' ? !cursor : read(last).length < list.pageSize) return found;
		last = await page(list.paging === 'cursor' ? { cursor } : { page: number });
		found.push(...read(last));
	}
}

async function search(context: IExecuteFunctions, { list, content }: Task): Promise<IDataObject[]> {
	const zones = await rows(context, list!);
	const tasks = zones.map(({ id }) => async () => {
		const { result } = await request(context, `/zones/${String(id)}/dns_records`, {
			per_page: 5000,
			content,
		});
		return result as IDataObject[];
	});
	return (await several(tasks)).flat();
}

/** Runs the loop as our node's `execute`: same engine, same credential, same items in the end. */
async function run(task: Task, loop: (context: IExecuteFunctions) => Promise<IDataObject[]>) {
	const pack = await loadPackage();
	const type = pack.nodeTypes.getByNameAndVersion(`${pack.name}.cloudflareSecurity`, 1);
	const execute: INodeType['execute'] = async function () {
		return [(await loop(this)).map((json) => ({ json, pairedItem: { item: 0 } }))];
	};
	Object.defineProperty(type, 'execute', { value: execute, configurable: true });
	const { items, error } = await runNode({
		parameters: { authentication: 'token', resource: 'account', operation: 'getAll' },
		credentials: {
			type: CREDENTIAL,
			data: { apiToken: task.apiToken, ownedBy: 'automatic', accountId: '', zoneId: '' },
		},
		waits: 'real',
	});
	if (error) throw error;
	return items;
}

const listed = async (task: Task): Promise<Result> => {
	const items = await run(task, async (context) => await rows(context, task.list!));
	return { ids: () => items.map(({ json }) => idOf(json)) };
};

process.on('exit', () => {
	rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
});

const notAList = 'a loop over the request helper is for lists only';

serveClient({
	async warmUp(task) {
		await run(task, async (context) => {
			return (await request(context, '/accounts', { per_page: 5 })).result as IDataObject[];
		});
	},
	jobs: {
		zones: listed,
		dnsRecords: listed,
		auditV2: listed,
		auditV1: listed,
		insights: listed,
		async dnsSearch(task) {
			const items = await run(task, async (context) => await search(context, task));
			return { ids: () => items.map(({ json }) => idOf(json)) };
		},
	},
	unable: {
		block: notAList,
		quietPoll: notAList,
		burst: notAList,
		burstLargest: notAList,
		checkPermissions: notAList,
	},
});
