import { sandboxCredentials } from '../credentials.cjs';
import type { Account } from '../types.cjs';
import { id } from './ids.cjs';

/** The one user who owns the user tokens and the Global API key. */
export const seedUser = (accounts: Account[]) => ({
	id: id('user', 'sandbox'),
	email: sandboxCredentials.globalKey.email,
	first_name: 'Sam',
	last_name: 'Sandbox',
	username: 'sam-sandbox',
	telephone: null,
	country: 'US',
	zipcode: null,
	two_factor_authentication_enabled: true,
	two_factor_authentication_locked: false,
	created_on: '2019-03-01T09:00:00.000000Z',
	modified_on: '2026-01-15T09:00:00.000000Z',
	organizations: accounts.map(({ id: accountId, name }) => ({
		id: accountId,
		name,
		status: 'member',
		permissions: ['#zones:read', '#waf:edit'],
		roles: ['Administrator'],
	})),
	has_pro_zones: true,
	has_business_zones: true,
	has_enterprise_zones: true,
	suspended: false,
	betas: [],
});
export type User = ReturnType<typeof seedUser>;
