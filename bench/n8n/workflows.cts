import type { WorkflowInput } from '../../sandbox/n8n/restClient.cjs';
import { parametersFor } from '../clients/jobsOfNode.cjs';
import type { ClientName, ListSpec, Task } from '../protocol.cjs';

const API = 'https://api.cloudflare.com/client/v4';
export const START = 'Start';
/** Splits what came with the start into items; no part of the job. */
export const INPUT = 'Input';

type Node = Record<string, unknown> & { name: string };
type Links = Array<[from: string, to: string, output?: number]>;

const node = (name: string, type: string, typeVersion: number, parameters: object): Node => ({
	id: name,
	name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
});

const splitOut = (name: string, field: string) =>
	node(name, 'splitOut', 1, { fieldToSplitOut: field, options: {} });

function http({ apiToken }: Task, name: string, url: string, more: object = {}): Node {
	return node(name, 'httpRequest', 4.2, {
		url,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${apiToken}` }] },
		options: {},
		...more,
	});
}

const PAGE = { type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' };

/** How a user would tell the HTTP Request node when a list ends. */
function completeWhen({ rowsIn, paging }: ListSpec, size: number): string {
	if (paging === 'cursor') return '={{ !$response.body.result_info.cursors?.after }}';
	if (paging === 'short') return `={{ $response.body.result.length < ${size} }}`;
	return rowsIn === undefined
		? '={{ $response.body.result_info.page >= $response.body.result_info.total_pages }}'
		: '={{ $response.body.result.page * $response.body.result.per_page >= $response.body.result.count }}';
}

/** An HTTP Request node with its pagination; with the usual pages it does not ask for a size. */
function listNode(task: Task, name: string, list: ListSpec, large: boolean): Node {
	const size = large ? list.pageSize : list.defaultPageSize;
	const query = new URLSearchParams({
		...list.query,
		...(large && { [list.sizeParameter]: String(size) }),
	});
	const url = `${API}${list.path}?${query}`;
	const cursor = "($response.body ? '&cursor=' + $response.body.result_info.cursors.after : '')";
	const mode =
		list.paging === 'cursor'
			? { paginationMode: 'responseContainsNextURL', nextURL: `={{ '${url}' + ${cursor} }}` }
			: { paginationMode: 'updateAParameterInEachRequest', parameters: { parameters: [PAGE] } };
	const pagination = {
		...mode,
		paginationCompleteWhen: 'other',
		completeExpression: completeWhen(list, size),
		limitPagesFetched: false,
	};
	return http(task, name, url, { options: { pagination: { pagination } } });
}

const chain = (nodes: Node[]): Links =>
	nodes.slice(1).map(({ name }, index) => [nodes[index].name, name]);

function listNodes(task: Task, list: ListSpec, large: boolean): Node[] {
	const rows = list.rowsIn === undefined ? 'result' : `result.${list.rowsIn}`;
	return [listNode(task, 'List', list, large), splitOut('Rows', rows)];
}

function searchNodes(task: Task, large: boolean): Node[] {
	const query = new URLSearchParams({ content: task.content ?? '' });
	const url = `=${API}/zones/{{ $json.id }}/dns_records?${query}`;
	return [
		...listNodes(task, task.list!, large),
		http(task, 'Search', url),
		splitOut('Found', 'result'),
	];
}

/** Adds the items, waits for the bulk operation, reads back what the list holds. */
function blockNodes(task: Task): { nodes: Node[]; links: Links } {
	const lists = `${API}/accounts/${task.account}/rules/lists`;
	const items = `${lists}/${task.blockList}/items`;
	const body = "$json.body.addresses.map((ip) => ({ ip, comment: 'Benchmark' }))";
	const add = http(task, 'Add', items, {
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify(${body}) }}`,
	});
	const id = "{{ $('Add').first().json.result.operation_id }}";
	const check = http(task, 'Check', `=${lists}/bulk_operations/${id}`);
	const isDone = node('Is Done', 'if', 2.2, {
		conditions: {
			options: { version: 2, caseSensitive: true, typeValidation: 'strict', leftValue: '' },
			combinator: 'and',
			conditions: [
				{
					id: 'done',
					leftValue: '={{ $json.result.status }}',
					rightValue: 'completed',
					operator: { type: 'string', operation: 'equals' },
				},
			],
		},
		options: {},
	});
	const wait = node('Wait', 'wait', 1.1, { resume: 'timeInterval', amount: 1, unit: 'seconds' });
	const back: ListSpec = {
		path: items.replace(API, ''),
		query: {},
		pageSize: 500,
		defaultPageSize: 25,
		sizeParameter: 'per_page',
		paging: 'cursor',
	};
	const [read, rows] = listNodes(task, back, true);
	const path = [add, check, isDone];
	return {
		nodes: [...path, wait, read, rows],
		links: [
			...chain(path),
			[isDone.name, read.name],
			[isDone.name, wait.name, 1],
			[wait.name, check.name],
			[read.name, rows.name],
		],
	};
}

function ours(task: Task, credential: { id: string; name: string }): Node[] {
	const parameters = parametersFor(task) ?? {};
	const type = 'n8n-nodes-cloudflare-security.cloudflareSecurity';
	const own = {
		...node('Cloudflare Security', type, 1, parameters),
		credentials: { cloudflareSecurityTokenApi: credential },
	};
	return task.addresses
		? [
				splitOut(INPUT, 'body.addresses'),
				{ ...own, parameters: { ...parameters, addresses: "={{ $json['body.addresses'] }}" } },
			]
		: [own];
}

const noTrigger = 'it is no trigger and keeps no state';

/** What the HTTP Request node cannot do, and why. */
export const UNABLE: Partial<Record<Task['job'], string>> = {
	quietPoll: noTrigger,
	burst: noTrigger,
	burstLargest: noTrigger,
	checkPermissions: 'it has no such function',
};

function nodesFor(client: ClientName, task: Task, credential: { id: string; name: string }) {
	if (client === 'oursInN8n') return ours(task, credential);
	const large = client === 'httpRequestLarge';
	if (task.job === 'block') return undefined;
	return task.job === 'dnsSearch' ? searchNodes(task, large) : listNodes(task, task.list!, large);
}

/** A workflow that does the job when its webhook is called, and answers when it is done. */
export function workflowFor(
	client: ClientName,
	task: Task,
	path: string,
	credential: { id: string; name: string },
): { workflow: WorkflowInput; last: string } {
	const start = {
		...node(START, 'webhook', 2.1, {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'noData',
			options: {},
		}),
		webhookId: path,
	};
	const simple = nodesFor(client, task, credential);
	const { nodes, links } = simple ? { nodes: simple, links: chain(simple) } : blockNodes(task);
	const connections: Record<string, { main: Array<Array<object>> }> = {};
	for (const [from, to, output = 0] of [[START, nodes[0].name] as const, ...links]) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node: to, type: 'main', index: 0 });
	}
	const workflow = { name: `${client} ${task.job}`, nodes: [start, ...nodes], connections };
	return { workflow, last: nodes[nodes.length - 1].name };
}
