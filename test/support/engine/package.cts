import './environment.cjs';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeHelpers,
	type ICredentialType,
	type IDataObject,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

export const projectRoot = join(__dirname, '..', '..', '..');

/** A package as n8n sees it after loading: the class that finds node types, and the credential types. */
export interface LoadedPackage {
	name: string;
	loader: PackageDirectoryLoader;
	nodeTypes: INodeTypes;
	credentialType(name: string): ICredentialType;
}

const loaded = new Map<string, Promise<LoadedPackage>>();

/** Stands for whatever node gave our node its input. */
const sourceNode = {
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
} as INodeType;

export const SOURCE_TYPE = 'test.source';

function nodeTypesOf(loader: PackageDirectoryLoader): INodeTypes {
	const find = (type: string): INodeType | IVersionedNodeType =>
		type === SOURCE_TYPE
			? sourceNode
			: loader.getNode(type.replace(`${loader.packageName}.`, '')).type;
	return {
		getByName: find,
		getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(find(type), version),
		getKnownTypes: () => loader.known.nodes as unknown as IDataObject,
	};
}

async function load(directory: string): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	return {
		name: loader.packageName,
		loader,
		nodeTypes: nodeTypesOf(loader),
		credentialType: (name) => loader.getCredential(name).type,
	};
}

/**
 * Loads the built package as n8n does, once per test file.
 *
 * @param directory a folder with package.json and dist; this project by default
 * @throws when n8n would refuse a node or a credential
 */
export async function loadPackage(directory = projectRoot): Promise<LoadedPackage> {
	const known = loaded.get(directory) ?? load(directory);
	loaded.set(directory, known);
	return await known;
}
