import type { CloudflareClient } from '../../../nodes/CloudflareSecurity/transport/client';
import { appendItems, MOST_ITEMS } from '../../../nodes/CloudflareSecurity/ipLists/writeItems';
import { hexId } from '../../../nodes/CloudflareSecurity/transport/path';

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
		await appendItems(client, account, 'c'.repeat(32), items, async (rest) => {
			looked += 1;
			return rest;
		});
		expect(looked).toBe(looks);
		expect(written).toEqual(items.map(({ ip }) => ip));
	},
);
