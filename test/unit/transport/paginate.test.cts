import fc from 'fast-check';
import type { ListRequest } from '../../../nodes/CloudflareSecurity/transport/pages';
import {
	allRows,
	mapRows,
	pageNumberRows,
} from '../../../nodes/CloudflareSecurity/transport/paginate';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused, type HostAnswer } from '../../support/fakeHost.cjs';
import { PageServer, type RowServerOptions, type TestRow } from '../../support/rowServer.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const list = (limit?: number, max = 50): ListRequest => ({
	path: apiPath`/zones`,
	query: { order: 'name' },
	pageSize: { min: 5, max },
	limit,
});

/** Lists with answers that come in any order. */
async function walk(server: Pick<PageServer, 'answer'>, request: ListRequest, delays = [0]) {
	const clock = new VirtualClock();
	let inFlight = 0;
	let mostInFlight = 0;
	let sent = 0;
	const { host, requests } = fakeHost(async (options) => {
		inFlight += 1;
		mostInFlight = Math.max(mostInFlight, inFlight);
		const answer = server.answer(options);
		const milliseconds = delays[sent % delays.length];
		sent += 1;
		await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
		inFlight -= 1;
		return answer;
	});
	const rows = await clock.run(
		allRows(pageNumberRows<TestRow>(clientOn(host, { clock }), request)),
	);
	return { rows, requests, mostInFlight };
}

const places = (rows: TestRow[]) => rows.map(({ at }) => at);
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const delays = fc.array(fc.nat(900), { minLength: 1, maxLength: 20 });

// A server that tells nothing must be believed about the size that was asked.
const numbers = fc.record({
	total: fc.nat(700),
	clampTo: fc.constantFrom(0, 0, 5, 7, 20, 49, 50, 60),
	tells: fc.subarray(['total_count', 'total_pages', 'per_page', 'texts'] as const),
	withIds: fc.boolean(),
});
const servers: fc.Arbitrary<RowServerOptions> = numbers.filter(
	({ clampTo, tells }) =>
		tells.includes('per_page') || tells.includes('total_pages') || clampTo === 0 || clampTo >= 50,
);

