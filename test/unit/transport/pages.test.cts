// Lists that are read one page at a time.
import fc from 'fast-check';
import {
	cursorPages,
	numberedPages,
	type ListPage,
	type ListRequest,
	type Row,
} from '../../../nodes/CloudflareSecurity/transport/pages';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused, type FakeHost } from '../../support/fakeHost.cjs';
import { PageServer, type RowServerOptions } from '../../support/rowServer.cjs';

const list: ListRequest = {
	path: apiPath`/accounts`,
	query: { kind: 'custom' },
	pageSize: { min: 1, max: 1000 },
	leastFullPage: 100,
};

type Pages = typeof cursorPages;

/** Reads to the end and checks that each page cost one call, sent when the page was asked for. */
async function read(pages: Pages, { host, requests }: FakeHost, request = list) {
	const found: Array<ListPage<Row>> = [];
	for await (const page of pages<Row>(clientOn(host), request)) {
		found.push(page);
		if (found.length > 50) throw new Error('It does not end');
		expect(requests).toHaveLength(found.length);
		// Whatever was fetched ahead would be sent meanwhile.
		await new Promise((resolve) => setImmediate(resolve));
		expect(requests).toHaveLength(found.length);
	}
	expect(requests).toHaveLength(found.length);
	return found;
}

const rowsFrom = (first: number, count: number): Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `row-${first + index}` }));
const ids = (pages: Array<ListPage<Row>>) => pages.map(({ rows }) => rows.map(({ id }) => id));
const lasts = (pages: Array<ListPage<Row>>) => pages.map(({ last }) => last);
const onlyTheLast = (count: number) => Array.from({ length: count }, (_, at) => at === count - 1);

/** Answers the first request with the first of these, and so on; none is left for a request too many. */
function answersOf(...answers: Array<[rows: Row[], info?: object]>): FakeHost {
	const left = [...answers];
	return fakeHost(() => {
		const answer = left.shift();
		return answer ? good(...answer) : refused(404);
	});
}

describe('pages with cursors', () => {
	test.each<[place: string, at: (cursor: string) => object, end: object | undefined]>([
		['cursor', (cursor) => ({ cursor }), {}],
		['cursor, empty at the end', (cursor) => ({ cursor }), { cursor: '' }],
		['cursor, null at the end', (cursor) => ({ cursor }), { cursor: null, cursors: null }],
		['cursors.after', (after) => ({ cursors: { before: 'x', after } }), { cursors: {} }],
		[
			'cursors.after, empty at the end',
			(after) => ({ cursors: { after } }),
			{ cursors: { after: '' } },
		],
		['cursor, nothing told at the end', (cursor) => ({ cursor }), undefined],
	])('%s: one call a page, the one without a next cursor is the last', async (_place, at, end) => {
		const server = answersOf(
			[rowsFrom(0, 2), at('b')],
			[rowsFrom(2, 2), at('c')],
			[rowsFrom(4, 2), end],
		);
		const pages = await read(cursorPages, server);
		expect(ids(pages)).toEqual([
			['row-0', 'row-1'],
			['row-2', 'row-3'],
			['row-4', 'row-5'],
		]);
		expect(lasts(pages)).toEqual([false, false, true]);
		expect(server.requests.map(({ qs }) => qs)).toEqual([
			{ kind: 'custom', per_page: 1000 },
			{ kind: 'custom', per_page: 1000, cursor: 'b' },
			{ kind: 'custom', per_page: 1000, cursor: 'c' },
		]);
	});

	test.each(['first', 'later'])(
		'an empty page is the last, with a cursor too: %s',
		async (which) => {
			const before: Array<[Row[], object]> =
				which === 'later' ? [[rowsFrom(0, 1), { cursor: 'b' }]] : [];
			const pages = await read(cursorPages, answersOf(...before, [[], { cursor: 'more' }]));
			expect(lasts(pages)).toEqual(onlyTheLast(before.length + 1));
		},
	);

	test.each<[what: string, cursors: string[]]>([
		['the same cursor again', ['a', 'a']],
		['a cursor from before', ['a', 'b', 'a']],
	])('%s: ends, and no page is the last', async (_what, cursors) => {
		const answers = cursors.map((cursor, at): [Row[], object] => [rowsFrom(at, 1), { cursor }]);
		const pages = await read(cursorPages, answersOf(...answers));
		expect(lasts(pages)).toEqual(cursors.map(() => false));
	});
});

