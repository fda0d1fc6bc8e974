// Everything that has to be in place before the sandboxed n8n can start.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureDependencies } from '../../scripts/lib/project.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { ensureN8n } from './install.mjs';
import { packProject } from '../../scripts/lib/pack.mjs';

/**
 * @param {{ log: ReturnType<typeof import('../../scripts/lib/project.mjs').stepLogger>, cacheDir?: string }} options
 * @returns {Promise<{ env: NodeJS.ProcessEnv, runFolder: string, remove: () => void }>} env: tells the programs in
 *   sandbox/ and test/e2e/ where things are; remove: deletes the folder of this run
 */
export async function prepare({ log, cacheDir }) {
	const cache = cacheFolder(cacheDir);
	const chosen = cacheDir ? cache : undefined;
	await ensureDependencies({ log, cacheDir: chosen });
	await ensureBuilt({ log });
	const { program, node } = await ensureN8n({ log, cacheDir: chosen });
	const runFolder = mkdtempSync(join(tmpdir(), 'n8n-sandbox-'));
	// A program that was just stopped may still be writing.
	const remove = () =>
		rmSync(runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	try {
		const packageFolder = join(runFolder, 'package');
		await packProject({ folder: packageFolder, cacheDir: chosen });
		const preparation = { program, node, cache, runFolder, packageFolder };
		return { env: { N8N_SANDBOX_PREPARATION: JSON.stringify(preparation) }, runFolder, remove };
	} catch (error) {
		remove();
		throw error;
	}
}
