// Installs n8n once per version into the cache folder. Later runs find it there and need no network.
import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runNpm } from '../../scripts/lib/project.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { nodeRuntime } from './nodeRuntime.mjs';
import { checkPrerequisites } from './prerequisites.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const MANIFEST = ['package.json', 'package-lock.json'];
const SQLITE = join('node_modules', 'sqlite3');

const key = () => {
	const hash = createHash('sha256');
	for (const file of MANIFEST) hash.update(readFileSync(join(here, file)));
	return hash.update(`${process.platform}-${process.arch}`).digest('hex').slice(0, 16);
};

const n8nProgram = (folder) => join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
const builtSqlite = (folder) => join(folder, SQLITE, 'build', 'Release', 'node_sqlite3.node');
const isComplete = (folder) => existsSync(n8nProgram(folder)) && existsSync(builtSqlite(folder));

/**
 * Leaves out what the user's npm configuration says about native builds, such as a nodedir with the headers of another
 * Node.js: node-gyp prefers these variables to its own command line.
 */
const withoutNpmConfig = () =>
	Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));

/** Offline, an install of this many packages takes minutes to give up; one question tells in seconds. */
async function checkRegistry(folder, { npmCache }) {
	const cache = npmCache ? ['--cache', npmCache] : [];
	const impatient = ['--prefer-offline', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
	const args = ['view', 'n8n@2.40.7', 'version', '--loglevel=error', ...impatient, ...cache];
	await runNpm(args, { cwd: folder, quiet: true });
}

async function installPackages(folder, { log, npmCache }) {
	log.step(
		'Installing n8n 2.40.7 from npm (about 2 GB in 2,300 packages: 3 to 10 minutes, only this once)',
	);
	await runNpm(
		[
			...['install', '--prefix', folder, '--include=optional', '--omit=dev', '--loglevel=error'],
			// Packages' install scripts are not needed, but for the one native build below.
			...['--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false'],
			...(npmCache ? ['--cache', npmCache] : []),
		],
		{ cwd: folder, quiet: true },
	);
	log.done('n8n is downloaded');
}

async function buildSqlite(folder, { log }) {
	const { binary, headers } = nodeRuntime(folder);
	// The packages with Node.js are optional, for each is for one platform: npm does not fail if none could be fetched.
	if (!existsSync(binary)) throw new Error(`npm has not brought Node.js 24 (no ${binary})`);
	log.step('Compiling sqlite3, the database of n8n (1 to 3 minutes, only this once)');
	const gyp = join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
	// Called directly, because an npm rebuild obeys ignore-scripts of any .npmrc and then builds nothing without a word.
	await run(binary, [gyp, 'rebuild', '--jobs=max', ...(headers ? [`--nodedir=${headers}`] : [])], {
		cwd: join(folder, SQLITE),
		env: withoutNpmConfig(),
		quiet: true,
	});
	if (!existsSync(builtSqlite(folder)))
		throw new Error(`No ${builtSqlite(folder)} after the build`);
	await run(binary, ['-e', 'require("sqlite3"); require("isolated-vm")'], {
		cwd: folder,
		quiet: true,
	});
	log.done('sqlite3 is compiled and loads');
}

const isAlive = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
};

/** What an interrupted install left behind; an install that is still going on is not touched. */
function removeLeftovers(root) {
	for (const name of readdirSync(root)) {
		const pid = /^n8n-[0-9a-f]+\.partial-(\d+)$/.exec(name)?.[1];
		if (pid && !isAlive(Number(pid))) rmSync(join(root, name), { recursive: true, force: true });
	}
}

async function install(root, folder, options) {
	checkPrerequisites(root);
	removeLeftovers(root);
	// Built beside its place and moved there when it is whole, so that half an install is never taken for one.
	const partial = `${folder}.partial-${process.pid}`;
	mkdirSync(partial);
	try {
		for (const file of MANIFEST) copyFileSync(join(here, file), join(partial, file));
		await checkRegistry(partial, options);
		await installPackages(partial, options);
		await buildSqlite(partial, options);
		// Another run may have finished the same meanwhile; then its copy is as good.
		if (!isComplete(folder)) {
			rmSync(folder, { recursive: true, force: true });
			renameSync(partial, folder);
		}
	} catch (error) {
		throw Object.assign(error, {
			whatToDo:
				error.whatToDo ??
				'See the output above; check the network, the proxy and the registry settings of npm, then run the command again',
		});
	} finally {
		rmSync(partial, { recursive: true, force: true });
	}
}

/**
 * @param {{ log: ReturnType<typeof import('../../scripts/lib/project.mjs').stepLogger>, cacheDir?: string }} options
 * @returns {Promise<{ program: string, node: string, cache: string }>} n8n's start file, the Node.js to start it with,
 *   and the cache folder
 * @throws {Error} with `whatToDo`
 */
export async function ensureN8n({ log, cacheDir }) {
	const cache = cacheFolder(cacheDir);
	const folder = join(cache, `n8n-${key()}`);
	if (isComplete(folder)) log.note(`n8n 2.40.7 is installed in ${folder}`);
	else await install(cache, folder, { log, npmCache: cacheDir && join(cache, 'npm') });
	return { program: n8nProgram(folder), node: nodeRuntime(folder).binary, cache };
}
