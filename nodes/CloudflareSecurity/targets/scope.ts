import { InputError, shown } from '../input/inputError';
import type { Connection } from '../transport/connect';
import { apiPath, type ApiPath, type PathSegment } from '../transport/path';
import { resolveAccount } from './account';
import { resolveZone } from './zone';

/** The level at which rulesets and other security settings exist. */
export type ScopeKind = 'zone' | 'account';

export interface Scope {
	kind: ScopeKind;
	id: PathSegment;
	/** /zones/<id> or /accounts/<id> */
	path: ApiPath;
}

export interface ScopeFields {
	scope: unknown;
	zone: unknown;
	account: unknown;
}

/** @throws InputError when it is neither zone nor account */
export function parseScopeKind(value: unknown): ScopeKind {
	if (value === 'zone' || value === 'account') return value;
	throw new InputError('Scope', `got ${shown(value)}`, 'One of: zone, account');
}

/**
 * Finds the zone or account to work on.
 * @throws InputError when it is not named clearly
 */
export async function resolveScope(connection: Connection, fields: ScopeFields): Promise<Scope> {
	if (parseScopeKind(fields.scope) === 'zone') {
		const { id } = await resolveZone(connection, fields.zone);
		return { kind: 'zone', id, path: apiPath`/zones/${id}` };
	}
	const id = await resolveAccount(connection, fields.account);
	return { kind: 'account', id, path: apiPath`/accounts/${id}` };
}
