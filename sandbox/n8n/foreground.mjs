// Runs one of the sandbox's TypeScript programs as if it were the script itself.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { projectRoot } from '../../scripts/lib/project.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {string[]} args the arguments for Node.js, the program among them
 * @param {{ env?: NodeJS.ProcessEnv }} [options] env is added to the environment
 * @returns {Promise<number>} its exit code
 */
export function runForeground(args, { env = {} } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, {
			cwd: projectRoot,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		const forward = (signal) => child.kill(signal);
		for (const signal of SIGNALS) process.on(signal, forward);
		child.on('error', reject);
		child.on('close', (code) => {
			for (const signal of SIGNALS) process.off(signal, forward);
			resolve(code ?? 1);
		});
	});
}

/** The arguments that make Node.js run TypeScript. Only callable once the packages are installed. */
export function typescript(file, args = []) {
	// As CommonJS, like the programs: with --import, Node.js 20 stumbles over packages that need node:net and the like.
	return ['--require', createRequire(import.meta.url).resolve('tsx/cjs'), file, ...args];
}
