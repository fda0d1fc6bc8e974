import './environment.cjs';
import { Cipher, Credentials, EncryptionKeyProxy, getAdditionalKeys, type KeyInfo } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type INodeTypes,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { LoadedPackage } from './package.cjs';
import { di } from './packages.cjs';
import { hasFeature } from './versions.cjs';

export interface TestCredential {
	type: 'cloudflareSecurityTokenApi' | 'cloudflareSecurityGlobalKeyApi';
	data: Record<string, unknown>;
	/** What expressions in its fields came to: also values that n8n could not have saved. */
	computed?: Record<string, unknown>;
}

/** An n8n keeps its keys in the database; one without key rotation has only the key of the instance. */
function provideInstanceKey(): void {
	const instanceKey: KeyInfo = {
		id: 'instance',
		value: di.Container.get(Cipher).encryptDEKWithInstanceKey(process.env.N8N_ENCRYPTION_KEY ?? ''),
		algorithm: 'aes-256-cbc',
		format: 'no-prefix',
	};
	di.Container.get(EncryptionKeyProxy).setProvider({
		getActiveKey: async () => instanceKey,
		getKeyById: async () => instanceKey,
		getLegacyKey: async () => instanceKey,
	});
}

// Older versions take the key from the instance themselves.
if (hasFeature['keys in the database']) provideInstanceKey();

// As n8n-workflow's own, which older versions keep to themselves.
const isExpression = (value: unknown): value is string =>
	typeof value === 'string' && value.startsWith('=');

/** Credentials without an execution are resolved against a workflow of one node that knows nothing. */
const bareNode: INode = {
	id: 'bare',
	name: '',
	typeVersion: 1,
	type: 'mock',
	position: [0, 0],
	parameters: {},
};
const bareNodeTypes = {
	getByName: () => ({ description: { properties: [] } }),
	getByNameAndVersion: () => ({ description: { properties: [] } }),
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

/**
 * n8n's own CredentialsHelper with one stored credential instead of a database. The parts that a credential type can
 * get wrong are done as n8n does them: encrypted storage, defaults, expressions in values, and the expressions of a
 * declarative `authenticate`.
 */
export class StoredCredentialsHelper extends ICredentialsHelper {
	private stored?: ICredentials;
	private computed: TestCredential['computed'];

	constructor(private readonly pack: LoadedPackage) {
		super();
	}

	/** Stores a credential and returns what a node has in its `credentials`. */
	async store({
		type,
		data,
		computed,
	}: TestCredential): Promise<NonNullable<INode['credentials']>> {
		const details = { id: 'test-credential', name: 'Test credential' };
		this.stored = new Credentials(details, type);
		this.computed = computed;
		await this.stored.setData(data as ICredentialDataDecryptedObject);
		return { [type]: details };
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		if (this.stored?.id !== details.id || this.stored?.type !== type) {
			throw new Error(`No stored credential of type ${type}`);
		}
		return new Credentials({ id: details.id, name: details.name }, type, this.stored.data);
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = await (await this.getCredentials(details, type)).getData();
		return raw
			? data
			: this.applyDefaults(additionalData, data, type, mode, executeData, resolveValues);
	}

	/** Fills in defaults, drops what is hidden, resolves expressions: `applyDefaultsAndOverwrites` in n8n. */
	applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		data: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const filled = NodeHelpers.getNodeParameters(
			properties,
			data as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolveValues) {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } =
				resolveValues;
			const resolved = workflow.expression.getParameterValue(
				filled,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				keys,
				executeData,
				false,
				filled,
			) as ICredentialDataDecryptedObject;
			return Object.assign(resolved, this.computed);
		}
		const workflow = new Workflow({
			nodes: [bareNode],
			connections: {},
			active: false,
			nodeTypes: bareNodeTypes,
		});
		const resolved = workflow.expression.getComplexParameterValue(
			bareNode,
			filled,
			mode,
			keys,
			undefined,
			undefined,
			filled,
		) as ICredentialDataDecryptedObject;
		return Object.assign(resolved, this.computed);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = incoming as IHttpRequestOptions;
		const { authenticate } = this.pack.credentialType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!authenticate) return options;
		if (!workflow || !node) throw new Error('Declarative authentication needs workflow and node');
		const resolve = (value: unknown): unknown => {
			if (!isExpression(value)) return value;
			const keys = { $credentials: credentials };
			const result = workflow.expression.getSimpleParameterValue(
				node,
				value,
				'internal',
				keys as Parameters<typeof workflow.expression.getSimpleParameterValue>[3],
				undefined,
				'',
			);
			// n8n sends an empty header for an expression that comes to nothing.
			return result ? String(result) : '';
		};
		const target = options as unknown as Record<string, Record<string, unknown>>;
		target.headers ??= {};
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			target[part] ??= {};
			for (const [key, value] of Object.entries(entries as object)) {
				target[part][String(resolve(key))] = resolve(value);
			}
		}
		return options;
	}

	getParentTypes(name: string): string[] {
		return this.pack.credentialType(name).extends ?? [];
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.pack.credentialType(type).properties;
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	// Neither credential type fetches or renews anything.
	async preAuthentication(): Promise<undefined> {}
	async runPreAuthentication(): Promise<undefined> {}
	async updateCredentials(): Promise<void> {}
	async updateCredentialsOauthTokenData(): Promise<void> {}
}
