import type { INodeListSearchItems } from 'n8n-workflow';
import { accountPageSize, type Account } from '../targets/account';
import { attemptRuleset, chooseRuleset, rulesetPageSize } from '../targets/ruleset';
import { zoneList, type Zone } from '../targets/zone';
import { FAILURE_CONTEXT } from '../transport/errors';
import { fetchPage } from '../transport/pages';
import { allRows, cursorRows, pageNumberRows } from '../transport/paginate';
import { apiPath } from '../transport/path';
import { searchAccessApplications } from './searchAccessApplications';
import { searchInsights } from './searchInsights';
import { searchLists } from './searchLists';
import { inDashboard, matching, named, pageOf, scopeOfForm, searchMethod } from './searchMethod';
import { searchRecords } from './searchRecords';

/** Rows that are looked through when the API's own filter finds nothing. */
const MAX_LOOKED_THROUGH = 1_000;

export const searchAccounts = searchMethod(async ({ connection, filter }) => {
	const accounts = await allRows(
		pageNumberRows<Account>(connection.client, {
			path: apiPath`/accounts`,
			pageSize: accountPageSize,
		}),
	);
	const items = accounts.map(({ id, name }) => ({
		name: named([name, id]),
		value: id,
		...inDashboard(id),
	}));
	return { results: matching(items, filter) };
});

const zoneItem = ({ id, name, account, plan }: Zone): INodeListSearchItems => ({
	name,
	value: id,
	description: [account?.name, plan?.name].filter((part) => typeof part === 'string').join(' · '),
	...inDashboard(account?.id, name),
});

/** Whether the API found fault with the request itself, such as a filter that it does not know. */
function isRefusal(error: unknown): boolean {
	const { context } = error as { context?: Record<string, { kind?: unknown } | undefined> };
	return context?.[FAILURE_CONTEXT]?.kind === 'invalid';
}

/** An account can have thousands of zones, so the editor asks for one page after the other while a person scrolls. */
export const searchZones = searchMethod(async (given) => {
	const { connection, filter } = given;
	const list = {
		...zoneList,
		query: { order: 'name', name: filter === '' ? undefined : `contains:${filter}` },
	};
	const page = pageOf(given);
	const { rows, lastPage } = await fetchPage<Zone>(connection.client, list, page).catch(
		(error: unknown) => {
			// No source confirms how operators are written, and the list must not depend on it.
			if (filter !== '' && isRefusal(error)) return { rows: [], lastPage: 0 };
			throw error;
		},
	);
	if (filter !== '' && page === 1 && rows.length === 0) {
		// What was typed may be a part of an ID, which the API's filter does not look at.
		const some = { ...list, query: { order: 'name' }, limit: MAX_LOOKED_THROUGH };
		const zones = await allRows(pageNumberRows<Zone>(connection.client, some));
		return { results: matching(zones.map(zoneItem), filter) };
	}
	const more = rows.length > 0 && page < lastPage;
	return { results: rows.map(zoneItem), ...(more ? { paginationToken: String(page + 1) } : {}) };
});

const searchRulesets = searchMethod(async (given) => {
	const scope = await scopeOfForm(given);
	const rulesets = await allRows(
		cursorRows(given.connection.client, {
			path: apiPath`${scope.path}/rulesets`,
			pageSize: rulesetPageSize,
		}),
	);
	const items = rulesets.map(({ id, name, phase, kind }) => ({
		name: named([name, id], [kind, phase]),
		value: id as string,
	}));
	return { results: matching(items, given.filter) };
});

const searchRules = searchMethod(async (given) => {
	const { host, connection } = given;
	const choice = chooseRuleset({
		scope: host.getCurrentNodeParameter('scope') ?? 'zone',
		rulesetFrom: host.getCurrentNodeParameter('rulesetFrom') ?? 'phase',
		phase: host.getCurrentNodeParameter('phase'),
		ruleset: host.getCurrentNodeParameter('ruleset'),
	});
	const outcome = await attemptRuleset(connection.client, await scopeOfForm(given), choice);
	const rules = connection.client.unwrap(outcome).result?.rules ?? [];
	const items = rules.map(({ id, description, action, expression }, index) => ({
		name: `${index + 1}. ${named([description, expression, id], [action])}`,
		value: id as string,
	}));
	return { results: matching(items, given.filter) };
});

export const listSearch = {
	searchAccessApplications,
	searchAccounts,
	searchInsights,
	searchLists,
	searchRecords,
	searchRules,
	searchRulesets,
	searchZones,
};
