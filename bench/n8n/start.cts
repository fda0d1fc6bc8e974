import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sandboxCredentials } from '../../sandbox/cloudflare/index.cjs';
import { freePorts } from '../../sandbox/n8n/freePorts.cjs';
import { launchN8n, type RunningN8n } from '../../sandbox/n8n/launch.cjs';
import { readPreparation, type Preparation } from '../../sandbox/n8n/preparation.cjs';
import type { N8nRunners } from '../run.cjs';
import type { Inside } from './inside.cjs';
import { WorkflowRunner } from './runner.cjs';

/** A start file for n8n that loads our part first. Its process runs no TypeScript otherwise. */
function writeStartFile(folder: string, program: string, inside: Inside): string {
	const file = join(folder, 'start-measured.cjs');
	const tsx = require.resolve('tsx/cjs/api');
	const lines = [
		`const unregister = require(${JSON.stringify(tsx)}).register();`,
		`require(${JSON.stringify(join(__dirname, 'inside.cts'))}).connect(${JSON.stringify(inside)});`,
		'unregister();',
		`process.argv[1] = ${JSON.stringify(program)};`,
		'require(process.argv[1]);',
	];
	writeFileSync(file, `${lines.join('\n')}\n`);
	return file;
}

/** Of n8n and of the Node.js that runs it. */
function versionsOf({ program, node }: Preparation) {
	const file = join(dirname(program), '..', 'package.json');
	const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
	return { n8n: version, node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim() };
}

async function launch(port: number, authority: string) {
	const preparation = readPreparation();
	const [meterPort = 0] = await freePorts(1);
	const inside = { cloudflarePort: port, meterPort };
	const program = writeStartFile(preparation.runFolder, preparation.program, inside);
	const n8n: RunningN8n = await launchN8n({
		...preparation,
		program,
		// Nobody listens there: what does not go to the stand-in goes nowhere.
		proxyUrl: 'http://127.0.0.1:9',
		caCertificate: authority,
	});
	return { n8n, meterUrl: `http://127.0.0.1:${meterPort}`, versions: versionsOf(preparation) };
}

/** A real n8n for which the stand-in is api.cloudflare.com; its workflows are the clients. */
export async function startN8n(port: number, authority: string): Promise<N8nRunners> {
	const { n8n, meterUrl, versions } = await launch(port, authority);
	const credential = await n8n.client.createCredential({
		name: 'Benchmark',
		type: 'cloudflareSecurityTokenApi',
		data: {
			apiToken: sandboxCredentials.userToken,
			ownedBy: 'automatic',
			accountId: '',
			zoneId: '',
		},
	});
	return {
		runner: (client) => new WorkflowRunner(client, n8n, meterUrl, credential),
		versions,
		stop: async () => await n8n.stop(),
	};
}
