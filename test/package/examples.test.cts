/** The playbooks of examples/: what can be said of them without running them. The end-to-end tests run them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOperation } from '../../nodes/CloudflareSecurity/actions/registry';
import { CloudflareSecurity } from '../../nodes/CloudflareSecurity/CloudflareSecurity.node';
import { CloudflareSecurityTrigger } from '../../nodes/CloudflareSecurity/CloudflareSecurityTrigger.node';
import { projectRoot } from '../support/engine/index.cjs';
import { permissionSets } from '../support/playbooks/permissionSets.cjs';

interface ExampleNode {
	id: string;
	name: string;
	type: string;
	position: [x: number, y: number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string }>;
}
interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	pinData: object;
}

const folder = join(projectRoot, 'examples');
const sets = permissionSets();
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example;
const OURS = /^n8n-nodes-cloudflare-security\.cloudflareSecurity(Trigger|Tool)?$/;
const BUILT_IN = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\./;
const NOTE = 'n8n-nodes-base.stickyNote';
const SIZE = { width: 220, height: 100 };

const isOurs = ({ type }: ExampleNode) => OURS.test(type);
const isTrigger = ({ type }: ExampleNode) => type.endsWith('Trigger');
const boxOf = ({ type, position: [x, y], parameters }: ExampleNode) => {
	const { width, height } = type === NOTE ? (parameters as typeof SIZE) : SIZE;
	return { left: x, right: x + width, top: y, bottom: y + height };
};

test('the README lists each with its permissions', () => {
	expect([...sets.keys()].sort()).toEqual(files.sort());
	for (const set of sets.values()) expect(set).not.toEqual([]);
});

describe.each(files)('%s', (file) => {
	const { nodes, connections, pinData } = read(file);
	const notes = nodes.filter(({ type }) => type === NOTE);
	const set = sets.get(file) ?? [];
	const names = new Set(nodes.map(({ name }) => name));

	test('holds built-in nodes and ours, no program, no data, nobody’s credentials', () => {
		expect(nodes.filter((node) => !isOurs(node) && !BUILT_IN.test(node.type))).toEqual([]);
		expect(nodes.filter(({ type }) => /\.(code|function|executeCommand)/.test(type))).toEqual([]);
		expect(pinData).toEqual({});
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(ids.filter(({ id }) => id !== '')).toEqual([]);
	});

	test('has a note that names every permission and every node with a credential', () => {
		expect(notes).toHaveLength(1);
		const text = String(notes[0].parameters.content);
		const short = (right: string) => right.split(' → ').slice(1).join(' ').replace(' → ', ' ');
		const missing = set.filter((right) => !text.includes(right) && !text.includes(short(right)));
		expect(missing).toEqual([]);
		expect(text).toContain('**Set up:**');
		const foreign = nodes.filter((node) => node.credentials && !isOurs(node));
		expect(foreign.filter(({ name }) => !text.includes(`**${name}**`))).toEqual([]);
	});

	test('the README’s permissions hold what its operations declare', () => {
		const used = nodes.filter((node) => isOurs(node) && !isTrigger(node));
		const needed = used.flatMap(({ parameters }) => {
			const { resource, operation, scope } = parameters;
			const found = findOperation(resource, operation);
			if (!found)
				throw new Error(`There is no operation ${String(resource)}: ${String(operation)}`);
			const choice = found.permissionBy && parameters[found.permissionBy.parameter];
			const needs = found.permissionBy?.needs[String(choice)] ?? found.permission;
			const ofScope = needs[scope as 'zone' | 'account'];
			return ofScope ? [ofScope] : Object.values(needs);
		});
		const suffices = (right: string) =>
			set.includes(right) || set.includes(right.replace('Read', 'Edit'));
		expect(needed.filter((right) => !suffices(right))).toEqual([]);
	});

	test('uses fields that the node has', () => {
		for (const node of nodes.filter(isOurs)) {
			const { properties } = new (isTrigger(node)
				? CloudflareSecurityTrigger
				: CloudflareSecurity)().description;
			const known = new Set(properties.map(({ name }) => name));
			const own = ['pollTimes', 'descriptionType', 'toolDescription'];
			const unknown = Object.keys(node.parameters).filter(
				(name) => !known.has(name) && !own.includes(name),
			);
			expect(unknown).toEqual([]);
		}
	});

	test('refers to nodes that are there, and leaves none unconnected', () => {
		const text = JSON.stringify(nodes);
		const named = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		const outputs = Object.values(connections).flatMap((kinds) => Object.values(kinds));
		const targets = outputs.flat(2).map(({ node }) => node);
		const all = [...named, ...targets, ...Object.keys(connections)];
		expect(all.filter((name) => !names.has(name))).toEqual([]);
		const connected = new Set([...targets, ...Object.keys(connections)]);
		const alone = nodes.filter(({ type, name }) => type !== NOTE && !connected.has(name));
		expect(alone).toEqual([]);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	test('lies tidily: nothing over another, every arrow to the right', () => {
		const over = nodes.flatMap((one, index) =>
			nodes.slice(index + 1).flatMap((other) => {
				const [a, b] = [boxOf(one), boxOf(other)];
				const apart =
					a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
				return apart ? [] : [`${one.name} and ${other.name}`];
			}),
		);
		// Those that hang below an agent are narrower.
		const below = /Model|Memory|Audit Log|Find Blocks|DNS Records|Security Insights|Ask Before/;
		expect(over.filter((pair) => !(file === 'ai-analyst.json' && below.test(pair)))).toEqual([]);
		const x = new Map(nodes.map(({ name, position }) => [name, position[0]]));
		const back = Object.entries(connections).flatMap(([from, { main = [] }]) =>
			main.flat().filter(({ node }) => Number(x.get(node)) <= Number(x.get(from))),
		);
		expect(back).toEqual([]);
	});
});
