// A process of its own: runs the node against a stand-in that another process serves, and prints each run's first item,
// or on demand all of them.
// Usage: node --require tsx/cjs runElsewhere.cts '{"sandbox": "http://127.0.0.1:1234", "runs": [{"parameters": {…}}]}'
import { rmSync } from 'node:fs';
import { runNode, type RunNodeInput } from './engine/index.cjs';
import { request as send } from 'undici';
import { interceptWithNock } from '../../sandbox/fronts/nock.cjs';
import { tokenCredential } from './nodeTest.cjs';

export interface Order {
	/** Address of the stand-in. */
	sandbox: string;
	runs: RunNodeInput[];
	/** In place of the usual token, so that the stand-in can tell processes apart. */
	apiToken?: string;
	/** Print all items of each run. */
	all?: boolean;
}

async function forward(sandbox: string, request: Request): Promise<Response> {
	const { pathname, search } = new URL(request.url);
	const body = await request.text();
	const answer = await send(`${sandbox}${pathname}${search}`, {
		method: request.method as 'GET' | 'POST',
		headers: Object.fromEntries(request.headers),
		...(body === '' ? {} : { body }),
	});
	const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
	return new Response(await answer.body.text(), {
		status: answer.statusCode,
		headers: Object.fromEntries(headers) as Record<string, string>,
	});
}

async function main(): Promise<void> {
	const { sandbox, runs, apiToken, all } = JSON.parse(process.argv[2]) as Order;
	interceptWithNock({ fetch: async (request) => await forward(sandbox, request) });
	const printed: unknown[] = [];
	for (const input of runs) {
		const credentials = tokenCredential(apiToken === undefined ? {} : { apiToken });
		const { items, error } = await runNode({ ...input, credentials, waits: 'real' });
		if (error) throw error;
		const output = items.map(({ json }) => json);
		printed.push(all ? output : output[0]);
	}
	process.stdout.write(JSON.stringify(printed), () => process.exit(0));
}

process.on('exit', () => {
	rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
});
main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
