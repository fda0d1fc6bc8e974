// npm run bench: how fast this package is, beside n8n's HTTP Request node, the official SDK and the limit.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runForeground, typescript } from '../sandbox/n8n/foreground.mjs';
import { prepare } from '../sandbox/n8n/prepare.mjs';
import { ensureBuilt, ensureDependencies, projectRoot, stepLogger } from './lib/project.mjs';

const JOBS = [
	'zones',
	'dnsRecords',
	'dnsSearch',
	'auditV2',
	'auditV1',
	'insights',
	'block',
	'quietPoll',
	'burst',
	'burstLargest',
	'checkPermissions',
	'recordsOfZones',
	'sweep',
];
const HELP = `npm run bench [-- OPTIONS]   the same jobs with this package and with what people would use instead, in one run

Everything runs here, against a stand-in for Cloudflare with 40 ms of latency. It takes about 40 minutes; the first run
installs n8n (about 2 GB, 5 minutes). Ratios and counts are the result; times depend on the machine.

  --json           print one JSON object instead of tables (progress goes to standard error);
                   npm itself prints a heading before it, unless called as npm run --silent
  --quick          smaller sizes and one run of each
  --only JOB       this job alone; may be given several times:
                   ${JOBS.slice(0, 5).join(', ')},
                   ${JOBS.slice(5).join(', ')}
  --no-n8n         leave out the real n8n with its HTTP Request node
  --write          write docs/benchmark.md and its plots, after a full run
  --cache-dir DIR  keep n8n and npm's own cache in DIR instead of ~/.cache/n8n-nodes-cloudflare-security
  --help           show this text
`;

function options() {
	try {
		const { values } = parseArgs({
			options: {
				json: { type: 'boolean', default: false },
				quick: { type: 'boolean', default: false },
				only: { type: 'string', multiple: true, default: [] },
				'no-n8n': { type: 'boolean', default: false },
				write: { type: 'boolean', default: false },
				'cache-dir': { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		const unknown = values.only.find((job) => !JOBS.includes(job));
		if (unknown !== undefined) throw new Error(`There is no job ${unknown}`);
		const isPart = values.quick || values['no-n8n'] || values.only.length > 0;
		if (values.write && isPart) throw new Error('--write needs a full run');
		return values;
	} catch (error) {
		process.stderr.write(`${error.message}\n\n${HELP}`);
		process.exit(2);
	}
}

const { json, quick, only, 'no-n8n': withoutN8n, write, 'cache-dir': cacheDir, help } = options();
if (help) {
	process.stdout.write(HELP);
	process.exit(0);
}

/** What has to be there; without n8n the packages and the build are enough. */
async function prepared(log) {
	if (!withoutN8n) return await prepare({ log, cacheDir });
	await ensureDependencies({ log, cacheDir });
	await ensureBuilt({ log });
	return { env: {}, remove: () => undefined };
}

const log = stepLogger({ json });
try {
	const { env, remove } = await prepared(log);
	const args = [
		...(json ? ['--json'] : []),
		...(quick ? ['--quick', '--rounds', '1'] : []),
		...(write ? ['--write'] : []),
		...(withoutN8n ? [] : ['--n8n']),
		...only.flatMap((job) => ['--only', job]),
	];
	const program = join(projectRoot, 'bench', 'main.cts');
	try {
		process.exitCode = await runForeground(typescript(program, args), { env });
	} finally {
		remove();
	}
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	if (json) process.stdout.write(`${JSON.stringify({ success: false, error: error.message })}\n`);
	log.fail('The benchmark could not be prepared', error.whatToDo);
	process.exitCode = 1;
}
