import type { CloudflareClient } from '../../../nodes/CloudflareSecurity/transport/client';
import { appendChecked } from '../../../nodes/CloudflareSecurity/ipLists/appendChecked';
import { removeChecked } from '../../../nodes/CloudflareSecurity/ipLists/removeChecked';
import { appendItems, MOST_ITEMS } from '../../../nodes/CloudflareSecurity/ipLists/writeItems';
import { hexId } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused } from '../../support/fakeHost.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const account = hexId('a'.repeat(32), { field: 'Account' });

/** Takes every write at once. */
function accepting(): { client: CloudflareClient; written: string[] } {
	const written: string[] = [];
	const client = {
		now: () => 0,
		attempt: async ({ body }: { body: Array<{ ip: string }> }) => {
			written.push(...body.map(({ ip }) => ip));
			return { ok: true, envelope: { result: { operation_id: 'b'.repeat(32) } } };
		},
		send: async () => ({ result: { status: 'completed' } }),
	};
	return { client: client as unknown as CloudflareClient, written };
}

test.each([
	[MOST_ITEMS, 0],
	[2_500, 2],
	[10_000, 9],
	[50_000, 9],
])(
	'%i items: the rest is considered anew %i times, and each is written once',
	async (count, looks) => {
		const { client, written } = accepting();
		const items = Array.from({ length: count }, (_, index) => ({ ip: String(index) }));
		let looked = 0;
		await appendItems(client, account, 'c'.repeat(32), items, {
			requests: 1,
			reconsider: async (rest) => {
				looked += 1;
				return rest;
			},
		});
		expect(looked).toBe(looks);
		expect(written).toEqual(items.map(({ ip }) => ip));
	},
);

describe("while somebody else's operation lasts", () => {
	const PAGES = 20;
	const list = { id: 'c'.repeat(32), name: 'list', kind: 'ip', num_items: PAGES * 500 };
	const many = (count: number) =>
		Array.from({ length: count }, (_, index) => `45.1.${index >> 8}.${index & 255}`);

	const itemOf = (ip: string) => ({ id: Buffer.from(ip).toString('hex').padStart(32, '0'), ip });

	/** A list of many pages that has these. Somebody else's operation lasts so many seconds. */
	function busyList(seconds: number, values: readonly string[]) {
		const clock = new VirtualClock();
		const freeAt = clock.now() + seconds * 1_000;
		/** What was asked for, `refused` for a write that has to wait. */
		const log: string[] = [];
		const { host } = fakeHost(({ method, url, qs = {} }) => {
			const isItems = url.endsWith('/items');
			if (!isItems) return good({ status: 'completed' });
			if (method !== 'GET') {
				const isBusy = clock.now() < freeAt;
				log.push(isBusy ? 'refused' : 'write');
				return isBusy ? refused(429) : good({ operation_id: 'b'.repeat(32) });
			}
			log.push('look');
			const { search, cursor } = qs as Record<string, string | undefined>;
			const page = Number(cursor ?? 0) + 1;
			if (search !== undefined) return good([itemOf(search)]);
			const filler = itemOf(`203.0.113.${page}`);
			const rows = page === 1 ? [filler, ...values.map(itemOf)] : [filler];
			return good(rows, page < PAGES ? { cursors: { after: String(page) } } : undefined);
		});
		const waited = () => (clock.now() - freeAt) / 1_000;
		return { client: clientOn(host, { clock }), clock, log, waited };
	}

	const write = {
		append: async (client: CloudflareClient, values: string[]) => {
			const wanted = values.map((ip) => ({ ip }));
			const rules = { isDone: () => true, leaves: () => false };
			const { error } = await appendChecked(client, account, list, { wanted, values, ...rules });
			return error;
		},
		remove: async (client: CloudflareClient, values: string[]) => {
			const there = new Map(values.map((ip) => [ip, itemOf(ip)]));
			const { error } = await removeChecked(client, account, list, there).catch(
				(error: unknown) => ({ error }),
			);
			return error;
		},
	};

	describe.each([1, 3, 15, 1_000])('%i addresses', (count) => {
		const requests = Math.min(count, PAGES);

		test.each([5, 30, 100, 200])(
			'%i seconds: few looks, a fresh one before the write',
			async (seconds) => {
				const { client, clock, log, waited } = busyList(seconds, many(count));
				expect(await clock.run(write.append(client, many(count)))).toBeUndefined();
				const until = log.indexOf('write');
				const calls = log.slice(0, until);
				expect(calls.length).toBeLessThanOrEqual(200);
				// The whole look, after the last refusal and with nothing in between.
				expect(calls.slice(-requests - 1)).toEqual(['refused', ...Array(requests).fill('look')]);
				// A look that costs little is not rarer than it was; a dear one is at most as late again as it had to wait.
				expect(waited()).toBeLessThanOrEqual(
					count === 1 ? 5 : Math.max(5, Math.min(seconds, 60)) + 5,
				);
			},
		);

		test.each(['append', 'remove'] as const)('for ever: %s gives up in time', async (kind) => {
			const { client, clock, log } = busyList(Infinity, many(count));
			expect(await clock.run(write[kind](client, many(count)))).toBeDefined();
			// A sixth of what Cloudflare allows in that time.
			expect(log.length).toBeLessThanOrEqual(200 + requests);
		});
	});
});
