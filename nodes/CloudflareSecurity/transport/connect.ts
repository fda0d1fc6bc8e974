import { CloudflareClient, type ClientOptions, type RequestHost } from './client';

/** The package's two credential types. */
const TOKEN_CREDENTIAL = 'cloudflareSecurityTokenApi';
const GLOBAL_KEY_CREDENTIAL = 'cloudflareSecurityGlobalKeyApi';

/** The credential type for a choice of authentication: token or globalKey. */
export const credentialTypeFor = (authentication: unknown): string =>
	authentication === 'globalKey' ? GLOBAL_KEY_CREDENTIAL : TOKEN_CREDENTIAL;

export type TokenOwner = 'user' | 'account';

/** A client together with the defaults that its credential holds. */
export interface Connection {
	client: CloudflareClient;
	/** As typed in the credential, trimmed; undefined when empty. */
	accountId?: string;
	zoneId?: string;
	/** Whether it is a Global API key, which has no owner but its user. */
	globalKey: boolean;
	/** Of a Global API key: whose it is. */
	email?: string;
	/** Whose token it is, as its prefix or the form says; undefined when neither does. */
	tokenOwner?: TokenOwner;
	/** Values that must appear in no text. */
	secrets: readonly string[];
}

/** Credential values may be pasted with blanks or quotes around them. */
function bare(value: unknown): string | undefined {
	const text =
		typeof value === 'string'
			? value
					.trim()
					.replace(/^["']+|["']+$/g, '')
					.trim()
			: '';
	return text === '' ? undefined : text;
}

/** The secret as typed; as the credentials send it; and without the signs that the HTTP client takes out of a header. */
function spellings(value: unknown): string[] {
	if (typeof value !== 'string') return [];
	const sent = value.replace(/^[\s"']*(bearer\s+)?[\s"']*/i, '').replace(/[\s"']+$/, '');
	const plain = sent.replace(/[^\x21-\x7e]|["']/g, '');
	return [value, sent, plain].filter((text) => text.trim() !== '');
}

/** Tokens made since 2026 tell by their prefix, which no choice in the form can change; for older ones the form may say it. */
function ownerOf(apiToken: unknown, ownedBy: unknown): TokenOwner | undefined {
	const text = typeof apiToken === 'string' ? apiToken : '';
	const prefix = /^[\s"']*(?:bearer\s+)?[\s"']*cf([ua])t_/i.exec(text)?.[1];
	if (prefix) return prefix.toLowerCase() === 'a' ? 'account' : 'user';
	return ownedBy === 'user' || ownedBy === 'account' ? ownedBy : undefined;
}

/**
 * Reads the credential and makes a client that signs with it.
 * @param credentialType as `credentialTypeFor` gives it
 */
export async function connect(
	host: RequestHost,
	credentialType: string,
	options: Pick<
		ClientOptions,
		'permission' | 'maxQuotaWaitMs' | 'maxRetryWaitMs' | 'signal' | 'clock'
	>,
): Promise<Connection> {
	const credential = await host.getCredentials(credentialType);
	const secrets = [
		...new Set([...spellings(credential.apiToken), ...spellings(credential.apiKey)]),
	];
	const globalKey = credentialType === GLOBAL_KEY_CREDENTIAL;
	const tokenOwner = globalKey ? undefined : ownerOf(credential.apiToken, credential.ownedBy);
	const accountToken = tokenOwner === 'account';
	return {
		client: new CloudflareClient(host, {
			...options,
			credentialType,
			globalKey,
			accountToken,
			secrets,
		}),
		globalKey,
		tokenOwner,
		email: bare(credential.email),
		accountId: bare(credential.accountId),
		zoneId: bare(credential.zoneId),
		secrets,
	};
}
