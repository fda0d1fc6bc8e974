// Which n8n the tests meet: packages of n8n are taken from an installation outside of the project.
const { join, sep } = require('node:path');

/** What the project, its tests and its build name of n8n; all else is found from there. */
const OF_N8N = new Set(['n8n-core', 'n8n-workflow', 'reflect-metadata']);

const installation = process.env.N8N_COMPATIBILITY_FOLDER ?? '';
if (installation === '')
	throw new Error('N8N_COMPATIBILITY_FOLDER names no installation of n8n-core');

/**
 * @param {string} request as in require(request)
 * @param {string} [from] the folder of the file that asks
 * @returns {string | undefined} the folder to look from instead
 */
function lookFrom(request, from = '') {
	const [first, second] = request.split('/');
	const name = first.startsWith('@') ? `${first}/${second}` : first;
	return OF_N8N.has(name) && !from.startsWith(installation + sep) ? installation : undefined;
}

module.exports = { installation, lookFrom, packagesFolder: join(installation, 'node_modules') };
