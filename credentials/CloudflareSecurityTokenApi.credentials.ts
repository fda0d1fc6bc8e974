import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { answeredByOthers } from './answeredByOthers';
import { onlyToCloudflare } from './onlyToCloudflare';
import { textIn } from './textIn';

/**
 * The address that the test below builds for an account-owned token without an account. It leads nowhere: `authenticate`
 * stops there, because verifying the token as another kind would call a good token bad.
 */
const ACCOUNT_MISSING = '/accounts//tokens/verify';

/** The token without what is easily pasted along: blanks, quotes and the word Bearer. */
const TOKEN = `${textIn('apiToken')}.replace(/^[\\s"']*(bearer\\s+)?[\\s"']*/i, "").replace(/[\\s"']+$/, "")`;
/**
 * Half of a surrogate pair would break the encoding, and n8n then asks for another address. Dots alone would stay as they
 * are in a path, and lead to another one.
 */
const ACCOUNT = `${textIn('accountId')}.replace(/[\\s"']|\\p{Cs}/gu, "").replace(/^\\.+$/, "")`;

/** New tokens tell by their prefix whose they are; older ones do not, so Owned By can say it. */
const IS_ACCOUNT_OWNED = `($credentials.ownedBy === "account" || ($credentials.ownedBy !== "user" && ${TOKEN}.startsWith("cfat_")))`;

export class CloudflareSecurityTokenApi implements ICredentialType {
	name = 'cloudflareSecurityTokenApi';

	displayName = 'Cloudflare Token API';

	icon: Icon = {
		light: 'file:../icons/cloudflareSecurity.svg',
		dark: 'file:../icons/cloudflareSecurity.dark.svg',
	};

	documentationUrl = 'https://example.com/n8n-nodes-cloudflare-security#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In the Cloudflare dashboard: My Profile → API Tokens for a token of your user, or Manage Account → Account API Tokens for a token of the account',
		},
		{
			displayName: 'Owned By',
			name: 'ownedBy',
			type: 'options',
			options: [
				{
					name: 'Automatic',
					value: 'automatic',
					description: 'The account if the token starts with cfat_, else a user',
				},
				{ name: 'User', value: 'user', description: 'Created under My Profile → API Tokens' },
				{
					name: 'Account',
					value: 'account',
					description: 'Created under Manage Account → Account API Tokens',
				},
			],
			default: 'automatic',
			description: 'Whose token it is. The test of this credential needs to know it.',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			description:
				"Used wherever a node's Account is left empty. Needed to test a token of the account. In the dashboard press Ctrl+K and enter “Copy account ID”.",
		},
		{
			displayName: 'Zone ID',
			name: 'zoneId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 023e105f4ecef8ad9ca31a8372d0c353',
			description:
				"Used wherever a node's Zone is left empty. It stands on the overview page of the domain, under API.",
		},
		...onlyToCloudflare,
	];

	/** A function only because it can refuse: an expression cannot stop a request. */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		if (requestOptions.url === ACCOUNT_MISSING) {
			throw new Error(
				'Account ID is missing. This token belongs to an account and can only be tested together with the Account ID; if it is the token of a user, choose Owned By → User.',
			);
		}
		const { apiToken } = credentials;
		const isText = typeof apiToken === 'string' || typeof apiToken === 'number';
		const token = (isText ? String(apiToken) : '')
			.replace(/^[\s"']*(bearer\s+)?[\s"']*/i, '')
			.replace(/[\s"']+$/, '');
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${token}` },
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.cloudflare.com/client/v4',
			url: `={{ ${IS_ACCOUNT_OWNED} ? "/accounts/" + encodeURIComponent(${ACCOUNT}) + "/tokens/verify" : "/user/tokens/verify" }}`,
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Cloudflare cannot read the request. Either API Token holds something else, such as a Global API key (choose the credential "Cloudflare Global Key API" for that) or a part of a token, or Account ID is not the 32 characters from the dashboard.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Cloudflare does not know this token: it may be mistyped, revoked or expired, or belong to another account. If it was created under Manage Account → Account API Tokens, choose Owned By → Account and fill in Account ID.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Cloudflare refuses the token. Check that Account ID is the account that owns it, that the token is not limited to other client IP addresses, and that there were not too many wrong attempts (wait some minutes then).',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Cloudflare does not know this account. Account ID must be the 32 characters from the dashboard, not a name or a domain.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Cloudflare is receiving too many requests from this user. Wait five minutes.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'result.status',
					value: 'disabled',
					message: 'The token is switched off. Switch it on in the dashboard or use another one.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'result.status',
					value: 'expired',
					message: 'The token has expired. Create a new one or roll it in the dashboard.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'success',
					value: false,
					message: 'Cloudflare does not accept the token.',
				},
			},
			...answeredByOthers,
			// The type allows rules of one kind only; n8n applies the first to refusals, the second to good answers.
		] as ICredentialTestRequest['rules'],
	};
}
