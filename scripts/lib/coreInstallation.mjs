// Keeps versions of n8n-core in the cache folder, each in a folder of its own.
import {
	existsSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../sandbox/n8n/cacheFolder.mjs';
import { runNpm } from './project.mjs';

const PREFIX = 'n8n-core-';

const npmCache = (cacheDir) => (cacheDir ? ['--cache', join(cacheFolder(cacheDir), 'npm')] : []);

function manifestOf(folder, name) {
	const file = join(folder, 'node_modules', name, 'package.json');
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @throws {Error} unless n8n-core is there with exactly the n8n-workflow that it asks for */
function checked(folder, version) {
	const core = manifestOf(folder, 'n8n-core');
	const workflow = manifestOf(folder, 'n8n-workflow')?.version;
	if (
		core?.version !== version ||
		workflow === undefined ||
		core.dependencies['n8n-workflow'] !== workflow
	)
		throw new Error(
			`npm installed n8n-core ${core?.version} with n8n-workflow ${workflow} in place of n8n-core ${version} with n8n-workflow ${core?.dependencies['n8n-workflow']}`,
		);
	return { folder, core: version, workflow };
}

/** The versions that are installed, by earlier runs. */
export const installedCores = (cacheDir) =>
	readdirSync(cacheFolder(cacheDir)).flatMap(
		(name) => /^n8n-core-(\d+\.\d+\.\d+)$/.exec(name)?.[1] ?? [],
	);

/**
 * Asks npm for the newest version.
 * @throws {Error} without a network
 */
export async function newestCore(cacheDir) {
	const args = ['view', 'n8n-core', 'version', '--loglevel=error', '--fetch-retries=1'];
	const { stdout } = await runNpm([...args, ...npmCache(cacheDir)], { quiet: true });
	return stdout.trim();
}

/**
 * Installs a version of n8n-core, unless an earlier run has. Nothing of it comes into the project's node_modules.
 *
 * @param {string} version
 * @param {{ log: ReturnType<typeof import('./project.mjs').stepLogger>, cacheDir?: string }} options
 * @returns {Promise<{ folder: string, core: string, workflow: string }>}
 * @throws {Error} with `whatToDo`
 */
export async function ensureCore(version, { log, cacheDir }) {
	const cache = cacheFolder(cacheDir);
	const folder = join(cache, `${PREFIX}${version}`);
	if (existsSync(folder)) return checked(folder, version);
	log.step(`Installing n8n-core ${version} (about 300 MB, one minute, only this once)`);
	// Moved to its place when it is whole, so that half an install is never taken for one.
	const partial = mkdtempSync(join(cache, `${PREFIX}partial-`));
	try {
		const dependencies = { 'n8n-core': version, 'reflect-metadata': '*' };
		writeFileSync(join(partial, 'package.json'), JSON.stringify({ private: true, dependencies }));
		await runNpm(
			[
				...['install', '--prefix', partial, '--ignore-scripts', '--no-audit', '--no-fund'],
				...['--omit=dev', '--engine-strict=false', '--loglevel=error', ...npmCache(cacheDir)],
			],
			{ cwd: partial, quiet: true },
		);
		checked(partial, version);
		if (!existsSync(folder)) renameSync(partial, folder);
	} catch (error) {
		throw Object.assign(error, {
			whatToDo: `See the output above: is there an n8n-core ${version} (npm view n8n-core versions), and do network, proxy and registry settings of npm work?`,
		});
	} finally {
		rmSync(partial, { recursive: true, force: true });
	}
	log.done(`n8n-core ${version} is installed in ${folder}`);
	return checked(folder, version);
}
