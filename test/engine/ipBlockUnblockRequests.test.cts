import { blocking, blocksOf, ipBlock } from '../support/ipBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import {
	jsonOf,
	locator,
	moveTime,
	output,
	refusal,
	runNode,
	sandboxCredentials,
	seedIds,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const time = moveTime();
/** What somebody else does after the first look at the items. */
let afterItems: (() => void) | undefined;
const cf = useCloudflare({ now: time.now }, ({ method, url }, response) => {
	if (method === 'GET' && url.includes('/items')) {
		afterItems?.();
		afterItems = undefined;
	}
	return response;
});
const { foreign, items, accessRules } = blocksOf(cf);
const { access, isBlocked, everything, writes } = blockingState(cf);

const LIST = 'n8n_blocklist';
const unblocking = (addresses: unknown, more: object = {}, options: object = {}) => ({
	...ipBlock,
	operation: 'unblock',
	addresses,
	options,
	...more,
});
type Record_ = Record<string, unknown>;
const outcomes = (records: Record_[]) => records.map(({ outcome }) => outcome);
const remaining = (record: Record_) => record.remaining as Record_[];

const methods = [
	['list', {}],
	['accessRule', { method: 'accessRule' }],
	['accessRule of the account', { method: 'accessRule', zonesFrom: 'account' }],
] as const;

describe('IP Block: Unblock, requests', () => {
	const hundred = Array.from({ length: 100 }, (_, index) => `45.1.2.${index}`);

	test.each([
		// The list, its items before, right before and after, the write and its operation; then what may block still.
		['list', {}, 7, 4],
		// A look and a request for each rule; the account of the zone has to be asked for.
		['accessRule', { method: 'accessRule' }, 202, 5],
	] as const)(
		'%s: 100 items are linked, and share what they can',
		async (_what, more, main, rest) => {
			await output(blocking(hundred.join(), more));
			cf.calls.length = 0;
			const result = await runNode({
				parameters: unblocking('={{ $json.ip }}', more, { checkRest: false }),
				items: hundred.map((ip) => ({ ip })),
			});
			expect(jsonOf(result).map(({ address }) => address)).toEqual(hundred);
			expect(outcomes(jsonOf(result))).toEqual(hundred.map(() => 'unblocked'));
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				hundred.map((_, item) => ({ item })),
			);
			const lookups = cf.calls.filter(({ path }) => path === '/zones').length;
			expect(cf.calls.length - lookups).toBeLessThanOrEqual(main);
			await output(blocking(hundred.join(), more));
			cf.calls.length = 0;
			await output(unblocking(hundred.join(), more));
			console.log(`unblock ${_what}: ${cf.calls.length} calls for 100 addresses`);
			expect(cf.calls.length - lookups).toBeLessThanOrEqual(main + rest);
			expect(hundred.some((ip) => isBlocked(ip))).toBe(false);
		},
	);

	test.each(methods)('%s: a dry run writes nothing and shows the requests', async (_what, more) => {
		await output(blocking('45.1.2.3, 45.1.2.4', more));
		const before = everything();
		cf.calls.length = 0;
		const [record] = await output(unblocking('45.1.2.3', more, { dryRun: true }));
		expect(record).toMatchObject({ dryRun: true, outcome: 'unblocked', remaining: [] });
		expect(writes()).toEqual([]);
		expect(everything()).toEqual(before);
		await output(unblocking('45.1.2.3', more));
		expect(
			writes().map(({ method, path, body }) => ({ method, path, ...(body ? { body } : {}) })),
		).toEqual(record.requests);
	});

	test.each(methods)('%s: a missing permission is an error', async (_what, more) => {
		await output(blocking('45.1.2.3', more));
		const before = everything();
		const credentials = tokenCredential({
			apiToken: sandboxCredentials.noPermissionToken,
			zoneId: seedIds.zones['example.com'],
			accountId: seedIds.mainAccount,
		});
		const zone = locator('id', seedIds.zones['example.com']);
		const text = await refusal(unblocking('45.1.2.3', { ...more, zone }), { credentials });
		expect(text).toContain('Edit');
		const readOnly = tokenCredential({ apiToken: sandboxCredentials.readOnlyToken });
		expect(await refusal(unblocking('45.1.2.3', more), { credentials: readOnly })).toContain(
			'Edit',
		);
		expect(everything()).toEqual(before);
	});

	test('what cannot be read is told, and the address is unblocked all the same', async () => {
		await output(blocking('45.1.2.3'));
		const errors = [{ code: 10000, message: 'Authentication error' }];
		const match = { path: /access_rules/ };
		cf.faults.add({ kind: 'status', status: 403, errors, match, times: 9 });
		const [record] = await output(unblocking('45.1.2.3'));
		expect(record).toMatchObject({
			outcome: 'unblocked',
			unreadable: [{ what: 'the IP access rules', permission: 'Zone → Firewall Services → Read' }],
		});
		expect(isBlocked('45.1.2.3')).toBe(false);
	});

	test('access rules in several zones: one that fails is named', async () => {
		const several = {
			method: 'accessRule',
			zonesFrom: 'several',
			zones: 'example.com, example.net',
		};
		await output(blocking('45.1.2.3', several));
		const net = seedIds.zones['example.net'];
		const errors = [{ code: 10000, message: 'Authentication error' }];
		const match = { method: 'DELETE', path: new RegExp(net) };
		cf.faults.add({ kind: 'status', status: 403, errors, match, times: 9 });
		const [record] = await output(unblocking('45.1.2.3', several));
		expect(record).toMatchObject({ outcome: 'stillBlocked', removed: [{ kind: 'accessRule' }] });
		expect(remaining(record)).toContainEqual(
			expect.objectContaining({ place: { scope: 'zone', id: net, name: 'example.net' } }),
		);
		expect([isBlocked('45.1.2.3'), isBlocked('45.1.2.3', net)]).toEqual([false, true]);
		cf.faults.clear();
		expect(outcomes(await output(unblocking('45.1.2.3', several)))).toEqual(['unblocked']);
		expect(accessRules()).toEqual([]);
	});

	test('what somebody else removes in between is fine', async () => {
		await output(blocking('45.1.2.3, 45.1.2.4'));
		const blocklist = cf.state.lists.named(seedIds.mainAccount, LIST)!;
		const [{ id }] = blocklist.items.values();
		afterItems = () => blocklist.items.delete(id);
		expect(outcomes(await output(unblocking('45.1.2.3, 45.1.2.4')))).toEqual([
			'notBlocked',
			'unblocked',
		]);
		expect(items().size).toBe(0);
	});

	test('cancelled: nothing is said to be done', async () => {
		await output(blocking('45.1.2.3'));
		cf.faults.add({ kind: 'delay', ms: 500, match: { path: /access_rules/ } });
		const result = await runNode({ parameters: unblocking('45.1.2.3'), cancelAfter: 100 });
		expect(result.items).toEqual([]);
		expect(isBlocked('45.1.2.3')).toBe(true);
	});

	test('a wrong item leaves everything as it is, or is an error of its own', async () => {
		await output(blocking('45.1.2.3'));
		const parameters = unblocking('45.1.2.3', { addressesFrom: '={{ $json.from }}' });
		const inputs = [{ from: 'addresses' }, { from: 'magic' }];
		const stopped = await runNode({ parameters, items: inputs });
		expect(stopped.error?.message).toContain('Addresses From');
		expect(isBlocked('45.1.2.3')).toBe(true);
		const result = await runNode({ parameters, items: inputs, onError: 'continueRegularOutput' });
		expect(result.items.map(({ json }) => json.outcome ?? json.error)).toEqual([
			'unblocked',
			expect.stringContaining('Addresses From'),
		]);
	});
});

