import './environment.cjs';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	INode,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { StoredCredentialsHelper, type TestCredential } from './credentials.cjs';
import type { LoadedPackage } from './package.cjs';

// Never called; n8n insists on valid addresses.
const BASE = 'http://n8n.invalid';

/** What n8n hands to an execution besides the workflow: credentials, addresses, hooks. */
export interface Host {
	additionalData: IWorkflowExecuteAdditionalData;
	credentialsHelper: StoredCredentialsHelper;
	/** What the node has in its `credentials`. */
	nodeCredentials: INode['credentials'];
}

let defaultCredentials: TestCredential | undefined;

/** The credential for every following run that names none. */
export function setDefaultCredentials(credential: TestCredential | undefined): void {
	defaultCredentials = credential;
}

/** @param currentNodeParameters only for calls from the editor, where they are not saved yet */
export async function createHost(
	pack: LoadedPackage,
	{
		credentials = defaultCredentials,
		executionId = '1',
		mode = 'manual',
		currentNodeParameters,
	}: {
		credentials?: TestCredential;
		executionId?: string;
		mode?: WorkflowExecuteMode;
		currentNodeParameters?: INodeParameters;
	} = {},
): Promise<Host> {
	const credentialsHelper = new StoredCredentialsHelper(pack);
	const nodeCredentials = credentials && (await credentialsHelper.store(credentials));
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {
		id: 'test-workflow',
		name: 'Test workflow',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: [],
		connections: {},
	});
	const additionalData = {
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		currentNodeParameters,
		hooks,
		restApiUrl: `${BASE}/rest`,
		instanceBaseUrl: `${BASE}/`,
		formBaseUrl: `${BASE}/form`,
		formWaitingBaseUrl: `${BASE}/form-waiting`,
		formTestBaseUrl: `${BASE}/form-test`,
		webhookBaseUrl: `${BASE}/webhook`,
		webhookWaitingBaseUrl: `${BASE}/webhook-waiting`,
		webhookTestBaseUrl: `${BASE}/webhook-test`,
		mcpBaseUrl: `${BASE}/mcp`,
		mcpTestBaseUrl: `${BASE}/mcp-test`,
		userId: 'test-user',
		workflowId: 'test-workflow',
		variables: {},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
	return { additionalData, credentialsHelper, nodeCredentials };
}
