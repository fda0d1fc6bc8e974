// npm run lint: all checks that need no test run. Every check runs, also after one that failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packProject } from './lib/pack.mjs';
import {
	ensureBuilt,
	ensureDependencies,
	projectRoot,
	run,
	runBin,
	stepLogger,
} from './lib/project.mjs';

const folder = mkdtempSync(join(tmpdir(), 'lint-'));
const quiet = { quiet: true };
const lintedFolders = '{sandbox,test,bench}/**/*.cts';

const scan = (path, kind) =>
	run(process.execPath, [join(projectRoot, 'scripts', 'lib', 'scan.mjs'), path, kind], {
		...quiet,
		// The scanner leaves a folder behind in the folder for temporary files.
		env: { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder },
	});

/** @type {Array<[string, () => Promise<unknown>]>} */
const checks = [
	["n8n's lint of the package", () => runBin('@n8n/node-cli', 'n8n-node', ['lint'], quiet)],
	[
		'eslint of tests and sandbox',
		() =>
			runBin(
				'eslint',
				'eslint',
				['-c', 'eslint.dev.config.mjs', '--no-error-on-unmatched-pattern', lintedFolders],
				quiet,
			),
	],
	['types of everything', () => runBin('typescript', 'tsc', ['-p', 'tsconfig.dev.json'], quiet)],
	['prettier', () => runBin('prettier', 'prettier', ['--check', '.'], quiet)],
	[
		'the README lists the operations as they are',
		() => run(process.execPath, [join(projectRoot, 'scripts', 'docs.mjs'), '--check'], quiet),
	],
	["n8n's scanner on the source", () => scan(projectRoot, 'source')],
	[
		"n8n's scanner on the packed package",
		async () => {
			await ensureBuilt({ log });
			const packed = join(folder, 'packed');
			await packProject({ folder: packed });
			await scan(packed, 'tarball');
		},
	],
];

const log = stepLogger();
let failed = 0;
try {
	await ensureDependencies({ log });
	for (const [name, check] of checks) {
		log.step(name);
		try {
			await check();
			log.done(name);
		} catch (error) {
			failed++;
			log.fail(name);
			console.error(error.message);
		}
	}
} catch (error) {
	console.error(error.message);
	failed = checks.length;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
if (failed > 0) process.exitCode = 1;
console.log(`${checks.length - failed} passed, ${failed} failed`);
