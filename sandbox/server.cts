// The stand-in alone, as plain HTTP on the loopback interface: npm run sandbox -- --port 8787
import { parseArgs } from 'node:util';
import { createCloudflare, sandboxCredentials } from './cloudflare/index.cjs';
import { serveHttp } from './fronts/http.cjs';

const USAGE =
	'Usage: npm run sandbox -- [--port N]   (N from 0 to 65535; 0 or none: any free port)';

function portFrom(args: string[]): number | undefined {
	try {
		const { values } = parseArgs({ args, options: { port: { type: 'string', default: '0' } } });
		const port = Number(values.port);
		return /^\d+$/.test(values.port) && port <= 65535 ? port : undefined;
	} catch {
		return undefined;
	}
}

async function main(): Promise<void> {
	const port = portFrom(process.argv.slice(2));
	if (port === undefined) {
		console.error(USAGE);
		process.exitCode = 2;
		return;
	}
	const front = await serveHttp(createCloudflare(), { port });
	const example = `curl -H 'Authorization: Bearer ${sandboxCredentials.userToken}' '${front.url}/client/v4/zones?per_page=5'`;
	console.log(`The Cloudflare sandbox answers at ${front.url}/client/v4\n`);
	console.log(`Try:\n  ${example}\n  curl ${front.url}/__sandbox/state\n`);
	console.log('Stop with Ctrl+C.');
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void front.close());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
