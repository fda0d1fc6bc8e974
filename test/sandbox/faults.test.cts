import { createCloudflare, isCut, seedIds } from '../../sandbox/cloudflare/index.cjs';
import type { Fault } from '../../sandbox/cloudflare/faults.cjs';
import { block, CUSTOM, entryPointPath, sender, zonePath } from './support.cjs';

const cloudflare = createCloudflare();
const send = sender(cloudflare);
beforeEach(() => cloudflare.reset());

const rules = `/zones/${seedIds.zones['example.com']}/rulesets/${seedIds.rulesets.exampleComCustom}/rules`;
const stored = () =>
	cloudflare.state.rulesets.get(seedIds.rulesets.exampleComCustom)?.versions.length;

test.each<[Fault, number, RegExp]>([
	[{ kind: 'status', status: 503 }, 503, /"code":503/],
	[{ kind: 'status', status: 404, errors: [{ code: 7, message: 'x' }] }, 404, /"code":7/],
	[{ kind: 'status', status: 500, body: { success: false, errors: null } }, 500, /"errors":null/],
	[{ kind: 'html' }, 500, /<!DOCTYPE html>/],
	[{ kind: 'html', status: 502 }, 502, /<h1>Error 502/],
	[{ kind: 'text', text: 'error code: 1015' }, 500, /^error code: 1015$/],
	[{ kind: 'truncatedJson' }, 200, /^\{"success":true[^}]*$/],
	[{ kind: 'body', body: 'null' }, 200, /^null$/],
	[{ kind: 'successFalse' }, 200, /"success":false/],
	[{ kind: 'successFalse', errors: null }, 200, /"errors":null/],
	[{ kind: 'redirect' }, 302, /^$/],
])('%j has no effect', async (fault, status, text) => {
	cloudflare.faults.add(fault);
	const answer = await send('POST', rules, block('203.0.113.7'));
	expect(answer.status).toBe(status);
	expect(answer.text).toMatch(text);
	expect(answer.headers.get('cf-ray')).not.toBeNull();
	expect(stored()).toBe(1);
	expect((await send('POST', rules, block('203.0.113.7'))).status).toBe(200);
});

test.each([
	[5, '5'],
	[undefined, '1'],
	[null, null],
])('429 with retryAfter %j', async (retryAfter, header) => {
	cloudflare.faults.add({ kind: 'rateLimited', retryAfter });
	const { status, headers } = await send('GET', '/ips');
	expect([status, headers.get('retry-after')]).toEqual([429, header]);
});

test.each([
	['cutBefore', 1],
	['cutAfter', 2],
] as const)('%s', async (kind, versions) => {
	cloudflare.faults.add({ kind });
	const request = new Request(`https://api.cloudflare.com/client/v4${rules}`, {
		method: 'POST',
		headers: {
			Authorization: `Bearer ${cloudflare.state.credentials[0].secret}`,
			'Content-Type': 'application/json',
		},
		body: JSON.stringify(block('203.0.113.7')),
	});
	expect(isCut(await cloudflare.fetch(request))).toBe(true);
	expect(stored()).toBe(versions);
	expect(cloudflare.calls.at(-1)?.status).toBe(0);
});

test('a fault strikes what it matches, as often as it says', async () => {
	const match = { method: 'get', path: /^\/ips$/ };
	cloudflare.faults.add({ kind: 'status', status: 500, match, times: 2 });
	cloudflare.faults.add({ kind: 'status', status: 418, match: { path: '/user', nth: 2 } });
	const statuses = async (path: string) => {
		const answers = [];
		for (let i = 0; i < 3; i += 1) answers.push((await send('GET', path)).status);
		return answers;
	};
	expect(await statuses('/ips')).toEqual([500, 500, 200]);
	expect(await statuses('/user')).toEqual([200, 418, 200]);
});

test('held requests wait for each other, and delays only delay', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 2, match: { path: '/ips' } });
	cloudflare.faults.add({ kind: 'delay', ms: 20 });
	const done: string[] = [];
	const first = send('GET', '/ips').then(() => done.push('first'));
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(done).toEqual([]);
	await Promise.all([first, send('GET', '/ips').then(() => done.push('second'))]);
	expect(done).toHaveLength(2);
	expect((await send('GET', '/ips')).status).toBe(200);
});

test('clearing lets held requests go', async () => {
	cloudflare.faults.add({ kind: 'hold', until: 2 });
	const held = send('GET', '/ips');
	await new Promise((resolve) => setTimeout(resolve, 10));
	cloudflare.faults.clear();
	expect((await held).status).toBe(200);
});

test('two that both read before either writes: one creates, the other is told so', async () => {
	const entryPoint = entryPointPath('example.net');
	cloudflare.faults.add({ kind: 'hold', until: 2, match: { method: 'GET', path: entryPoint } });
	const create = async () => {
		expect((await send('GET', entryPoint)).status).toBe(404);
		const body = { name: 'default', kind: 'zone', phase: CUSTOM, rules: [block('203.0.113.7')] };
		return (await send('POST', `${zonePath('example.net')}/rulesets`, body)).status;
	};
	expect((await Promise.all([create(), create()])).sort()).toEqual([200, 400]);
});