describe('pages with numbers', () => {
	test('every row once and in order, at most 8 at a time, and no page too many', async () => {
		await fc.assert(
			fc.asyncProperty(servers, delays, async (options, times) => {
				const server = new PageServer(options);
				const { rows, requests, mostInFlight } = await walk(server, list(), times);
				expect(places(rows)).toEqual(upTo(options.total));
				expect(mostInFlight).toBeLessThanOrEqual(8);
				const size = Math.min(50, options.clampTo || 50);
				const pages = Math.max(1, Math.ceil(options.total / size));
				const knowsTheEnd = options.tells.some((name) => name.startsWith('total'));
				expect(requests.length).toBeLessThanOrEqual(pages + (knowsTheEnd ? 0 : 1));
				expect(new Set(server.asked).size).toBe(server.asked.length);
			}),
			{ numRuns: 150 },
		);
	});

	test('with a limit: exactly the first rows, with no page that they do not need', async () => {
		await fc.assert(
			fc.asyncProperty(
				servers,
				fc.integer({ min: 1, max: 800 }),
				delays,
				async (options, limit, times) => {
					const { rows, requests } = await walk(new PageServer(options), list(limit), times);
					expect(places(rows)).toEqual(upTo(Math.min(limit, options.total)));
					const asked = Math.max(5, Math.min(50, limit));
					const size = Math.min(asked, options.clampTo || asked);
					const needed = Math.max(1, Math.ceil(Math.min(limit, options.total) / size));
					const knowsTheEnd = options.tells.some((name) => name.startsWith('total'));
					const oneMore = !knowsTheEnd && limit > options.total ? 1 : 0;
					expect(requests.length).toBeLessThanOrEqual(needed + oneMore);
				},
			),
			{ numRuns: 150 },
		);
	});

	test('rows that arrive meanwhile: none of the old ones is lost or repeated', async () => {
		await fc.assert(
			fc.asyncProperty(
				servers.filter(({ withIds }) => withIds === true),
				fc.array(fc.tuple(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 1, max: 4 })), {
					maxLength: 1,
				}),
				async (options, arrivals) => {
					const server = new PageServer({ ...options, arrivals: new Map(arrivals) });
					const { rows } = await walk(server, list());
					expect(places(rows).filter((at) => at >= 0)).toEqual(upTo(options.total));
				},
			),
			{ numRuns: 150 },
		);
	});

	test.each<[what: string, tells: RowServerOptions['tells']]>([
		['without totals', []],
		['with totals', ['total_pages']],
	])('a server that ignores the page number, %s: its rows once', async (_what, tells) => {
		const first = new PageServer({ total: 400, clampTo: 0, tells });
		const ignoring = {
			answer: (options: Parameters<PageServer['answer']>[0]) =>
				first.answer({ ...options, qs: { ...options.qs, page: 1 } }),
		};
		const { rows, requests } = await walk(ignoring, list());
		expect(places(rows)).toEqual(upTo(50));
		expect(requests.length).toBeLessThanOrEqual(9);
	});

	test.each<[what: string, answer: HostAnswer, rows: number]>([
		['an empty first page', good([], { total_pages: 9 }), 0],
		['no result_info', good([{ id: 'a', at: 0 }]), 1],
		[
			'result_info null',
			{ statusCode: 200, body: '{"success":true,"result":[{"id":"a"}],"result_info":null}' },
			1,
		],
		[
			'nonsense totals',
			good([{ id: 'a' }], { total_count: 'many', total_pages: -1, per_page: {} }),
			1,
		],
		['totals null', good([{ id: 'a' }], { total_count: null, total_pages: '', per_page: null }), 1],
		['per_page 0', good([{ id: 'a' }], { per_page: 0, total_count: 1 }), 1],
	])('%s', async (_what, answer, expected) => {
		const { rows, requests } = await walk({ answer: () => answer }, list());
		expect(rows).toHaveLength(expected);
		expect(requests).toHaveLength(1);
	});

	test('asks for the largest page, for a smaller one when fewer rows are wanted, and keeps the query', async () => {
		const server = new PageServer({ total: 1, clampTo: 0, tells: [] });
		const sizes = [50, 5, 12, 50];
		const asked = await Promise.all(
			[undefined, 1, 12, 80].map(async (limit) => (await walk(server, list(limit))).requests[0].qs),
		);
		expect(asked).toEqual(sizes.map((per_page) => ({ order: 'name', page: 1, per_page })));
	});

	test('a page that cannot be fetched ends the walk with its error, after the rows before it', async () => {
		const server = new PageServer({ total: 200, clampTo: 0, tells: ['total_pages'] });
		const { host } = fakeHost((options) =>
			options.qs?.page === 3 ? refused(403) : server.answer(options),
		);
		const seen: number[] = [];
		const walking = async () => {
			for await (const rows of pageNumberRows<TestRow>(clientOn(host), list()))
				seen.push(...places(rows));
		};
		await expect(walking()).rejects.toThrow('Cloudflare refused access: refused (code 403)');
		expect(seen).toEqual(upTo(100));
	});

	test('what is made of rows: the wanted ones up to the limit, and no page after that', async () => {
		const server = new PageServer({ total: 400, clampTo: 0, tells: ['total_pages'] });
		const { host, requests } = fakeHost((options) => server.answer(options));
		const even = ({ at }: TestRow) => (at % 2 === 0 ? { half: at / 2 } : undefined);
		const made = async (limit?: number) =>
			await mapRows(
				pageNumberRows<TestRow>(clientOn(host), { ...list(), concurrency: 1 }),
				even,
				limit,
			);
		expect(await made(30)).toEqual(upTo(30).map((half) => ({ half })));
		expect(requests).toHaveLength(2);
		expect(await made()).toHaveLength(200);
		expect(requests).toHaveLength(2 + 8);
	});

	test('a consumer that stops leaves no rejection behind', async () => {
		const unhandled = jest.fn();
		process.on('unhandledRejection', unhandled);
		const server = new PageServer({ total: 500, clampTo: 0, tells: ['total_pages'] });
		const { host, requests } = fakeHost(async (options) => {
			if (Number(options.qs?.page) <= 2) return server.answer(options);
			await new Promise((resolve) => setImmediate(resolve));
			return refused(403);
		});
		const readUpTo = async (wanted: number) => {
			for await (const rows of pageNumberRows<TestRow>(clientOn(host), list())) {
				if (places(rows).includes(wanted)) break;
			}
		};
		await readUpTo(49);
		expect(requests).toHaveLength(1);
		await readUpTo(60);
		expect(requests).toHaveLength(1 + 9);
		for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
		process.off('unhandledRejection', unhandled);
		expect(unhandled).not.toHaveBeenCalled();
	});
});