describe('IP Block: Unblock, with trouble at each request', () => {
	const kinds = [
		{ kind: 'cutBefore', times: 1 },
		{ kind: 'cutAfter', times: 1 },
		{ kind: 'html', times: 10 },
		{ kind: 'rateLimited', retryAfter: 1, times: 1 },
	] as const;

	test.each(methods.slice(0, 2))(
		'%s: once or for good, then again: the right end',
		async (_what, more) => {
			const prepare = async () => {
				cf.reset();
				await output(blocking('45.1.2.3, 45.1.2.4, 2a01:4f8:1:2::3', more));
				access('45.1.2.3', { mode: 'managed_challenge', at: 'user' });
				cf.calls.length = 0;
			};
			const parameters = unblocking('45.1.2.3, 2a01:4f8:1:2::3', more);
			await prepare();
			await output(parameters);
			const calls = cf.calls.map(({ method, path }) => ({ method, path }));
			const seen = new Map<string, number>();
			for (const { method, path } of calls) {
				const nth = (seen.get(method + path) ?? 0) + 1;
				seen.set(method + path, nth);
				for (const { times, ...fault } of kinds) {
					await prepare();
					const before = foreign();
					for (let next = 0; next < times; next += 1) {
						cf.faults.add({ ...fault, match: { method, path, nth: nth + next } });
					}
					const result = await runNode({ parameters });
					const said = result.items.map(({ json }) => json.outcome);
					if (times === 1) expect(said).toEqual(['unblocked', 'unblocked']);
					const blocked = ['45.1.2.3', '2a01:4f8:1:2::3'].map((ip) => isBlocked(ip));
					for (const [place, outcome] of said.entries()) {
						expect([outcome, blocked[place]]).not.toEqual(['unblocked', true]);
					}
					cf.faults.clear();
					for (const { outcome } of await output(parameters)) {
						expect(['unblocked', 'notBlocked']).toContain(outcome);
					}
					expect(isBlocked('45.1.2.3') || isBlocked('2a01:4f8:1:2::3')).toBe(false);
					expect(isBlocked('45.1.2.4')).toBe(true);
					expect(foreign()).toEqual(before);
				}
			}
		},
		120_000,
	);
});
