import { recordPageSize, recordsPath, type DnsRecord } from '../targets/dnsRecord';
import { resolveZone } from '../targets/zone';
import { fetchPage } from '../transport/pages';
import { pageOf, searchMethod } from './searchMethod';

/** What a person looks through before typing; larger pages take longer to appear. */
const ROWS_PER_PAGE = 100;

/** A zone can have thousands of records, so the editor asks for one page after the other while a person scrolls. */
export const searchRecords = searchMethod(async (given) => {
	const { host, connection, filter } = given;
	const zone = await resolveZone(connection, host.getCurrentNodeParameter('zone'));
	const list = {
		path: recordsPath(zone),
		// Made for people who type: it looks into names, contents and more. An ID it does not know.
		query: { order: 'name', search: filter === '' ? undefined : filter },
		pageSize: { ...recordPageSize, max: ROWS_PER_PAGE },
	};
	const page = pageOf(given);
	const { rows, lastPage } = await fetchPage<DnsRecord>(connection.client, list, page);
	const results = rows.map(({ id, name, type, content, comment }) => ({
		name: [name, type, content].filter((part) => typeof part === 'string').join(' '),
		value: id,
		...(typeof comment === 'string' && comment ? { description: comment } : {}),
	}));
	const more = rows.length > 0 && page < lastPage;
	return { results, ...(more ? { paginationToken: String(page + 1) } : {}) };
});
