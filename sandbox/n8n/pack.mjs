// Packs the project as for publishing, so that n8n gets exactly what users would install.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, runNpm } from '../../scripts/lib/project.mjs';

/**
 * @param {{ folder: string, cacheDir?: string }} options folder: where the package is unpacked to; must be empty or absent
 */
export async function packProject({ folder, cacheDir }) {
	mkdirSync(folder, { recursive: true });
	const cache = cacheDir ? ['--cache', join(cacheDir, 'npm')] : [];
	const { stdout } = await runNpm(
		[
			'pack',
			'--json',
			'--ignore-scripts',
			'--pack-destination',
			folder,
			'--loglevel=error',
			...cache,
		],
		{ quiet: true },
	);
	const archive = join(folder, tarballName(JSON.parse(stdout)));
	await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'], { quiet: true });
	rmSync(archive);
}

// npm 12 answers with an object by package name, earlier ones with a list.
const tarballName = (answer) => Object.values(answer)[0].filename;
