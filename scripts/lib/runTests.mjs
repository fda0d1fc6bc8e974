import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureDependencies, projectRoot, stepLogger } from './project.mjs';

/** Runs jest with its output shown, and returns what its JSON result counts. */
async function runJest(args, env) {
	const folder = mkdtempSync(join(tmpdir(), 'jest-result-'));
	const resultFile = join(folder, 'result.json');
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	try {
		await new Promise((resolve, reject) => {
			spawn(process.execPath, [jest, ...args, '--json', `--outputFile=${resultFile}`], {
				cwd: projectRoot,
				env: { ...process.env, ...env },
				// With --json jest also prints the result; the file has it.
				stdio: ['ignore', 'ignore', 'inherit'],
			})
				.on('error', reject)
				.on('close', resolve);
		});
		return JSON.parse(readFileSync(resultFile, 'utf8'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Installs and builds what is missing, runs jest with these arguments, and sets the exit code.
 * @param env more variables for the tests
 * @returns the line to end with: `N passed, N failed`
 */
export async function runTests(args, env = {}) {
	let passed = 0;
	let failed = 0;
	try {
		const log = stepLogger();
		await ensureDependencies({ log });
		await ensureBuilt({ log });
		const result = await runJest(args, env);
		passed = result.numPassedTests;
		// A file that does not load has no failed test, only a failed suite.
		failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
		if (!result.success && failed === 0) failed = 1;
	} catch (error) {
		console.error(error.message);
		failed = 1;
	}
	if (failed > 0 || passed === 0) process.exitCode = 1;
	return `${passed} passed, ${failed} failed`;
}
