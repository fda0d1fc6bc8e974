import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowInput } from '../n8n/restClient.cjs';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** Type of a credential → the credential to choose. */
export type Credentials = Record<string, { id: string; name: string }>;

export type ExampleNode = WorkflowInput['nodes'][number] & {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Credentials;
};

export interface Example extends WorkflowInput {
	nodes: ExampleNode[];
}

/** A playbook of examples/ with the credentials chosen, as a user does after importing it. @throws when one lacks */
export function readExample(file: string, credentials: Credentials): Example {
	const example = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;
	for (const node of example.nodes)
		for (const type of Object.keys(node.credentials ?? {})) {
			const credential = credentials[type];
			if (!node.credentials || !credential)
				throw new Error(`The example wants a credential of type ${type}`);
			node.credentials[type] = credential;
		}
	return example;
}
