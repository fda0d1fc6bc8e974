/** What is published: exactly what a host needs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAndUnpack, projectRoot } from './packed.cjs';

const { folder, files } = packAndUnpack();
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
	name: string;
	license: string;
	peerDependencies: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; strict: boolean; nodes: string[]; credentials: string[] };
};

const sourcesIn = (name: string): string[] =>
	readdirSync(join(projectRoot, name), { recursive: true, encoding: 'utf8' }).map((file) =>
		[name, ...file.split(/[\\/]/)].join('/'),
	);

/** What the build makes of a source file; nothing of folders. */
function built(source: string): string[] {
	if (source.endsWith('.ts')) return [`dist/${source.replace(/\.ts$/, '.js')}`];
	const copied = [/\.svg$/, /\.node\.json$/, /\/__schema__\/.+\.json$/];
	return copied.some((pattern) => pattern.test(source)) ? [`dist/${source}`] : [];
}

const expected = ['credentials', 'nodes', 'icons'].flatMap(sourcesIn).flatMap(built);

test('the tarball holds the build of every source, README, licence and manifest, and nothing else', () => {
	expect([...files].sort()).toEqual(['LICENSE', 'README.md', 'package.json', ...expected].sort());
});

test('icons, codex and compiled code are among it', () => {
	for (const ending of ['.svg', '.dark.svg', '.node.json', '.node.js', '.credentials.js']) {
		expect(files.filter((file) => file.endsWith(ending))).not.toEqual([]);
	}
});

test('every node has its codex, naming the node', () => {
	for (const file of manifest.n8n.nodes) {
		const codex = JSON.parse(
			readFileSync(join(folder, file.replace(/\.js$/, '.json')), 'utf8'),
		) as { node: string; resources: object };
		const name = file.replace(
			/.*\/(\w)(\w+)\.node\.js$/,
			(_all, first: string, rest: string) => `${manifest.name}.${first.toLowerCase()}${rest}`,
		);
		expect(codex.node).toBe(name);
		// n8n drops a codex without it.
		expect(codex.resources).toEqual(expect.any(Object));
	}
});

test('output previews are JSON', () => {
	for (const file of files.filter((name) => name.includes('/__schema__/'))) {
		expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual(expect.any(Object));
	}
});

test('the manifest has the fixed names and no runtime dependencies', () => {
	expect(manifest.name).toBe('n8n-nodes-cloudflare-security');
	expect(manifest.license).toBe('MIT');
	expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	for (const kind of [
		'dependencies',
		'optionalDependencies',
		'bundleDependencies',
		'bundledDependencies',
	]) {
		expect(manifest).not.toHaveProperty(kind);
	}
});

test('compiled code requires only itself and what every host has', () => {
	const required = new Set<string>();
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const code = readFileSync(join(folder, file), 'utf8');
		for (const [, name] of code.matchAll(/\brequire\(["']([^"']+)["']\)/g)) required.add(name);
	}
	const foreign = [...required].filter((name) => !name.startsWith('.') && name !== 'n8n-workflow');
	// lint allows these two because n8n Cloud does.
	expect(foreign.filter((name) => !/^(node:)?crypto$/.test(name))).toEqual([]);
});
