// npm run test:faults: every request of every operation and of the trigger fails in every way.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureDependencies, projectRoot, stepLogger } from './lib/project.mjs';

const HELP = `npm run test:faults [-- OPTIONS] [JEST OPTIONS]     each request of every operation and of the trigger fails in each way

  --only NAME  only the runs whose name begins so, for instance 'zone:get (by name)', or one of them:
               'zone:get (by name) | GET /zones?name=example.com&per_page=50 | 500'
  --help       show this text

  npm run test:faults -- test/faults/zone      only the files whose name begins so
`;

/** Splits our own options from jest's. */
function ownOptions(args) {
	const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
	if (at < 0) return { jestArgs: args };
	const inline = args[at].slice('--only='.length);
	return inline
		? { only: inline, jestArgs: args.toSpliced(at, 1) }
		: { only: args[at + 1], jestArgs: args.toSpliced(at, 2) };
}

function runJest(args, env) {
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	return new Promise((resolve, reject) => {
		spawn(process.execPath, [jest, '--config', 'jest.faults.config.cjs', ...args], {
			cwd: projectRoot,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
		})
			.on('error', reject)
			.on('close', resolve);
	});
}

/** The counts of all files with the same subject as one. */
function addUp(reports) {
	const sums = new Map();
	for (const { what, counts } of reports) {
		const sum = sums.get(what) ?? { operations: new Set() };
		sums.set(what, sum);
		for (const [name, value] of Object.entries(counts)) {
			// Those that were tried with two items name their resource themselves.
			if (name === 'operations')
				for (const each of value) sum.operations.add(each.includes(':') ? each : `${what}:${each}`);
			else sum[name] = (sum[name] ?? 0) + value;
		}
	}
	return sums;
}

function total(sums) {
	const all = { operations: new Set() };
	for (const { operations, ...counts } of sums.values()) {
		for (const each of operations) all.operations.add(each);
		for (const [name, value] of Object.entries(counts)) all[name] = (all[name] ?? 0) + value;
	}
	return all;
}

const line = (what, { operations, ...count }) =>
	`${what}: ${operations.size} operations in ${count.runs} runs, ${count.requests} requests, ${count.faults} faults: ` +
	`${count.succeeded} succeeded, ${count.failed} failed and said so, ${count.cancelled} cancelled; ` +
	`${count.repeats} run once more; wrong ${count.wrong}`;

const [firstArg] = process.argv.slice(2);
if (firstArg === '--help') {
	process.stdout.write(HELP);
	process.exit(0);
}
const { only, jestArgs } = ownOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'faults-result-'));
const resultFile = join(folder, 'result.jsonl');
let passed = 0;
let failed = 0;
try {
	const log = stepLogger();
	await ensureDependencies({ log });
	await ensureBuilt({ log });
	const exitCode = await runJest(jestArgs, {
		FAULTS_RESULTS: resultFile,
		...(only && { FAULTS_ONLY: only }),
	});
	const text = existsSync(resultFile) ? readFileSync(resultFile, 'utf8') : '';
	const facts = text
		.split('\n')
		.filter(Boolean)
		.map((each) => JSON.parse(each));
	for (const { name, wrong } of facts.filter(({ wrong }) => wrong)) {
		console.log(`\nWRONG ${name}\n    ${wrong.join('\n    ')}`);
		console.log(`  alone: npm run test:faults -- --only '${name.replaceAll("'", `'\\''`)}'`);
	}
	const sums = addUp(facts.filter(({ counts }) => counts?.runs > 0));
	for (const [what, sum] of sums) console.log(line(what, sum));
	const all = total(sums);
	console.log(
		`${all.operations.size} operations (the trigger's poll is one) × ${all.requests} requests × their faults = ${all.faults} runs; wrong outcomes ${all.wrong}; ` +
			`duplicated effects ${all.duplicates}; secrets ${all.secrets} (caches purged once more, which does no harm: ${all.purges})`,
	);
	failed = all.wrong ?? 0;
	passed = (all.faults ?? 0) - failed;
	// A file that does not load, or a run that fails without any fault.
	if (exitCode !== 0 && failed === 0) failed = 1;
} catch (error) {
	console.error(error.message);
	failed = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);
