import { parseAccountId, resolveAccount } from '../targets/account';
import { readLocator } from '../targets/locator';
import type { PathSegment } from '../transport/path';
import type { Item } from './item';

/** Sends nothing. @throws InputError when the Account field holds something that is no account's ID */
export function checkAccount(item: Item): void {
	const chosen = readLocator(item.value('account', ''), 'Account');
	if (chosen) parseAccountId(chosen.value, item.connection);
}

/** The account to work on, looked up once for all items. @throws InputError when none or several could be meant */
export async function accountOf(item: Item): Promise<PathSegment> {
	const field = item.value('account', '');
	return await item.lookUp(
		['account', field],
		async () => await resolveAccount(item.connection, field),
	);
}
