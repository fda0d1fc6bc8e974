// Runs the engine tests with an n8n-core from outside of the project, and counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot, run } from './project.mjs';

/** Thousands of sequences, faults and races of our own requests each: minutes that say little about the host. */
export const LONG_TESTS = ['ipBlockFaults', 'ipBlockSequences', 'ipBlockRace'];

const register = join(projectRoot, 'test', 'compatibility', 'register.cjs');
const withoutColours = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');
const NOT_APPLICABLE = /^(?:Error: )?Not applicable: (.*)$/m;

/** What a test lacks in this n8n, as test/support/engine/versions.cts puts it, or undefined. */
const lacking = ({ failureMessages }) =>
	failureMessages.map((message) => NOT_APPLICABLE.exec(withoutColours(message))?.[1]).find(Boolean);

async function runJest({ folder, core }, { all, paths }, resultFile) {
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const skipped = all || paths.length > 0 ? [] : LONG_TESTS;
	const args = [
		...['--config', 'jest.compatibility.config.cjs', '--json', `--outputFile=${resultFile}`],
		...skipped.map((name) => `--testPathIgnorePatterns=/${name}\\.test`),
		...paths,
	];
	const env = {
		...process.env,
		N8N_COMPATIBILITY_FOLDER: folder,
		N8N_COMPATIBILITY_CORE: core,
		// For the processes that tests start.
		NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(register)}`,
	};
	try {
		await run(process.execPath, [jest, ...args], { env, quiet: true });
	} catch (error) {
		// Failed tests are in the result; without one, jest itself has failed.
		if (error.exitCode !== 1) throw error;
	}
	return JSON.parse(readFileSync(resultFile, 'utf8'));
}

/**
 * @param {{ folder: string, core: string }} installation
 * @param {{ all: boolean, paths: string[], mayLack: boolean }} options paths: these test files alone; mayLack: whether tests
 *   about what this n8n lacks are counted apart, else they have failed
 * @returns {Promise<{ passed: number, failures: Array<{ test: string, message: string }>, notApplicable: Map<string, number> }>}
 *   notApplicable: how many tests for each thing that this n8n lacks
 */
export async function runEngineTests(installation, options) {
	const resultFolder = mkdtempSync(join(tmpdir(), 'compatibility-'));
	const notApplicable = new Map();
	const failures = [];
	let passed = 0;
	try {
		const { testResults } = await runJest(installation, options, join(resultFolder, 'result.json'));
		for (const { name, message, status, assertionResults } of testResults) {
			const file = relative(projectRoot, name);
			for (const test of assertionResults) {
				const lacked = options.mayLack ? lacking(test) : undefined;
				if (test.status === 'passed') passed += 1;
				else if (lacked) notApplicable.set(lacked, (notApplicable.get(lacked) ?? 0) + 1);
				else if (test.status === 'failed')
					failures.push({
						test: `${file}: ${test.fullName}`,
						message: withoutColours(test.failureMessages.join('\n')),
					});
			}
			// A file that could not be loaded, or whose end failed, has no failed test of its own.
			if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed'))
				failures.push({ test: file, message: withoutColours(message) });
		}
	} finally {
		rmSync(resultFolder, { recursive: true, force: true });
	}
	return { passed, failures, notApplicable };
}
