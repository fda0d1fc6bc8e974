import { readLists } from '../ipLists/ipList';
import { IP_KIND } from '../targets/ipList';
import { resolveAccount } from '../targets/account';
import { matching, named, searchMethod } from './searchMethod';

/** An account has few lists, and one answer holds them all. */
export const searchLists = searchMethod(async ({ host, connection, filter }) => {
	const account = await resolveAccount(connection, host.getCurrentNodeParameter('account'));
	const lists = await readLists(connection.client, account);
	const items = lists
		.filter(({ kind }) => kind === IP_KIND)
		.map(({ id, name, description, num_items: count }) => ({
			name: named([name, id], [typeof count === 'number' ? `${count} items` : undefined]),
			value: id,
			...(typeof description === 'string' && description ? { description } : {}),
		}));
	return { results: matching(items, filter) };
});
