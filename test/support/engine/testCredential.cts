import './environment.cjs';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypes,
	type NodeApiError,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.cjs';
import { createHost } from './host.cjs';
import { loadPackage } from './package.cjs';
import { createRunExecutionData } from './versions.cjs';

const TYPE = 'n8n-nodes-base.noOp';

/**
 * Runs the declarative `test` of a credential type, as n8n's CredentialsTester does when a credential is saved: a throw-away node
 * whose only parameter carries the request, run by the engine for declarative nodes.
 */
export async function testCredential(
	credential: TestCredential,
	packageFolder?: string,
): Promise<INodeCredentialTestResult> {
	const pack = await loadPackage(packageFolder);
	const { test } = pack.credentialType(credential.type);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	const nodeType = {
		description: {
			displayName: 'Temp',
			name: TYPE,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: 'Temp-Node' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential.type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	} as INodeType;
	const nodeTypes: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const host = await createHost(pack, {
		credentials: credential,
		mode: 'internal',
		currentNodeParameters: {},
	});
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: host.nodeCredentials,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const inputData = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		workflow,
		workflow.nodes[node.name],
		host.additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		inputData,
		{ node, data: {}, source: null },
		[],
	);
	const data = host.credentialsHelper.applyDefaults(
		host.additionalData,
		credential.data as ICredentialDataDecryptedObject,
		credential.type,
		'internal',
	);
	const decrypted = { id: 'test-credential', name: 'Test', type: credential.type, data };
	try {
		const output = await new RoutingNode(context, nodeType, decrypted).runNode();
		const body = output?.[0]?.[0]?.json ?? {};
		for (const rule of test.rules ?? []) {
			const { key, value } = rule.properties as { key?: string; value: unknown };
			if (rule.type === 'responseSuccessBody' && readPath(body, key ?? '') === value) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return explain(error as NodeApiError, test.rules ?? []);
	}
}

const readPath = (body: object, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);

function explain(
	error: NodeApiError,
	rules: NonNullable<import('n8n-workflow').ICredentialTestRequest['rules']>,
): INodeCredentialTestResult {
	const cause = error.cause as
		| { code?: string; response?: { status: number; statusText?: string } }
		| undefined;
	if (!cause?.response) return { status: 'Error', message: cause?.code ?? error.message };
	const { status, statusText } = cause.response;
	const rule = rules.find((one) => one.type === 'responseCode' && one.properties.value === status);
	return {
		status: 'Error',
		message: rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`),
	};
}
