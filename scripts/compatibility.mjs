// npm run test:compatibility: the built package in the engines of other versions of n8n.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { ensureCore, installedCores, newestCore } from './lib/coreInstallation.mjs';
import { LONG_TESTS, runEngineTests } from './lib/engineTests.mjs';
import { ensureBuilt, ensureDependencies, projectRoot, stepLogger } from './lib/project.mjs';

/** The oldest on which the package can be loaded: n8n-workflow 1.81.0, of the one before, has no NodeConnectionTypes. */
const OLDEST = '1.84.0';

/** Which n8n ships a version of n8n-core, where it is known: read from the dependencies of n8n. */
const RELEASES = {
	'1.84.0': '1.85.3, 1.85.4',
	'1.122.0': '1.123.0',
	'2.0.0': '2.0.0',
	'2.0.2': '2.0.3',
	'2.40.3': '2.40.7',
	'2.41.0': '2.41.0',
	'2.41.1': '2.41.1',
};

/** The version that the tests and their types are written for. */
const { version: OWN } = createRequire(`${projectRoot}/`)('./package-lock.json').packages[
	'node_modules/n8n-core'
];

const MESSAGE_LINES = 12;

const HELP = `npm run test:compatibility [-- OPTIONS] [TEST FILES]   the package in the engines of other versions of n8n

Installs versions of n8n-core into the cache folder and runs the engine tests (test/engine, test/support/engine) with each:
with the oldest that can be supported (${OLDEST}) and the newest that npm has. Each takes several minutes. Test files that
are named run alone.

  --only VERSION   with this version of n8n-core in place of these two; may be given several times
  --all            also the long tests: ${LONG_TESTS.join(', ')}
                   (thousands of sequences, faults and races of the node's own requests, which say little about n8n)
  --list           show which versions are run by default and which are installed
  --cache-dir DIR  keep them and npm's own cache in DIR instead of ~/.cache/n8n-nodes-cloudflare-security
  --help           show this text
`;

function options() {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				only: { type: 'string', multiple: true, default: [] },
				all: { type: 'boolean', default: false },
				list: { type: 'boolean', default: false },
				'cache-dir': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		const odd = values.only.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
		if (odd !== undefined) throw new Error(`"${odd}" is no version such as ${OLDEST}`);
		return { ...values, paths: positionals };
	} catch (error) {
		process.stderr.write(`${error.message}\n\n${HELP}`);
		process.exit(2);
	}
}

/** The newest that npm has; without a network the one of the project. */
async function newest(log, cacheDir) {
	try {
		return await newestCore(cacheDir);
	} catch {
		log.note(`npm does not answer which n8n-core is the newest; ${OWN} is taken for it`);
		return OWN;
	}
}

const isOlder = (version, other) => version.localeCompare(other, undefined, { numeric: true }) < 0;

function printTable(heads, rows) {
	const widths = heads.map((head, column) =>
		Math.max(...[heads, ...rows].map((row) => String(row[column]).length)),
	);
	for (const row of [heads, widths.map((width) => '-'.repeat(width)), ...rows])
		console.log(
			row
				.map((cell, column) => String(cell).padEnd(widths[column]))
				.join('  ')
				.trimEnd(),
		);
}

function printFailures(version, failures, log) {
	for (const { test, message } of failures) {
		log.fail(test);
		process.stderr.write(`${message.split('\n').slice(0, MESSAGE_LINES).join('\n')}\n\n`);
	}
	const [file] = failures[0].test.split(':');
	log.fail(
		`n8n-core ${version}: ${failures.length} failed`,
		`Run one file alone: npm run test:compatibility -- --only ${version} ${file}. If the node cannot do it in that version, raise the oldest one in scripts/compatibility.mjs and in the README`,
	);
}

async function measure(version, { all, paths, cacheDir, log }) {
	const installation = await ensureCore(version, { log, cacheDir });
	log.step(`Running the engine tests with n8n-core ${version}`);
	const result = await runEngineTests(installation, { all, paths, mayLack: isOlder(version, OWN) });
	const { passed, failures, notApplicable } = result;
	if (passed === 0 && failures.length === 0)
		failures.push({
			test: paths.join(' '),
			message: 'No test was run: is the file an engine test?',
		});
	if (failures.length > 0) printFailures(version, failures, log);
	else log.done(`n8n-core ${version}: ${passed} passed`);
	return { ...installation, passed, failed: failures.length, notApplicable };
}

function printResults(results) {
	const sum = (map) => [...map.values()].reduce((total, count) => total + count, 0);
	printTable(
		['n8n-core', 'n8n-workflow', 'shipped by n8n', 'Node.js', 'passed', 'failed', 'not applicable'],
		results.map(({ core, workflow, passed, failed, notApplicable }) => [
			...[core, workflow, RELEASES[core] ?? '?', process.versions.node],
			...[passed, failed, sum(notApplicable)],
		]),
	);
	for (const { core, notApplicable } of results)
		for (const [reason, count] of notApplicable)
			console.log(`n8n-core ${core}, not applicable: ${count}, because ${reason}`);
}

const { only, all, list, paths, 'cache-dir': cacheDir, help } = options();
if (help) {
	process.stdout.write(HELP);
	process.exit(0);
}

const log = stepLogger();
const results = [];
let failed = 0;
try {
	const versions = only.length > 0 ? only : [OLDEST, await newest(log, cacheDir)];
	if (list) {
		const known = [...new Set([...versions, ...installedCores(cacheDir)])];
		const installed = new Set(installedCores(cacheDir));
		printTable(
			['n8n-core', 'shipped by n8n', 'run by default', 'installed'],
			known.map((version) => [
				...[version, RELEASES[version] ?? '?'],
				...[versions.includes(version), installed.has(version)].map((is) => (is ? 'yes' : 'no')),
			]),
		);
		process.exit(0);
	}
	await ensureDependencies({ log, cacheDir });
	await ensureBuilt({ log });
	for (const version of versions)
		results.push(await measure(version, { all, paths, cacheDir, log }));
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	log.fail('The compatibility tests could not be run', error.whatToDo);
	failed = 1;
}
if (results.length > 0) printResults(results);
const passed = results.reduce((total, result) => total + result.passed, 0);
failed += results.reduce((total, result) => total + result.failed, 0);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
