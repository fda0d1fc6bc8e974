import { id } from './seed/ids.cjs';
import { seedIds } from './seed/seedIds.cjs';

export interface Credential {
	name: string;
	/** Id of the token, as verify tells it. */
	id: string;
	secret: string;
	/** Set for the Global API key alone. */
	email?: string;
	/** The account that owns an account-owned token. */
	ownedBy?: string;
	status: 'active' | 'disabled' | 'expired';
	/** The client address that a restricted token refuses. */
	refusedLocation?: string;
	/** Permission groups as "Zone WAF Write"; Write includes Read. */
	permissions: 'all' | 'read' | string[];
	accounts: 'all' | string[];
	/** `all`: every zone of the accounts above. */
	zones: 'all' | string[];
	/** Zone → permission groups there, in place of those above: a token may have other rights in each zone. */
	exceptions?: Readonly<Record<string, string[]>>;
}

const padded = (name: string): string => `sandbox-${name}-`.padEnd(40, '0');
const prefixed = (prefix: string, name: string): string => `${prefix}_${padded(name)}00000000`;

/** Made-up secrets that work against the stand-in only. */
export const sandboxCredentials = {
	/** Every permission, every account. */
	userToken: prefixed('cfut', 'user-token'),
	/** Owned by the main account; every permission there. */
	accountToken: prefixed('cfat', 'account-token'),
	/** As accountToken, from before tokens had prefixes. */
	oldAccountToken: padded('old-account-token'),
	/** May read everything and write nothing. */
	readOnlyToken: prefixed('cfut', 'read-only-token'),
	noPermissionToken: prefixed('cfut', 'no-permission-token'),
	/** Sees example.com alone. */
	zoneOnlyToken: prefixed('cfut', 'zone-only-token'),
	ipRestrictedToken: prefixed('cfut', 'ip-restricted-token'),
	disabledToken: prefixed('cfut', 'disabled-token'),
	expiredToken: prefixed('cfut', 'expired-token'),
	globalKey: { email: 'sandbox@example.com', apiKey: prefixed('cfk', 'global-key') },
} as const;

/** Fresh copies of every known credential. */
export function seedCredentials(): Credential[] {
	const credential = (
		name: keyof typeof sandboxCredentials,
		differences: Partial<Credential> = {},
	): Credential => {
		const secret = sandboxCredentials[name];
		return {
			name,
			id: id('credential', name),
			...(typeof secret === 'string' ? { secret } : { secret: secret.apiKey, email: secret.email }),
			status: 'active',
			permissions: 'all',
			accounts: 'all',
			zones: 'all',
			...differences,
		};
	};
	const main = { ownedBy: seedIds.mainAccount, accounts: [seedIds.mainAccount] };
	return [
		credential('userToken'),
		credential('accountToken', main),
		credential('oldAccountToken', main),
		credential('readOnlyToken', { permissions: 'read' }),
		credential('noPermissionToken', { permissions: [] }),
		credential('zoneOnlyToken', {
			permissions: ['Zone Read', 'Zone WAF Write'],
			accounts: [],
			zones: [seedIds.zones['example.com']],
		}),
		credential('ipRestrictedToken', { refusedLocation: '203.0.113.7' }),
		credential('disabledToken', { status: 'disabled' }),
		credential('expiredToken', { status: 'expired' }),
		credential('globalKey'),
	];
}
