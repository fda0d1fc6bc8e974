import { InputError } from '../input/inputError';
import type { Connection } from '../transport/connect';
import { allRows, pageNumberRows } from '../transport/paginate';
import { apiPath, hexId, type PathSegment } from '../transport/path';
import { readLocator } from './locator';

export interface Account {
	[key: string]: unknown;
	id: string;
	name: string;
	type?: string;
}

const FIELD = 'Account';

export const accountPageSize = { min: 5, max: 50 } as const;

/** The overview page's address holds the account's ID: https://dash.cloudflare.com/<account>/… */
const DASHBOARD_URL = /^https?:\/\/dash\.cloudflare\.com\/([0-9a-f]{32})(?:[/?#]|$)/i;

/** @throws InputError when it is neither an account ID nor the dashboard's address of an account */
export function parseAccountId(value: string | undefined, connection: Connection): PathSegment {
	const mistakes = new Map(
		connection.zoneId ? [[connection.zoneId.toLowerCase(), 'the zone ID of the credential']] : [],
	);
	return hexId(DASHBOARD_URL.exec(value ?? '')?.[1] ?? value, { field: FIELD, mistakes });
}

/**
 * Finds the account to work on: the field, else the credential's account ID, else the only visible account.
 * @throws InputError when none or several accounts could be meant
 */
export async function resolveAccount(connection: Connection, field: unknown): Promise<PathSegment> {
	const chosen = readLocator(field, FIELD);
	if (chosen) return parseAccountId(chosen.value, connection);
	if (connection.accountId) {
		return hexId(connection.accountId, { field: 'Account ID of the credential' });
	}
	const accounts = await allRows(
		pageNumberRows<Account>(connection.client, {
			path: apiPath`/accounts`,
			pageSize: accountPageSize,
			limit: accountPageSize.max,
		}),
	);
	if (accounts.length === 1) return hexId(accounts[0].id, { field: FIELD });
	const list = accounts.slice(0, 10).map(({ id, name }) => `${name} (${id})`);
	throw accounts.length === 0
		? new InputError(
				FIELD,
				'nothing was chosen, and the credential shows no account',
				'An account chosen here, or Account ID filled in in the credential',
			)
		: new InputError(
				FIELD,
				`nothing was chosen, and the credential reaches several accounts: ${list.join(', ')}${accounts.length > list.length ? ', …' : ''}`,
				'One of them chosen here, or its Account ID filled in in the credential',
			);
}
