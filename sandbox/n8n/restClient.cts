import { type RunData, unpackRunData } from './runData.cjs';
import { UNKEPT } from './unkept.cjs';
import { waitFor } from './waitFor.cjs';

/** A credential as n8n takes it. */
export interface CredentialInput {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface WorkflowInput {
	name: string;
	nodes: Array<Record<string, unknown>>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface ListSearch {
	/** The parameter that the list belongs to, e.g. `parameters.zone`. */
	path: string;
	nodeType: string;
	methodName: string;
	parameters: Record<string, unknown>;
	credentials: Record<string, { id: string; name: string }>;
	filter?: string;
	paginationToken?: string;
}

export interface ListSearchResult {
	results: Array<{ name: string; value: string }>;
	paginationToken?: string;
}

export interface Execution {
	id: string;
	status: string;
	finished: boolean;
}

/** Whether the triggers of an active workflow have really started. */
export interface PublicationStatus {
	/** published, partial, failed, in_progress or not_published. */
	status: string;
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface Login {
	email: string;
	password: string;
}

const EVERY_STATUS = 'canceled crashed error new running success unknown waiting'.split(' ');

/** The part of n8n's internal REST interface (the one the editor uses) that tests and the demo need. */
export class N8nClient {
	private cookie = '';

	constructor(readonly baseUrl: string) {}

	/** Creates the first user. */
	async setUpOwner({ email, password }: Login): Promise<void> {
		await this.call('POST', '/owner/setup', {
			email,
			password,
			firstName: 'Sandbox',
			lastName: 'Owner',
		});
	}

	async login({ email, password }: Login): Promise<void> {
		await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	async createCredential(input: CredentialInput): Promise<{ id: string; name: string }> {
		const { id, name } = await this.call<{ id: string; name: string }>(
			'POST',
			'/credentials',
			input,
		);
		return { id, name };
	}

	/** What the editor's Test button shows. */
	async testCredential(input: CredentialInput): Promise<{ status: string; message: string }> {
		return await this.call('POST', '/credentials/test', { credentials: { id: '', ...input } });
	}

	/** Imports a workflow, as File → Import does. */
	async createWorkflow(input: WorkflowInput): Promise<{ id: string; versionId: string }> {
		const { id, versionId } = await this.call<{ id: string; versionId: string }>(
			'POST',
			'/workflows',
			{ settings: {}, ...input },
		);
		return { id, versionId };
	}

	/** Imports a workflow and turns it on. */
	async activateWorkflow(input: WorkflowInput): Promise<{ id: string }> {
		const { id, versionId } = await this.createWorkflow(input);
		await this.call('POST', `/workflows/${id}/activate`, { versionId });
		return { id };
	}

	/** Saves a changed workflow and turns it on. */
	async updateWorkflow({ id }: { id: string }, input: WorkflowInput): Promise<void> {
		const { versionId } = await this.call<{ versionId: string }>(
			'PATCH',
			`/workflows/${id}`,
			input,
		);
		await this.call('POST', `/workflows/${id}/activate`, { versionId });
	}

	/** Waits for one call of a trigger's test URL, as the editor's Execute Workflow does. */
	async listenForTest(workflowId: string, trigger: string): Promise<void> {
		await this.call('POST', `/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: trigger },
		});
	}

	/** Turns a workflow off, and waits until its webhooks and schedules are gone: n8n removes them after its answer. */
	async deactivateWorkflow(id: string): Promise<void> {
		await this.call('POST', `/workflows/${id}/deactivate`, {});
		await waitFor(
			`n8n to turn workflow ${id} off`,
			async () => ((await this.publicationStatus(id)).status === 'in_progress' ? undefined : true),
			{ seconds: 60 },
		);
	}

	/** Every execution of a workflow, newest first. */
	async executions(workflowId: string): Promise<Execution[]> {
		// Without a status n8n asks its database twice, and one that begins to wait in between is in neither answer.
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: EVERY_STATUS }));
		const found: Execution[] = [];
		for (;;) {
			const last = found.at(-1);
			const { results } = await this.call<{ results: Execution[] }>(
				'GET',
				`/executions?filter=${filter}&limit=100${last ? `&lastId=${last.id}` : ''}`,
			);
			if (results.length === 0) return found;
			found.push(...results);
		}
	}

	/** Ends an execution that runs or waits. */
	async stopExecution(id: string): Promise<void> {
		await this.call('POST', `/executions/${id}/stop`);
	}

	/** What the nodes of an execution gave, by their names. */
	async runData(executionId: string): Promise<RunData> {
		const { data } = await this.call<{ data: string }>('GET', `/executions/${executionId}`);
		return unpackRunData(data);
	}

	async publicationStatus(workflowId: string): Promise<PublicationStatus> {
		return await this.call('GET', `/workflows/${workflowId}/publication-status`);
	}

	/** The ids of the workflows that n8n holds for active and free of activation errors. */
	async activeWorkflows(): Promise<string[]> {
		return await this.call('GET', '/active-workflows');
	}

	/** The full execution as stored, as text. */
	async executionText(id: string): Promise<string> {
		return JSON.stringify(await this.call('GET', `/executions/${id}`));
	}

	/** One page of a searchable list of the editor. */
	async searchList(search: ListSearch): Promise<ListSearchResult> {
		const { nodeType, parameters, ...rest } = search;
		return await this.call('POST', '/dynamic-node-parameters/resource-locator-results', {
			...rest,
			nodeTypeAndVersion: { name: nodeType, version: 1 },
			currentNodeParameters: parameters,
		});
	}

	/** The names of all node types that n8n has loaded. */
	async nodeTypes(): Promise<string[]> {
		const response = await fetch(`${this.baseUrl}/types/nodes.json`, {
			headers: { cookie: this.cookie, ...UNKEPT },
		});
		const types = (await response.json()) as Array<{ name: string }>;
		return types.map(({ name }) => name);
	}

	/** A request to n8n's public pages, made in the browser in which the user is logged in. */
	async fetchAsUser(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = { ...UNKEPT, ...(init.headers as object), cookie: this.cookie };
		return await fetch(`${this.baseUrl}${path}`, { ...init, headers });
	}

	/** @throws with n8n's own message when the answer is not a success */
	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.baseUrl}/rest${path}`, {
			method,
			headers: {
				cookie: this.cookie,
				'content-type': 'application/json',
				...UNKEPT,
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n: ${method} ${path}: HTTP ${response.status}: ${text}`);
		const cookie = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0] ?? '';
		return (JSON.parse(text) as { data: T }).data;
	}
}
