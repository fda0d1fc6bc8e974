// What every script of this project needs before anything is installed: plain Node.js, no dependencies.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const HEARTBEAT_MS = 15_000;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const OUTPUT_TAIL_LINES = 40;
const OUTPUT_KEPT = 10_000_000;
const STAMP_FOLDER = join(projectRoot, 'node_modules', '.cache', 'n8n-nodes-cloudflare-security');

/**
 * Progress on standard error, so that standard output stays free for results.
 * A step that takes long repeats itself with its age, so that nobody takes it for dead.
 *
 * @param {{ json?: boolean }} [options] json: plain text even on a terminal
 */
export function stepLogger({ json = false } = {}) {
	const started = Date.now();
	const styled = !json && process.stderr.isTTY === true && !process.env.NO_COLOR;
	let heartbeat;
	const write = (sign, text, colour) => {
		const time = `${((Date.now() - started) / 1000).toFixed(1)} s`.padStart(8);
		const line = `${time}  ${sign} ${text}`;
		process.stderr.write(`${styled ? `\u001b[${colour}m${line}\u001b[0m` : line}\n`);
	};
	const endStep = () => clearInterval(heartbeat);
	return {
		/** A step begins; it lasts until done, fail or the next step. */
		step(text) {
			endStep();
			write('…', text, 0);
			const begun = Date.now();
			heartbeat = setInterval(
				() => write('…', `${text} (${Math.round((Date.now() - begun) / 1000)} s so far)`, 2),
				HEARTBEAT_MS,
			);
			heartbeat.unref();
		},
		done(text) {
			endStep();
			write('✓', text, 32);
		},
		note(text) {
			write('·', text, 2);
		},
		/** @param {string} [whatToDo] the next thing for the reader to try */
		fail(text, whatToDo) {
			endStep();
			write('✗', text, 31);
			if (whatToDo) write('→', whatToDo, 33);
		},
	};
}

/**
 * Runs a program to its end, with nothing on its standard input.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: ReturnType<typeof stepLogger>, quiet?: boolean,
 *   shell?: boolean }} [options] env replaces the environment; without quiet, the program's output is shown on
 *   standard error as it comes
 * @returns {Promise<{ stdout: string }>}
 * @throws {Error} with `exitCode`, `stdout` and the tail of the output in its message
 */
export function run(command, args, { cwd = projectRoot, env, log, quiet = false, shell } = {}) {
	return new Promise((resolvePromise, reject) => {
		const title = [command === process.execPath ? 'node' : command, ...args].join(' ');
		let stdout = '';
		let all = '';
		const child = spawn(command, args, {
			cwd,
			env: env ?? process.env,
			shell,
			stdio: ['ignore', 'pipe', 'pipe'],
			windowsHide: true,
		});
		child.stdout.setEncoding('utf8').on('data', (text) => {
			stdout += text;
			all = (all + text).slice(-OUTPUT_KEPT);
			if (!quiet) process.stderr.write(text);
		});
		child.stderr.setEncoding('utf8').on('data', (text) => {
			all = (all + text).slice(-OUTPUT_KEPT);
			if (!quiet) process.stderr.write(text);
		});
		// Else an install would go on behind a command that was ended.
		const forward = (signal) => child.kill(signal);
		for (const signal of ENDING_SIGNALS) process.on(signal, forward);
		const stopForwarding = () => {
			for (const signal of ENDING_SIGNALS) process.off(signal, forward);
		};
		const fail = (reason, exitCode) => {
			stopForwarding();
			const tail = all.trimEnd().split('\n').slice(-OUTPUT_TAIL_LINES).join('\n');
			log?.note(`${title}: ${reason}`);
			reject(Object.assign(new Error(`${title}: ${reason}\n${tail}`), { exitCode, stdout }));
		};
		child.on('error', (error) => fail(error.message, null));
		child.on('close', (code, signal) => {
			stopForwarding();
			if (code === 0) resolvePromise({ stdout });
			else fail(signal ? `ended by ${signal}` : `exit code ${code}`, code);
		});
	});
}

/** Runs a Node.js program of an installed package, e.g. `runBin('typescript', 'tsc', ['--version'])`. */
export function runBin(packageName, binName, args, options) {
	const folder = join(projectRoot, 'node_modules', ...packageName.split('/'));
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const file = typeof bin === 'string' ? bin : bin[binName];
	return run(process.execPath, [join(folder, file), ...args], options);
}

/** What `npm run` puts into the environment of a script and a nested npm would take for its own options. */
const NPM_STATE =
	/^(npm_(lifecycle_\w+|package_\w+|command|execpath|node_execpath)|INIT_CWD|npm_config_(json|dry_run|global|location|prefix|local_prefix|global_prefix|workspaces?|include_workspace_root|if_present|omit|include|only|also|dev|production|package_lock|package_lock_only|ignore_scripts|pack_destination|parseable|long|loglevel|silent|save\w*|install_strategy))$/i;

/** The environment for a nested npm: registry, proxy and cache settings stay, the outer npm's own state goes. */
export function npmEnvironment(env = process.env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !NPM_STATE.test(name)));
}

