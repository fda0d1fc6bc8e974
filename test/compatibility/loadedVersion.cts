/** For each test file: it fails where n8n's packages are not those that were asked for. */
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const { N8N_COMPATIBILITY_FOLDER: folder = '', N8N_COMPATIBILITY_CORE: asked = '' } = process.env;
const packages = join(folder, 'node_modules', sep);

/** Where the loaded files of a package are from, up to its name. */
function placesOf(name: string): Set<string> {
	const marker = `${sep}node_modules${sep}${name}${sep}`;
	const files = Object.keys(require.cache).filter((file) => file.includes(marker));
	return new Set(files.map((file) => file.slice(0, file.lastIndexOf(marker) + marker.length)));
}

function checkLoaded(): void {
	for (const name of ['n8n-core', 'n8n-workflow']) {
		expect([...placesOf(name)]).toEqual([join(packages, name, sep)]);
	}
	const manifest = readFileSync(join(packages, 'n8n-core', 'package.json'), 'utf8');
	expect((JSON.parse(manifest) as { version: string }).version).toBe(asked);
}

// Before the tests what they import is there, and after them what our nodes import.
beforeAll(checkLoaded);
afterAll(checkLoaded);
