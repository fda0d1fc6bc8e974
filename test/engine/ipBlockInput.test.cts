import { blocking, blocksOf, hoursLeft } from '../support/ipBlocks.cjs';
import {
	locator,
	moveTime,
	output,
	refusal,
	runNode,
	seedIds,
	useCloudflare,
} from '../support/nodeTest.cjs';
import { listsOf } from '../support/ipLists.cjs';

const time = moveTime();
const cf = useCloudflare({ now: time.now });
const { isBlocked, items } = blocksOf(cf);
const { writes } = listsOf(cf);

describe('IP Block: Block refuses what must not be blocked', () => {
	test.each([
		['10.1.2.3', 'specialNetwork', 'private'],
		['127.0.0.1', 'specialNetwork', ''],
		['100.64.1.1', 'specialNetwork', ''],
		['169.254.0.9', 'specialNetwork', ''],
		['0.0.0.0/0', 'tooWide', '/16'],
		['45.0.0.0/4', 'tooWide', '/16'],
		['2a00::/8', 'tooWide', '/32'],
		['104.16.0.1', 'cloudflareNetwork', "Cloudflare's own network"],
		['2606:4700::1', 'cloudflareNetwork', "Cloudflare's own network"],
		['2002:0a00:0001::', 'specialNetwork', '10.0.0.1'],
		['198.51.100.9', 'ownNetwork', 'one of your protected networks'],
		['evil.example', 'hostName', 'is a name'],
		['0177.0.0.1', 'octalForm', 'leading zero'],
		['0x7f.1', 'hexadecimalForm', 'hexadecimal'],
		['127.1', 'shortForm', 'write all four numbers'],
		['2130706433', 'wholeNumber', 'whole number'],
		['fe80::1%eth0', 'zoneIdentifier', 'zone identifier'],
		['not an address', 'notAnAddress', 'no IP address'],
		['45.1.2.3} or (ip.src in {0.0.0.0/0', 'severalValues', 'one address is needed'],
		['', 'empty', 'nothing was given'],
	])('%s: %s', async (address, code, words) => {
		const options = { protectedNetworks: '198.51.100.0/24' };
		const [result] = await output(blocking(address, { options }));
		expect(result).toMatchObject({ outcome: 'refused', refusal: { code } });
		expect((result.refusal as { reason: string }).reason).toContain(words);
		expect(writes()).toEqual([]);
	});

	test('the others of the same item are blocked', async () => {
		const { items: results, hints } = await runNode({
			parameters: blocking(['45.1.2.3', '10.0.0.1', '2a01:db9::1', '2a01:db9::2', 'x']),
		});
		expect(results.map(({ json }) => json.outcome)).toEqual([
			'blocked',
			'refused',
			'blocked',
			'blocked',
			'refused',
		]);
		expect([...items().keys()].sort()).toEqual(['2a01:db9::/64', '45.1.2.3']);
		expect(results[2].json).toMatchObject({ widenedTo: '2a01:db9::/64', address: '2a01:db9::/64' });
		expect(isBlocked('2a01:db9::ffff')).toBe(true);
		const texts = hints.map(({ message }) => message).join('\n');
		expect(texts).toContain('2 addresses were refused');
		expect(texts).toContain('Widened');
		expect(texts).toContain('1 address was named more than once or lie in the same network');
	});

	test('a long line of addresses with blanks between them', async () => {
		const all = Array.from({ length: 600 }, (_, index) => `45.2.${index >> 8}.${index & 255}`);
		const results = await output(blocking(all.join(' ')));
		expect(results.map(({ outcome }) => outcome)).toEqual(all.map(() => 'blocked'));
	});

	test('numbers as reason and case, as ticket systems give them', async () => {
		const parameters = blocking('45.1.2.3', {
			reason: '={{ 15 }}',
			options: { caseReference: '={{ 4711 }}' },
		});
		expect((await output(parameters))[0]).toMatchObject({
			outcome: 'blocked',
			block: { reason: '15', caseReference: '4711' },
		});
	});

	test('blanks part addresses only where each part is one', async () => {
		const addresses = async (text: string) =>
			(await output(blocking(text))).map(({ address }) => address);
		expect(await addresses('45.1.2.3 45.1.2.4\n45.1.2.5')).toEqual([
			'45.1.2.3',
			'45.1.2.4',
			'45.1.2.5',
		]);
		expect(await addresses('45.1.2.6 attacked')).toEqual([null]);
		expect(await addresses('45 [.] 1 [.] 2 [.] 7')).toEqual(['45.1.2.7']);
	});

	test('only an option lifts the guard, and each its own part', async () => {
		const outcomes = async (options: object) =>
			(await output(blocking('10.1.2.3, 45.0.0.0/12', { options }))).map(({ outcome }) => outcome);
		expect(await outcomes({ allowProtected: true })).toEqual(['blocked', 'refused']);
		expect(await outcomes({ allowWide: true })).toEqual(['refused', 'blocked']);
		expect(isBlocked('45.15.255.255')).toBe(true);
	});

	test("Cloudflare's own networks hold also when they cannot be asked for", async () => {
		cf.faults.add({ kind: 'status', status: 500, times: 9, match: { path: /\/ips$/ } });
		expect((await output(blocking('104.16.0.1')))[0]).toMatchObject({
			refusal: { code: 'cloudflareNetwork' },
		});
	});

	test('a list too wide for Cloudflare', async () => {
		const options = { allowWide: true };
		const [result] = await output(blocking('45.0.0.0/7', { options }));
		expect(result).toMatchObject({ outcome: 'refused', refusal: { code: 'tooWideForList' } });
		expect(writes()).toEqual([]);
	});

	test.each([
		['an expiry in the past', { expires: 'at', expiresAt: '2020-01-01' }, 'Expires At: 2020-01-01'],
		['no expiry', { expires: 'at', expiresAt: '' }, 'Expires At'],
		['no length', { expires: 'after', expiresAfter: 0 }, 'Expires After: got 0'],
		[
			'a length beyond all use',
			{ expires: 'after', expiresAfter: 6000, expiresUnit: 'weeks' },
			'100 years',
		],
		['a name that lists do not have', { options: { listName: 'Büro' } }, 'List Name: got "Büro"'],
		[
			'protected networks that are none',
			{ options: { protectedNetworks: 'office' } },
			'Protected Networks: "office" is a name',
		],
		[
			'protected networks without any',
			{ options: { protectedNetworks: '={{ $json.none }}' } },
			'Protected Networks: nothing was given',
		],
		['an IPv6 size that there is not', { options: { ipv6BlockSize: 20 } }, 'IPv6 Block Size'],
		['an unknown method', { method: 'fax' }, 'Method: got "fax"'],
		[
			'more than the limit',
			{ options: { maxAddresses: 1 } },
			'Max Addresses: the run names 2 addresses, more than 1',
		],
	])('%s: before any request', async (_what, more, text) => {
		expect(await refusal(blocking('45.1.2.3, 45.1.2.4', more))).toContain(text);
		expect(cf.calls).toEqual([]);
	});

	test('all zones of an account that has none: nothing is written', async () => {
		const { state } = cf;
		for (const [id, each] of state.zones)
			if (each.account.id === seedIds.mainAccount) state.zones.delete(id);
		const text = await refusal(blocking('45.1.2.3', { zonesFrom: 'account' }));
		expect(text).toContain('Account: no zone of it is visible');
		expect(writes()).toEqual([]);
	});

	test('5,000 addresses at once: none is blocked, and no request sent', async () => {
		const all = Array.from({ length: 5000 }, (_, index) => `45.2.${index >> 8}.${index & 255}`);
		expect(await refusal(blocking(all))).toContain('names 5000 addresses, more than 1000');
		const { error } = await runNode({
			parameters: blocking('={{ $json.ip }}'),
			items: all.map((ip) => ({ ip })),
		});
		expect(error?.message).toContain('names 5000 addresses, more than 1000');
		expect(cf.calls).toEqual([]);
	});
});

