import { mainAccount, seedIds, type Cloudflare } from './nodeTest.cjs';

export const v2Path = `/accounts/${seedIds.mainAccount}/logs/audit`;
export const v1Path = `/accounts/${seedIds.mainAccount}/audit_logs`;

export const auditLog = {
	authentication: 'token',
	resource: 'auditLog',
	operation: 'getAll',
	account: mainAccount,
};

/** As long as the sandbox has events. */
export const lastMonth = { lastAmount: 40, lastUnit: 'days' };

/** The query of a call without its paging and times, the values of a repeated key in a list. */
export function filtersOnWire({ query }: Cloudflare['calls'][number]): Record<string, string[]> {
	const paging = ['limit', 'cursor', 'page', 'per_page', 'since', 'before', 'direction'];
	const filters: Record<string, string[]> = {};
	for (const [name, value] of query) {
		if (!paging.includes(name)) (filters[name] ??= []).push(value);
	}
	return filters;
}

export const queryOf = ({ query }: Cloudflare['calls'][number]): Record<string, string> =>
	Object.fromEntries(query);

/** Text of a moment this many milliseconds ago. */
export const ago = (milliseconds: number): string =>
	new Date(Date.now() - milliseconds).toISOString();

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
