import type { AuditEvent } from '../auditEvents/auditEvent';
import type { Connection } from '../transport/connect';
import { hasCode } from '../transport/failure';
import { apiPath, type ApiPath, type PathSegment } from '../transport/path';

/** What is read of `GET …/tokens/verify`. */
export interface OwnToken {
	id?: string;
}

/** The ID by which the audit log names the API token of this credential. @throws NodeApiError */
async function ownTokenId(
	{ client, tokenOwner }: Connection,
	account: PathSegment,
): Promise<unknown> {
	const request = (path: ApiPath) => ({ method: 'GET', path, expect: 'object' }) as const;
	if (tokenOwner !== 'account') {
		const outcome = await client.attempt<OwnToken>(request(apiPath`/user/tokens/verify`));
		// This endpoint calls every token of an account invalid, also a good one.
		const mayBeOfAccount =
			tokenOwner === undefined && !outcome.ok && hasCode(outcome.failure, 1000);
		if (!mayBeOfAccount) return client.unwrap(outcome).result.id;
	}
	const path = apiPath`/accounts/${account}/tokens/verify`;
	return (await client.send<OwnToken>(request(path))).result.id;
}

/**
 * Finds out how the log names this credential, with one request, two for an older token that may be of an account, none
 * for a Global API key; asked each time that there is something new, because another token may have been put into the
 * credential meanwhile.
 * @returns whether an event (v2) was made with this credential
 * @throws NodeApiError when Cloudflare does not say it
 */
export async function recogniseOwnChanges(
	connection: Connection,
	account: PathSegment,
): Promise<(event: AuditEvent) => boolean> {
	const { globalKey, email } = connection;
	if (globalKey) {
		// A user has one Global API key.
		return ({ actor_context, actor_email }) =>
			actor_context === 'api_key' && actor_email?.toLowerCase() === email?.toLowerCase();
	}
	const id = await ownTokenId(connection, account);
	return ({ credential_id }) => credential_id !== null && credential_id === id;
}
