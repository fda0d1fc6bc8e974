/** The harness itself, with a package so small that each expectation can be read off it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import nock from 'nock';
import { expectNoSecret } from '../secrets.cjs';
import {
	projectRoot,
	runListSearch,
	runNode,
	setDefaultCredentials,
	testCredential,
} from './index.cjs';
import { needs } from './versions.cjs';

// Below node_modules, so that the package finds the project's n8n-workflow.
const cache = join(projectRoot, 'node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const packageFolder = mkdtempSync(join(cache, 'engine-test-'));
afterAll(() => rmSync(packageFolder, { recursive: true, force: true }));
cpSync(join(__dirname, 'tinyPackage'), packageFolder, { recursive: true });
writeFileSync(
	join(packageFolder, 'package.json'),
	JSON.stringify({
		name: 'n8n-nodes-tiny',
		version: '1.0.0',
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: ['Tiny.node.cjs'],
			credentials: ['CloudflareSecurityTokenApi.credentials.cjs'],
		},
	}),
);

const SECRET = 'tiny-secret-0001';
const tiny = { packageFolder, nodeType: 'tiny' };
const credential = (data: object) => ({
	type: 'cloudflareSecurityTokenApi' as const,
	data: { apiToken: SECRET, ...data },
});
const api = () => nock('https://api.cloudflare.com');

beforeAll(() => {
	nock.disableNetConnect();
	setDefaultCredentials(credential({}));
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

test('credentials are decrypted, completed and put in by the expressions of the credential type', async () => {
	const scope = api()
		.matchHeader('authorization', `Bearer ${SECRET}`)
		.matchHeader('x-account', 'default account')
		.get('/get')
		.reply(200, { ok: true });
	const { items, status } = await runNode({ ...tiny, parameters: { path: '/get' } });
	expect(items).toEqual([{ json: { ok: true }, pairedItem: { item: 0 } }]);
	expect(status).toBe('success');
	scope.done();
});

test('expressions in parameters and in credential values see the item', async () => {
	const scope = api().matchHeader('x-account', 'from item 1').get('/b').reply(200, {});
	await runNode({
		...tiny,
		parameters: { path: '={{ $json.path }}' },
		items: [{ path: '/b', n: 1 }],
		credentials: credential({ accountId: '=from item {{ $json.n }}' }),
	});
	scope.done();
});

test('a failed run has its error, what the node threw, and what was logged', async () => {
	api().get('/no').reply(403, {});
	const result = await runNode({ ...tiny, parameters: { path: '/no' } });
	expect(result).toMatchObject({
		status: 'error',
		items: [],
		error: { name: 'NodeApiError', httpCode: '403' },
		thrown: [{ name: 'NodeApiError' }],
		logs: expect.arrayContaining(["info asking { path: '/no' }"]),
	});
	needs('errors that keep their cause');
	// The tiny node throws n8n's own error, whose cause holds the request.
	expect(() => expectNoSecret(result, [SECRET])).toThrow('thrown.0.cause');
});

test('items that failed go to the error output, linked', async () => {
	api().get('/no').reply(403, {}).get('/yes').reply(200, {});
	const { outputs, error } = await runNode({
		...tiny,
		parameters: { path: '={{ $json.path }}' },
		items: [{ path: '/no' }, { path: '/yes' }],
		onError: 'continueErrorOutput',
	});
	expect(outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([
		[{ item: 1 }],
		[{ item: 0 }],
	]);
	expect(error).toBeUndefined();
});

test('Retry on Fail runs the node again', async () => {
	const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
	api().get('/x').replyWithError(reset).get('/x').reply(200, {});
	const { status, thrown } = await runNode({
		...tiny,
		parameters: { path: '/x' },
		retryOnFail: { maxTries: 2 },
	});
	expect([status, thrown.length]).toEqual(['success', 1]);
});

test('waits are skipped, with the clock moved on', async () => {
	const { waits, items } = await runNode({ ...tiny, parameters: { path: '', sleep: 300_000 } });
	expect(waits).toEqual([300_000]);
	expect(items[0].json.slept).toBeGreaterThanOrEqual(300_000);
});

test.each(['real', 'skip'] as const)(
	'a wait ends when the run is cancelled (%s)',
	async (waits) => {
		if (waits === 'real') needs('a sleep that can be cancelled');
		const controller = new AbortController();
		const { error } = await runNode({
			...tiny,
			parameters: { path: '', sleep: 300_000 },
			waits,
			abortSignal: controller.signal,
			cancelAfter: waits === 'real' ? 20 : undefined,
			onWait: () => controller.abort(),
		});
		expect(error?.message).toMatch(/abort/i);
	},
);

test('what n8n refuses before the start is an error too', async () => {
	const { status, error } = await runNode({ ...tiny, parameters: { required: '' } });
	expect([status, error?.name]).toEqual(['error', 'WorkflowHasIssuesError']);
});

test('list search gets filter, token and the defaults of the form', async () => {
	api()
		.get('/client?filter=a&token=2')
		.reply(200, [{ name: 'A', value: 1 }]);
	const list = await runListSearch('things', { ...tiny, filter: 'a', paginationToken: '2' });
	expect(list).toMatchObject({ results: [{ name: 'A', value: 1 }], paginationToken: '/get' });
});

test('the credential test follows its rules', async () => {
	needs('errors that keep their cause');
	const results = [];
	for (const [status, body] of [
		[200, { state: 'good' }],
		[200, { state: 'bad' }],
		[401, {}],
		[500, {}],
	] as const) {
		// n8n asks a second time after a 401.
		api().get('/verify/default%20account').times(2).reply(status, body);
		results.push(await testCredential(credential({}), packageFolder));
		nock.cleanAll();
	}
	expect(results.map(({ status, message }) => [status, message])).toEqual([
		['OK', 'Connection successful!'],
		['Error', 'a bad token'],
		['Error', 'a wrong token'],
		['Error', 'Internal Server Error'],
	]);
});
