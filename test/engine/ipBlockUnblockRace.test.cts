import { formatBlockComment } from '../../nodes/CloudflareSecurity/firewall/blockComment';
import { blocking, blocksOf, ipBlock, LIST } from '../support/ipBlocks.cjs';
import { blockingState } from '../support/blockingState.cjs';
import { moveTime, output, runNode, seedIds, useCloudflare } from '../support/nodeTest.cjs';

const time = moveTime();
/** What somebody else does while the run reads what else may block: after its first look, before it removes. */
let meanwhile: (() => void) | undefined;
const cf = useCloudflare({ now: time.now }, ({ method, url }, response) => {
	if (method === 'GET' && url.endsWith('/entrypoint')) {
		meanwhile?.();
		meanwhile = undefined;
	}
	return response;
});
afterEach(() => {
	meanwhile = undefined;
});
const { items } = blocksOf(cf);
const { isBlocked, writes } = blockingState(cf);

const com = { level: 'zone', id: seedIds.zones['example.com'] } as const;
const FOREIGN = 'Court order 12/2026, never remove';
const LATER = '2050-01-01T00:00:00Z';
const EXTENDED = formatBlockComment({ expiresAt: Date.parse(LATER), origin: 'Another run' });

const blocklist = () => cf.state.lists.named(seedIds.mainAccount, LIST)!;
const ruleFor = (ip: string) =>
	cf.state.accessRules.of(com).find(({ configuration }) => configuration.value === ip)!;
const change = (ip: string, body: { mode?: string; notes?: string }) =>
	void cf.state.accessRules.edit(ruleFor(ip), body);

/** How somebody else changes, and removes, what blocks an address. */
const methods = [
	{
		method: 'list',
		put: (ip: string, comment: string) => void cf.state.lists.fill(blocklist(), [ip], comment),
		remove: (ip: string) => blocklist().items.delete(blocklist().items.at(ip)!.id),
	},
	{
		method: 'accessRule',
		put: (ip: string, notes: string) => change(ip, { notes }),
		remove: (ip: string) => void cf.state.accessRules.remove(ruleFor(ip), 'none'),
	},
] as const;

const both = '45.1.2.3, 45.1.2.4';
const unblocking = (addresses: string, method: string, options: object = {}) => ({
	...ipBlock,
	operation: 'unblock',
	addresses,
	method,
	options,
});

describe.each(methods)('IP Block: Unblock by $method, while others write', (others) => {
	const { method } = others;
	beforeEach(async () => {
		await output(blocking(both, { method }));
		cf.calls.length = 0;
	});

	test('what somebody else took over since the first look stays, and is told', async () => {
		meanwhile = () => others.put('45.1.2.3', FOREIGN);
		const records = await output(unblocking(both, method));
		expect(['45.1.2.3', '45.1.2.4'].map((ip) => isBlocked(ip))).toEqual([true, false]);
		expect(records).toMatchObject([
			{
				outcome: 'stillBlocked',
				removed: [],
				remaining: [
					{
						blocks: true,
						block: { ours: false },
						whyKept: expect.stringContaining('did not make'),
					},
				],
			},
			{ outcome: 'unblocked', removed: [{ network: '45.1.2.4' }], remaining: [] },
		]);
	});

	test('it goes where blocks of others are to go too', async () => {
		meanwhile = () => others.put('45.1.2.3', FOREIGN);
		const [record] = await output(unblocking('45.1.2.3', method, { includeForeign: true }));
		expect(record).toMatchObject({ outcome: 'unblocked', removed: [{ block: { ours: false } }] });
		expect(isBlocked('45.1.2.3')).toBe(false);
	});

	test('a block that was extended since goes, and is told as it was in the end', async () => {
		meanwhile = () => others.put('45.1.2.3', EXTENDED);
		const [record] = await output(unblocking('45.1.2.3', method));
		expect(record).toMatchObject({
			outcome: 'unblocked',
			removed: [{ block: { ours: true, expiresAt: LATER } }],
			remaining: [],
		});
		expect(isBlocked('45.1.2.3')).toBe(false);
	});

	test('what somebody else removed since is not said to be removed by this run', async () => {
		meanwhile = () => others.remove('45.1.2.3');
		const records = await output(unblocking(both, method));
		expect(records).toMatchObject([
			{ outcome: 'notBlocked', removed: [], remaining: [] },
			{ outcome: 'unblocked', remaining: [] },
		]);
		expect(isBlocked('45.1.2.4')).toBe(false);
	});

	test('nothing is written, and nothing waited for, where all was taken over', async () => {
		meanwhile = () => {
			others.put('45.1.2.3', FOREIGN);
			others.remove('45.1.2.4');
		};
		const { items: records, waits } = await runNode({ parameters: unblocking(both, method) });
		expect(records.map(({ json }) => json.outcome)).toEqual(['stillBlocked', 'notBlocked']);
		expect(writes()).toEqual([]);
		expect(waits).toEqual([]);
	});

	test('a second look that fails: an error, and nothing is removed', async () => {
		meanwhile = () => {
			const path = method === 'list' ? /\/items$/ : /\/access_rules\/rules\/\w+$/;
			cf.faults.add({ kind: 'html', match: { method: 'GET', path }, times: 99 });
		};
		const result = await runNode({ parameters: unblocking('45.1.2.3', method) });
		expect(result.error).toBeDefined();
		expect(writes()).toEqual([]);
		expect(isBlocked('45.1.2.3')).toBe(true);
	});
});

test('IP Block: Unblock leaves an access rule that somebody made an allowing one', async () => {
	await output(blocking('45.1.2.3', { method: 'accessRule' }));
	meanwhile = () => change('45.1.2.3', { mode: 'whitelist' });
	const [record] = await output(unblocking('45.1.2.3', 'accessRule'));
	expect(record).toMatchObject({ outcome: 'notBlocked', removed: [] });
	expect(ruleFor('45.1.2.3').mode).toBe('whitelist');
});

test('IP Block: the list still has what others added since', async () => {
	await output(blocking('45.1.2.3'));
	meanwhile = () => void cf.state.lists.fill(blocklist(), ['45.1.2.9'], FOREIGN);
	await output(unblocking('45.1.2.3', 'list'));
	expect([...items()]).toEqual([['45.1.2.9', FOREIGN]]);
});