/** Runs npm (the one that runs this script, if one does) in a clean environment. Same options as `run`. */
export function runNpm(args, { env, ...options } = {}) {
	const binFolder = dirname(process.execPath);
	const candidates = [
		// Other package managers set it too.
		/[\\/]npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '') ? process.env.npm_execpath : '',
		join(binFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(binFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	const script = candidates.find((file) => file && existsSync(file));
	const cleaned = { ...options, env: npmEnvironment(env) };
	if (script) return run(process.execPath, [script, ...args], cleaned);
	const windows = process.platform === 'win32';
	return run(windows ? 'npm.cmd' : 'npm', args, { ...cleaned, shell: windows });
}

function readJson(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

const sameObject = (a = {}, b = {}) =>
	Object.keys(a).length === Object.keys(b).length &&
	Object.entries(a).every(([key, value]) => b[key] === value);

const wantedPackages = () => {
	const { devDependencies, dependencies, peerDependencies, overrides } = readJson(
		join(projectRoot, 'package.json'),
	);
	const lock = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
	return createHash('sha256')
		.update(JSON.stringify([devDependencies, dependencies, peerDependencies, overrides]))
		.update(lock)
		.update(`${process.platform}-${process.arch}`)
		.digest('hex');
};

/** Whether npm's own record of node_modules has every package of the lock file, in its version. */
function matchesLockFile() {
	const lock = readJson(join(projectRoot, 'package-lock.json'));
	const installed = readJson(join(projectRoot, 'node_modules', '.package-lock.json'));
	const manifest = readJson(join(projectRoot, 'package.json'));
	if (
		!lock ||
		!installed ||
		!sameObject(lock.packages[''].devDependencies, manifest.devDependencies)
	)
		return false;
	return Object.entries(lock.packages).every(([folder, wanted]) => {
		// What is optional, or for certain platforms, may be absent rightly.
		if (folder === '' || wanted.optional || wanted.devOptional || wanted.os || wanted.cpu)
			return true;
		return (
			installed.packages[folder]?.version === wanted.version &&
			existsSync(join(projectRoot, folder))
		);
	});
}

const installStamp = join(projectRoot, 'node_modules', '.installed-for');

/**
 * Installs the packages of the lock file if they are not there, and does nothing (offline too) if they are.
 *
 * @param {{ log: ReturnType<typeof stepLogger>, cacheDir?: string }} options cacheDir: where npm's cache goes, for
 *   homes that cannot be written
 */
export async function ensureDependencies({ log, cacheDir }) {
	const stamp = existsSync(installStamp) ? readFileSync(installStamp, 'utf8') : '';
	if (stamp === wantedPackages() || matchesLockFile()) return;
	log.step('Installing the packages for development (npm install; some minutes the first time)');
	// NODE_ENV=production would leave the development packages out; without --no-save npm may rewrite the lock file, and a
	// fresh clone would count as changed.
	const args = ['install', '--no-audit', '--no-fund', '--no-save', '--include=dev'];
	if (cacheDir) args.push('--cache', join(cacheDir, 'npm'));
	try {
		await runNpm(args, { quiet: true });
	} catch (error) {
		log.fail(
			'The packages could not be installed',
			'See the end of the npm output below; check the network, the proxy and the registry settings of npm',
		);
		throw error;
	}
	writeFileSync(installStamp, wantedPackages());
	log.done('Packages installed');
}

/** Files below a file or folder, sorted, as absolute paths. */
export function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

const SOURCES = ['credentials', 'nodes', 'icons', 'tsconfig.json', 'gulpfile.js'];

/** A hash over everything that the build reads. Unlike file times, it also tells a checkout or a deleted file. */
export function sourceHash() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap((name) => filesBelow(join(projectRoot, name))))
		hash.update(relative(projectRoot, file)).update('\0').update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

const buildStamp = join(STAMP_FOLDER, 'built-from');

/** For build.mjs: records which sources `dist` was built from. */
export function recordBuild(hash) {
	mkdirSync(STAMP_FOLDER, { recursive: true });
	writeFileSync(buildStamp, hash);
}

/**
 * Builds `dist` if it is missing or was built from other sources.
 *
 * @param {{ log: ReturnType<typeof stepLogger> }} options
 */
export async function ensureBuilt({ log }) {
	const manifest = readJson(join(projectRoot, 'package.json'));
	const complete = [...manifest.n8n.nodes, ...manifest.n8n.credentials].every((file) =>
		existsSync(join(projectRoot, file)),
	);
	const stamp = existsSync(buildStamp) ? readFileSync(buildStamp, 'utf8') : '';
	if (complete && stamp === sourceHash()) return;
	log.step('Building the package');
	await run(process.execPath, [join(projectRoot, 'scripts', 'build.mjs')], { quiet: true, log });
	log.done('Package built');
}
