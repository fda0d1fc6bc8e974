import { addToken, type Fault } from '../../sandbox/cloudflare/index.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { blocking, findBlocks, finding } from '../support/ipBlocks.cjs';
import { many } from '../support/ipLists.cjs';
import {
	jsonOf,
	output,
	refusal,
	runNode,
	tokenCredential,
	useCloudflare,
} from '../support/nodeTest.cjs';

const cf = useCloudflare();
const { list, rule, access } = blockingState(cf);

const authentication = {
	kind: 'status' as const,
	status: 403,
	errors: [{ code: 10000, message: 'Authentication error' }],
	times: 99,
} satisfies Fault;

describe('IP Block: Find, what cannot be read', () => {
	test.each([
		['the IP access rules', /access_rules/, 'Zone → Firewall Services → Read'],
		['the custom rules', /rulesets/, 'Zone → Zone WAF → Read'],
		['the IP lists of the account', /rules\/lists$/, 'Account → Account Filter Lists → Read'],
		['the list bad', /lists\/d[^/]*\/items/, 'Account → Account Filter Lists → Read'],
	])('%s: told, and nothing is claimed', async (what, path, permission) => {
		list('bad', ['45.1.2.3']);
		rule('ip.src in $bad');
		cf.faults.add({ ...authentication, match: { path } });
		const [record] = await findBlocks('45.1.2.3');
		expect(record).toMatchObject({ blocked: null });
		expect(record.unreadable).toContainEqual(
			expect.objectContaining({
				what,
				permission,
				reason: expect.stringContaining('Authentication error'),
			}),
		);
	});

	test('nothing at all: an error that names the permission', async () => {
		cf.faults.add({ ...authentication, match: { path: /access_rules|rulesets|lists/ } });
		expect(await refusal(finding('45.1.2.3'))).toContain('Zone → Zone WAF → Read');
	});

	test('a token that may read lists and rules only', async () => {
		await output(blocking('45.1.2.3'));
		const apiToken = addToken(cf.state, {
			permissions: ['Account Rule Lists Read', 'Zone WAF Read', 'Zone Read'],
		});
		const credentials = tokenCredential({ apiToken });
		const [record] = await output(finding('45.1.2.3'), { credentials });
		expect(record).toMatchObject({
			blocked: null,
			blocks: [{ kind: 'listItem', blocks: true }],
			unreadable: [{ what: 'the IP access rules' }],
		});
	});

	test('cancelled', async () => {
		cf.faults.add({ kind: 'delay', ms: 500, match: { path: /access_rules/ } });
		const result = await runNode({ parameters: finding('45.1.2.3'), cancelAfter: 50 });
		expect(result.items).toEqual([]);
	});

	test.each(['cutBefore', 'rateLimited'] as const)(
		'%s at each request: tried again',
		async (kind) => {
			list('bad', ['45.1.2.3']);
			rule('ip.src in $bad');
			const first = await findBlocks('45.1.2.3');
			const requests = cf.calls.map(({ method, path }) => ({ method, path }));
			for (const match of requests) {
				cf.faults.add({ kind, match });
				expect(await findBlocks('45.1.2.3')).toEqual(first);
			}
		},
	);
});

describe('IP Block: Find, requests', () => {
	test('100 items read each thing once', async () => {
		list('bad', many(40));
		rule('ip.src in $bad');
		const addresses = many(100);
		const result = await runNode({
			parameters: finding('={{ $json.ip }}'),
			items: addresses.map((ip) => ({ ip })),
		});
		const records = jsonOf(result);
		expect(records.map(({ address, blocked }) => [address, blocked])).toEqual(
			addresses.map((ip, index) => [ip, index < 40]),
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			addresses.map((_, item) => ({ item })),
		);
		// The zone, the lists and the items of both, the access rules, the custom rules.
		expect(cf.calls.map(({ method }) => method)).toEqual(Array(6).fill('GET'));
	});

	test('of many access rules only those that matter are asked for', async () => {
		for (const ip of many(1500)) access(ip);
		access('45.1.0.0/16', { at: 'account' });
		expect(await findBlocks('45.1.2.3')).toMatchObject([{ blocked: true }]);
		const lookups = cf.calls.filter(({ path }) => path.includes('access_rules'));
		// One page, then /16, /24 and the address.
		expect(lookups).toHaveLength(4);
	});

	test('of a large list too', async () => {
		list('bad', [...many(13_000), '45.1.0.0/16']);
		rule('ip.src in $bad');
		expect(await findBlocks('45.1.2.3')).toMatchObject([{ blocked: true }]);
		const reads = cf.calls.filter(({ path }) => /lists\/d[^/]*\/items/.test(path));
		expect(reads).toHaveLength(25);
	});
});
