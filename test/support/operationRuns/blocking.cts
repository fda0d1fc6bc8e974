import { formatBlockComment } from '../../../nodes/CloudflareSecurity/firewall/blockComment';
import { blocking, blocksOf, severalZones } from '../ipBlocks.cjs';
import { listsOf } from '../ipLists.cjs';
import {
	exampleCom,
	locator,
	mainAccount,
	output,
	seedIds,
	type Cloudflare,
} from '../nodeTest.cjs';
import { runsOf, type OperationRun } from './types.cjs';

const list = runsOf('ipList', { account: mainAccount });
const onList = runsOf('ipList', { account: mainAccount, list: locator('name', 'blocklist') });
const block = runsOf('ipBlock', { account: mainAccount, zone: exampleCom });

const addresses = { addresses: '45.1.2.3, 2a01:4f8:1:2::3' };
const exampleNet = { zone: locator('name', 'example.net') };
const everywhere = { zonesFrom: 'account' };
const byAccessRule = { method: 'accessRule' };
const until = { ...addresses, expires: 'at', expiresAt: '2099-01-01T00:00:00Z', reason: 'Case 42' };
const earlier = { expires: 'at', expiresAt: '2098-01-01T00:00:00Z' };
const over = formatBlockComment({ origin: 'Earlier', reason: '', expiresAt: 0 });
const zoneScope = { level: 'zone', id: seedIds.zones['example.com'] } as const;

const emptyList = (cloudflare: Cloudflare) => void listsOf(cloudflare).given();
const filledList = (cloudflare: Cloudflare) =>
	void listsOf(cloudflare).given(['45.1.2.3', '45.9.9.9']);
const foreignItems = (cloudflare: Cloudflare) => void blocksOf(cloudflare).givenList(['45.9.9.9']);
/** A block of both addresses that ends earlier. */
const blocked =
	(more: object = {}) =>
	async () =>
		void (await output(blocking(addresses.addresses, { ...earlier, ...more })));
/** One block that is over and one of somebody else. */
const expiredItem = (cloudflare: Cloudflare) => {
	const made = blocksOf(cloudflare).givenList(['45.9.9.9']);
	cloudflare.state.lists.fill(made, ['45.1.2.3'], over);
};
const expiredRule = ({ state }: Cloudflare) =>
	void state.accessRules.create(zoneScope, {
		mode: 'block',
		notes: over,
		configuration: { target: 'ip', value: '45.1.2.3' },
	});

export const blockingRuns: OperationRun[] = [
	list('getAll', 'all', { returnAll: true }),
	list('get', 'by name', { list: locator('name', 'office_network') }),
	list('getItems', 'all', { list: locator('name', 'office_network'), returnAll: true }),
	list('create', 'new', { name: 'case_42', description: 'Case 42' }),
	onList('delete', 'empty', {}, emptyList),
	onList('delete', 'with its items', { options: { includeItems: true } }, filledList),
	onList('addItems', 'new', { ...addresses, additionalFields: { comment: 'Case 42' } }, emptyList),
	onList('addItems', 'beside others', addresses, filledList),
	onList('removeItems', 'one of two', { addresses: '45.1.2.3' }, filledList),

	block('block', 'list: nothing there', { ...until, ...exampleNet }),
	block('block', 'list: beside items of others', until, foreignItems),
	block('block', 'list: extended', until, blocked()),
	block('block', 'list: one refused', { ...until, addresses: '45.1.2.3, 10.0.0.1' }),
	block('block', 'list: two zones', { ...until, ...severalZones }),
	block('block', 'access rule: new', { ...until, ...byAccessRule }),
	block('block', 'access rule: extended', { ...until, ...byAccessRule }, blocked(byAccessRule)),
	block('block', 'access rule: the account', { ...until, ...byAccessRule, ...everywhere }),
	block('find', 'blocked by a list', addresses, blocked()),
	block('find', 'blocked by access rules', addresses, blocked(byAccessRule)),
	block('find', 'in two zones', { ...addresses, ...severalZones }, blocked()),
	block('unblock', 'list', addresses, blocked()),
	block('unblock', 'access rule', { ...addresses, ...byAccessRule }, blocked(byAccessRule)),
	block('removeExpired', 'list', {}, expiredItem),
	block('removeExpired', 'access rule', byAccessRule, expiredRule),
];
