import type { Account } from '../types.cjs';
import { id } from './ids.cjs';
import { seedIds } from './seedIds.cjs';

const account = (accountId: string, name: string, type: Account['type']): Account => ({
	id: accountId,
	name,
	type,
	created_on: '2019-03-01T09:00:00.000000Z',
	settings: { enforce_twofactor: type === 'enterprise', abuse_contact_email: null },
});

/** The two well-known accounts and `extra` more, as in the account of a reseller. */
export function seedAccounts(extra: number): Account[] {
	return [
		account(seedIds.mainAccount, 'Example Corp', 'enterprise'),
		account(seedIds.secondAccount, 'Example Branch Office', 'standard'),
		...Array.from({ length: extra }, (_, index) => {
			const name = `Customer ${String(index + 1).padStart(3, '0')}`;
			return account(id('account', name), name, 'standard');
		}),
	];
}
