// Races on purpose: requests that wait for each other, also those of separate processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { addToken, createCloudflare, seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { FaultReport } from '../../sandbox/cloudflare/faults.cjs';
import { serveHttp, type HttpFront } from '../../sandbox/fronts/http.cjs';
import { LISTS, sender } from './support.cjs';

const cloudflare = createCloudflare();
beforeEach(() => cloudflare.reset());
const tokens = (count: number) =>
	Array.from({ length: count }, (_, index) =>
		addToken(cloudflare.state, { permissions: ['Account Rule Lists Write'], name: `run-${index}` }),
	);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const reads = { method: 'GET' };

test('a hold for any path counts requests, whatever they read', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 3, match: reads });
	const send = sender(cloudflare);
	const done: string[] = [];
	const read = (path: string) => send('GET', path).then(() => done.push(path));
	const all = [read('/ips'), read('/zones')];
	await pause(20);
	expect(done).toEqual([]);
	expect(cloudflare.faults.report()).toMatchObject([{ seen: 2, left: 3, waiting: 2 }]);
	await Promise.all([...all, read(LISTS)]);
	expect(done).toHaveLength(3);
	expect(cloudflare.faults.report()).toMatchObject([{ left: 0, waiting: 0 }]);
	expect((await send('GET', '/ips')).status).toBe(200);
});

test('a hold of runs counts each credential once, and keeps all its reads', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 2, distinct: 'credential', match: reads });
	const [first, second] = tokens(2).map((token) => sender(cloudflare, token));
	const done: number[] = [];
	const early = [LISTS, '/ips', '/accounts'].map((path) =>
		first('GET', path).then(() => done.push(1)),
	);
	await pause(20);
	expect(done).toEqual([]);
	expect(cloudflare.faults.report()[0].waiting).toBe(1);
	await second('GET', LISTS);
	await Promise.all(early);
	expect(done).toHaveLength(3);
	expect((await first('GET', LISTS)).status).toBe(200);
});

test('a hold of two rounds opens twice', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 2, times: 4, match: reads });
	const send = sender(cloudflare);
	await Promise.all([send('GET', '/ips'), send('GET', '/ips')]);
	const third = send('GET', '/ips');
	await pause(20);
	expect(cloudflare.faults.report()).toMatchObject([{ left: 2, waiting: 1 }]);
	await Promise.all([third, send('GET', '/ips')]);
	expect((await send('GET', '/ips')).status).toBe(200);
});

test('a wait can have an end', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 9, ms: 30, match: reads });
	const send = sender(cloudflare);
	expect(
		(await Promise.all([send('GET', '/ips'), send('GET', '/ips')])).map(({ status }) => status),
	).toEqual([200, 200]);
	expect(cloudflare.faults.report()).toMatchObject([{ left: 0, waiting: 0 }]);
});

describe('over HTTP', () => {
	let front: HttpFront;
	beforeAll(async () => {
		front = await serveHttp(cloudflare);
	});
	afterAll(() => front.close());
	const control = async (method: string, path: string, body?: unknown) =>
		(
			await fetch(`${front.url}/__sandbox/${path}`, {
				method,
				...(body !== undefined && { body: JSON.stringify(body) }),
			})
		).json();

	test('a client that leaves is not counted', async () => {
		await control('POST', 'faults', { kind: 'hold', until: 2, match: { pathRegex: 'ips$' } });
		const call = (signal?: AbortSignal) => fetch(`${front.url}/client/v4/ips`, { signal });
		const waiting = async (count: number) => {
			for (;;) {
				const report = (await control('GET', 'faults')) as FaultReport[];
				if (report[0].waiting === count) return report;
				await pause(5);
			}
		};
		const client = new AbortController();
		const left = call(client.signal).catch((error: Error) => error.name);
		await waiting(1);
		client.abort();
		expect(await left).toBe('AbortError');
		expect(await waiting(0)).toEqual([
			{
				fault: { kind: 'hold', until: 2, match: { pathRegex: 'ips$' } },
				seen: 1,
				left: 2,
				waiting: 0,
			},
		]);
		const answers = await Promise.all([call(), call()]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	});

	// What every run does: read the lists, then create one if there is none of that name.
	const RUN = `
		const [base, token] = process.argv.slice(1);
		const call = (method, body) => fetch(base, { method, body: body && JSON.stringify(body),
			headers: { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' } });
		(async () => {
			const { result } = await (await call('GET')).json();
			const found = result.some(({ name }) => name === 'raced');
			const status = found ? 'found' : (await call('POST', { name: 'raced', kind: 'ip' })).status;
			process.stdout.write(String(status));
		})();
	`;

	test('runs in separate processes all read before one of them writes', async () => {
		await control('POST', 'faults', {
			kind: 'hold',
			until: 4,
			distinct: 'credential',
			match: reads,
		});
		const runs = Array.from({ length: 4 }, async (_, index) => {
			const { token } = await control('POST', 'tokens', {
				permissions: ['Account Rule Lists Write'],
				name: `process-${index}`,
			});
			const args = ['-e', RUN, `${front.url}/client/v4${LISTS}`, token];
			const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
			let output = '';
			child.stdout.on('data', (chunk) => (output += chunk));
			await once(child, 'close');
			return output;
		});
		expect((await Promise.all(runs)).sort()).toEqual(['200', '400', '400', '400']);
		expect(await control('GET', 'lists')).toMatchObject({
			lists: [{ name: 'office_network' }, { name: 'raced' }],
		});
	});

	test('lists, access rules and rulesets are shown and switched', async () => {
		const send = sender(cloudflare);
		await control('PUT', 'lists', {
			operationTime: 60_000,
			retryAfter: 2,
			limits: { [seedIds.mainAccount]: { lists: 1 } },
		});
		await control('POST', 'lists/fill', {
			list: 'office_network',
			addresses: ['203.0.113.0/24'],
			comment: 'filled',
		});
		const items = `${LISTS}/${seedIds.lists.officeNetwork}/items`;
		expect((await send('POST', items, [{ ip: '198.51.100.1' }])).status).toBe(200);
		expect((await send('POST', items, [{ ip: '198.51.100.2' }])).headers.get('retry-after')).toBe(
			'2',
		);
		expect((await send('POST', LISTS, { name: 'more', kind: 'ip' })).status).toBe(400);
		expect(await control('GET', 'lists')).toMatchObject({
			lists: [{ items: [{}, {}, { ip: '203.0.113.0/24', comment: 'filled' }] }],
			operations: [{ status: 'pending', write: 'append', list: seedIds.lists.officeNetwork }],
		});
		await control('PUT', 'access-rules', { mostPerAccount: 0 });
		const rules = `/accounts/${seedIds.mainAccount}/firewall/access_rules/rules`;
		const body = { mode: 'block', configuration: { target: 'ip', value: '203.0.113.7' } };
		expect((await send('POST', rules, body)).status).toBe(400);
		expect(await control('GET', 'access-rules')).toEqual([]);
		await control('PUT', 'rulesets', { writeLimit: { writes: 0, windowSeconds: 1 } });
		expect(cloudflare.state.rulesetWriteLimit).toEqual({ writes: 0, windowSeconds: 1 });
		for (const path of ['lists', 'access-rules'])
			expect(await control('PUT', path, { nothing: 1 })).toEqual({
				error: 'Unknown switch nothing',
			});
		expect(await control('POST', 'lists/fill', { list: 'x', addresses: [] })).toEqual({
			error: 'There is no list x',
		});
	});
});
