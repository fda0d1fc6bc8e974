// npm run demo, npm start: in a real n8n, one playbook blocks an attacker at (our) Cloudflare after an alert, another ends
// blocks whose time is over, and a third reports who switched off a rule there.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runForeground, typescript } from '../sandbox/n8n/foreground.mjs';
import { prepare } from '../sandbox/n8n/prepare.mjs';
import { projectRoot, stepLogger } from './lib/project.mjs';

const HELP = `npm run demo [-- OPTIONS]     play the demo once, with exit code 0 if all that it promises was seen
npm start [-- OPTIONS]        the same, and leave n8n running to look around

An alert starts a playbook that blocks the attacker. Another playbook, by the clock, ends a block whose time is
over. Then somebody switches off a firewall rule, and the trigger starts a playbook that reports who it was;
what the others did does not start it.

No Cloudflare account and no n8n are needed: both run here, on loopback only. The first run installs
n8n (about 2 GB, 5 minutes); later runs work offline and take about a minute: n8n looks for new events
once a minute, and the demo chooses the second.

  --json           print one JSON object instead of tables (progress goes to standard error);
                   npm itself prints a heading before it, unless called as npm run --silent
  --keep-running   leave n8n running until Ctrl+C (what npm start does)
  --cache-dir DIR  keep n8n and npm's own cache in DIR instead of ~/.cache/n8n-nodes-cloudflare-security
  --help           show this text
`;

function options() {
	try {
		return parseArgs({
			options: {
				json: { type: 'boolean', default: false },
				'keep-running': { type: 'boolean', default: false },
				'cache-dir': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		process.stderr.write(`${error.message}\n\n${HELP}`);
		process.exit(2);
	}
}

const { json, 'keep-running': keepRunning, 'cache-dir': cacheDir, help } = options();
if (help) {
	process.stdout.write(HELP);
	process.exit(0);
}

const log = stepLogger({ json });
try {
	const { env, remove } = await prepare({ log, cacheDir });
	const args = [...(json ? ['--json'] : []), ...(keepRunning ? ['--keep-running'] : [])];
	const program = join(projectRoot, 'sandbox', 'demo', 'demo.cts');
	try {
		process.exitCode = await runForeground(typescript(program, args), { env });
	} finally {
		remove();
	}
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	if (json) process.stdout.write(`${JSON.stringify({ success: false, error: error.message })}\n`);
	log.fail('The demo could not be prepared', error.whatToDo);
	process.exitCode = 1;
}
