import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, runNpm } from './project.mjs';

/**
 * Packs the built package as for publishing, and unpacks the tarball: the folder then holds what users would install.
 *
 * @param {{ folder: string, cacheDir?: string }} options folder: empty or absent; cacheDir: see ensureDependencies
 * @returns {Promise<string[]>} the paths inside the package
 */
export async function packProject({ folder, cacheDir }) {
	mkdirSync(folder, { recursive: true });
	const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error'];
	if (cacheDir) args.push('--cache', join(cacheDir, 'npm'));
	const { stdout } = await runNpm([...args, '--pack-destination', folder], { quiet: true });
	// A list; from npm 12 on an object by package name.
	const [{ filename, files }] = Object.values(JSON.parse(stdout));
	// Relative names, because tar on Windows takes the colon of a drive for a host.
	await run('tar', ['-xzf', filename, '--strip-components=1'], { cwd: folder, quiet: true });
	rmSync(join(folder, filename));
	return files.map((file) => file.path);
}
