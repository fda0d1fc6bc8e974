/** The folders of the package import each other in one direction only. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { projectRoot } from '../support/engine/index.cjs';

const root = join(projectRoot, 'nodes', 'CloudflareSecurity');

/** Folder → what it may import besides itself, from the ground up. `n8n` stands for n8n's packages as values. */
const arrows: Readonly<Record<string, readonly string[]>> = {
	// Pure: no input or output of any kind, tested without n8n.
	input: [],
	time: ['input'],
	firewall: ['input', 'time'],
	dns: ['input', 'firewall'],
	auditEvents: ['firewall', 'time'],
	// Everything that speaks HTTP.
	transport: ['input', 'n8n'],
	ipLists: ['transport', 'firewall', 'input'],
	permissions: [],
	targets: ['transport', 'ipLists', 'dns', 'input', 'permissions'],
	// The fields that several operations share, and the log that node and trigger read.
	descriptions: ['targets'],
	auditLog: ['transport', 'auditEvents', 'firewall', 'time', 'input', 'targets', 'descriptions'],
	// What n8n calls.
	methods: ['targets', 'transport', 'ipLists', 'descriptions', 'input'],
	actions: [
		...['transport', 'targets', 'ipLists', 'auditLog', 'auditEvents', 'firewall', 'dns', 'time'],
		...['input', 'descriptions', 'permissions', 'n8n'],
	],
	trigger: [
		...['transport', 'targets', 'auditLog', 'auditEvents', 'time', 'input', 'descriptions'],
		...['permissions', 'n8n'],
	],
	'CloudflareSecurity.node': ['actions', 'methods', 'descriptions', 'n8n'],
	'CloudflareSecurityTrigger.node': ['trigger', 'methods', 'descriptions', 'n8n'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.ts'),
);
/** The first folder of a path below the package's, or the file that lies there. */
const folderOf = (path: string) => path.split(sep)[0].replace(/\.ts$/, '');

/** What a file imports, as folders. Types leave nothing behind in what runs, so n8n's do not count. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(root, file), 'utf8');
	const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'/gm)];
	return found.flatMap(([, type, from]) => {
		if (!from.startsWith('.')) return type && from === 'n8n-workflow' ? [] : ['n8n'];
		return [folderOf(relative(root, join(root, dirname(file), from)))];
	});
}

test('every folder has its place', () => {
	expect(new Set(files.map(folderOf))).toEqual(new Set(Object.keys(arrows)));
});

test.each(Object.entries(arrows))('%s imports only what lies below it', (folder, allowed) => {
	const wrong = files
		.filter((file) => folderOf(file) === folder)
		.flatMap((file) =>
			importsOf(file)
				.filter((imported) => imported !== folder && !allowed.includes(imported))
				.map((imported) => `${file} imports ${imported}`),
		);
	expect(wrong).toEqual([]);
});

test('there is no way round in a circle', () => {
	const below = (folder: string, seen: readonly string[]): string[] => {
		if (seen.includes(folder)) return [[...seen, folder].join(' → ')];
		return (arrows[folder] ?? []).flatMap((next) => below(next, [...seen, folder]));
	};
	expect(Object.keys(arrows).flatMap((folder) => below(folder, []))).toEqual([]);
});
