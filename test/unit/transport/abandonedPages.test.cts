import type { Row } from '../../../nodes/CloudflareSecurity/transport/pages';
import { allRows, pageNumberRows } from '../../../nodes/CloudflareSecurity/transport/paginate';
import { apiPath } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good, refused } from '../../support/fakeHost.cjs';
import { VirtualClock } from '../../support/virtualClock.cjs';

const pageOf = (page: number) => Array.from({ length: 50 }, (_, row) => ({ id: `${page}-${row}` }));

/** Ten pages, of which those after the second fail for a passing reason. */
function tenPages(second: 'refused' | 'good') {
	const clock = new VirtualClock();
	const { host, requests } = fakeHost(({ qs }) => {
		const page = Number(qs?.page);
		if (page === 1 || (page === 2 && second === 'good')) {
			return good(pageOf(page), { page, per_page: 50, total_count: 500 });
		}
		return page === 2 ? refused(403) : refused(503);
	});
	const rows = pageNumberRows<Row>(clientOn(host, { clock }), {
		path: apiPath`/zones`,
		pageSize: { min: 5, max: 50 },
	});
	return { clock, requests, rows };
}

test('once a page has failed for good, the pages fetched ahead are not tried again', async () => {
	const { clock, requests, rows } = tenPages('refused');
	await expect(clock.run(allRows(rows))).rejects.toThrow('Cloudflare refused access');
	const sent = requests.length;
	await clock.run(clock.sleep(300_000));
	expect(requests.length).toBe(sent);
});

test('a caller that stops reading leaves no request behind', async () => {
	const { clock, requests, rows } = tenPages('good');
	await clock.run(
		(async () => {
			for await (const page of rows) {
				if (page.some(({ id }) => id === '2-0')) break;
			}
		})(),
	);
	const sent = requests.length;
	await clock.run(clock.sleep(300_000));
	expect(requests.length).toBe(sent);
});
