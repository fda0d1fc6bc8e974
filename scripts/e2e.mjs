// npm run test:e2e: the package in a real n8n. Further arguments go to jest: npm run test:e2e -- -t 'the pickers'
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, HOW_TO_INSTALL_CHROMIUM } from '../sandbox/editor/chromium.mjs';
import { prepare } from '../sandbox/n8n/prepare.mjs';
import { projectRoot, stepLogger } from './lib/project.mjs';

const HELP = `npm run test:e2e [-- OPTIONS] [JEST OPTIONS]     end-to-end tests in a real n8n, against a stand-in for Cloudflare

  --cache-dir DIR  keep n8n and npm's own cache in DIR instead of ~/.cache/n8n-nodes-cloudflare-security
  --help           show this text
`;

/** Splits our own options from jest's. */
function ownOptions(args) {
	const { values, tokens } = parseArgs({
		args,
		options: { 'cache-dir': { type: 'string' }, help: { type: 'boolean' } },
		strict: false,
		tokens: true,
	});
	const mine = new Set(
		tokens
			.filter(({ name }) => name === 'cache-dir' || name === 'help')
			.flatMap(({ index, inlineValue, name }) =>
				name === 'cache-dir' && !inlineValue ? [index, index + 1] : [index],
			),
	);
	return { ...values, jestArgs: args.filter((_, index) => !mine.has(index)) };
}

function runJest(args, env, resultFile) {
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	// In one process, so that one n8n at a time runs; with --json jest also prints the result, which the file has.
	const own = [
		'--config',
		'jest.e2e.config.cjs',
		'--runInBand',
		'--json',
		`--outputFile=${resultFile}`,
	];
	return new Promise((resolve, reject) => {
		spawn(process.execPath, [jest, ...own, ...args], {
			cwd: projectRoot,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'ignore', 'inherit'],
		})
			.on('error', reject)
			.on('close', resolve);
	});
}

const countEditorTests = ({ testResults }) =>
	testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ ancestorTitles }) => ancestorTitles.includes('the editor')).length;

const { 'cache-dir': cacheDir, help, jestArgs } = ownOptions(process.argv.slice(2));
if (help) {
	process.stdout.write(HELP);
	process.exit(0);
}

let passed = 0;
let failed = 0;
let skipped = 0;
const log = stepLogger();
try {
	const chromium = findChromium();
	if (!chromium)
		log.fail('The tests of the editor are skipped: no Chromium here', HOW_TO_INSTALL_CHROMIUM);
	const { env, runFolder, remove } = await prepare({ log, cacheDir });
	const resultFile = join(runFolder, 'result.json');
	// Jest and n8n end by themselves at Ctrl+C; this script stays to count and to clean up.
	process.on('SIGINT', () => undefined);
	try {
		await runJest(jestArgs, { ...env, CHROMIUM_PATH: chromium ?? '' }, resultFile);
		const result = JSON.parse(readFileSync(resultFile, 'utf8'));
		passed = result.numPassedTests;
		// A file that does not load has no failed test, only a failed suite.
		failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
		if (!result.success && failed === 0) failed = 1;
		// Jest counts what -t leaves out as pending, too.
		if (!chromium) skipped = countEditorTests(result);
	} finally {
		remove();
	}
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	log.fail('The end-to-end tests could not be run', error.whatToDo);
	failed = 1;
}
if (failed > 0 || passed === 0) process.exitCode = 1;
const ofSkipped = skipped > 0 ? `, ${skipped} skipped` : '';
console.log(`${passed} passed, ${failed} failed${ofSkipped}`);
