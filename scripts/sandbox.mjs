// npm run sandbox -- --port N: the stand-in for Cloudflare's API alone, plain HTTP on loopback.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runForeground, typescript } from '../sandbox/n8n/foreground.mjs';
import { ensureDependencies, projectRoot, stepLogger } from './lib/project.mjs';

const HELP = `npm run sandbox -- [OPTIONS]   a stand-in for Cloudflare's API on http://127.0.0.1

  --port N         the port to listen on
  --cache-dir DIR  where npm's own cache goes if packages have to be installed
  --help           show this text
`;

// Options that are not listed here are the server's own.
const { values } = parseArgs({
	options: { 'cache-dir': { type: 'string' }, help: { type: 'boolean' } },
	strict: false,
});
if (values.help) {
	process.stdout.write(HELP);
	process.exit(0);
}

const log = stepLogger({});
try {
	await ensureDependencies({ log, cacheDir: values['cache-dir'] });
	const server = join(projectRoot, 'sandbox', 'server.cts');
	process.exitCode = await runForeground(typescript(server, process.argv.slice(2)));
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	log.fail('The sandbox could not be started', error.whatToDo);
	process.exitCode = 1;
}
