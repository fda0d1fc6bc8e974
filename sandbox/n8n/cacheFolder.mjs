// Where n8n and what belongs to it is kept between runs.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const NAME = 'n8n-nodes-cloudflare-security';

/** Folder by folder: the recursive mkdir of Node.js never returns where making a folder fails with ENOENT (/proc). */
function makeFolder(folder) {
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	mkdirSync(folder);
}

/**
 * Makes the cache folder if needed.
 *
 * @param {string} [chosen] the value of --cache-dir
 * @returns {string} its absolute path
 * @throws {Error} with `whatToDo`, if it cannot be written
 */
export function cacheFolder(chosen) {
	const folder = chosen
		? resolve(chosen)
		: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), NAME);
	try {
		makeFolder(folder);
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw Object.assign(new Error(`The cache folder ${folder} cannot be written (${error.code})`), {
			whatToDo: 'Name another folder that can: --cache-dir DIR (with npm run: -- --cache-dir DIR)',
		});
	}
	return folder;
}
