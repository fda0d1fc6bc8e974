import { createCloudflare, sandboxCredentials, seedIds } from '../../sandbox/cloudflare/index.cjs';
import { LISTS, refusal, sender, type Answer } from './support.cjs';

const START = Date.UTC(2027, 0, 15, 8);
let now = START;
const cloudflare = createCloudflare({
	now: () => now,
	rateLimit: { quota: 1e6, windowSeconds: 1 },
});
const send = sender(cloudflare);
const list = `${LISTS}/${seedIds.lists.officeNetwork}`;
const items = `${list}/items`;
beforeEach(() => {
	now = START;
	cloudflare.reset();
	cloudflare.state.lists.operationTime = 1000;
});

const append = (...ips: string[]) =>
	send(
		'POST',
		items,
		ips.map((ip) => ({ ip })),
	);
const operationOf = async ({ json }: Answer) =>
	(await send('GET', `${LISTS}/bulk_operations/${json.result.operation_id}`)).json.result;
const addresses = async (): Promise<string[]> =>
	(await send('GET', items)).json.result.map(({ ip }: { ip: string }) => ip);
const OFFICE = ['192.0.2.0/28', '2001:db8:ff1::/48'];

test('an operation is pending, runs, is completed, and only then has its effect', async () => {
	const begun = await append('203.0.113.7');
	const id = begun.json.result.operation_id;
	expect(begun.json.result).toEqual({ operation_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
	expect(await operationOf(begun)).toEqual({ id, status: 'pending' });
	now += 500;
	expect(await operationOf(begun)).toEqual({ id, status: 'running' });
	now += 499;
	expect(await addresses()).toEqual(OFFICE);
	expect((await send('GET', list)).json.result.num_items).toBe(2);
	now += 1;
	expect(await addresses()).toEqual([...OFFICE, '203.0.113.7'].sort());
	expect((await send('GET', list)).json.result).toMatchObject({
		num_items: 3,
		modified_on: '2027-01-15T08:00:01Z',
	});
	expect(await operationOf(begun)).toEqual({
		id,
		status: 'completed',
		completed: '2027-01-15T08:00:01Z',
	});
});

test('operations are unknown to other accounts', async () => {
	const { operation_id: id } = (await append('203.0.113.7')).json.result;
	const path = (account: string) => `/accounts/${account}/rules/lists/bulk_operations/${id}`;
	expect(refusal(await send('GET', path(seedIds.secondAccount)))).toBe('404 10001');
	expect(refusal(await send('GET', path(seedIds.mainAccount).replace(id, 'f'.repeat(32))))).toBe(
		'404 10001',
	);
	expect((await send('GET', path(seedIds.mainAccount))).status).toBe(200);
});

describe('one at a time', () => {
	test('while one is not done, every other write of items is refused, whatever the list', async () => {
		const other = (await send('POST', LISTS, { name: 'other', kind: 'ip' })).json.result.id;
		const { id } = (await send('GET', items)).json.result[0];
		await append('203.0.113.7');
		const refused = [
			await append('203.0.113.8'),
			await send('PUT', items, []),
			await send('DELETE', items, { items: [{ id }] }),
			await send('POST', `${LISTS}/${other}/items`, [{ ip: '203.0.113.9' }]),
			await send('DELETE', `${LISTS}/${other}`),
		];
		for (const answer of refused) {
			expect(refusal(answer)).toBe('429 10036');
			expect(answer.headers.get('retry-after')).toBeNull();
		}
		// Reading, lists themselves and other accounts go on.
		expect((await send('GET', items)).status).toBe(200);
		expect((await send('PUT', list, { description: 'x' })).status).toBe(200);
		const second = `/accounts/${seedIds.secondAccount}/rules/lists`;
		const foreign = (await send('POST', second, { name: 'theirs', kind: 'ip' })).json.result.id;
		const theirs = await send('POST', `${second}/${foreign}/items`, [{ ip: '203.0.113.9' }]);
		expect(theirs.status).toBe(200);
		now += 1000;
		expect((await append('203.0.113.8')).status).toBe(200);
		now += 1000;
		expect(await addresses()).toHaveLength(4);
	});

	test('the refusal can say how long to wait', async () => {
		cloudflare.state.lists.operations.retryAfter = 3;
		await append('203.0.113.7');
		expect((await append('203.0.113.8')).headers.get('retry-after')).toBe('3');
	});

	test('of many at once one is taken', async () => {
		const answers = await Promise.all(
			Array.from({ length: 20 }, (_, index) => append(`203.0.113.${index}`)),
		);
		expect(answers.map(refusal).sort()).toEqual([
			'200 undefined',
			...Array.from({ length: 19 }, () => '429 10036'),
		]);
	});

	test('a refused write is none: wrong items come before the lock', async () => {
		expect(refusal(await append('text'))).toBe('400 10027');
		expect((await append('203.0.113.7')).status).toBe(200);
	});
});

test('held operations stand still, and go on when let go', async () => {
	cloudflare.state.lists.held = true;
	const begun = await append('203.0.113.7');
	now += 60_000;
	expect(await operationOf(begun)).toMatchObject({ status: 'pending' });
	expect((await append('203.0.113.8')).status).toBe(429);
	cloudflare.state.lists.held = false;
	expect(await operationOf(begun)).toMatchObject({ status: 'completed' });
	expect(await addresses()).toHaveLength(3);
});

test('without a duration an operation is done when somebody looks', async () => {
	cloudflare.state.lists.operationTime = 0;
	expect(await operationOf(await append('203.0.113.7'))).toMatchObject({ status: 'completed' });
});

describe('failing', () => {
	test.each([
		[undefined, []],
		[2, ['203.0.113.7', '203.0.113.8']],
	])('on demand, with %j items applied', async (applied, expected) => {
		cloudflare.faults.add({
			kind: 'operationFails',
			error: 'internal error',
			applied,
		});
		// Reads and other writes leave it for the next write of items.
		await send('GET', items);
		expect((await send('PUT', list, { description: '' })).status).toBe(200);
		cloudflare.state.changes.length = 0;
		const begun = await append('203.0.113.7', '203.0.113.8', '203.0.113.9');
		expect(begun.status).toBe(200);
		now += 1000;
		expect(await operationOf(begun)).toEqual({
			id: begun.json.result.operation_id,
			status: 'failed',
			completed: '2027-01-15T08:00:01Z',
			error: 'internal error',
		});
		expect((await addresses()).filter((ip) => ip.startsWith('203'))).toEqual(expected);
		expect(cloudflare.state.changes).toHaveLength(expected.length === 0 ? 0 : 1);
		const again = await append('203.0.113.7', '203.0.113.8', '203.0.113.9');
		now += 1000;
		expect(await operationOf(again)).toMatchObject({ status: 'completed' });
		expect(await addresses()).toHaveLength(5);
	});

	test('for want of room, over all lists of the account; what makes no more items fits', async () => {
		cloudflare.state.lists.limits.set(seedIds.mainAccount, { items: 4 });
		const other = (await send('POST', LISTS, { name: 'other', kind: 'ip' })).json.result.id;
		await send('POST', `${LISTS}/${other}/items`, [{ ip: '203.0.113.1' }]);
		now += 1000;
		const full = await append('203.0.113.7', '203.0.113.8');
		expect(full.status).toBe(200);
		now += 1000;
		expect(await operationOf(full)).toMatchObject({
			status: 'failed',
			error: 'This list is at the maximum number of items',
		});
		expect(await addresses()).toEqual(OFFICE);
		const fitting = await append('203.0.113.7', '192.0.2.0/28');
		now += 1000;
		expect(await operationOf(fitting)).toMatchObject({ status: 'completed' });
		cloudflare.state.lists.limits.set(seedIds.mainAccount, { items: 1 });
		const { id } = (await send('GET', items)).json.result[0];
		const fewer = await send('DELETE', items, { items: [{ id }] });
		now += 1000;
		expect(await operationOf(fewer)).toMatchObject({ status: 'completed' });
	});

	test('10,000 items fit on the best of the smaller plans', async () => {
		const path = `/accounts/${seedIds.secondAccount}/rules/lists`;
		const { id } = (await send('POST', path, { name: 'theirs', kind: 'ip' })).json.result;
		const fill = Array.from({ length: 9_999 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
		cloudflare.state.lists.fill(cloudflare.state.lists.get(seedIds.secondAccount, id), fill);
		const status = async (ip: string) => {
			const begun = await send('POST', `${path}/${id}/items`, [{ ip }]);
			now += 1000;
			const operation = `${path}/bulk_operations/${begun.json.result.operation_id}`;
			return (await send('GET', operation)).json.result.status;
		};
		expect(await status('203.0.113.7')).toBe('completed');
		expect(await status('203.0.113.8')).toBe('failed');
	});
});

test('audit logs tell of the effect, by the request that began it', async () => {
	const own = sender(cloudflare, sandboxCredentials.accountToken);
	const begun = await own('POST', items, [
		{ ip: '203.0.113.7', comment: 'case 7' },
		{ ip: '192.0.2.0/28' },
	]);
	const range = 'since=2027-01-15T07:59:30Z&before=2027-01-16T00:00:00Z&direction=asc';
	const account = `/accounts/${seedIds.mainAccount}`;
	const v1 = async () => (await send('GET', `${account}/audit_logs?${range}`)).json.result;
	expect(await v1()).toEqual([]);
	now += 1000;
	const [old] = await v1();
	expect(old).toMatchObject({
		when: '2027-01-15T08:00:01Z',
		action: { type: 'add' },
		actor: { id: seedIds.mainAccount },
		resource: { type: 'list_item', id: seedIds.lists.officeNetwork },
	});
	expect(JSON.parse(old.oldValue)).toMatchObject([{ ip: '192.0.2.0/28', comment: 'Head office' }]);
	expect(JSON.parse(old.newValue)).toMatchObject([
		{ ip: '203.0.113.7', comment: 'case 7' },
		{ ip: '192.0.2.0/28' },
	]);
	const [recent] = (await send('GET', `${account}/logs/audit?${range}`)).json.result;
	expect(recent).toMatchObject({
		action: { type: 'create' },
		actor: { type: 'account' },
		raw: {
			method: 'POST',
			uri: items,
			cf_ray_id: begun.headers.get('cf-ray')?.replace(/-.*/, ''),
		},
		resource: { product: 'lists', type: 'list_item' },
	});
	const { id } = (await send('GET', items)).json.result[0];
	await send('DELETE', items, { items: [{ id }] });
	now += 1000;
	await send('PUT', items, []);
	now += 1000;
	expect((await v1()).map(({ action }: { action: { type: string } }) => action.type)).toEqual([
		'add',
		'delete',
		'update',
	]);
});
