import type { Credential } from './credentials.cjs';
import { REQUIREMENTS } from './permissions.cjs';
import { id } from './seed/ids.cjs';
import type { State } from './state.cjs';

export interface TokenRights {
	/** Permission groups as "Zone WAF Write", and nothing else. Write includes Read. */
	permissions: string[];
	/** Every account when left out. */
	accounts?: 'all' | string[];
	/** Every zone of the accounts when left out. */
	zones?: 'all' | string[];
	/** Zone → permission groups there, in place of the others. */
	exceptions?: Readonly<Record<string, string[]>>;
	/** The account that owns the token. A user owns it when left out. */
	ownedBy?: string;
	/** Its name in recorded calls. */
	name?: string;
}

const GROUPS = new Set(Object.values(REQUIREMENTS).flatMap(({ anyOf }) => anyOf));

/** Throws for a permission that no route asks for: a typing error would look like a missing permission. */
function check(permission: string): void {
	const group = permission.replace(/ (?:Read|Write|Revoke)$/, '');
	if (!GROUPS.has(group) && !GROUPS.has(permission))
		throw new Error(`No call of the stand-in asks for the permission "${permission}"`);
}

/** Makes a token with exactly these rights, and gives its secret. It lasts until the next reset. */
export function addToken(
	state: State,
	{ permissions, accounts = 'all', zones = 'all', exceptions, ownedBy, name: given }: TokenRights,
): string {
	[permissions, ...Object.values(exceptions ?? {})].flat().forEach(check);
	const name = given ?? `token-${state.credentials.length + 1}`;
	if (state.credentials.some((each) => each.name === name))
		throw new Error(`There is a credential named ${name} already`);
	const prefix = ownedBy === undefined ? 'cfut' : 'cfat';
	const secret = `${prefix}_${`sandbox-${name}-`.padEnd(48, '0')}`;
	const credential: Credential = {
		name,
		id: id('credential', name),
		secret,
		status: 'active',
		permissions,
		accounts,
		zones,
		...(exceptions !== undefined && { exceptions }),
		...(ownedBy !== undefined && { ownedBy }),
	};
	state.credentials.push(credential);
	return secret;
}
