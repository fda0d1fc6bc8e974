import { execute } from './place.cjs';
import type { Log } from './main.cjs';
import { installLine, unique } from './program.cjs';

/** Installs the packages. Throws where that cannot be done from here. */
export async function install(packages: readonly string[], log: Log): Promise<void> {
	if (process.getuid?.() !== 0)
		throw new Error(`Only root can install programs. ${installLine(packages)}`);
	const aptGet = async (...args: string[]) => {
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const { code, output } = await execute('apt-get', args, { env, patienceMs: 600_000 });
		if (code !== 0) throw new Error(`apt-get ${args[0]} failed\n${output.slice(-2000)}`);
	};
	log.step(`Installing ${unique(packages)}`);
	await aptGet('update');
	await aptGet('install', '--yes', '--no-install-recommends', ...unique(packages).split(' '));
	log.done('Programs installed');
}
