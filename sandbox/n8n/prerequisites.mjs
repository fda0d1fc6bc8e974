// What must be on the machine before n8n can be installed. Checked first: the install takes minutes.
import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { missingRuntime } from './nodeRuntime.mjs';

const NEEDED_BYTES = 3 * 1024 ** 3;

const runs = (command, args = ['--version']) =>
	Boolean(command) && spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const PYTHON_IS_NEW_ENOUGH = ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))'];

/** The tools that compiling sqlite3 takes and that are not there, by name. */
function missingTools() {
	const missing = [];
	if (![process.env.PYTHON, 'python3', 'python'].some((name) => runs(name, PYTHON_IS_NEW_ENOUGH)))
		missing.push('python3 (3.8 or newer)');
	if (!['make', 'gmake'].some((name) => runs(name))) missing.push('make');
	if (![process.env.CXX, 'c++', 'g++', 'clang++'].some((name) => runs(name)))
		missing.push('a C++ compiler (g++ or clang++)');
	return missing;
}

const HOW_TO_INSTALL =
	process.platform === 'darwin'
		? 'Install them with: xcode-select --install'
		: 'Install them, e.g. on Debian or Ubuntu: sudo apt-get install -y python3 make g++ — on Fedora: sudo dnf install -y python3 make gcc-c++';

function fail(message, whatToDo) {
	throw Object.assign(new Error(message), { whatToDo });
}

/** @throws {Error} with `whatToDo`, naming everything that is missing */
export function checkPrerequisites(folder) {
	if (process.platform === 'win32')
		fail(
			'Running n8n from here works on Linux and macOS only',
			'Use the Windows Subsystem for Linux, or install the package into your own n8n',
		);
	const runtime = missingRuntime();
	if (runtime) fail(`Missing: ${runtime}`, 'Install Node.js 24 and run this command with it');
	const tools = missingTools();
	if (tools.length > 0)
		fail(
			`n8n's database (sqlite3) has to be compiled; missing: ${tools.join(', ')}`,
			HOW_TO_INSTALL,
		);
	const { bavail, bsize } = statfsSync(folder);
	if (bavail * bsize < NEEDED_BYTES)
		fail(
			`${folder} has ${((bavail * bsize) / 1024 ** 3).toFixed(1)} GB left; n8n takes about 2 GB, and 3 GB while it is installed`,
			'Make room, or name a folder on another disk: --cache-dir DIR',
		);
}
