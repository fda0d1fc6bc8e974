import { parseAccountId } from '../../targets/account';
import { readLocator } from '../../targets/locator';
import type { Scope, ScopeKind } from '../../targets/scope';
import { chooseZone } from '../../targets/zone';
import { apiPath, hexId, type PathSegment } from '../../transport/path';
import type { Item } from '../item';
import type { Thing, Visible } from './visible';

/** What the user chose to ask about; nothing was sent for it. */
export interface Chosen {
	account?: PathSegment;
	zone?: { id: PathSegment } | { name: string };
}

/** @throws InputError when a field, or the credential's default, holds no account or zone */
export function readChosen(item: Item): Chosen {
	const { connection } = item;
	const account = readLocator(item.value('account', ''), 'Account')?.value;
	const zone = chooseZone(connection, item.value('zone', ''));
	if (account !== undefined) return { account: parseAccountId(account, connection), zone };
	if (connection.accountId === undefined) return { zone };
	return { account: hexId(connection.accountId, { field: 'Account ID of the credential' }), zone };
}

/** What is asked about at each level; undefined where there is nothing to ask about. */
export type Targets = Readonly<Record<ScopeKind, Thing | undefined>>;

/** What was chosen, else the first that is visible. */
export function chooseTargets(
	chosenAccount: PathSegment | undefined,
	chosenZone: Thing | { id: PathSegment } | undefined,
	visible: { accounts: Visible; zones: Visible },
): Targets {
	const named = ({ first }: Visible, id: PathSegment): Thing =>
		first.find((each) => each.id === id) ?? { id };
	const zone = !chosenZone
		? visible.zones.first.at(0)
		: 'name' in chosenZone
			? chosenZone
			: named(visible.zones, chosenZone.id);
	// A credential for zones alone sees no account, and its zones tell theirs.
	const account = chosenAccount ?? visible.accounts.first.at(0)?.id ?? zone?.account;
	return { zone, account: account && named(visible.accounts, account) };
}

export function scopesOf({ zone, account }: Targets): Partial<Record<ScopeKind, Scope>> {
	return {
		...(zone ? { zone: { kind: 'zone', id: zone.id, path: apiPath`/zones/${zone.id}` } } : {}),
		...(account
			? { account: { kind: 'account', id: account.id, path: apiPath`/accounts/${account.id}` } }
			: {}),
	};
}