describe('IP Block: Block finds addresses in free text', () => {
	const text = (value: string, more: object = {}) =>
		blocking('', { addressesFrom: 'text', text: value, ...more });

	test('of an alert', async () => {
		const results = await output(
			text(
				'Chrome/120.0.0.0: 2 logins from hxxp://45[.]1[.]2[.]3/x and [2a01:db9::7]:443, v1.2.3.4',
			),
		);
		expect(results.map(({ address }) => address)).toEqual(['45.1.2.3', '2a01:db9::/64']);
		expect([...items().keys()].sort()).toEqual(['2a01:db9::/64', '45.1.2.3']);
	});

	test('networks in it are refused, unless wide ones are allowed', async () => {
		const alert = 'Ask 66.249.0.0/16 and 2a01:db9::/32 about 45.1.2.3';
		expect((await output(text(alert))).map(({ outcome, refusal: why }) => why ?? outcome)).toEqual([
			expect.objectContaining({ code: 'networkInText' }),
			expect.objectContaining({ code: 'networkInText' }),
			'blocked',
		]);
		const wide = await output(text(alert, { options: { allowWide: true } }));
		expect(wide.map(({ outcome }) => outcome)).toEqual(['blocked', 'blocked', 'extended']);
	});

	test('without one: told, and nothing sent', async () => {
		expect((await output(text('all is well')))[0]).toMatchObject({
			outcome: 'refused',
			refusal: { code: 'noAddressFound' },
		});
		expect(cf.calls).toEqual([]);
	});

	test('with more than the limit: none', async () => {
		const many = Array.from({ length: 30 }, (_, index) => `45.1.2.${index}`).join(' ');
		expect(await refusal(text(many, { options: { maxAddresses: 20 } }))).toContain('more than 20');
		expect(cf.calls).toEqual([]);
	});
});

