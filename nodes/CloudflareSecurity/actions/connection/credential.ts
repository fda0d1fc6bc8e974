import type { IDataObject } from 'n8n-workflow';
import type { CloudflareClient } from '../../transport/client';
import type { Connection } from '../../transport/connect';
import { hasCode, type ApiFailure, type FailureKind, type Outcome } from '../../transport/failure';
import { apiPath, type ApiPath, type PathSegment } from '../../transport/path';

export interface CredentialReport {
	[key: string]: string | boolean | null | undefined;
	/** `token`: nothing told whose it is. */
	kind: 'userToken' | 'accountToken' | 'token' | 'globalKey';
	/** Cloudflare's own word (active, disabled, expired); `refused` and `unknown` are ours. */
	status: string;
	id?: string;
	/** Of the user whose Global API key it is. */
	email?: string;
	not_before?: string | null;
	/** Null: it does not end by itself. */
	expires_on?: string | null;
	/** Why nothing else was asked, or what could not be found out. */
	note?: string;
	usable: boolean;
}

/** What is read of `GET …/tokens/verify`, as Cloudflare promises it; none of it is taken for granted. */
export interface VerifiedToken {
	id?: string;
	status?: string;
	not_before?: string;
	expires_on?: string;
}

/** Nothing that the credential could be blamed for. */
const notItsFault: readonly FailureKind[] = [
	'cancelled',
	'local',
	'network',
	'rateLimited',
	'redirect',
	'server',
	'unreadable',
];

/** These endpoints take certain kinds of credentials only, and refuse good ones of another kind. */
const OTHER_KIND =
	/valid user-level authentication not found|does not support account owned tokens/i;

/**
 * Whether the credential itself is no good. To go on asking would lead to Cloudflare's lock-out, which hits good
 * credentials from the same address too.
 */
export const isBadCredential = ({ kind, errors }: ApiFailure): boolean =>
	kind === 'lockedOut' ||
	(kind === 'credential' && !errors.some(({ message }) => OTHER_KIND.test(message)));

/** @throws NodeApiError when the call did not come through, which tells nothing about the credential */
function refused(
	client: CloudflareClient,
	failure: ApiFailure,
	kind: CredentialReport['kind'],
): CredentialReport {
	const error = client.toError(failure);
	if (notItsFault.includes(failure.kind)) throw error;
	const note = [error.message, error.description].filter(Boolean).join('. ');
	return { kind, status: 'refused', note, usable: false };
}

const text = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

async function readUser(client: CloudflareClient): Promise<CredentialReport> {
	const outcome = await client.attempt<IDataObject>({
		method: 'GET',
		path: apiPath`/user`,
		expect: 'object',
	});
	if (!outcome.ok) return refused(client, outcome.failure, 'globalKey');
	const { id, email, suspended } = outcome.envelope.result;
	return {
		kind: 'globalKey',
		status: suspended === true ? 'suspended' : 'active',
		id: text(id),
		email: text(email),
		expires_on: null,
		usable: suspended !== true,
	};
}

async function verify(client: CloudflareClient, path: ApiPath): Promise<Outcome<VerifiedToken>> {
	return await client.attempt<VerifiedToken>({ method: 'GET', path, expect: 'object' });
}

function verified(kind: CredentialReport['kind'], token: VerifiedToken): CredentialReport {
	// Cloudflare answers with success for a disabled token too.
	const status = text(token.status) ?? 'unknown';
	return {
		kind,
		status,
		id: text(token.id),
		not_before: text(token.not_before) ?? null,
		expires_on: text(token.expires_on) ?? null,
		usable: status === 'active',
		...(status === 'active' ? {} : { note: `Cloudflare says that the token is ${status}` }),
	};
}

/** The account of a token, or what came in place of the list of accounts. */
export interface FoundAccount {
	account?: PathSegment;
	failure?: ApiFailure;
}

async function readAccountToken(
	client: CloudflareClient,
	{ account, failure }: FoundAccount,
	kind: CredentialReport['kind'],
): Promise<CredentialReport> {
	if (failure && isBadCredential(failure)) return refused(client, failure, kind);
	if (account === undefined) {
		return {
			kind,
			status: 'unknown',
			usable: true,
			note: 'A token of an account can only be verified together with its account, and none is known: choose Account, or fill in Account ID in the credential',
		};
	}
	const outcome = await verify(client, apiPath`/accounts/${account}/tokens/verify`);
	return outcome.ok
		? verified('accountToken', outcome.envelope.result)
		: refused(client, outcome.failure, kind);
}

/**
 * Asks what kind of credential it is, and whether and until when it is valid. One request; another one for a token that
 * does not tell whose it is. It stops at the first answer that calls the credential itself bad.
 * @param findAccount the account of an account-owned token, asked for only when it is needed
 * @throws NodeApiError when Cloudflare cannot be reached
 */
export async function readCredential(
	{ client, globalKey, tokenOwner }: Connection,
	findAccount: () => Promise<FoundAccount>,
): Promise<CredentialReport> {
	if (globalKey) return await readUser(client);
	if (tokenOwner === 'account') {
		return await readAccountToken(client, await findAccount(), 'accountToken');
	}
	const outcome = await verify(client, apiPath`/user/tokens/verify`);
	if (outcome.ok) return verified('userToken', outcome.envelope.result);
	const kind = tokenOwner === 'user' ? 'userToken' : 'token';
	// This endpoint calls every token of an account invalid, also a good one.
	const mayBeOfAccount = tokenOwner === undefined && hasCode(outcome.failure, 1000);
	return mayBeOfAccount
		? await readAccountToken(client, await findAccount(), kind)
		: refused(client, outcome.failure, kind);
}
