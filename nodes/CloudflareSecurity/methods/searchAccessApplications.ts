import { accessPageSize, applicationsPath, type Application } from '../targets/accessApplication';
import { allRows, pageNumberRows } from '../transport/paginate';
import { matching, named, scopeOfForm, searchMethod } from './searchMethod';

/** An account holds 500 applications at most, so one page has them all. */
export const searchAccessApplications = searchMethod(async (given) => {
	const applications = await allRows(
		pageNumberRows<Application>(given.connection.client, {
			path: applicationsPath(await scopeOfForm(given, 'account')),
			pageSize: accessPageSize,
		}),
	);
	const items = applications.map(({ id, name, type, domain }) => ({
		name: named([name, id], [type, domain]),
		value: id,
	}));
	return { results: matching(items, given.filter) };
});
