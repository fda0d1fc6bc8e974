// npm run docs:pictures: takes every picture of docs/pictures/ again, in the editor of a real n8n.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, HOW_TO_INSTALL_CHROMIUM } from '../sandbox/editor/chromium.mjs';
import { runForeground, typescript } from '../sandbox/n8n/foreground.mjs';
import { prepare } from '../sandbox/n8n/prepare.mjs';
import { projectRoot, stepLogger } from './lib/project.mjs';

const HELP = `npm run docs:pictures [-- OPTIONS] [-- PICTURE …]     take the pictures of docs/pictures/ again, or those named

  --cache-dir DIR  keep n8n and npm's own cache in DIR instead of ~/.cache/n8n-nodes-cloudflare-security
  --help           show this text
`;

const { values, positionals } = parseArgs({
	options: { 'cache-dir': { type: 'string' }, help: { type: 'boolean' } },
	allowPositionals: true,
});
if (values.help) {
	process.stdout.write(HELP);
	process.exit(0);
}

const log = stepLogger();
try {
	const chromium = findChromium();
	if (!chromium)
		throw Object.assign(new Error('There is no Chromium here'), {
			whatToDo: HOW_TO_INSTALL_CHROMIUM,
		});
	const { env, remove } = await prepare({ log, cacheDir: values['cache-dir'] });
	const program = join(projectRoot, 'sandbox', 'editor', 'pictures.cts');
	try {
		process.exitCode = await runForeground(typescript(program, positionals), {
			env: { ...env, CHROMIUM_PATH: chromium },
		});
	} finally {
		remove();
	}
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	log.fail('The pictures could not be taken', error.whatToDo);
	process.exitCode = 1;
}
