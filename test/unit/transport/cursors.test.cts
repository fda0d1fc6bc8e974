import fc from 'fast-check';
import type { ListRequest, Row } from '../../../nodes/CloudflareSecurity/transport/pages';
import { allRows, cursorRows } from '../../../nodes/CloudflareSecurity/transport/paginate';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused } from '../../support/fakeHost.cjs';

const list = (limit?: number): ListRequest => ({
	path: apiPath`/accounts`,
	query: { kind: 'custom' },
	pageSize: { min: 1, max: 50 },
	limit,
});

/** Where an answer puts the next cursor; both are documented. */
const cursorPlaces = {
	cursor: (next?: string) => (next === undefined ? {} : { cursor: next }),
	emptyCursor: (next = '') => ({ cursor: next }),
	nullCursor: (next?: string) => ({ cursor: next ?? null, cursors: null }),
	after: (next?: string) => ({ cursors: { before: 'x', ...(next && { after: next }) } }),
	emptyAfter: (next = '') => ({ cursor: '', cursors: { before: '', after: next } }),
	nothing: (next?: string) => (next === undefined ? undefined : { cursor: next }),
};
type Place = keyof typeof cursorPlaces;

/** Lists numbered rows behind cursors. */
function cursorServer(total: number, size: number, place: Place) {
	return fakeHost(({ qs }) => {
		const from = qs?.cursor === undefined ? 0 : Number(/\d+/.exec(String(qs.cursor))?.[0]);
		const rows = Array.from({ length: Math.max(0, Math.min(size, total - from)) }, (_, index) => ({
			id: `row-${from + index}`,
		}));
		const next = from + size < total ? `at ${from + size}` : undefined;
		return good(rows, cursorPlaces[place](next));
	});
}

const ids = (rows: Row[]) => rows.map(({ id }) => id);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => `row-${at}`);

describe('pages with cursors', () => {
	test('every row once and in order, wherever the cursor stands; with a limit no page too many', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(200),
				fc.integer({ min: 1, max: 50 }),
				fc.constantFrom(...(Object.keys(cursorPlaces) as Place[])),
				fc.option(fc.integer({ min: 1, max: 250 }), { nil: undefined }),
				async (total, size, place, limit) => {
					const { host, requests } = cursorServer(total, size, place);
					const rows = await allRows(cursorRows(clientOn(host), list(limit)));
					const expected = Math.min(total, limit ?? total);
					expect(ids(rows)).toEqual(upTo(expected));
					expect(requests).toHaveLength(Math.max(1, Math.ceil(expected / size)));
				},
			),
			{ numRuns: 300 },
		);
	});

	test('asks with the query, the largest page and the cursor as it came', async () => {
		const { host, requests } = cursorServer(3, 2, 'after');
		await allRows(cursorRows(clientOn(host), list()));
		expect(requests.map(({ qs }) => qs)).toEqual([
			{ kind: 'custom', per_page: 50 },
			{ kind: 'custom', per_page: 50, cursor: 'at 2' },
		]);
	});

	test.each<[what: string, cursors: unknown[], requests: number]>([
		['the same cursor again', ['a', 'a'], 2],
		['a cursor from before', ['a', 'b', 'a'], 3],
		['a cursor that is no text', [{ next: 1 }], 1],
		['a cursor of cursors that is no text', [undefined], 1],
	])('ends on %s', async (_what, cursors, expected) => {
		let answers = 0;
		const { host, requests } = fakeHost(() => {
			const cursor = cursors[answers % cursors.length];
			answers += 1;
			return good([{ id: String(answers) }], { cursor, cursors: 'none' });
		});
		const rows = await allRows(cursorRows(clientOn(host), list()));
		expect(requests).toHaveLength(expected);
		expect(ids(rows)).toEqual(Array.from({ length: expected }, (_, index) => String(index + 1)));
	});

	test('ends on an empty page that has a cursor', async () => {
		const { host, requests } = fakeHost(() => good([], { cursor: 'more' }));
		expect(await allRows(cursorRows(clientOn(host), list()))).toEqual([]);
		expect(requests).toHaveLength(1);
	});

	test('goes on after a page of rows that came before', async () => {
		const pages = [['a', 'b'], ['a', 'b'], ['c']];
		const { host } = fakeHost(({ qs }) => {
			const page = Number(qs?.cursor ?? 0);
			const cursor = page + 1 < pages.length ? String(page + 1) : undefined;
			return good(
				pages[page].map((id) => ({ id })),
				{ cursor },
			);
		});
		expect(ids(await allRows(cursorRows(clientOn(host), list())))).toEqual(['a', 'b', 'c']);
	});

	test('a page that cannot be fetched ends the walk with its error', async () => {
		const { host } = fakeHost(({ qs }) =>
			qs?.cursor === undefined ? good([{ id: 'a' }], { cursor: 'b' }) : refused(404),
		);
		await expect(allRows(cursorRows(clientOn(host), list()))).rejects.toThrow(
			'Cloudflare has nothing under this ID or name: refused (code 404)',
		);
	});
});