describe('pages with numbers', () => {
	const serve = (options: RowServerOptions) => {
		const server = new PageServer(options);
		return fakeHost((request) => server.answer(request));
	};

	test.each<[total: number, clampTo: number, tells: RowServerOptions['tells'], sizes: number[]]>([
		[0, 0, [], [0]],
		[99, 0, [], [99]],
		[100, 0, [], [100, 0]],
		[1000, 0, [], [1000, 0]],
		[1050, 0, [], [1000, 50]],
		[250, 100, [], [100, 100, 50]],
		[200, 100, [], [100, 100, 0]],
		[100, 0, ['per_page'], [100]],
		[100, 0, ['total_count'], [100]],
		[2000, 0, ['total_count'], [1000, 1000]],
		[200, 50, ['per_page', 'total_count'], [50, 50, 50, 50]],
		[150, 50, ['total_pages'], [50, 50, 50]],
	])(
		'%i rows, pages cut down to %i, told %j: pages of %j, the end of them is the last',
		async (total, clampTo, tells, sizes) => {
			const server = serve({ total, clampTo, tells });
			const pages = await read(numberedPages, server);
			expect(pages.map(({ rows }) => rows.length)).toEqual(sizes);
			expect(lasts(pages)).toEqual(onlyTheLast(sizes.length));
			expect(ids(pages).flat()).toEqual(rowsFrom(0, total).map(({ id }) => id));
			expect(server.requests.map(({ qs }) => qs)).toEqual(
				sizes.map((_, at) => ({ kind: 'custom', page: at + 1, per_page: 1000 })),
			);
		},
	);

	test('whatever the server cuts pages down to and tells: every row, and one last page', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc
					.record({
						total: fc.nat(2500),
						clampTo: fc.integer({ min: 100, max: 1200 }),
						tells: fc.subarray(['total_count', 'total_pages', 'per_page', 'texts'] as const),
					})
					.filter(
						({ clampTo, tells }) =>
							// A total says how many pages there are only beside the size of a page.
							tells.includes('per_page') ||
							tells.includes('total_pages') ||
							!tells.includes('total_count') ||
							clampTo >= 1000,
					),
				async (options) => {
					const pages = await read(numberedPages, serve(options));
					expect(pages.flatMap(({ rows }) => rows)).toHaveLength(options.total);
					expect(lasts(pages)).toEqual(onlyTheLast(pages.length));
				},
			),
			{ numRuns: 60 },
		);
	});

	test.each<[what: string, tells: RowServerOptions['tells'], withIds: boolean]>([
		['without totals', [], true],
		['with totals', ['total_pages'], true],
		['whose rows have no IDs', [], false],
	])(
		'a server that ignores the page number, %s: ends, and no page is the last',
		async (_what, tells, withIds) => {
			const server = new PageServer({ total: 2000, clampTo: 0, tells, withIds });
			const ignoring = fakeHost(({ qs }) => server.answer({ url: '', qs: { ...qs, page: 1 } }));
			expect(lasts(await read(numberedPages, ignoring))).toEqual([false, false]);
		},
	);

	test('rows that moved to the next page are given again, and the list goes on', async () => {
		const server = new PageServer({
			total: 250,
			clampTo: 100,
			tells: [],
			arrivals: new Map([[2, 1]]),
		});
		const pages = await read(
			numberedPages,
			fakeHost((request) => server.answer(request)),
		);
		expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 51]);
		expect(pages[0].rows[99]).toEqual(pages[1].rows[0]);
		expect(lasts(pages)).toEqual(onlyTheLast(3));
	});

	test('an empty page is the last, whatever the totals say', async () => {
		const pages = await read(numberedPages, answersOf([[], { total_pages: 9 }]));
		expect(lasts(pages)).toEqual([true]);
	});

	test('rows without IDs are told apart by what is in them', async () => {
		const server = serve({ total: 250, clampTo: 100, tells: [], withIds: false });
		expect(lasts(await read(numberedPages, server))).toEqual(onlyTheLast(3));
	});

	test('the same rows in another order are another page', async () => {
		const rows = rowsFrom(0, 100);
		const pages = await read(numberedPages, answersOf([rows], [[...rows].reverse()], [[]]));
		expect(lasts(pages)).toEqual([false, false, true]);
	});
});

describe.each<[name: string, pages: Pages]>([
	['cursorPages', cursorPages],
	['numberedPages', numberedPages],
])('%s', (_name, pages) => {
	const full = rowsFrom(0, 1000);

	test("gives Cloudflare's clock of each page, where it is told", async () => {
		const dates = ['Thu, 01 Oct 2026 08:30:00 GMT', undefined, 'Thu, 01 Oct 2026 08:30:02 GMT'];
		let sent = 0;
		const found = await read(
			pages,
			fakeHost(() => {
				const date = dates[sent];
				sent += 1;
				return {
					...good(sent === 3 ? [] : rowsFrom(sent * 1000, 1000), { cursor: `at ${sent}` }),
					headers: date ? { date } : {},
				};
			}),
		);
		expect(found.map(({ serverTime }) => serverTime)).toEqual([
			Date.UTC(2026, 9, 1, 8, 30, 0),
			undefined,
			Date.UTC(2026, 9, 1, 8, 30, 2),
		]);
	});

	test('rows that come twice are given twice', async () => {
		const twice = [...rowsFrom(0, 500), ...rowsFrom(0, 500)];
		const [first, second] = await read(
			pages,
			answersOf([twice, { cursor: 'b' }], [rowsFrom(0, 3)]),
		);
		expect(first.rows).toEqual(twice);
		expect(second.rows).toEqual(rowsFrom(0, 3));
	});

	test('a limit is the size of a page and nothing else', async () => {
		const server = answersOf(
			[rowsFrom(0, 5), { cursor: 'b' }],
			[rowsFrom(5, 5), { cursor: 'c' }],
			[[]],
		);
		const found = await read(pages, server, { ...list, limit: 5 });
		expect(found.map(({ rows }) => rows.length)).toEqual([5, 5, 0]);
		expect(server.requests.map(({ qs }) => qs?.per_page)).toEqual([5, 5, 5]);
	});

	test('who stops after a page has sent one request', async () => {
		const { host, requests } = answersOf([full, { cursor: 'b', total_pages: 9 }]);
		for await (const { last } of pages(clientOn(host), list)) {
			expect(last).toBe(false);
			break;
		}
		await new Promise((resolve) => setImmediate(resolve));
		expect(requests).toHaveLength(1);
	});

	test('a page that cannot be fetched ends them with its error, after the pages before it', async () => {
		let sent = 0;
		const { host } = fakeHost(() => {
			sent += 1;
			return sent === 1 ? good(full, { cursor: 'b' }) : refused(403);
		});
		const seen: number[] = [];
		const reading = async () => {
			for await (const { rows } of pages(clientOn(host), list)) seen.push(rows.length);
		};
		await expect(reading()).rejects.toThrow('Cloudflare refused access: refused (code 403)');
		expect(seen).toEqual([1000]);
	});
});
