import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const projectRoot = join(__dirname, '..', '..');

const folders: string[] = [];

/** A new folder from which n8n-workflow resolves to the project's own copy; removed after the tests of the file. */
export function newFolder(): string {
	const parent = join(projectRoot, 'node_modules', '.cache', 'package-tests');
	mkdirSync(parent, { recursive: true });
	const folder = mkdtempSync(join(parent, 'run-'));
	folders.push(folder);
	return folder;
}

afterAll(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Packs the built package, unpacks it, and says what is in it. */
export function packAndUnpack(): { folder: string; files: string[] } {
	const folder = newFolder();
	const script = pathToFileURL(join(projectRoot, 'scripts', 'lib', 'pack.mjs')).href;
	// The scripts are ES modules, which jest cannot load.
	const program = `import { packProject } from ${JSON.stringify(script)};
		console.log(JSON.stringify(await packProject({ folder: process.argv[1] })));`;
	const answer = execFileSync(
		process.execPath,
		['--input-type=module', '--eval', program, '--', folder],
		{ cwd: projectRoot, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
	);
	return { folder, files: JSON.parse(answer) as string[] };
}

/** The files of the repository: what is committed, and what would be with the next commit. */
export function repositoryFiles(): string[] {
	return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: projectRoot,
		encoding: 'utf8',
	})
		.split('\0')
		.filter(Boolean);
}
