import type { Call, Routes } from '../call.cjs';
import type { Credential } from '../credentials.cjs';
import { ok, type Reply } from '../envelope.cjs';
import { badAuthorizationFormat, invalidApiToken } from '../errors.cjs';

export const verifiedToken = ({ id, status }: Credential) => ({
	id,
	status,
	not_before: '2026-01-01T00:00:00Z',
});

function verified({ credential }: Call): Reply {
	// 10000 is a failure among errors, but among the messages of this one call it means success.
	const messages =
		credential.status === 'active'
			? [{ code: 10000, message: 'This API Token is valid and active', type: null }]
			: [];
	return ok(verifiedToken(credential), { messages });
}

export const userRoutes: Routes = {
	'GET /user/tokens/verify': (call) => {
		if (call.credential.email !== undefined) throw badAuthorizationFormat();
		// An account-owned token is fine everywhere else: this endpoint alone calls it invalid.
		if (call.credential.ownedBy !== undefined) throw invalidApiToken();
		return verified(call);
	},
	'GET /accounts/:account_id/tokens/verify': (call) => {
		if (call.credential.ownedBy !== call.params.account_id) throw invalidApiToken();
		return verified(call);
	},
	'GET /user': ({ state }) => ok(state.user),
};