describe('IP Block: items', () => {
	test('each is linked, and a bad one does not keep the others back when the node continues', async () => {
		const given = [{ ip: '45.1.2.3' }, { ip: '45.1.2.4', unit: 'moons' }, { ip: 'x' }];
		const parameters = blocking('={{ $json.ip }}', { expiresUnit: '={{ $json.unit || "days" }}' });
		const stopped = await runNode({ parameters, items: given });
		expect(stopped.error?.message).toContain('Unit: got "moons"');
		expect(cf.calls).toEqual([]);
		const { items: results } = await runNode({
			parameters,
			items: given,
			onError: 'continueRegularOutput',
		});
		expect(results.map(({ json, pairedItem }) => [json.outcome ?? json.error, pairedItem])).toEqual(
			[
				['blocked', { item: 0 }],
				[expect.stringContaining('moons'), { item: 1 }],
				['refused', { item: 2 }],
			],
		);
	});

	test('of several zones and expiries: one write for each list, the latest expiry for the same address', async () => {
		const given = [
			{ ip: '45.1.2.3', zone: 'example.com', hours: 1 },
			{ ip: '45.1.2.3', zone: 'example.com', hours: 9 },
			{ ip: '45.1.2.5', zone: 'example.net', hours: 1 },
		];
		const parameters = blocking('={{ $json.ip }}', {
			zone: locator('name', '={{ $json.zone }}'),
			expires: 'after',
			expiresAfter: '={{ $json.hours }}',
			expiresUnit: 'hours',
		});
		const { items: results, error } = await runNode({ parameters, items: given });
		expect(error).toBeUndefined();
		expect(results.map(({ json }) => hoursLeft(json, time.now()))).toEqual([9, 9, 1]);
		expect(writes().filter(({ path }) => path.endsWith('/items'))).toHaveLength(2);
		expect(isBlocked('45.1.2.5', seedIds.zones['example.net'])).toBe(true);
	});

	test('of which one fails: the others of the item are told where the node continues', async () => {
		const refused = { success: false, errors: [{ code: 1, message: 'no' }], result: null };
		const fail = () =>
			cf.faults.add({
				kind: 'body',
				status: 400,
				body: JSON.stringify(refused),
				match: { method: 'POST', path: /access_rules/, nth: 2 },
			});
		const parameters = blocking('45.1.2.3, 45.1.2.4, 45.1.2.5, 10.0.0.1', { method: 'accessRule' });
		fail();
		const { items: results } = await runNode({ parameters, onError: 'continueRegularOutput' });
		const outcomes = results.map(({ json }) => json.outcome ?? json.details);
		expect(outcomes).toHaveLength(4);
		expect(outcomes.filter((outcome) => typeof outcome === 'string').sort()).toEqual([
			'blocked',
			'blocked',
			'refused',
		]);
		const failed = { outcome: 'failed', address: expect.stringMatching(/^45/) };
		expect(outcomes).toContainEqual(expect.objectContaining(failed));
		cf.reset();
		fail();
		expect(await refusal(parameters)).toContain('Cloudflare refused the request: no');
	});

	test('of two zones: after a failure the second is not begun, unless the node continues', async () => {
		const given = [
			{ ip: '45.1.2.3', zone: 'example.com' },
			{ ip: '45.1.2.4', zone: 'example.net' },
		];
		const parameters = blocking('={{ $json.ip }}', { zone: locator('name', '={{ $json.zone }}') });
		cf.faults.add({ kind: 'operationFails', error: 'no room' });
		const stopped = await runNode({ parameters, items: given });
		expect(stopped.error?.description).toContain('0 of the 1 addresses');
		expect(items().size).toBe(0);
		expect(writes().filter(({ path }) => path.includes(seedIds.zones['example.net']))).toEqual([]);
	});
});
