import type { Call } from '../call.cjs';
import { authenticationError, methodNotAllowed } from '../errors.cjs';
import type { ListRecord } from './types.cjs';

/** The account of the path. Throws when it is out of reach, or lists are closed to the kind of credential. */
export function listAccount(call: Call): string {
	const { id } = call.account();
	const { accountTokens } = call.state.lists;
	if (call.credential.ownedBy !== undefined && accountTokens !== 'served')
		throw accountTokens === 'forbidden' ? authenticationError() : methodNotAllowed();
	return id;
}

/** The list of the path. */
export const listOf = (call: Call): ListRecord =>
	call.state.lists.get(listAccount(call), call.params.list_id);
