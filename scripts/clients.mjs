// npm run test:clients: programs that others wrote, and that speak Cloudflare's API, against the stand-in.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { ensureDependencies, stepLogger } from './lib/project.mjs';

const HELP = `npm run test:clients [-- OPTIONS]   other people's programs do their jobs against the stand-in for Cloudflare

The programs come from Debian and are not changed in any way: they reach https://api.cloudflare.com through a proxy on
this machine that answers in its place and lets nothing out. What is not installed is skipped; at least two
programs have to be there, unless --only says which.

  --install        install what is missing with apt-get (as root; Debian may start its ddclient and fail2ban services)
  --only PROGRAM   this program alone; may be given several times: ddclient, certbot, lexicon, fail2ban
  --cache-dir DIR  where npm's own cache goes if packages have to be installed
  --help           show this text
`;

function options() {
	try {
		const { values } = parseArgs({
			options: {
				install: { type: 'boolean', default: false },
				only: { type: 'string', multiple: true, default: [] },
				'cache-dir': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		return values;
	} catch (error) {
		process.stderr.write(`${error.message}\n\n${HELP}`);
		process.exit(2);
	}
}

const { help, install, only, 'cache-dir': cacheDir } = options();
if (help) {
	process.stdout.write(HELP);
	process.exit(0);
}

const log = stepLogger();
let count = { passed: 0, failed: 1, skipped: 0 };
try {
	await ensureDependencies({ log, cacheDir });
	const require = createRequire(import.meta.url);
	require('tsx/cjs');
	const { runClients } = require('../test/clients/main.cts');
	count = await runClients({ log, only, install });
} catch (error) {
	log.fail(error.message);
}
const { passed, failed, skipped } = count;
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
