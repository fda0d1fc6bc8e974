// Lists whose answers tell no numbers, and rows that share an ID.
import fc from 'fast-check';
import type { ListRequest } from '../../../nodes/CloudflareSecurity/transport/pages';
import { allRows, pageNumberRows } from '../../../nodes/CloudflareSecurity/transport/paginate';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good } from '../../support/fakeHost.cjs';
import { PageServer, type RowServerOptions } from '../../support/rowServer.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const path = apiPath`/accounts`;

async function read(options: RowServerOptions, list: Partial<ListRequest> = {}) {
	const server = new PageServer(options);
	const clock = new VirtualClock();
	const client = clientOn(fakeHost((request) => server.answer(request)).host, { clock });
	const request = { path, pageSize: { min: 1, max: 1000 }, leastFullPage: 100, ...list };
	const rows = await clock.run(allRows(pageNumberRows(client, request)));
	return { ids: rows.map(({ id }) => id), calls: server.asked.length };
}

const silent = (total: number, clampTo = 0): RowServerOptions => ({ total, clampTo, tells: [] });

test.each<[total: number, clampTo: number, calls: number]>([
	[0, 0, 1],
	[99, 0, 1],
	[100, 0, 2],
	[999, 0, 2],
	[1000, 0, 2],
	[1050, 0, 2],
	[25_000, 0, 26],
	[250, 100, 3],
	[300, 100, 4],
])('%i rows, pages cut down to %i: all of them with %i calls', async (total, clampTo, calls) => {
	const found = await read(silent(total, clampTo));
	expect(found.ids).toHaveLength(total);
	expect(found.calls).toBe(calls);
});

test('numbers in the answer count more', async () => {
	const options: RowServerOptions = { total: 500, clampTo: 0, tells: ['per_page'] };
	expect((await read(options)).calls).toBe(1);
});

test('whatever the server cuts pages down to, and whatever the limit, no row is missing', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(2500),
			fc.integer({ min: 100, max: 1200 }),
			fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
			async (total, clampTo, limit) => {
				const { ids } = await read(silent(total, clampTo), { limit });
				expect(ids).toEqual(
					Array.from({ length: Math.min(total, limit ?? total) }, (_, at) => `row-${at}`),
				);
			},
		),
		{ numRuns: 60 },
	);
});

test('rows that share an ID are told apart as the list says', async () => {
	const rows = ['a', 'b', 'a'].map((to) => ({ id: 'alert', to }));
	const { host } = fakeHost(() => good(rows));
	const list = { path, pageSize: { min: 1, max: 1000 } };
	const client = clientOn(host);
	expect(await allRows(pageNumberRows(client, list))).toEqual([{ id: 'alert', to: 'a' }]);
	expect(await allRows(pageNumberRows(client, { ...list, identify: ({ to }) => to }))).toEqual(
		rows.slice(0, 2),
	);
});
