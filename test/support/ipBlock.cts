import { wouldBlock } from '../../sandbox/cloudflare/index.cjs';
import { listsOf } from './ipLists.cjs';
import { exampleCom, mainAccount, seedIds, type Cloudflare } from './nodeTest.cjs';

type Result = Record<string, unknown>;

/** Parameters that block addresses in example.com. */
export const block = (addresses: unknown, more: object = {}): Record<string, unknown> => ({
	authentication: 'token',
	resource: 'ipBlock',
	operation: 'block',
	account: mainAccount,
	zone: exampleCom,
	addresses,
	...more,
});

/** An expiry as the form gives it. */
export const hours = (count: number) => ({
	expires: 'after',
	expiresAfter: count,
	expiresUnit: 'hours',
});

/** Makes and looks at what blocks, in the stand-in itself. */
export function blocksOf(cloudflare: Cloudflare, now: () => number) {
	const { items } = listsOf(cloudflare);
	const { mainAccount: accountId, zones } = seedIds;
	return {
		/** Whether a request from this address is refused. */
		isBlocked: (ip: string, zone: string = zones['example.com']): boolean =>
			wouldBlock(cloudflare.state, zone, { ip, path: '/' }).blocked,
		/** Address → comment of the list that Block writes to. */
		kept: () =>
			new Map(items('n8n_blocklist').map((item) => ['ip' in item ? item.ip : '', item.comment])),
		/** That list with these items, by somebody else. */
		givenList(ips: string[], comment = 'By hand', kind: 'ip' | 'asn' = 'ip') {
			const { lists } = cloudflare.state;
			const about = { accountId, name: 'n8n_blocklist', kind, description: '' };
			const list = lists.add(about, '0b10c0b10c0b10c0b10c0b10c0b10c01');
			lists.fill(list, ips, comment);
			return list;
		},
		/** In how many hours a block ends, to the nearest; null for never. */
		hoursLeft(result: Result): number | null {
			const { expiresAt } = result.block as { expiresAt: string | null };
			return expiresAt === null ? null : Math.round((Date.parse(expiresAt) - now()) / 3_600_000);
		},
	};
}
