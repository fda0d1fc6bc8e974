/** Nothing in the repository ties it to the machine or the registry where it was made. */
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, repositoryFiles } from './packed.cjs';

const files = repositoryFiles().filter((file) => existsSync(join(projectRoot, file)));
const read = (file: string) => readFileSync(join(projectRoot, file), 'latin1');

// Composed, so that this file does not hold what it looks for.
const homes = ['work', 'root', 'home/[a-z]\\w*', 'Users/\\w+'].join('|');
const absolutePath = new RegExp(`(?<![\\w.~*}\\])-])/(${homes})/`);
const registries = [
	['registry', 'npmjs', 'org'],
	['registry', 'yarnpkg', 'com'],
	['npm', 'pkg', 'github', 'com'],
].map((parts) => parts.join('.'));

function configuredRegistry(): string[] {
	const address = execSync('npm config get registry --loglevel=silent', {
		cwd: projectRoot,
		encoding: 'utf8',
	}).trim();
	return URL.canParse(address) ? [new URL(address).hostname] : [];
}

test('there are files to look at', () => {
	expect(files).toEqual(expect.arrayContaining(['package.json', 'package-lock.json', 'README.md']));
});

test('no file holds a path of the machine where it was made', () => {
	expect(files.filter((file) => absolutePath.test(read(file)))).toEqual([]);
});

test('no file names a package registry', () => {
	// A registry on the machine itself has a name that says nothing.
	const hosts = [...registries, ...configuredRegistry()].filter(
		(host) => !/^(localhost|127\.|\[?::1)/.test(host),
	);
	const naming = files.filter((file) => hosts.some((host) => read(file).includes(host)));
	expect(naming).toEqual([]);
});

test('lock files leave the registry to the one who installs', () => {
	const locks = files.filter((file) => /(^|\/)(package-lock|npm-shrinkwrap)\.json$/.test(file));
	expect(locks).toContain('package-lock.json');
	for (const lock of locks) {
		const { packages } = JSON.parse(read(lock)) as { packages: Record<string, object> };
		expect(Object.keys(packages).filter((name) => 'resolved' in packages[name])).toEqual([]);
	}
});
