import { sources } from '../../../nodes/CloudflareSecurity/auditLog/sources';
import { readSource } from '../../../nodes/CloudflareSecurity/auditLog/sourceField';
import { hexId } from '../../../nodes/CloudflareSecurity/transport/path';
import { clientOn, fakeHost, good } from '../../support/fakeHost.cjs';

const account = hexId('023e105f4ecef8ad9ca31a8372d0c353', { field: 'Account' });
const rows = Array.from({ length: 100 }, (_, at) => ({ id: `event-${at}` }));

test.each([
	['v1', undefined, 'audit_logs', { page: 1, per_page: 1000 }, { page: 2, per_page: 1000 }],
	['v1', 200, 'audit_logs', { page: 1, per_page: 200 }, { page: 2, per_page: 200 }],
	['v2', undefined, 'logs/audit', { limit: 1000 }, { limit: 1000, cursor: 'b' }],
	['v2', 200, 'logs/audit', { limit: 200 }, { limit: 200, cursor: 'b' }],
] as const)('%s in pages of %p, cut down to 100', async (source, size, path, first, second) => {
	let sent = 0;
	const { host, requests } = fakeHost(() => {
		sent += 1;
		return sent === 1 ? good(rows, { cursor: 'b' }) : good([{ id: 'oldest' }], { cursor: '' });
	});
	const pages = [];
	const query = { direction: 'desc' };
	for await (const page of sources[source].pages(clientOn(host), account, { query, size })) {
		pages.push(page);
	}
	expect(pages).toMatchObject([
		{ rows, last: false },
		{ rows: [{ id: 'oldest' }], last: true },
	]);
	expect(requests.map(({ qs }) => qs)).toEqual([
		{ ...query, ...first },
		{ ...query, ...second },
	]);
	expect(requests[0].url).toMatch(new RegExp(`/accounts/${account}/${path}$`));
});

test('a source is v1 or v2', () => {
	expect([readSource('v1'), readSource('v2')]).toEqual(['v1', 'v2']);
	expect(() => readSource('V2')).toThrow('Source: got "V2"');
});
